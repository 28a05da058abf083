import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, flag, id, instant, longText, optional, ref } from './columns.ts';

/** Calls after a case was closed, and what was done again because of them. */
export async function up(): Promise<void> {
  await createTable(
    'follow_ups',
    {
      id: id(),
      caseId: ref('cases'),
      townId: ref('areas'),
      round: count(),
      closedOn: day(),
      dueOn: day(),
      state: code(20),
      attempts: count({ default: 0 }),
      calledAt: instant(optional),
      calledOn: day(optional),
      calledById: ref('users', optional),
      reached: code(10, optional),
      performance: code(20, optional),
      satisfaction: code(20, optional),
      retaliation: flag(optional),
      hiddenRisk: flag(optional),
      mood: code(20, optional),
      risk: code(20, optional),
      note: longText(optional),
      redo: flag({ default: 0 }),
      redoAnsweredOn: day(optional),
      redoAnsweredById: ref('users', optional),
      redoAnswer: longText(optional),
      redoHelped: flag(optional),
      createdAt: instant(),
    },
    {
      unique: [['caseId', 'round']],
      indexes: [
        ['townId', 'state', 'dueOn', 'id'],
        ['townId', 'calledOn', 'id'],
      ],
      checks: ["state <> 'done' OR calledOn IS NOT NULL"],
    },
  );
}

export async function down(): Promise<void> {
  await dropTable('follow_ups');
}
