import type { Performance } from '../cases/lifecycle.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';

/** Kinds of agreement; each is the outcome of the case that it settles. */
export const SETTLEMENT_KINDS = ['settledAtOnce', 'settledByInstalments', 'reconciled'] as const;
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number];

export const PAYMENT_MANNERS = ['bankTransfer', 'cash', 'mobile', 'other'] as const;
export type PaymentManner = (typeof PAYMENT_MANNERS)[number];

/** A payment counts as recovered only when a second person verified it. */
export const PAYMENT_STATES = ['recorded', 'verified', 'rejected'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Whether a payment waits for this person's answer: nobody decides about what they recorded themselves. */
export function awaitsAnswerOf(
  personId: string,
  { state, recordedById }: { state: PaymentState; recordedById: string },
): boolean {
  return state === 'recorded' && recordedById !== personId;
}

/** How far an agreement of which something was paid is performed: all of it, in time so far, or late by a day (DOMAIN §5). */
export function performanceOn(today: CalendarDay, nextInstalmentOn: CalendarDay | null): Performance {
  if (nextInstalmentOn === null) return 'fulfilled';
  return nextInstalmentOn < today ? 'breached' : 'performing';
}
