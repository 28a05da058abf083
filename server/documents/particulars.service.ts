import { Claimant, Respondent } from '../../models/cases.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Particulars } from '../../models/documents.ts';
import { encrypt } from '../../models/encryption.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { NotFound, Stale } from '../shared/errors.ts';
import { findPaperCase, maySupervise } from './papers.queries.ts';
import { particularsOf } from './particulars.queries.ts';
import type { CaseParticulars, ParticularsOf, ParticularsSubject } from './particulars.rules.ts';

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
}

/** What is known so far. @throws NotFound */
export async function openParticulars<S extends ParticularsSubject>(
  reader: Reader,
  { caseId, subject, id }: WhoseParticulars<S>,
): Promise<OpenParticulars<S>> {
  const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
  const name =
    subject === 'case' ? (disputeCase.number ?? disputeCase.title) : await nameOf(caseId, subject, id);
  const known = await particularsOf(caseId);
  const stored = await Particulars.findByPk(id, { attributes: ['version'] });
  const read = { case: known.ofCase, claimant: known.ofClaimant, respondent: known.ofRespondent };
  return {
    name,
    version: stored?.version ?? 0,
    known: read[subject](id),
    supervises: maySupervise(reader, disputeCase),
  };
}

async function nameOf(caseId: string, subject: 'claimant' | 'respondent', id: string): Promise<string> {
  const where = { where: { id, caseId }, attributes: ['name'] };
  const found = await (subject === 'claimant' ? Claimant.findOne(where) : Respondent.findOne(where));
  if (!found) throw new NotFound();
  return found.name;
}

/** Writes down what the papers need. @throws NotFound, Stale when somebody else wrote since the form was opened */
export async function recordParticulars<S extends ParticularsSubject>(
  reader: Reader,
  whose: WhoseParticulars<S>,
  version: number,
  values: ParticularsOf[S],
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
    await recordCaseEvent(disputeCase, 'recordParticulars', reader.userId, disputeCase.state);
  });
}

async function create({ caseId, id: subjectId }: WhoseParticulars, version: number, details: string) {
  if (version !== 0) throw new Stale();
  try {
    await Particulars.create({ subjectId, caseId, details, version: 1 });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Stale();
    throw error;
  }
}
