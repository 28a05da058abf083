import type { SpreadsheetRow } from './rows.ts';
import type { Note, RowFault, RowOutcome } from './sheet-rows.rules.ts';

/** rows = new + known + unwanted + faulty; empty rows are not counted. */
export interface ImportCounts {
  rows: number;
  new: number;
  known: number;
  unwanted: number;
  faulty: number;
}

/** A row that can be taken: what it says, and its fingerprint. */
export interface TakenRow<D> {
  row: number;
  draft: D;
  notes: Note[];
  rowHash: string;
}

/** A row that is not taken, as it stands in the file, and why. */
export interface FaultyRow {
  source: SpreadsheetRow;
  faults: RowFault[];
}

/** What became of a row; `changed` is a known one with other values. */
export type RowClass<D> =
  | { kind: 'empty' | 'unwanted' }
  | ({ kind: 'faulty' } & FaultyRow)
  | ({ kind: 'new' | 'known' | 'changed' } & TakenRow<D>);

/** The running count of an import; rows are returned, not kept. */
export interface ImportTally<D> {
  readonly counts: ImportCounts;
  /** Rows by category as the file writes it, wanted or not, for the choice of what is wanted. */
  readonly categories: ReadonlyMap<string, number>;
  /** Counts a row. `storedHash` is the fingerprint of what is stored under its number, if there is anything. */
  add(source: SpreadsheetRow, outcome: RowOutcome<D>, storedHash: string | undefined): RowClass<D>;
}

/** How the rows of a kind of file are told apart. */
export interface RowIdentity<D> {
  /** The fingerprint of a row. It must be keyed, where a row holds what a bare hash would give away. */
  hash(draft: D, notes: Note[]): string;
  /** The fault of a row whose number stands in the file already, with other values. */
  repeated(source: SpreadsheetRow, firstRow: number): RowFault;
}

/**
 * Counts the rows of one file. Inside the file an identical repetition of a number is known, a differing one faulty.
 */
export function createImportTally<D extends { number: string }>({
  hash,
  repeated,
}: RowIdentity<D>): ImportTally<D> {
  const counts: ImportCounts = { rows: 0, new: 0, known: 0, unwanted: 0, faulty: 0 };
  const categories = new Map<string, number>();
  const seen = new Map<string, { row: number; rowHash: string }>();

  function faulty(source: SpreadsheetRow, faults: RowFault[]): RowClass<D> {
    counts.faulty++;
    return { kind: 'faulty', source, faults };
  }

  function add(source: SpreadsheetRow, outcome: RowOutcome<D>, storedHash: string | undefined): RowClass<D> {
    if (outcome.kind === 'empty') return { kind: 'empty' };
    counts.rows++;
    categories.set(outcome.category, (categories.get(outcome.category) ?? 0) + 1);
    if (outcome.kind === 'unwanted') {
      counts.unwanted++;
      return { kind: 'unwanted' };
    }
    if (outcome.kind === 'faulty') return faulty(source, outcome.faults);
    const { draft, notes } = outcome;
    const taken: TakenRow<D> = { row: source.row, draft, notes, rowHash: hash(draft, notes) };
    const first = seen.get(draft.number);
    if (first && first.rowHash !== taken.rowHash) {
      return faulty(source, [repeated(source, first.row)]);
    }
    seen.set(draft.number, first ?? { row: taken.row, rowHash: taken.rowHash });
    if (!first && storedHash === undefined) {
      counts.new++;
      return { kind: 'new', ...taken };
    }
    counts.known++;
    return { kind: first || storedHash === taken.rowHash ? 'known' : 'changed', ...taken };
  }

  return { counts, categories, add };
}
