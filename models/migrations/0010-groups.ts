import { createTable, dropTable } from '../dialect.ts';
import { code, day, longText, optional, ref, text } from './columns.ts';

/** What only a case of ten or more workers has: the authority of its representatives, and the report to the county. */
export async function up(): Promise<void> {
  await createTable(
    'group_cases',
    {
      caseId: ref('cases'),
      powers: longText(optional),
      reportedOn: day(optional),
      reportedTo: text(100, optional),
      reportedBy: code(20, optional),
    },
    { primaryKey: ['caseId'] },
  );
}

export async function down(): Promise<void> {
  await dropTable('group_cases');
}
