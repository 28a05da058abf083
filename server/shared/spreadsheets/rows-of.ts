import { csvRows } from './csv.ts';
import { fileKind } from './file-kind.ts';
import { refusal } from './rows.ts';
import type { SpreadsheetRow } from './rows.ts';
import { xlsxRows } from './xlsx.ts';

/** The rows of a file by its content; a file without any is refused. Untrusted files are read in the worker. */
export async function* rowsOf(bytes: Buffer): AsyncGenerator<SpreadsheetRow> {
  let any = false;
  for await (const row of fileKind(bytes) === 'xlsx' ? xlsxRows(bytes) : csvRows(bytes)) {
    any = true;
    yield row;
  }
  if (!any) throw refusal('noRows');
}
