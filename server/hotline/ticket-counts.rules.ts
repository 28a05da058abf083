import { MISSED_TICKETS, type CountedTickets, type MissedTickets } from './ticket-filter.rules.ts';

/** Answered: what was not returned and has its reply, closed or not. */
const CLOSED = "t.state <> 'returned' AND t.repliedOn IS NOT NULL";

/**
 * The tickets that each figure of the hotline's rates counts (DOMAIN §2), once for the report and for the lists behind it.
 * What is not answered and not due yet is carried forward; `:today` is the town's day.
 */
export const COUNTED: Record<CountedTickets, string> = {
  assigned: '1 = 1',
  signedInTime: 't.signedAt <= t.signDueAt',
  due: `t.state <> 'returned' AND (t.repliedOn IS NOT NULL OR t.replyDueOn < :today)`,
  closed: CLOSED,
  closedInTime: `${CLOSED} AND t.repliedOn <= t.replyDueOn`,
  resolved: `${CLOSED} AND t.resolved = 1`,
  rated: "t.satisfaction IS NOT NULL AND t.satisfaction <> 'declined'",
  satisfied: "t.satisfaction IN ('satisfied', 'mostlySatisfied')",
  returned: "t.state = 'returned'",
  redone: 't.redoCount > 0',
  contactedInTime: 't.contactedOn <= t.contactDueOn',
};

/** The condition of a figure, or of what a rate misses of what it is divided by. */
export function conditionOf(figure: CountedTickets | MissedTickets): string {
  if (!(figure in MISSED_TICKETS)) return COUNTED[figure as CountedTickets];
  const { of, without } = MISSED_TICKETS[figure as MissedTickets];
  return `${COUNTED[of]} AND (${COUNTED[without]}) IS NOT TRUE`;
}
