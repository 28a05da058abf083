import { Claimant, Respondent } from '../../models/cases.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Particulars } from '../../models/documents.ts';
import { encrypt, lookupHash } from '../../models/encryption.ts';
import { updateRows } from '../../models/rows.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { changesOf } from '../directory/changes.rules.ts';
import { NotFound, Stale } from '../shared/errors.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import { findPaperCase, maySupervise } from './papers.queries.ts';
import { particularsOf } from './particulars.queries.ts';
import {
  IDENTITY,
  type CaseParticulars,
  type ParticularsOf,
  type ParticularsSubject,
  type WorkerIdentity,
} from './particulars.rules.ts';

/** Whose particulars: a worker, a respondent, or the case itself (`id` the case's). */
export interface WhoseParticulars<S extends ParticularsSubject = ParticularsSubject> {
  caseId: string;
  subject: S;
  id: string;
}

export interface OpenParticulars<S extends ParticularsSubject> {
  name: string;
  version: number;
  known: ParticularsOf[S];
  /** The reader orders in the town's name. */
  supervises: boolean;
  /** What is not known yet of who a worker is. */
  unknown: (keyof WorkerIdentity)[];
}

/** What is known so far. @throws NotFound */
export async function openParticulars<S extends ParticularsSubject>(
  reader: Reader,
  { caseId, subject, id }: WhoseParticulars<S>,
): Promise<OpenParticulars<S>> {
  const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
  const party = subject === 'case' ? null : await partyOf(caseId, subject, id);
  const known = await particularsOf(caseId);
  const stored = await Particulars.findByPk(id, { attributes: ['version'] });
  const read = { case: known.ofCase, claimant: known.ofClaimant, respondent: known.ofRespondent };
  return {
    name: party?.name ?? disputeCase.number ?? disputeCase.title,
    version: stored?.version ?? 0,
    known: read[subject](id),
    supervises: maySupervise(reader, disputeCase),
    unknown: party instanceof Claimant ? IDENTITY.filter((field) => party[field] === null) : [],
  };
}

async function partyOf(
  caseId: string,
  subject: 'claimant' | 'respondent',
  id: string,
): Promise<Claimant | Respondent> {
  const where = { where: { id, caseId } };
  const found = await (subject === 'claimant' ? Claimant.findOne(where) : Respondent.findOne(where));
  if (!found) throw new NotFound();
  return found;
}

/**
 * Writes down what the papers need, and of who a worker is what was not known yet; a number on record is changed with the
 * claims only. @throws NotFound, Stale when somebody else wrote since the form was opened
 */
export async function recordParticulars<S extends ParticularsSubject>(
  reader: Reader,
  whose: WhoseParticulars<S>,
  version: number,
  values: ParticularsOf[S],
  identity: WorkerIdentity = { idNumber: null, phone: null },
): Promise<void> {
  const { caseId, id: subjectId } = whose;
  await inTx(async () => {
    const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
    const { supervises, known } = await openParticulars(reader, whose);
    const { supervisionUntil } = known as CaseParticulars;
    const details = encrypt(JSON.stringify(supervises ? values : { ...values, supervisionUntil }));
    const [changed] = await Particulars.update(
      { details, version: version + 1 },
      { where: { subjectId, version } },
    );
    if (changed === 0) await create(whose, version, details);
    if (whose.subject === 'claimant') await completeIdentity(reader, whose, identity);
    await recordCaseEvent(disputeCase, 'recordParticulars', reader.userId, disputeCase.state);
  });
}

async function completeIdentity(
  reader: Reader,
  { caseId, id }: WhoseParticulars,
  { idNumber, phone }: WorkerIdentity,
): Promise<void> {
  if (idNumber === null && phone === null) return;
  const claimant = await Claimant.findOne({ where: { id, caseId }, rejectOnEmpty: true });
  if ((idNumber !== null && claimant.idNumber) || (phone !== null && claimant.phone)) throw new Stale();
  const wish = {
    ...(idNumber === null ? {} : { idNumber, idNumberHash: lookupHash(idNumber) }),
    ...(phone === null ? {} : { phone, phoneHash: lookupHash(phone) }),
  };
  const changes = changesOf(claimant, { ...(idNumber && { idNumber }), ...(phone && { phone }) }, MASKS);
  const { version } = claimant;
  const completed = await updateRows(Claimant, { ...wish, version: version + 1 }, { id, version });
  if (completed === 0) throw new Stale();
  await recordAudit(reader.userId, {
    ...{ action: 'changeClaimant', objectType: 'claimant', objectId: id },
    detail: { caseId, changes },
  });
}

const MASKS = { idNumber: maskIdNumber, phone: maskPhone };

async function create({ caseId, id: subjectId }: WhoseParticulars, version: number, details: string) {
  if (version !== 0) throw new Stale();
  try {
    await Particulars.create({ subjectId, caseId, details, version: 1 });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Stale();
    throw error;
  }
}
