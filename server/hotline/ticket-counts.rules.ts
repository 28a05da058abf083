import type { CountedTickets, MissedTickets } from './ticket-filter.rules.ts';

/** Answered: what was not returned and has its reply, closed or not. */
const CLOSED = "t.state <> 'returned' AND t.repliedOn IS NOT NULL";

/**
 * The tickets that each figure of the hotline's rates counts (DOMAIN §2), once for the report and for the lists behind it.
 * What is not answered and not due yet is carried forward; `:today` is the town's day, `:now` the instant. A ticket of the
 * ledger has no hours and no days, so that it is late for nothing.
 */
export const COUNTED: Record<CountedTickets | MissedTickets, string> = {
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
  notSignedInTime: `(t.signedAt > t.signDueAt OR (t.handling = 'awaitingSigning' AND t.signDueAt < :now))`,
  notClosedInTime: "t.state <> 'returned' AND COALESCE(t.repliedOn, :today) > t.replyDueOn",
  unresolved: `${CLOSED} AND t.resolved = 0`,
  discontent: "t.satisfaction IN ('fair', 'unsatisfied')",
  notContactedInTime: `(t.contactedOn > t.contactDueOn
    OR (t.contactedOn IS NULL AND t.handling IN ('awaitingSigning', 'signed') AND t.contactDueOn < :today))`,
};
