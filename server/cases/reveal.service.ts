import { Claimant } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { NotFound } from '../shared/errors.ts';
import { findCase, placeOf } from './case.queries.ts';
import { privacyFor, type RevealField, type RevealReason } from './privacy.rules.ts';

/** A worker whose numbers this reader may see. @throws NotFound otherwise */
export async function findRevealable(reader: Reader, caseId: string, claimantId: string): Promise<Claimant> {
  const disputeCase = await findCase(reader, caseId);
  if (privacyFor(reader, placeOf(disputeCase), disputeCase.takenOverAt !== null) !== 'open')
    throw new NotFound();
  const claimant = await Claimant.findOne({ where: { id: claimantId, caseId } });
  if (!claimant) throw new NotFound();
  return claimant;
}

/** One number in clear; who saw it and why is written in the same transaction (个人信息保护法 51, 54). */
export async function revealNumber(
  reader: Reader,
  caseId: string,
  claimantId: string,
  wish: { field: RevealField; reason: RevealReason },
): Promise<string | null> {
  return inTx(async () => {
    const claimant = await findRevealable(reader, caseId, claimantId);
    await recordAudit(reader.userId, {
      action: 'reveal',
      objectType: 'claimant',
      objectId: claimantId,
      detail: { caseId, ...wish },
    });
    return claimant[wish.field];
  });
}
