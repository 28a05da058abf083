import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { repeatedNumberFault, rowHash } from './import.rules.ts';
import type { Note, RowFault, RowOutcome, TicketDraft, TicketLayout } from './import.rules.ts';

/** rows = new + known + unwanted + faulty; empty rows are not counted. */
export interface ImportCounts {
  rows: number;
  new: number;
  known: number;
  unwanted: number;
  faulty: number;
}

/** A row that is a ticket: what it says, and its fingerprint. */
export interface TicketRow {
  row: number;
  draft: TicketDraft;
  notes: Note[];
  rowHash: string;
}

/** A row that is not taken, as it stands in the file, and why. */
export interface FaultyRow {
  source: SpreadsheetRow;
  faults: RowFault[];
}

/** What became of a row; `changed` is a known ticket with other values. */
export type RowClass =
  | { kind: 'empty' | 'unwanted' }
  | ({ kind: 'faulty' } & FaultyRow)
  | ({ kind: 'new' | 'known' | 'changed' } & TicketRow);

/** The running count of an import; rows are returned, not kept. */
export interface ImportTally {
  readonly counts: ImportCounts;
  /** Rows by category as the file writes it, wanted or not, for the choice of what is wanted. */
  readonly categories: ReadonlyMap<string, number>;
  /** Counts a row. `storedHash` is the fingerprint of the stored ticket with its number, if there is one. */
  add(source: SpreadsheetRow, outcome: RowOutcome, storedHash: string | undefined): RowClass;
}

/**
 * Counts the rows of one file. Inside the file an identical repetition of a number is known, a differing one
 * faulty. `hash` is keyed (see `rowHash`).
 */
export function createImportTally(layout: TicketLayout, hash: (text: string) => string): ImportTally {
  const counts: ImportCounts = { rows: 0, new: 0, known: 0, unwanted: 0, faulty: 0 };
  const categories = new Map<string, number>();
  const seen = new Map<string, { row: number; rowHash: string }>();

  function faulty(source: SpreadsheetRow, faults: RowFault[]): RowClass {
    counts.faulty++;
    return { kind: 'faulty', source, faults };
  }

  function add(source: SpreadsheetRow, outcome: RowOutcome, storedHash: string | undefined): RowClass {
    if (outcome.kind === 'empty') return { kind: 'empty' };
    counts.rows++;
    categories.set(outcome.category, (categories.get(outcome.category) ?? 0) + 1);
    if (outcome.kind === 'unwanted') {
      counts.unwanted++;
      return { kind: 'unwanted' };
    }
    if (outcome.kind === 'faulty') return faulty(source, outcome.faults);
    const { draft, notes } = outcome;
    const ticket: TicketRow = { row: source.row, draft, notes, rowHash: rowHash(draft, notes, hash) };
    const first = seen.get(draft.number);
    if (first && first.rowHash !== ticket.rowHash) {
      return faulty(source, [repeatedNumberFault(source, layout, first.row)]);
    }
    seen.set(draft.number, first ?? { row: ticket.row, rowHash: ticket.rowHash });
    if (!first && storedHash === undefined) {
      counts.new++;
      return { kind: 'new', ...ticket };
    }
    counts.known++;
    return { kind: first || storedHash === ticket.rowHash ? 'known' : 'changed', ...ticket };
  }

  return { counts, categories, add };
}
