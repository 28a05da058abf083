import { Claimant, Respondent, type DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { NotFound } from '../shared/errors.ts';
import { findCase, placeOf } from './case.queries.ts';
import { contactOf, privacyFor, type RevealField, type RevealReason } from './privacy.rules.ts';

/** What of a case holds numbers: a worker, the contact person of a respondent, or the complaint itself (`id` the case's). */
export interface PartOfCase {
  caseId: string;
  part: 'claimant' | 'respondent' | 'complaint';
  id: string;
}

export interface MaskedPart extends PartOfCase {
  name: string;
  phone: string | null;
  idNumber: string | null;
  facts: string | null;
}

/** A part of a case that this reader may see in full. @throws NotFound otherwise */
export async function findRevealable(reader: Reader, { caseId, part, id }: PartOfCase): Promise<MaskedPart> {
  const disputeCase = await findCase(reader, caseId);
  const privacy = privacyFor(reader, placeOf(disputeCase), disputeCase.takenOverAt !== null);
  const toCall = privacy === 'call' && part === 'claimant';
  if (privacy !== 'open' && !toCall) throw new NotFound();
  const found = await PARTS[part](disputeCase, id);
  if (!found) throw new NotFound();
  const masked = { caseId, part, id, phone: null, idNumber: null, facts: null, ...found };
  return toCall ? { ...masked, idNumber: null } : masked;
}

type Found = Pick<MaskedPart, 'name'> & Partial<MaskedPart>;

const PARTS: Record<PartOfCase['part'], (of: DisputeCase, id: string) => Promise<Found | null>> = {
  claimant: ({ id: caseId }, id) => claimantOf(caseId, id),
  respondent: ({ id: caseId }, id) => respondentOf(caseId, id),
  complaint: ({ number, title, facts }) => Promise.resolve({ name: number ?? title, facts }),
};

async function claimantOf(caseId: string, id: string): Promise<Found | null> {
  const claimant = await Claimant.findOne({ where: { id, caseId } });
  return claimant && { name: claimant.name, phone: claimant.phone, idNumber: claimant.idNumber };
}

async function respondentOf(caseId: string, id: string): Promise<Found | null> {
  const respondent = await Respondent.findOne({
    where: { id, caseId },
    include: [{ model: Enterprise, as: 'enterprise', attributes: ['id', 'contactName', 'contactPhone'] }],
  });
  if (!respondent) return null;
  const { person, phone } = contactOf(respondent);
  return { name: person ?? respondent.name, phone };
}

/** One number, or the text, in clear; who saw it and why is written in the same transaction (个人信息保护法 51, 54). */
export async function revealField(
  reader: Reader,
  whose: PartOfCase,
  wish: { field: RevealField; reason: RevealReason },
): Promise<string | null> {
  return inTx(async () => {
    const found = await findRevealable(reader, whose);
    if (found[wish.field] === null) throw new NotFound();
    await recordAudit(reader.userId, {
      action: 'reveal',
      objectType: whose.part,
      objectId: whose.id,
      detail: { caseId: whose.caseId, ...wish },
    });
    return found[wish.field];
  });
}
