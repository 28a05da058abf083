import { recognise, TICKET_KEYS, type TicketColumns, type TicketKey } from './columns.rules.ts';
import { chosenHeaders, headerTexts, type HeaderTexts } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { normalisedHeader } from '../shared/spreadsheets/headers.rules.ts';
import { columnLetters } from '../shared/spreadsheets/rows.ts';
import { isWantedText } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { NO_LEDGER_MAPPING } from '../ledger/ledger-mapping.rules.ts';
import type { FileMappings, MappedKind } from './file-kinds.rules.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';

/** A file's header text for every key of a ticket. */
export type HeadersByKey = HeaderTexts<TicketKey>;

/** How a person corrects the reading of a file: its columns, or the categories whose rows are wanted. */
export type MappingChoice =
  | { part: 'columns'; headers: HeadersByKey }
  | { part: 'categories'; ticked: string[] }
  /** A kept mapping; null for none. */
  | { part: 'saved'; mappingId: string | null };

/** The header texts that a recognition found for each key. */
export function headersByKey(found: { headers: string[]; columns: TicketColumns }): HeadersByKey {
  return headerTexts(TICKET_KEYS, found);
}

/** The columns chosen by hand as a mapping that says no more than it must. */
export function chosenColumns(firstRows: SpreadsheetRow[], wanted: HeadersByKey): TicketMapping['columns'] {
  return chosenHeaders(TICKET_KEYS, (chosen) => recognise(firstRows, chosen), wanted);
}

/**
 * The condition for the ticked categories out of those that a file holds; none when all are ticked. Wanted categories
 * that this file happens not to hold stay wanted.
 */
export function chosenCategories(
  ticked: string[],
  offered: string[],
  before: TicketMapping['only'],
): TicketMapping['only'] {
  const { category: earlier = [], ...others } = before;
  if (offered.every((category) => ticked.includes(category))) return others;
  const absent = earlier.filter((value) => !offered.some((category) => isWantedText(category, [value])));
  return { ...others, category: [...ticked, ...absent] };
}

/** Where the pages of each kind of file are. */
export const IMPORT_ADDRESSES = { tickets: '/imports', ledger: '/ledgers' } as const;

type AnyMapping = FileMappings[MappedKind];

/** A mapping that says nothing, by what the files hold. */
export const NO_MAPPINGS: { [K in MappedKind]: FileMappings[K] } = {
  tickets: NO_MAPPING,
  ledger: NO_LEDGER_MAPPING,
};

/** Whether two mappings read a file alike, whatever their names. */
export function readsAlike(one: AnyMapping, other: AnyMapping): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(mapping: AnyMapping): string {
  const values = 'values' in mapping ? mapping.values : { outcome: {}, type: {}, level: {} };
  const parts = [mapping.columns, mapping.only, values.outcome, values.type, values.level];
  return JSON.stringify(parts.map((part) => Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** What tells files of one layout: their header texts in any order, a column without one left out. */
export function headerPrint(headers: readonly string[]): string {
  const named = headers.filter((header, column) => header !== columnLetters(column));
  return [...new Set(named.map(normalisedHeader))].sort().join('|');
}

const PROPOSED: { [K in MappedKind]: (mapping: FileMappings[K]) => FileMappings[K] } = {
  tickets: ({ columns, only }) => ({
    name: '',
    columns,
    only: only.category ? { category: only.category } : {},
  }),
  ledger: ({ columns, values }) => ({ name: '', columns, only: {}, values }),
};

/** What of a confirmed import is proposed for the next file: what the page shows and lets people correct. */
export function proposedMapping<K extends MappedKind>(kind: K, mapping: FileMappings[K]): FileMappings[K] {
  return PROPOSED[kind](mapping);
}
