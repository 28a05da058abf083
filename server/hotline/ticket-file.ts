import { openSheet } from '../shared/spreadsheets/open-sheet.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { recognise } from './columns.rules.ts';
import type { Recognition } from './columns.rules.ts';
import { missingOnlyColumns } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { TicketLayout } from './import.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';

/** A hotline file whose header was looked for; it has no rows to take while it has `problems`. */
export interface TicketFile {
  /** The name of the sheet that is read; undefined for a .csv file. */
  sheet: string | undefined;
  headerRow: number | null;
  layout: TicketLayout;
  problems: Recognition['problems'];
  /** The first rows of the sheet, the header among them, for the page on which columns are chosen. */
  firstRows: SpreadsheetRow[];
  /** The rows below the header; to be iterated once (stopping early is fine), which ends the reading. */
  rows: AsyncIterable<SpreadsheetRow>;
}

/** Opens a hotline file (bytes, or a path) at its first sheet with a header. Throws Unacceptable when it cannot be read at all. */
export async function openTicketFile(
  source: Uint8Array | string,
  mapping: TicketMapping,
): Promise<TicketFile> {
  const { sheet, top, found, rows } = await openSheet(
    source,
    (firstRows) => recogniseTickets(firstRows, mapping),
    ({ headerRow, problems }) => (headerRow === null ? 0 : problems.length > 0 ? 1 : 2),
  );
  return { ...found, sheet, firstRows: top, rows: below(found.headerRow ?? 0, rows) };
}

function recogniseTickets(
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

async function* below(
  headerRow: number,
  rows: AsyncIterable<SpreadsheetRow>,
): AsyncGenerator<SpreadsheetRow> {
  for await (const row of rows) if (row.row > headerRow) yield row;
}
