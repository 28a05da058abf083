import { recognise, TICKET_KEYS, type TicketColumns, type TicketKey } from './columns.rules.ts';
import { isWantedText } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';

/** A file's header text for every key; an empty text for none. */
export type HeadersByKey = Record<TicketKey, string>;

/** The name of the form field in which the header of a key is chosen. */
export const columnField = (key: string): string => `column-${key}`;

/** How a person corrects the reading of a file: its columns, or the categories whose rows are wanted. */
export type MappingChoice =
  { part: 'columns'; headers: HeadersByKey } | { part: 'categories'; ticked: string[] };

/** The header texts that a recognition found for each key. */
export function headersByKey({
  headers,
  columns,
}: {
  headers: string[];
  columns: TicketColumns;
}): HeadersByKey {
  return Object.fromEntries(
    TICKET_KEYS.map((key) => [key, columns[key] === undefined ? '' : (headers[columns[key]] ?? '')]),
  ) as HeadersByKey;
}

/**
 * The columns chosen by hand as a mapping that says no more than it must: what is recognised anyway stays out, so that
 * the mapping fits the next file even where that lacks a column.
 */
export function chosenColumns(firstRows: SpreadsheetRow[], wanted: HeadersByKey): TicketMapping['columns'] {
  const found = headersByKey(recognise(firstRows));
  const different = pick(wanted, (key) => wanted[key] !== found[key]);
  const result = headersByKey(recognise(firstRows, different));
  const same = TICKET_KEYS.every((key) => result[key] === wanted[key]);
  return same ? different : { ...wanted };
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

/** What of a confirmed import is proposed for the next file: columns and categories, which the page shows. */
export function proposedMapping({ columns, only }: TicketMapping): TicketMapping {
  return { name: '', columns, only: only.category ? { category: only.category } : {} };
}

function pick(headers: HeadersByKey, which: (key: TicketKey) => boolean): TicketMapping['columns'] {
  return Object.fromEntries(TICKET_KEYS.filter(which).map((key) => [key, headers[key]]));
}
