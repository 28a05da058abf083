import { optionalDay, optionalId, optionalOneOf, optionalText, type Posted } from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import {
  ALL,
  COUNTED_TICKETS,
  MISSED_TICKET_NAMES,
  TICKET_STANDINGS,
  type TicketFilter,
} from './ticket-filter.rules.ts';
import { TICKET_STATES } from './ticket.rules.ts';

/** Reads the filter of an address. */
export function readTicketFilter(query: Posted): TicketFilter {
  const { state, ...others } = readFilter(
    {
      area: optionalId(),
      state: optionalOneOf([...TICKET_STATES, ALL] as const),
      handling: optionalOneOf(TICKET_STANDINGS),
      due: optionalOneOf(['overdue'] as const),
      counted: optionalOneOf([...COUNTED_TICKETS, ...MISSED_TICKET_NAMES]),
      late: optionalOneOf(['yes'] as const),
      valid: optionalOneOf(['yes'] as const),
      receivedFrom: optionalDay(),
      receivedTo: optionalDay(),
      text: optionalText(100),
    },
    query,
  );
  if (state === undefined && Object.keys(others).length === 0) return { state: 'awaitingRouting' };
  return state === undefined || state === ALL ? others : { ...others, state };
}
