import { createTable, dropTable } from '../dialect.ts';
import { code, count, day, id, instant, longText, optional } from './columns.ts';

/** Who runs a job now, and what ran. */
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
}

export async function down(): Promise<void> {
  for (const table of ['job_runs', 'job_leases']) await dropTable(table);
}
