import type { DisputeCase } from '../../models/cases.ts';
import { findRow, findRows, insertRows, updateRows } from '../../models/rows.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase, nextInstalmentOn } from '../cases/case-action.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, DomainError, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import { performanceOn, STANDING, unpaidFen, type PaymentManner } from './settlement.rules.ts';

export interface NewPayment {
  instalmentId: string;
  amountFen: number;
  paidOn: CalendarDay;
  manner: PaymentManner;
  /** What proves it: receipt, transfer voucher, signature. */
  proof: string;
}

/**
 * Records money that a worker received. It counts as recovered only when somebody else has verified it.
 * @throws Unacceptable for more than is outstanding, or for a day that cannot be
 */
export function recordPayment(reader: Reader, caseId: string, wish: NewPayment): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordPayment', null, async (disputeCase) => {
    const settlement = await findRow(Settlement, { openKey: caseId });
    const instalment = await findRow(Instalment, {
      id: wish.instalmentId,
      settlementId: settlement?.id ?? '',
    });
    if (!instalment) throw new NotFound();
    checkDay(disputeCase, wish.paidOn);
    const payments = await findRows(Payment, { instalmentId: instalment.id });
    const { amountFen } = instalment;
    const outstanding = unpaidFen({ amountFen, payments }, STANDING);
    if (wish.amountFen === 0) throw new Unacceptable('errors.notPositive', {}, 'amount');
    if (wish.amountFen > outstanding) {
      throw new Unacceptable(
        'settlements.errors.overpayment',
        { outstanding: formatYuan(outstanding) },
        'amount',
      );
    }
    const { claimantId } = instalment;
    await insertRows(Payment, [{ caseId, claimantId, recordedById: reader.userId, ...wish }]);
    return { detail: { amountFen: wish.amountFen, paidOn: wish.paidOn, manner: wish.manner } };
  });
}

/** What several workers received on one day, with one proof: of each instalment what was open when it was shown, in fen. */
export interface NewPayments extends Pick<NewPayment, 'paidOn' | 'manner' | 'proof'> {
  lines: { instalmentId: string; amountFen: number }[];
}

/**
 * Records several payments in full at once, each for its own instalment, in one entry of the history.
 * @throws NotFound, Unacceptable where something else is open of one by now, or for a day that cannot be
 */
export function recordPayments(reader: Reader, caseId: string, wish: NewPayments): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'recordPayment', null, async (disputeCase) => {
    const { lines, paidOn, manner, proof } = wish;
    checkDay(disputeCase, paidOn);
    const open = await openOf(
      caseId,
      lines.map(({ instalmentId }) => instalmentId),
    );
    const changed = lines.filter(({ instalmentId, amountFen }) => open.get(instalmentId)?.fen !== amountFen);
    if (changed.length > 0)
      throw new Unacceptable('settlements.errors.openChanged', { count: changed.length }, 'instalments');
    await insertRows(
      Payment,
      lines.map(({ instalmentId, amountFen }) => ({
        ...{ caseId, instalmentId, amountFen, paidOn, manner, proof, recordedById: reader.userId },
        claimantId: open.get(instalmentId)!.claimantId,
      })),
    );
    const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0);
    return { detail: { amountFen, payments: lines.length, paidOn, manner } };
  });
}

/** Of each instalment of the agreement in force: whose it is, and what is neither paid nor recorded of it. */
async function openOf(
  caseId: string,
  ids: string[],
): Promise<Map<string, { claimantId: string; fen: number }>> {
  if (new Set(ids).size < ids.length) throw new DomainError(400, 'errors.badRequest');
  const settlement = await findRow(Settlement, { openKey: caseId });
  const instalments = await Instalment.findAll({
    where: { id: ids, settlementId: settlement?.id ?? '' },
    include: [{ model: Payment, as: 'payments' }],
  });
  if (instalments.length < ids.length) throw new NotFound();
  return new Map(
    instalments.map((instalment) => [
      instalment.id,
      { claimantId: instalment.claimantId, fen: unpaidFen(instalment, STANDING) },
    ]),
  );
}

