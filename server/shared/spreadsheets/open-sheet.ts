import { readSpreadsheet } from './read-spreadsheet.ts';
import { HEADER_SEARCH_ROWS, refusal } from './rows.ts';
import type { SpreadsheetRow } from './rows.ts';

/** A sheet and what its first rows say. */
export interface OpenSheet<T> {
  /** The name of the sheet; undefined for a .csv file. */
  sheet: string | undefined;
  top: SpreadsheetRow[];
  found: T;
  /** Every row of the sheet, `top` included; to be iterated once (stopping early is fine), which ends the reading. */
  rows: AsyncIterable<SpreadsheetRow>;
}

/**
 * Opens the first sheet whose first rows fit completely (`fits` says 2): a cover sheet may stand before it. Where no
 * sheet does, it is the first of those that fit best, and no row is given.
 * @throws Unacceptable for a file that cannot be read, and for plain text without any columns
 */
export async function openSheet<T>(
  source: Uint8Array | string,
  look: (top: SpreadsheetRow[]) => T,
  fits: (found: T) => 0 | 1 | 2,
): Promise<OpenSheet<T>> {
  const reading = readSpreadsheet(source);
  let best: OpenSheet<T> | undefined;
  let next = await reading.next();
  while (!next.done) {
    const { sheet } = next.value;
    const top: SpreadsheetRow[] = [];
    for (; !next.done && next.value.sheet === sheet; next = await reading.next())
      if (top.push(next.value) === HEADER_SEARCH_ROWS) break;
    const found = look(top);
    if (fits(found) === 2) return { sheet, top, found, rows: restOf(top, sheet, next, reading) };
    if (!best || fits(found) > fits(best.found)) best = { sheet, top, found, rows: nothing() };
    if (sheet === undefined) next = await reading.return(undefined);
    while (!next.done && next.value.sheet === sheet) next = await reading.next();
  }
  if (fits(best!.found) === 0 && isPlainText(best!)) throw refusal('plainText');
  return best!;
}

/** `last` is the row that was read last: of `top`, or the first of the next sheet. */
async function* restOf(
  top: SpreadsheetRow[],
  sheet: string | undefined,
  last: IteratorResult<SpreadsheetRow>,
  reading: AsyncGenerator<SpreadsheetRow>,
): AsyncGenerator<SpreadsheetRow> {
  try {
    yield* top;
    if (last.done || last.value.sheet !== sheet) return;
    for await (const row of reading) {
      if (row.sheet !== sheet) return;
      yield row;
    }
  } finally {
    await reading.return(undefined);
  }
}

async function* nothing(): AsyncGenerator<SpreadsheetRow> {}

function isPlainText({ sheet, top }: OpenSheet<unknown>): boolean {
  return sheet === undefined && top.every(({ cells }) => cells.length <= 1);
}
