import { Claimant, Respondent } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { NotFound } from '../shared/errors.ts';
import { findCase, placeOf } from './case.queries.ts';
import { contactOf, privacyFor, type RevealField, type RevealReason } from './privacy.rules.ts';

/** A party of a case whose numbers can be seen one at a time: a worker, or the contact person of a respondent. */
export interface PartyOfCase {
  caseId: string;
  party: 'claimant' | 'respondent';
  id: string;
}

export interface NumbersOfParty extends PartyOfCase {
  name: string;
  phone: string | null;
  idNumber: string | null;
}

/** A party whose numbers this reader may see. @throws NotFound otherwise */
export async function findRevealable(
  reader: Reader,
  { caseId, party, id }: PartyOfCase,
): Promise<NumbersOfParty> {
  const disputeCase = await findCase(reader, caseId);
  if (privacyFor(reader, placeOf(disputeCase), disputeCase.takenOverAt !== null) !== 'open')
    throw new NotFound();
  const found = party === 'claimant' ? await claimantOf(caseId, id) : await respondentOf(caseId, id);
  if (!found) throw new NotFound();
  return { caseId, party, id, ...found };
}

async function claimantOf(caseId: string, id: string) {
  const claimant = await Claimant.findOne({ where: { id, caseId } });
  return claimant && { name: claimant.name, phone: claimant.phone, idNumber: claimant.idNumber };
}

async function respondentOf(caseId: string, id: string) {
  const respondent = await Respondent.findOne({
    where: { id, caseId },
    include: [{ model: Enterprise, as: 'enterprise', attributes: ['id', 'contactName', 'contactPhone'] }],
  });
  if (!respondent) return null;
  const { person, phone } = contactOf(respondent);
  return { name: person ?? respondent.name, phone, idNumber: null };
}

/** One number in clear; who saw it and why is written in the same transaction (个人信息保护法 51, 54). */
export async function revealNumber(
  reader: Reader,
  whose: PartyOfCase,
  wish: { field: RevealField; reason: RevealReason },
): Promise<string | null> {
  return inTx(async () => {
    const found = await findRevealable(reader, whose);
    await recordAudit(reader.userId, {
      action: 'reveal',
      objectType: whose.party,
      objectId: whose.id,
      detail: { caseId: whose.caseId, ...wish },
    });
    return found[wish.field];
  });
}
