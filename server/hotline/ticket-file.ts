import { readSpreadsheet } from '../shared/spreadsheets/read-spreadsheet.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/read-spreadsheet.ts';
import { HEADER_SEARCH_ROWS, recognise } from './columns.rules.ts';
import type { Recognition } from './columns.rules.ts';
import { missingOnlyColumns } from './import.rules.ts';
import type { TicketLayout } from './import.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';

/** A hotline file whose header was looked for; it has no rows to take while it has `problems`. */
export interface TicketFile {
  headerRow: number | null;
  layout: TicketLayout;
  problems: Recognition['problems'];
  /** The first rows of the file, the header among them, for the page on which columns are chosen. */
  firstRows: SpreadsheetRow[];
  /** The rows below the header; to be iterated once (stopping early is fine), which ends the reading. */
  rows: AsyncIterable<SpreadsheetRow>;
}

/** Opens a hotline file (bytes, or a path). Throws Unacceptable when it cannot be read at all. */
export async function openTicketFile(
  source: Uint8Array | string,
  mapping: TicketMapping,
): Promise<TicketFile> {
  const reading = readSpreadsheet(source);
  const firstRows: SpreadsheetRow[] = [];
  while (firstRows.length < HEADER_SEARCH_ROWS) {
    const next = await reading.next();
    if (next.done) break;
    firstRows.push(next.value);
  }
  const { headerRow, headers, columns, problems } = recognise(firstRows, mapping.columns);
  const layout = { headers, columns, only: mapping.only };
  if (headerRow !== null) {
    for (const column of missingOnlyColumns(layout)) {
      problems.push({ sentence: 'hotline.errors.onlyColumnMissing', values: { column } });
    }
  }
  if (problems.length > 0) await reading.return(undefined);
  const top = firstRows.filter(({ row }) => headerRow !== null && row > headerRow);
  return { headerRow, layout, problems, firstRows, rows: chain(problems.length > 0 ? [] : top, reading) };
}

async function* chain(
  top: SpreadsheetRow[],
  rest: AsyncGenerator<SpreadsheetRow>,
): AsyncGenerator<SpreadsheetRow> {
  try {
    yield* top;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
