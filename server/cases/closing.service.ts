import { CaseProposal, type DisputeCase } from '../../models/cases.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { now, today } from '../shared/clock.ts';
import { Conflict, Forbidden, NotFound, Unacceptable } from '../shared/errors.ts';
import { actOnCase } from './case-action.service.ts';
import { findCaseNamed } from './case-number.queries.ts';
import {
  DECLINE_REASONS,
  type Authority,
  type DeclineReason,
  type Referral,
  type VoidReason,
} from './case.rules.ts';
import { TO_BE_MERGED } from './lifecycle.rules.ts';

/** The reason that the paper prints, and what only the town reads. */
interface Printed {
  reason: string;
  note?: string | null;
}

/** Mediation failed: no agreement, or the 15 days passed (企业劳动争议协商调解规定 29, 30). */
export function failCase(
  reader: Reader,
  caseId: string,
  version: number,
  wish: Printed & { referral: Referral },
) {
  return actOnCase(reader, caseId, 'fail', version, () => ({
    set: { outcome: 'failed', closedOn: today(), referral: wish.referral },
    detail: { ...wish },
  }));
}

/** The applicant takes the application back. */
export function withdrawCase(reader: Reader, caseId: string, version: number, wish: Printed) {
  return actOnCase(reader, caseId, 'withdraw', version, () => ({
    set: { outcome: 'withdrawn', closedOn: today() },
    detail: { ...wish },
  }));
}

/** The worker can no longer be reached. */
export function loseContact(reader: Reader, caseId: string, version: number, wish: Printed) {
  return actOnCase(reader, caseId, 'loseContact', version, () => ({
    set: { outcome: 'lostContact', closedOn: today() },
    detail: { ...wish },
  }));
}

/** Another authority is competent; `letter` is the number of the letter that went with it. */
export function transferCase(
  reader: Reader,
  caseId: string,
  version: number,
  wish: Printed & { authority: Authority; letter: string | null },
) {
  return actOnCase(reader, caseId, 'transfer', version, () => ({
    set: { outcome: 'transferred', closedOn: today() },
    detail: { ...wish },
  }));
}

/** The slip that came back with the letter: on which day the other authority received the case, and who there signed. */
export function recordTransferReceipt(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { receivedOn: CalendarDay; receivedBy: string | null },
) {
  return actOnCase(reader, caseId, 'recordReceipt', version, ({ closedOn }) => {
    const { receivedOn, receivedBy } = wish;
    if (receivedOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'receivedOn');
    if (closedOn && receivedOn < closedOn)
      throw new Unacceptable('errors.dayBefore', { day: closedOn }, 'receivedOn');
    return { set: { transferReceiptOn: receivedOn }, detail: { receivedOn, receivedBy } };
  });
}

/** The matter is no labour dispute (劳动争议调解仲裁法 2). */
export function markNotLabour(reader: Reader, caseId: string, version: number, wish: { reason: string }) {
  return actOnCase(reader, caseId, 'markNotLabour', version, () => ({
    set: { outcome: 'notLabour', closedOn: today() },
    detail: { reason: wish.reason },
  }));
}

/**
 * The same dispute is another case, named by its number or by a ticket's number. That one is closed or drafted already;
 * with any other, this one is merged (`merger.service.ts`), so that its workers and tickets go on there.
 */
export function markDuplicate(reader: Reader, caseId: string, version: number, wish: { number: string }) {
  return actOnCase(reader, caseId, 'markDuplicate', version, async ({ townId }) => {
    const original = await findCaseNamed(reader, townId, wish.number);
    if (!original || original.id === caseId)
      throw new Unacceptable('cases.errors.originalUnknown', {}, 'number');
    if (TO_BE_MERGED.includes(original.state))
      throw new Unacceptable('merger.errors.mergeInstead', {}, 'number');
    return {
      set: { outcome: 'duplicate', closedOn: today(), mergedIntoId: original.id },
      detail: { originalId: original.id, number: wish.number },
    };
  });
}

/** Proposes not to accept the case; the town's dispatcher decides (企业劳动争议协商调解规定 22). */
export function proposeDecline(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { reason: DeclineReason; explanation: string },
) {
  return propose(reader, caseId, version, 'decline', wish);
}

/** Proposes to declare the case void because it was entered by mistake; a second person decides. */
export function proposeVoid(
  reader: Reader,
  caseId: string,
  version: number,
  wish: { reason: VoidReason; explanation: string },
) {
  return propose(reader, caseId, version, 'void', wish);
}

async function propose(
  reader: Reader,
  caseId: string,
  version: number,
  action: CaseProposal['action'],
  wish: { reason: string; explanation: string },
): Promise<DisputeCase> {
  try {
    return await actOnCase(
      reader,
      caseId,
      action === 'void' ? 'proposeVoid' : 'proposeDecline',
      version,
      async () => {
        await CaseProposal.create({ caseId, action, openKey: caseId, proposedById: reader.userId, ...wish });
        return { detail: { ...wish } };
      },
    );
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict('cases.errors.proposalOpen');
    throw error;
  }
}

/**
 * Approves or refuses the open proposal of a case.
 * @throws Forbidden for the person who proposed it
 */
export async function decideProposal(
  reader: Reader,
  caseId: string,
  version: number,
  approved: boolean,
): Promise<DisputeCase> {
  return inTx(async () => {
    const proposal = await CaseProposal.findOne({ where: { openKey: caseId } });
    if (!proposal) throw new NotFound();
    if (proposal.proposedById === reader.userId) throw new Forbidden('cases.errors.ownProposal');
    return actOnCase(
      reader,
      caseId,
      approved ? proposal.action : 'refuseProposal',
      version,
      async (disputeCase) => {
        await proposal.update({ openKey: null, decidedById: reader.userId, decidedAt: now(), approved });
        const detail = { proposal: proposal.action, reason: proposal.reason };
        if (!approved) return { detail };
        const outcome =
          proposal.action === 'void' ? 'void' : DECLINE_REASONS[proposal.reason as DeclineReason];
        return { set: { outcome, closedOn: disputeCase.closedOn ?? today(), performance: null }, detail };
      },
    );
  });
}
