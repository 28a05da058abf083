import type { DisputeCase } from '../../models/cases.ts';
import { isUniqueViolation } from '../../models/dialect.ts';
import { Payment, PaymentReversal } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase, nextInstalmentOn } from '../cases/case-action.service.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Forbidden, NotFound } from '../shared/errors.ts';
import { performanceOn } from './settlement.rules.ts';

/**
 * Records that a verified payment was wrong. It counts on until somebody else has verified the reversal.
 * @throws NotFound, Conflict when it is not verified, or a reversal waits
 */
export async function reversePayment(
  reader: Reader,
  caseId: string,
  paymentId: string,
  { reason }: { reason: string },
): Promise<DisputeCase> {
  try {
    return await actOnCase(reader, caseId, 'reversePayment', null, async () => {
      const payment = await Payment.findOne({ where: { id: paymentId, caseId } });
      if (!payment) throw new NotFound();
      if (payment.state !== 'verified') throw new Conflict('settlements.errors.notVerified');
      await PaymentReversal.create({
        ...{ caseId, paymentId, openKey: paymentId, reason, recordedById: reader.userId },
      });
      return { detail: { amountFen: payment.amountFen, paidOn: payment.paidOn, reason } };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict('settlements.errors.reversalOpen');
    throw error;
  }
}

/** What a second person says to a reversal; a reason is wanted to reject it. */
export interface ReversalDecision {
  verified: boolean;
  reason: string | null;
}

/**
 * Decides a reversal as a second person. Verified, the payment counts no longer, and the performance of the agreement follows.
 * @throws NotFound, Forbidden for who recorded it, Conflict when somebody else has decided
 */
export function decideReversal(
  reader: Reader,
  caseId: string,
  paymentId: string,
  { verified, reason }: ReversalDecision,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, verified ? 'verifyReversal' : 'rejectReversal', null, async () => {
    const reversal = await PaymentReversal.findOne({ where: { openKey: paymentId, caseId } });
    const payment = await Payment.findOne({ where: { id: paymentId, caseId } });
    if (!reversal || !payment) throw new NotFound();
    if (reversal.recordedById === reader.userId) throw new Forbidden('settlements.errors.ownPayment');
    const decision = {
      ...{ state: verified ? ('verified' as const) : ('rejected' as const), decidedById: reader.userId },
      ...{ decidedAt: now(), openKey: verified ? paymentId : null },
    };
    const [decided] = await PaymentReversal.update(decision, {
      where: { id: reversal.id, state: 'recorded' },
    });
    if (decided === 0) throw new Conflict('settlements.errors.paymentDecided');
    const detail = { amountFen: payment.amountFen, paidOn: payment.paidOn, reason };
    if (!verified) return { detail };
    await Payment.update(
      { state: 'reversed', version: payment.version + 1 },
      { where: { id: paymentId, state: 'verified' } },
    );
    const somethingPaid = (await Payment.count({ where: { caseId, state: 'verified' } })) > 0;
    return {
      set: { performance: performanceOn(today(), await nextInstalmentOn(caseId), somethingPaid) },
      detail,
    };
  });
}
