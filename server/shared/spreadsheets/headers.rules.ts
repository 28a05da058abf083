import { cellText, toHalfWidth } from './cell-values.rules.ts';
import { columnLetters, HEADER_SEARCH_ROWS } from './rows.ts';
import type { Cell, SpreadsheetRow } from './rows.ts';

/** A column of the file for each key, counted from 0. */
export type SheetColumns<K extends string> = Partial<Record<K, number>>;

/** Header texts chosen by hand; an empty text says that the file has no such column. */
export type ChosenHeaders<K extends string> = Partial<Record<K, string>>;

/** The header that was found among the first rows of a file. */
export interface FoundHeader<K extends string> {
  /** The row of the header as the spreadsheet shows it (the lower one of two); null when there is none. */
  headerRow: number | null;
  /** The text of every column's header; its letters where it has none. */
  headers: string[];
  columns: SheetColumns<K>;
  /** Chosen header texts that the file does not have. */
  absent: string[];
}

/** Known header names, separated by spaces. */
export function headerNames(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** The headers of the columns that are not taken over; a column without a header has none to name. */
export function unusedHeaders({
  headers,
  columns,
}: Pick<FoundHeader<string>, 'headers' | 'columns'>): string[] {
  const used = new Set(Object.values(columns));
  return headers.filter((header, column) => !used.has(column) && header !== columnLetters(column));
}

/** Whether a column's amounts are in 万元 by its header, such as 涉及金额（万元）. */
export function countsInWan(header: string): boolean {
  return header.includes('万');
}

/** A header text as it is compared: half width, small letters, without spaces, line breaks, brackets and signs. */
export function normalisedHeader(text: string): string {
  return toHalfWidth(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

interface Candidate<K extends string> {
  headerRow: number | null;
  headers: string[];
  columns: SheetColumns<K>;
}

/**
 * Finds headers by their known names, of each key the best one first; a name belongs to one key only. The header is the
 * row among the first ones (or two joined rows) with the most known names; chosen header texts win.
 */
export function createHeaderFinder<K extends string>(names: Record<K, readonly string[]>) {
  const keys = Object.keys(names) as K[];
  const known = new Map(
    keys.flatMap((key) =>
      names[key].map((name, rank): [string, { key: K; rank: number }] => [name.toLowerCase(), { key, rank }]),
    ),
  );

  /** The key that a header names, with or without what stands in its brackets. */
  function knownName(header: string): { key: K; rank: number } | undefined {
    const outside = toHalfWidth(header).replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|<[^<>]*>/g, '');
    return known.get(normalisedHeader(header)) ?? known.get(normalisedHeader(outside));
  }

  function columnsOf(headers: string[], chosen: ChosenHeaders<K>): SheetColumns<K> {
    const columns: SheetColumns<K> = {};
    for (const key of keys) {
      const column = chosen[key] === undefined ? -1 : columnNamed(headers, chosen[key]);
      if (column !== -1) columns[key] = column;
    }
    const taken = new Set(Object.values(columns));
    const open = keys.filter((key) => chosen[key] === undefined);
    headers.forEach((header, column) => {
      if (taken.has(column)) return;
      const named = knownName(header);
      if (!named || !open.includes(named.key)) return;
      const rival = columns[named.key];
      if (rival === undefined || named.rank < (knownName(headers[rival]!)?.rank ?? Infinity))
        columns[named.key] = column;
    });
    return columns;
  }

  function candidate(row: number, cells: Cell[], chosen: ChosenHeaders<K>): Candidate<K> {
    const headers = Array.from(cells, (cell, column) => cellText(cell ?? null) || columnLetters(column));
    return { headerRow: row, headers, columns: columnsOf(headers, chosen) };
  }

  return function find(firstRows: SpreadsheetRow[], chosen: ChosenHeaders<K> = {}): FoundHeader<K> {
    const top = firstRows.slice(0, HEADER_SEARCH_ROWS);
    const single = top.map(({ row, cells }) => candidate(row, cells, chosen));
    const joined = top.flatMap(({ cells }, i) => {
      const below = top[i + 1];
      return below ? [candidate(below.row, join(cells, below.cells), chosen)] : [];
    });
    const none: Candidate<K> = { headerRow: null, headers: [], columns: {} };
    const best = [...single, ...joined].reduce(
      (most, next) => (score(next) > score(most) ? next : most),
      none,
    );
    if (score(best) < 2) return { ...none, absent: [] };
    const wanted = Object.values<string | undefined>(chosen).filter((text) => text !== undefined);
    const absent = wanted.filter((text) => text.trim() !== '' && columnNamed(best.headers, text) === -1);
    return { ...best, absent: [...new Set(absent)] };
  };
}

const score = ({ columns }: Candidate<string>): number => Object.keys(columns).length;

/** A header of two rows: a merged heading above, its parts below; a cell merged downwards stands above. */
function join(above: Cell[], below: Cell[]): Cell[] {
  const width = Math.max(above.length, below.length);
  return Array.from({ length: width }, (_, column) => below[column] ?? above[column] ?? null);
}

function columnNamed(headers: string[], text: string): number {
  if (text.trim() === '') return -1;
  const exact = headers.indexOf(cellText(text));
  const wanted = normalisedHeader(text);
  return exact === -1 ? headers.findIndex((header) => normalisedHeader(header) === wanted) : exact;
}
