import type { CalendarDay } from '../shared/calendar-day.ts';
import { listHref, type Turn } from '../shared/list-address.ts';
import type { TicketState } from './ticket.rules.ts';

/** Which tickets a list shows; the names are those of its address. All conditions hold together, days are included. */
export interface TicketFilter {
  handling?: TicketStanding;
  /** Past the deadline of signing or answering. */
  due?: 'overdue';
  /** One of the figures of the report, with what it is divided by. */
  counted?: CountedTickets | MissedTickets;
  /** A jurisdiction, town or village by its id; a ticket's village is its case's, before that its own. */
  area?: string;
  state?: TicketState;
  /** Waits, and should have been routed before today (DOMAIN §5). */
  late?: 'yes';
  /** What 接件数 counts (DOMAIN §3): not returned, and its case did not end as notLabour, duplicate or void. */
  valid?: 'yes';
  receivedFrom?: CalendarDay;
  receivedTo?: CalendarDay;
  /** The beginning or end of a number, a caller's name, or words of the title or respondent. */
  text?: string;
}

/** What a dispatcher asks for of the handling; `redo` is that part of what is being worked on that was ordered again. */
export const TICKET_STANDINGS = [
  'awaitingSigning',
  'signed',
  'redo',
  'replied',
  'toExport',
  'closed',
  'returnAsked',
] as const;
export type TicketStanding = (typeof TICKET_STANDINGS)[number];

/** What the rates of the report count (DOMAIN §2); `ticket-counts.rules.ts` says which tickets these are. */
export const COUNTED_TICKETS = [
  'assigned',
  'signedInTime',
  'due',
  'closed',
  'closedInTime',
  'resolved',
  'rated',
  'satisfied',
  'returned',
  'redone',
  'contactedInTime',
] as const;
export type CountedTickets = (typeof COUNTED_TICKETS)[number];

/**
 * The tickets that somebody must look at, each with the figure of which they fell short. What still has time, and what nobody
 * asked about, is in neither, so that the two need not make up what their rate is divided by.
 */
export const MISSED_TICKETS = {
  notSignedInTime: 'signedInTime',
  notClosedInTime: 'closedInTime',
  unresolved: 'resolved',
  discontent: 'satisfied',
  notContactedInTime: 'contactedInTime',
} as const satisfies Record<string, CountedTickets>;
export type MissedTickets = keyof typeof MISSED_TICKETS;
export const MISSED_TICKET_NAMES = Object.keys(MISSED_TICKETS) as MissedTickets[];

/** In the address `state=all` says that nothing was forgotten: without any condition the list shows what waits. */
export const ALL = 'all';

/** The address of the list of tickets that a filter describes, and of one page of it. */
export function ticketListHref(filter: TicketFilter, turn: Turn = {}): string {
  const conditions = Object.values(filter).filter((value) => value !== undefined);
  return listHref('/tickets', conditions.length === 0 ? { state: ALL, ...turn } : { ...filter, ...turn });
}
