import type { Performance } from '../cases/lifecycle.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';

/** Kinds of agreement; each is the outcome of the case that it settles. */
export const SETTLEMENT_KINDS = ['settledAtOnce', 'settledByInstalments', 'reconciled'] as const;
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number];

export const PAYMENT_MANNERS = ['bankTransfer', 'cash', 'mobile', 'other'] as const;
export type PaymentManner = (typeof PAYMENT_MANNERS)[number];

/** A payment counts as recovered only when a second person verified it, and no longer when it was taken back. */
export const PAYMENT_STATES = ['recorded', 'verified', 'rejected', 'withdrawn', 'reversed'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** An entry that never was a payment: a second person did not take it, or whoever recorded it took it back. */
export const NEVER_PAID: readonly PaymentState[] = ['rejected', 'withdrawn'];

/** What takes from the outstanding amount, so that nothing is paid twice while it waits for its second person. */
export const STANDING: readonly PaymentState[] = ['recorded', 'verified'];

/** A reversal takes a payment back when a second person verified it. */
export const REVERSAL_STATES = ['recorded', 'verified', 'rejected'] as const;
export type ReversalState = (typeof REVERSAL_STATES)[number];

/** Whether a payment waits for this person's answer: nobody decides about what they recorded themselves. */
export function awaitsAnswerOf(
  personId: string,
  { state, recordedById }: { state: string; recordedById: string },
): boolean {
  return state === 'recorded' && recordedById !== personId;
}

interface Money {
  amountFen: number;
  state: PaymentState;
}

/** What payments of these states make together, in fen. */
export function paidFen(payments: readonly Money[], states: readonly PaymentState[]): number {
  const counted = payments.filter(({ state }) => states.includes(state));
  return counted.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

/** What is left of an instalment after the payments of these states, in fen. */
export function unpaidFen(
  { amountFen, payments = [] }: { amountFen: number; payments?: readonly Money[] },
  states: readonly PaymentState[],
): number {
  return amountFen - paidFen(payments, states);
}

/** The payments that wait for this person's answer, each with its instalment. */
export function paymentsAwaiting<I extends { payments?: (Money & { recordedById: string })[] }>(
  personId: string,
  instalments: readonly I[],
): { payment: NonNullable<I['payments']>[number]; instalment: I }[] {
  return instalments
    .flatMap((instalment) => (instalment.payments ?? []).map((payment) => ({ payment, instalment })))
    .filter(({ payment }) => awaitsAnswerOf(personId, payment));
}

/** Whether this person can take their own entry back, because nobody has verified it yet. */
export function mayWithdraw(
  personId: string,
  { state, recordedById }: { state: string; recordedById: string },
): boolean {
  return state === 'recorded' && recordedById === personId;
}

/** How far an agreement is performed: all of it, late by a day, in time so far, or nothing is paid yet (DOMAIN §5). */
export function performanceOn(
  today: CalendarDay,
  nextInstalmentOn: CalendarDay | null,
  somethingPaid = true,
): Performance {
  if (nextInstalmentOn === null) return 'fulfilled';
  if (nextInstalmentOn < today) return 'breached';
  return somethingPaid ? 'performing' : 'pending';
}
