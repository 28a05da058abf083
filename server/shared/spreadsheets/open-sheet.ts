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

/** A sheet, what was found of its header, and the rows below it; none is given while there are problems. */
export type OpenTable<F> = F & {
  sheet: string | undefined;
  /** The first rows of the sheet, the header among them. */
  firstRows: SpreadsheetRow[];
  rows: AsyncIterable<SpreadsheetRow>;
};

/** Opens the first sheet with a header that `look` finds without problems. @throws Unacceptable like `openSheet` */
export async function openTable<F extends { headerRow: number | null; problems: readonly unknown[] }>(
  source: Uint8Array | string,
  look: (top: SpreadsheetRow[]) => F,
): Promise<OpenTable<F>> {
  const { sheet, top, found, rows } = await openSheet(source, look, ({ headerRow, problems }) =>
    headerRow === null ? 0 : problems.length > 0 ? 1 : 2,
  );
  return { ...found, sheet, firstRows: top, rows: below(found.headerRow ?? 0, rows) };
}

async function* below(
  headerRow: number,
  rows: AsyncIterable<SpreadsheetRow>,
): AsyncGenerator<SpreadsheetRow> {
  for await (const row of rows) if (row.row > headerRow) yield row;
}

const BATCH = { rows: 500, characters: 100_000 };

/** Rows by the five hundred, fewer where they hold long texts: one statement stores them. */
export async function* inBatches(rows: AsyncIterable<SpreadsheetRow>): AsyncGenerator<SpreadsheetRow[]> {
  let batch: SpreadsheetRow[] = [];
  let characters = 0;
  for await (const row of rows) {
    batch.push(row);
    characters += charactersOf(row);
    if (batch.length < BATCH.rows && characters < BATCH.characters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

function charactersOf({ cells }: SpreadsheetRow): number {
  return cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
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
