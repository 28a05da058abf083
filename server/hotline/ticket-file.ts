import { openTable, type OpenTable } from '../shared/spreadsheets/open-sheet.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { recognise } from './columns.rules.ts';
import type { Recognition } from './columns.rules.ts';
import { missingOnlyColumns } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { TicketLayout } from './import.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';

/** A hotline file whose header was looked for; it has no rows to take while it has `problems`. */
export type TicketFile = OpenTable<Pick<Recognition, 'headerRow' | 'problems'> & { layout: TicketLayout }>;

/** Opens a hotline file (bytes, or a path) at its first sheet with a header. Throws Unacceptable when it cannot be read at all. */
export function openTicketFile(source: Uint8Array | string, mapping: TicketMapping): Promise<TicketFile> {
  return openTable(source, (firstRows) => recogniseTickets(firstRows, mapping));
}

/** Opens a file as far as its header. @throws Unacceptable when it cannot be read at all */
export async function lookAt(bytes: Uint8Array, mapping: TicketMapping): Promise<Omit<TicketFile, 'rows'>> {
  const { rows, ...file } = await openTicketFile(bytes, mapping);
  for await (const _ of rows) break;
  return file;
}

/** The header of a hotline file among its first rows, and what keeps it from being read by this mapping. */
export function recogniseTickets(
  firstRows: SpreadsheetRow[],
  { columns: chosen, only }: TicketMapping,
): Pick<TicketFile, 'headerRow' | 'layout' | 'problems'> {
  const { headerRow, headers, columns, problems } = recognise(firstRows, chosen);
  const layout = { headers, columns, only };
  const missing = headerRow === null ? [] : missingOnlyColumns(layout);
  const absent = missing.map((column) => ({
    sentence: 'hotline.errors.onlyColumnMissing',
    values: { column },
  }));
  return { headerRow, layout, problems: [...problems, ...absent] };
}