/** Verifies a payment as a second person, with its proof seen; the performance of the agreement follows. */
export function verifyPayment(reader: Reader, caseId: string, paymentId: string): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'verifyPayment', null, async () => {
    const payment = await decidePayment(reader, caseId, paymentId, 'verified');
    const performance = performanceOn(today(), await nextInstalmentOn(caseId));
    return { set: { performance }, detail: { amountFen: payment.amountFen, paidOn: payment.paidOn } };
  });
}

/**
 * Verifies several payments as a second person who has seen the proof of each.
 * @throws NotFound, Forbidden for an own one, Unacceptable where somebody has decided one by now
 */
export function verifyPayments(reader: Reader, caseId: string, ids: string[]): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'verifyPayment', null, async () => {
    const payments = await Payment.findAll({ where: { id: ids, caseId } });
    if (payments.length < new Set(ids).size) throw new NotFound();
    const decided = payments.filter(({ state }) => state !== 'recorded').length;
    if (decided > 0) throw new Unacceptable('settlements.errors.someDecided', { count: decided }, 'payments');
    for (const payment of payments) await decide(reader, payment, 'verified');
    const performance = performanceOn(today(), await nextInstalmentOn(caseId));
    const amountFen = payments.reduce((sum, payment) => sum + payment.amountFen, 0);
    return { set: { performance }, detail: { amountFen, payments: payments.length } };
  });
}

/** Rejects a recorded payment whose proof does not hold; whoever recorded it reads the reason. */
export function rejectPayment(
  reader: Reader,
  caseId: string,
  paymentId: string,
  reason: string,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'rejectPayment', null, async () => {
    const { amountFen, paidOn } = await decidePayment(reader, caseId, paymentId, 'rejected');
    return { detail: { amountFen, paidOn, reason, paymentId } };
  });
}

/** Takes back one's own entry that nobody has verified. @throws Forbidden for somebody else's, Conflict for a decided one */
export function withdrawPayment(
  reader: Reader,
  caseId: string,
  paymentId: string,
  reason: string,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'withdrawPayment', null, async () => {
    const payment = await findRow(Payment, { id: paymentId, caseId });
    if (!payment) throw new NotFound();
    if (payment.recordedById !== reader.userId) throw new Forbidden('settlements.errors.notOwnPayment');
    const { amountFen, paidOn, version } = payment;
    const withdrawn = await updateRows(
      Payment,
      { state: 'withdrawn', version: version + 1 },
      { id: paymentId, state: 'recorded', version },
    );
    if (withdrawn === 0) throw new Conflict('settlements.errors.paymentDecided');
    return { detail: { amountFen, paidOn, reason, paymentId } };
  });
}

async function decidePayment(
  reader: Reader,
  caseId: string,
  paymentId: string,
  state: 'verified' | 'rejected',
): Promise<Payment> {
  const payment = await findRow(Payment, { id: paymentId, caseId });
  if (!payment) throw new NotFound();
  await decide(reader, payment, state);
  return payment;
}

async function decide(
  { userId }: Reader,
  { id, recordedById, version }: Payment,
  state: 'verified' | 'rejected',
): Promise<void> {
  if (recordedById === userId) throw new Forbidden('settlements.errors.ownPayment');
  const decided = await updateRows(
    Payment,
    { state, decidedById: userId, decidedAt: now(), version: version + 1 },
    { id, state: 'recorded', version },
  );
  if (decided === 0) throw new Conflict('settlements.errors.paymentDecided');
}

function checkDay({ receivedOn }: DisputeCase, paidOn: CalendarDay): void {
  if (paidOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'paidOn');
  if (paidOn < receivedOn) throw new Unacceptable('errors.dayBefore', { day: receivedOn }, 'paidOn');
}
