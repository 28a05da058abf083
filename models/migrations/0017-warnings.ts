import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, fen, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** Graded warnings of unpaid wages: what was seen by hand, what the rules said, the warning, its history and its actions. */
export async function up(): Promise<void> {
  await createTable(
    'wage_signals',
    {
      id: id(),
      townId: ref('areas'),
      enterpriseId: ref('enterprises'),
      kind: code(20),
      openKey: code(60, optional),
      since: day(),
      days: count(optional),
      consentFiled: flag(optional),
      note: text(500),
      recordedById: ref('users'),
      recordedAt: instant(),
      endedOn: day(optional),
      endReason: text(500, optional),
      endedById: ref('users', optional),
    },
    {
      unique: [['openKey']],
      indexes: [['enterpriseId', 'endedOn']],
      checks: ['(endedOn IS NULL) = (openKey IS NOT NULL)', "(days IS NOT NULL) = (kind = 'deferral')"],
    },
  );
  await createTable(
    'warning_evaluations',
    {
      id: id(),
      townId: ref('areas'),
      enterpriseId: ref('enterprises'),
      latestKey: code(36, optional),
      at: instant(),
      day: day(),
      lastSeenOn: day(),
      cause: code(30),
      ruleVersion: code(20),
      inputs: longText(),
      inputsHash: code(64),
      hits: longText(),
      level: code(20, optional),
      provincial: flag({ default: 0 }),
      crimeAmount: flag({ default: 0 }),
      people: count({ default: 0 }),
      arrearsFen: fen({ default: 0 }),
    },
    { unique: [['latestKey']], indexes: [['enterpriseId', 'at', 'id']] },
  );
  await createTable(
    'warnings',
    {
      id: id(),
      townId: ref('areas'),
      villageId: ref('areas', optional),
      enterpriseId: ref('enterprises'),
      openKey: code(36, optional),
      level: code(20),
      position: count(),
      arrearsLevel: code(20, optional),
      verifications: count(),
      wasRed: flag({ default: 0 }),
      watchUntil: day(optional),
      held: flag({ default: 0 }),
      provincial: flag({ default: 0 }),
      crimeAmount: flag({ default: 0 }),
      openedOn: day(),
      levelSince: day(),
      dueOn: day(),
      endedOn: day(optional),
      evaluationId: ref('warning_evaluations'),
      caseId: ref('cases', optional),
      version: count({ default: 0 }),
    },
    {
      unique: [['openKey']],
      indexes: [['townId', 'endedOn', 'position', 'id'], ['enterpriseId', 'openedOn'], ['caseId']],
      checks: ['(endedOn IS NULL) = (openKey IS NOT NULL)'],
    },
  );
  await createTable(
    'warning_events',
    {
      id: id(),
      warningId: ref('warnings'),
      at: instant(),
      actorId: ref('users', optional),
      action: code(20),
      fromLevel: code(20, optional),
      toLevel: code(20, optional),
      evaluationId: ref('warning_evaluations', optional),
      detail: longText(optional),
    },
    { indexes: [['warningId', 'at', 'id']] },
  );
  await createTable(
    'warning_actions',
    {
      id: id(),
      warningId: ref('warnings'),
      kind: code(20),
      openKey: code(60, optional),
      dueOn: day(),
      assigneeId: ref('users', optional),
      createdAt: instant(),
      doneOn: day(optional),
      doneById: ref('users', optional),
      note: text(1000, optional),
      lapsedOn: day(optional),
      // The day on which it was told to be late.
      lateToldOn: day(optional),
      version: count({ default: 0 }),
    },
    {
      unique: [['openKey']],
      indexes: [['warningId'], ['assigneeId', 'openKey']],
      checks: ['(openKey IS NULL) = (doneOn IS NOT NULL OR lapsedOn IS NOT NULL)'],
    },
  );
}

export async function down(): Promise<void> {
  for (const table of [
    'warning_actions',
    'warning_events',
    'warnings',
    'warning_evaluations',
    'wage_signals',
  ])
    await dropTable(table);
}
