import type { Outcome } from '../cases/lifecycle.rules.ts';
import { isDanger, type Reached, type Risk } from '../mediation/mediation.rules.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';

/** A call is due, or done; what is about a case that was opened again or declared void is dropped. */
export const FOLLOW_UP_STATES = ['due', 'done', 'dropped'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** What the worker says of the agreement, from the best to the worst. */
export const KEPT = ['kept', 'partly', 'notKept', 'nothingAgreed'] as const;
export type Kept = (typeof KEPT)[number];

/** 满意, 基本满意, 一般, 不满意, 不愿评价 */
export const SATISFACTIONS = ['satisfied', 'mostlySatisfied', 'fair', 'unsatisfied', 'declined'] as const;
export type Satisfaction = (typeof SATISFACTIONS)[number];

/** What counts as satisfied in the 满意率 (DOMAIN §2). */
export const SATISFIED: readonly Satisfaction[] = ['satisfied', 'mostlySatisfied'];
/** What counts in it as not satisfied. */
export const DISCONTENT: Satisfaction[] = ['fair', 'unsatisfied'];

/** The outcomes that ended a dispute, of which its worker is asked; not what went to somebody else or was none. */
export const FOLLOWED_UP: readonly Outcome[] = [
  ...(['settledAtOnce', 'settledByInstalments', 'reconciled'] as const),
  ...(['failed', 'declined', 'withdrawn'] as const),
];

/** What fell due longer ago is not called any more. P: nobody remembers. */
export const OLDEST_DAYS = 60;

/** After so many calls in vain the worker counts as not reached. P */
export const MOST_ATTEMPTS = 3;

/** A closed case may be opened again for so long (DOMAIN §5). */
export const REOPENING_DAYS = 30;

/** The day of the call: `days` after the closing, or after the last instalment was due (DOMAIN §5). */
export function followUpDue(
  closedOn: CalendarDay,
  lastInstalmentOn: CalendarDay | null,
  days: number,
): CalendarDay {
  const last = lastInstalmentOn !== null && lastInstalmentOn > closedOn ? lastInstalmentOn : closedOn;
  return addDays(last, days);
}

/** Whether a call that falls due on a day is opened today: it is due, and not forgotten. */
export function isToBeOpened(dueOn: CalendarDay, today: CalendarDay): boolean {
  return dueOn <= today && dueOn >= addDays(today, -OLDEST_DAYS);
}

/** What a call heard. */
export interface Heard {
  reached: Reached;
  performance: Kept | null;
  satisfaction: Satisfaction | null;
}

/** Whether the case is to be done again (重办): the worker is unsatisfied, the agreement was not kept, or there is danger. */
export function needsRedo({
  reached,
  performance,
  satisfaction,
  risk,
}: Heard & { risk: Risk | null }): boolean {
  return reached === 'yes' && (satisfaction === 'unsatisfied' || performance === 'notKept' || isDanger(risk));
}

/** Whether a call ends the follow-up: the worker was reached, or has been called often enough. */
export function isConclusive(reached: Reached, attemptsBefore: number): boolean {
  return reached === 'yes' || attemptsBefore + 1 >= MOST_ATTEMPTS;
}

const SATISFACTION_RANK: Partial<Record<Satisfaction, number>> = {
  satisfied: 0,
  mostlySatisfied: 1,
  fair: 2,
  unsatisfied: 3,
};
const KEPT_RANK: Partial<Record<Kept, number>> = { kept: 0, partly: 1, notKept: 2 };

/**
 * Whether a redo changed anything: the next call heard of more satisfaction or of more that was kept, and of less in
 * neither; null when that call reached nobody or got no answer.
 */
export function redoHelped(before: Heard, after: Heard): boolean | null {
  if (after.reached === 'no') return null;
  const changes = [
    difference(SATISFACTION_RANK, before.satisfaction, after.satisfaction),
    difference(KEPT_RANK, before.performance, after.performance),
  ].filter((change) => change !== null);
  if (changes.length === 0) return null;
  return changes.some((change) => change > 0) && changes.every((change) => change >= 0);
}

/** By how much an answer is better than the one before; null where one of them ranks nowhere. */
function difference<K extends string>(
  ranks: Partial<Record<K, number>>,
  before: K | null,
  after: K | null,
): number | null {
  const [was, is] = [before && ranks[before], after && ranks[after]];
  return typeof was === 'number' && typeof is === 'number' ? was - is : null;
}

/** The last day on which a closed case may be opened again: counted from the archive, or from the closing before it. */
export function reopenableUntil({
  closedOn,
  archivedOn,
}: {
  closedOn: CalendarDay | null;
  archivedOn: CalendarDay | null;
}): CalendarDay | null {
  const from = archivedOn ?? closedOn;
  return from && addDays(from, REOPENING_DAYS);
}

/** Whether this person may open the case again today: never its mediator, and in time (DOMAIN §5). */
export function mayReopen(
  disputeCase: { closedOn: CalendarDay | null; archivedOn: CalendarDay | null; mediatorId: string | null },
  userId: string,
  today: CalendarDay,
): boolean {
  const until = reopenableUntil(disputeCase);
  return disputeCase.mediatorId !== userId && until !== null && today <= until;
}
