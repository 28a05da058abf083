import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, id, instant, longText, optional, ref, text } from './columns.ts';

/** Who runs a job now, what ran, and what a change of the calendar moved. */
export async function up(): Promise<void> {
  await createTable(
    'job_leases',
    { name: code(40), fence: count({ default: 0 }), expiresAt: instant() },
    { primaryKey: ['name'] },
  );
  await createTable(
    'job_runs',
    {
      id: id(),
      name: code(40),
      slot: code(20, optional),
      day: day(),
      fence: count(),
      state: code(20),
      startedAt: instant(),
      finishedAt: instant(optional),
      counts: longText(optional),
      failure: code(200, optional),
    },
    {
      unique: [['name', 'slot']],
      indexes: [
        ['name', 'startedAt', 'id'],
        ['startedAt', 'id'],
      ],
    },
  );
  await createTable(
    'calendar_changes',
    {
      id: id(),
      year: count(),
      source: text(200),
      dayCount: count(),
      moved: longText(),
      changedById: ref('users', optional),
      createdAt: instant(),
    },
    { indexes: [['createdAt', 'id']] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['calendar_changes', 'job_runs', 'job_leases']) await dropTable(table);
}
