import { Op } from 'sequelize';
import type { DisputeCase } from '../../models/cases.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase, nextInstalmentOn } from '../cases/case-action.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import { performanceOn, STANDING, type PaymentManner } from './settlement.rules.ts';

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
    const settlement = await Settlement.findOne({ where: { openKey: caseId } });
    const instalment = await Instalment.findOne({
      where: { id: wish.instalmentId, settlementId: settlement?.id ?? '' },
    });
    if (!instalment) throw new NotFound();
    if (wish.paidOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'paidOn');
    if (wish.paidOn < disputeCase.receivedOn)
      throw new Unacceptable('errors.dayBefore', { day: disputeCase.receivedOn }, 'paidOn');
    const outstanding = instalment.amountFen - (await paidFen(instalment.id, STANDING));
    if (wish.amountFen === 0) throw new Unacceptable('errors.notPositive', {}, 'amount');
    if (wish.amountFen > outstanding) {
      throw new Unacceptable(
        'settlements.errors.overpayment',
        { outstanding: formatYuan(outstanding) },
        'amount',
      );
    }
    await Payment.create({ caseId, claimantId: instalment.claimantId, recordedById: reader.userId, ...wish });
    return { detail: { amountFen: wish.amountFen, paidOn: wish.paidOn, manner: wish.manner } };
  });
}

/** Verifies a payment as a second person, with its proof seen; the performance of the agreement follows. */
export function verifyPayment(reader: Reader, caseId: string, paymentId: string): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'verifyPayment', null, async () => {
    const payment = await decidePayment(reader, caseId, paymentId, 'verified');
    const performance = performanceOn(today(), await nextInstalmentOn(caseId));
    return { set: { performance }, detail: { amountFen: payment.amountFen, paidOn: payment.paidOn } };
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
    const payment = await Payment.findOne({ where: { id: paymentId, caseId } });
    if (!payment) throw new NotFound();
    if (payment.recordedById !== reader.userId) throw new Forbidden('settlements.errors.notOwnPayment');
    const { amountFen, paidOn, version } = payment;
    const [withdrawn] = await Payment.update(
      { state: 'withdrawn', version: version + 1 },
      { where: { id: paymentId, state: 'recorded', version } },
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
  const payment = await Payment.findOne({ where: { id: paymentId, caseId } });
  if (!payment) throw new NotFound();
  if (payment.recordedById === reader.userId) throw new Forbidden('settlements.errors.ownPayment');
  const [decided] = await Payment.update(
    { state, decidedById: reader.userId, decidedAt: now(), version: payment.version + 1 },
    { where: { id: paymentId, state: 'recorded', version: payment.version } },
  );
  if (decided === 0) throw new Conflict('settlements.errors.paymentDecided');
  return payment;
}

async function paidFen(instalmentId: string, states: readonly Payment['state'][]): Promise<number> {
  return (await Payment.sum('amountFen', { where: { instalmentId, state: { [Op.in]: [...states] } } })) ?? 0;
}
