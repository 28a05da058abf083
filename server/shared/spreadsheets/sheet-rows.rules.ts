import { cellContent, cellText, toHalfWidth } from './cell-values.rules.ts';
import type { Reading } from './cell-values.rules.ts';
import type { Translate } from '../language.ts';
import type { SheetColumns } from './headers.rules.ts';
import { columnLetters } from './rows.ts';
import type { Cell, SpreadsheetRow } from './rows.ts';

/** What an optional column said that could not be read, kept as text under its header. */
export interface Note {
  column: string;
  value: string;
}

/** Why a row is not taken: where, what stood there, and the sentence. */
export interface RowFault {
  row: number;
  column: string;
  value: string;
  reason: { sentence: string; values?: Record<string, string | number> };
}

/** What a row below the header is. */
export type RowOutcome<D> =
  | { kind: 'empty' }
  | { kind: 'unwanted'; category: string }
  | { kind: 'faulty'; category: string; faults: RowFault[] }
  | { kind: 'taken'; category: string; draft: D; notes: Note[] };

/** Which column holds what, and which rows are wanted: all of `only` must hold. */
export interface SheetLayout<K extends string> {
  columns: SheetColumns<K>;
  headers: string[];
  only: Partial<Record<K, string[]>>;
}

const MAX_VALUE_SHOWN = 100;

/** Faults with their reason in words, as the preview and the command line print them. */
export function faultsInWords(
  faults: readonly RowFault[],
  t: Translate,
): { row: number; column: string; value: string; reason: string }[] {
  return faults.map(({ row, column, value, reason }) => {
    return { row, column, value, reason: t(reason.sentence, reason.values) };
  });
}

/** Columns by which rows are wanted, but which the file does not have. */
export function missingOnlyColumns<K extends string>({
  columns,
  only,
}: Pick<SheetLayout<K>, 'columns' | 'only'>): K[] {
  return (Object.keys(only) as K[]).filter((key) => columns[key] === undefined);
}

/** Whether a text is one of the wanted values, or begins with its steps as 劳动和社会保障/工资 with the first. */
export function isWantedText(cell: string, wanted: readonly string[]): boolean {
  const text = comparable(cell);
  return wanted.some((value) => {
    const start = comparable(value);
    if (text === start) return true;
    const rest = text.slice(start.length);
    return start !== '' && text.startsWith(start) && /^(?:[/\\>|、,;:]|-|—|→)/.test(rest);
  });
}

export function isWanted<K extends string>(source: SpreadsheetRow, layout: SheetLayout<K>): boolean {
  return Object.entries<string[] | undefined>(layout.only).every(([key, wanted = []]) =>
    isWantedText(cellText(cellOf(source, layout, key as K)), wanted),
  );
}

/** A text as it is compared with another one: half width, small letters, without spaces. */
export function comparable(text: string): string {
  return toHalfWidth(text).toLowerCase().replace(/\s/g, '');
}

export function cellOf<K extends string>(source: SpreadsheetRow, layout: SheetLayout<K>, key: K): Cell {
  const column = layout.columns[key];
  return column === undefined ? null : (source.cells[column] ?? null);
}

export function headerOf<K extends string>(layout: SheetLayout<K>, key: K): string {
  const column = layout.columns[key];
  return column === undefined ? '' : (layout.headers[column] ?? columnLetters(column));
}

/** A fault of a row; what stood in its cell is shown up to a bound. */
export function faultOf<K extends string>(
  source: SpreadsheetRow,
  layout: SheetLayout<K>,
  key: K,
  sentence: string,
  values?: Record<string, string | number>,
): RowFault {
  const text = cellContent(cellOf(source, layout, key));
  const value = text.length > MAX_VALUE_SHOWN ? `${text.slice(0, MAX_VALUE_SHOWN)}…` : text;
  return {
    row: source.row,
    column: headerOf(layout, key),
    value,
    reason: values ? { sentence, values } : { sentence },
  };
}

/** Reads one row cell by cell and keeps what was wrong with it and what could not be read. */
export class RowReader<K extends string> {
  readonly faults: RowFault[] = [];
  readonly notes: Note[] = [];
  readonly #source: SpreadsheetRow;
  readonly #layout: SheetLayout<K>;
  readonly #maxLengths: Record<K, number>;
  readonly #sentences: string;

  /** A text longer than its key allows makes the row faulty, for nothing is cut; faults are said by `${sentences}.*`. */
  constructor(
    source: SpreadsheetRow,
    layout: SheetLayout<K>,
    { maxLengths, sentences }: { maxLengths: Record<K, number>; sentences: string },
  ) {
    this.#source = source;
    this.#layout = layout;
    this.#maxLengths = maxLengths;
    this.#sentences = sentences;
    this.#findBadBytes();
  }

  cell(key: K): Cell {
    return cellOf(this.#source, this.#layout, key);
  }

  header(key: K): string {
    return headerOf(this.#layout, key);
  }

  has(key: K): boolean {
    return this.#layout.columns[key] !== undefined;
  }

  fault(key: K, reason: string, values?: Record<string, string | number>): void {
    this.faults.push(faultOf(this.#source, this.#layout, key, `${this.#sentences}.${reason}`, values));
  }

  /** What a row cannot do without; its absence and what cannot be read are faults. */
  required<T>(key: K, reading: Reading<T>): T | null {
    if (reading.is === 'value') return this.fits(key, cellText(this.cell(key))) ? reading.value : null;
    this.fault(key, `${key}${reading.is === 'unknown' ? 'Missing' : 'Unreadable'}`);
    return null;
  }

  text(key: K, read: (cell: Cell) => string = cellText): string | null {
    const text = read(this.cell(key));
    return text !== '' && this.fits(key, text) ? text : null;
  }

  /** What cannot be read is kept as a note. */
  optional<T>(key: K, reading: Reading<T>): T | null {
    if (reading.is === 'value') return reading.value;
    const text = reading.is === 'unknown' ? null : this.text(key, cellContent);
    if (text !== null) this.notes.push({ column: this.header(key), value: text });
    return null;
  }

  /** An impossible amount is a fault, an unreadable one a note. */
  amount(key: K, reading: Reading<number>): number | null {
    if (reading.is !== 'absurd') return this.optional(key, reading);
    this.fault(key, 'amountAbsurd');
    return null;
  }

  fits(key: K, text: string): boolean {
    const max = this.#maxLengths[key];
    const fits = text.length <= max;
    if (!fits) this.fault(key, 'tooLong', { length: text.length, max });
    return fits;
  }

  #findBadBytes(): void {
    const bad = this.#source.badBytes ?? [];
    for (const key of Object.keys(this.#layout.columns) as K[])
      if (bad.includes(this.#layout.columns[key]!)) this.fault(key, 'badBytes');
  }
}
