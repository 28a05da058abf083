import { grantsFor, type Reader } from '../accounts/access.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import type { OutcomeGroup } from '../reports/indicators.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { ClaimType, Source } from './case.rules.ts';
import type { CaseState, Outcome } from './lifecycle.rules.ts';

/** What a case lacks: not routed to a level yet, or of no village. */
export const NONE = 'none';

/** What a case may wait for somebody to do; the lists of the home page are made of these. */
export const AWAITED = [
  'takeOver',
  'firstContact',
  'acceptance',
  'instalment',
  'breach',
  'alarm',
  'decision',
  'verification',
  'reassignment',
  'redo',
  'receipt',
  'countyReport',
] as const;
export type Awaited = (typeof AWAITED)[number];

/** Overdue: the next deadline has passed. Soon: it is today or within `SOON_DAYS` days. Pressing: either. */
export const DUE = ['overdue', 'soon', 'pressing'] as const;
export const SOON_DAYS = 2;

/**
 * Which cases a list shows; the names are those of its address. All conditions hold together, days are included.
 * The reach of the reader bounds every list besides.
 */
export interface CaseFilter {
  /** A jurisdiction, town or village by its id. */
  area?: string;
  /** A village by its id, or `NONE`. */
  village?: string;
  level?: Level | typeof NONE;
  /** The primary type. */
  type?: ClaimType;
  state?: 'open' | CaseState;
  outcome?: Outcome;
  /** S, F or X of DOMAIN §3, or the decided cases, S and F together. Not `outcome`: `failed` is one of F's two outcomes. */
  outcomeGroup?: OutcomeGroup | 'decided';
  /** Not void: the cases whose amounts are involved. */
  valid?: 'yes';
  /** The level at the end is, or is not, that of the first routing (矛盾不上交). */
  wentUp?: 'yes' | 'no';
  receivedFrom?: CalendarDay;
  receivedTo?: CalendarDay;
  closedFrom?: CalendarDay;
  closedTo?: CalendarDay;
  /** Open at the end of this day: received by then, and not closed or closed later. */
  openOn?: CalendarDay;
  collective?: 'yes';
  hasTicket?: 'yes';
  /** With a verified payment dated in these days … */
  paidFrom?: CalendarDay;
  paidTo?: CalendarDay;
  /** … to a rural migrant worker. */
  paidMigrant?: 'yes';
  /** A case or ticket number or its beginning, words of the title or respondent, or (dispatchers) a worker's name or phone. */
  text?: string;
  /** A room or mediator by its id. */
  room?: string;
  mediator?: string;
  /** The first respondent's enterprise: its id, credit code or a part of its name. */
  enterprise?: string;
  source?: Source;
  due?: (typeof DUE)[number];
  awaits?: Awaited;
  /** The reader is the mediator. */
  mine?: 'yes';
}

/** The open cases whose next deadline has passed. */
export const LATE_CASES: CaseFilter = { state: 'open', due: 'overdue' };

/** By what a list is sorted, each in one direction: what needs me first, else the newest or largest first. */
export const CASE_SORTS = {
  due: { column: 'dueOn', descending: false },
  received: { column: 'receivedOn', descending: true },
  closed: { column: 'closedOn', descending: true },
  claimed: { column: 'claimedFen', descending: true },
} as const;
export type CaseSort = keyof typeof CASE_SORTS;

/** How a list is sorted unless its reader chooses. */
export function usualSort({ state, closedFrom, closedTo, receivedFrom, receivedTo }: CaseFilter): CaseSort {
  if (state === 'closed' || closedFrom || closedTo) return 'closed';
  return state === undefined && (receivedFrom || receivedTo) ? 'received' : 'due';
}

/** A row's place in the order of a list, from which the next or the previous page begins. */
export interface Cursor {
  value: string | number | null;
  id: string;
}

/** Where in a list a page begins. */
export interface ListPlace {
  sort?: CaseSort;
  after?: Cursor | null;
  before?: Cursor | null;
}

/** The address of the list of cases that a filter describes, and of one page of it. */
export function caseListHref(filter: CaseFilter, { sort, after, before }: ListPlace = {}): string {
  const cursorText = (cursor: Cursor | null | undefined): string | undefined =>
    cursor ? `${cursor.value ?? ''}_${cursor.id}` : undefined;
  const place = {
    sort: sort === usualSort(filter) ? undefined : sort,
    after: cursorText(after),
    before: cursorText(before),
  };
  const entries = Object.entries({ ...filter, ...place }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  // Without any condition the list would open with what is usual for its reader.
  return `/cases?${new URLSearchParams(entries.length === 0 ? [['state', 'all']] : entries).toString()}`;
}

/** Whether the reader looks at cases only as a mediator: their own and those of their rooms. */
export function onlyMediates(reader: Reader): boolean {
  return grantsFor(reader, 'cases.list').every(({ scope }) => scope === 'room');
}

/** What a list shows that was opened without any condition: what needs its reader first. */
export function usualFilter(reader: Reader): CaseFilter {
  return onlyMediates(reader) ? { mine: 'yes', state: 'open' } : { state: 'open' };
}
