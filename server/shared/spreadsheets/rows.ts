import { Unacceptable } from '../errors.ts';

/** A cell as the spreadsheet holds it; a date is the text `YYYY-MM-DD HH:MM:SS` of the wall clock. */
export type Cell = string | number | null;

/** One row that is not blank; `row` counts as the spreadsheet shows it, from 1. */
export interface SpreadsheetRow {
  row: number;
  cells: Cell[];
  /** The name of its sheet; a .csv file has none. */
  sheet?: string;
  /** Columns (from 0) in which bytes of the file were not text in its encoding. */
  badBytes?: number[];
}

/** What a file may hold at most; Excel itself allows 32,767 characters in a cell. */
export const LIMITS = {
  fileBytes: 64 * 2 ** 20,
  rows: 200_000,
  columns: 512,
  cellLength: 32_767,
  rowLength: 100_000,
  /** All texts of a file: 200,000 complaints of 500 characters. */
  characters: 100_000_000,
} as const;

/** How many rows at the top of a sheet may stand above its header. */
export const HEADER_SEARCH_ROWS = 20;

/** The error for a file that cannot be taken; `reason` is a key of `spreadsheets.errors`. */
export function refusal(reason: string, values: Record<string, string | number> = {}): Unacceptable {
  return new Unacceptable(`spreadsheets.errors.${reason}`, values, 'file');
}

/** The letters of a column, 0 → A, 26 → AA. */
export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}

/** Puts a value into its cell; a blank one is left out, one that is out of bounds refuses the file. */
export function putCell(target: SpreadsheetRow, column: number, value: Cell): void {
  if (value === null || value === '') return;
  if (column >= LIMITS.columns) throw refusal('tooManyColumns', { row: target.row, limit: LIMITS.columns });
  if (typeof value === 'string' && value.length > LIMITS.cellLength) throw cellTooLong(target.row, column);
  while (target.cells.length < column) target.cells.push(null);
  target.cells[column] = value;
}

/** The error for a cell with more text than a spreadsheet can show. */
export function cellTooLong(row: number, column: number): Unacceptable {
  return refusal('cellTooLong', { cell: `${columnLetters(column)}${row}`, limit: LIMITS.cellLength });
}

/** Whether a row shows nothing: no cell, or only spaces. */
export function isBlank(cells: readonly Cell[]): boolean {
  return cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}

const FOOTER =
  /^(?:本页|本表)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|制\s*表|填\s*表|填\s*报|统\s*计|审\s*核|复\s*核|打\s*印|导\s*出)(?:人|员|单位|部门|日期|时间)?(?:\s|[:：]|\d|$)/u;

/** Whether a row stands below the data of a file: 合计, 小计, 制表人. */
export function isFooter(cells: readonly Cell[]): boolean {
  const first = cells.find((cell) => cell !== null && String(cell).trim() !== '');
  return typeof first === 'string' && FOOTER.test(first.trim());
}
