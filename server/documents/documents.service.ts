import { createHash } from 'node:crypto';
import { User } from '../../models/accounts.ts';
import type { DisputeCase } from '../../models/cases.ts';
import { inTx, isUniqueViolation, requireTx } from '../../models/dialect.ts';
import { CaseDocument } from '../../models/documents.ts';
import { decryptBytes, encryptBytes } from '../../models/encryption.ts';
import { insertRows, updateRows } from '../../models/rows.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { Conflict, NotFound, Stale } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { composePaper } from './compose.rules.ts';
import { availablePapers, FORMS, isPaperForm, missingFields, type PaperForm } from './forms.rules.ts';
import type { Missing } from './paper-fields.rules.ts';
import type { CopyReason } from './copies.rules.ts';
import type { PaperSession } from './paper-data.rules.ts';
import type { Paper } from './paper.rules.ts';
import { findPaperCase, loadPaperData, maySupervise, openCaseFile, type CaseFile } from './papers.queries.ts';

/** Which document of a case is meant: its form and, of a record, its session. */
export interface WhichPaper {
  caseId: string;
  form: string;
  sessionId: string | null;
}

/** A version that was made final. */
export interface FrozenPaper {
  id: string;
  on: CalendarDay;
  /** Null when the signature of the agreement froze it. */
  by: string | null;
  sha256: string;
}

/** A document as it stands: the final version where there is one, else as the case fills it in now. */
export interface OpenPaper extends CaseFile {
  form: PaperForm;
  session: PaperSession | null;
  paper: Paper;
  sha256: string;
  frozen: FrozenPaper | null;
  /** What a document that is not final lacks. */
  missing: Missing[];
}

/** Opens a document. @throws NotFound for who may not see papers, and for a form that this stage does not have */
export async function openPaper(
  reader: Reader,
  which: WhichPaper,
  action: 'documents.read' | 'documents.keep' = 'documents.read',
): Promise<OpenPaper> {
  const { form, sessionId } = which;
  if (!isPaperForm(form)) throw new NotFound();
  const file = await openCaseFile(reader, which.caseId, action);
  return paperIn(file, form, sessionId);
}

/** A document of a case that is open already. @throws NotFound for a form that this stage does not have */
export async function paperIn(
  { disputeCase, data, fills }: CaseFile,
  form: PaperForm,
  sessionId: string | null,
): Promise<OpenPaper> {
  const session = data.sessions.find(({ id }) => id === sessionId) ?? null;
  const about = { disputeCase, data, fills, form, session };
  const openKey = keyOf({ caseId: disputeCase.id, form, sessionId });
  const kept = await CaseDocument.findOne({ where: { openKey } });
  if (kept) return { ...about, ...(await frozenContent(kept)), missing: [] };
  const available = availablePapers(data).some(
    (one) => one.form === form && (one.session?.id ?? null) === sessionId,
  );
  if (!available) throw new NotFound();
  const paper = composePaper(form, data, session);
  const missing = missingFields(form, data, session);
  return { ...about, paper, sha256: sha256Of(contentOf(paper)), frozen: null, missing };
}

async function frozenContent(kept: CaseDocument): Promise<Pick<OpenPaper, 'paper' | 'sha256' | 'frozen'>> {
  const content = decryptBytes(kept.content);
  if (sha256Of(content) !== kept.sha256) throw new Error(`document ${kept.id} is not what it was`);
  const by = kept.frozenById && (await User.findByPk(kept.frozenById, { attributes: ['displayName'] }));
  const { id, sha256, frozenAt } = kept;
  return {
    paper: JSON.parse(content.toString('utf8')) as Paper,
    sha256,
    frozen: { id, on: dayOf(frozenAt), by: by ? by.displayName : null, sha256 },
  };
}

/**
 * Makes a document final as it was shown: its exact content stays, whatever the case becomes.
 * @throws Stale when the case says something else by now, Conflict when it is final already
 */
export async function freezePaper(reader: Reader, which: WhichPaper, shownSha256: string): Promise<void> {
  await inTx(async () => {
    const open = await openPaper(reader, which, 'documents.keep');
    if (open.frozen) throw new Conflict('documents.errors.finalAlready');
    if (FORMS[open.form].bySignature) throw new Conflict('documents.errors.finalBySignature');
    const { finalNeeds } = FORMS[open.form];
    if (open.missing.some(({ field }) => field === finalNeeds))
      throw new Conflict(`documents.errors.finalNeeds.${finalNeeds}`);
    if (open.sha256 !== shownSha256) throw new Stale();
    await keep(open.disputeCase, open, reader.userId);
  });
}

/** Freezes the agreement as it was signed, in the transaction of the signature (劳动争议调解仲裁法 14). */
export async function freezeAgreement(disputeCase: DisputeCase): Promise<void> {
  const data = await loadPaperData(disputeCase);
  const form = data.settlement?.kind === 'reconciled' ? 'reconciliation' : 'agreement';
  // A case that was opened again is signed anew.
  await updateRows(
    CaseDocument,
    { openKey: null, voidedAt: now() },
    { openKey: keyOf({ caseId: disputeCase.id, form, sessionId: null }) },
  );
  await keep(disputeCase, { form, session: null, paper: composePaper(form, data) }, null);
}

async function keep(
  disputeCase: DisputeCase,
  { form, session, paper }: Pick<OpenPaper, 'form' | 'session' | 'paper'>,
  userId: string | null,
): Promise<void> {
  requireTx();
  const { id: caseId, state } = disputeCase;
  const content = contentOf(paper);
  const sessionId = session?.id ?? null;
  const id = newId();
  const document = {
    ...{ id, caseId, form, subjectId: sessionId, openKey: keyOf({ caseId, form, sessionId }) },
    ...{ content: encryptBytes(content), sha256: sha256Of(content), frozenById: userId },
  };
  try {
    await insertRows(CaseDocument, [document]);
    await recordCaseEvent(disputeCase, 'freezeDocument', userId, state, { document: form });
    const detail = { caseId, form, sha256: document.sha256 };
    await recordAudit(userId, { action: 'freezeDocument', objectType: 'document', objectId: id, detail });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Conflict('documents.errors.finalAlready');
    throw error;
  }
}

/** A final version, to be declared void. @throws NotFound; Conflict for the signed agreement, which stays */
export async function findFinal(reader: Reader, caseId: string, documentId: string): Promise<CaseDocument> {
  const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
  const document = await CaseDocument.findOne({ where: { id: documentId, caseId } });
  if (!document) throw new NotFound();
  if (document.form === 'supervision' && !maySupervise(reader, disputeCase)) throw new NotFound();
  if (document.frozenById === null) throw new Conflict('documents.errors.signedStays');
  if (document.voidedAt !== null) throw new Conflict('documents.errors.voidAlready');
  return document;
}

/** Declares a final version void, with a reason; it stays on record and the document can be made final anew. */
export async function voidPaper(
  reader: Reader,
  caseId: string,
  documentId: string,
  { reason }: { reason: string },
): Promise<void> {
  await inTx(async () => {
    const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
    const { form } = await findFinal(reader, caseId, documentId);
    const [voided] = await CaseDocument.update(
      { openKey: null, voidedAt: now(), voidedById: reader.userId, voidReason: reason },
      { where: { id: documentId, voidedAt: null } },
    );
    if (voided === 0) throw new Conflict('documents.errors.voidAlready');
    const { state } = disputeCase;
    await recordCaseEvent(disputeCase, 'voidDocument', reader.userId, state, { document: form, reason });
    await recordAudit(reader.userId, {
      ...{ action: 'voidDocument', objectType: 'document', objectId: documentId },
      detail: { caseId, form },
    });
  });
}

/** Records that a document was printed with its numbers in full, and why (个人信息保护法 51, 54); gives it. */
export async function copyInFull(
  reader: Reader,
  which: WhichPaper,
  wish: { reason: CopyReason },
): Promise<OpenPaper> {
  return inTx(async () => {
    const open = await openPaper(reader, which);
    const { disputeCase, form } = open;
    const detail = { document: form, reason: wish.reason };
    await recordCaseEvent(disputeCase, 'printDocument', reader.userId, disputeCase.state, detail);
    await auditDownload(reader, which.caseId, form, { ...wish, numbers: 'full' });
    return open;
  });
}

/** Writes down that a document left the program as a file or in full. */
export async function auditDownload(
  reader: Reader,
  caseId: string,
  form: PaperForm | 'caseFile',
  detail: Record<string, string>,
): Promise<void> {
  await inTx(() =>
    recordAudit(reader.userId, {
      ...{ action: 'printDocument', objectType: 'case', objectId: caseId },
      detail: { form, ...detail },
    }),
  );
}

function keyOf({ caseId, form, sessionId }: { caseId: string; form: PaperForm; sessionId: string | null }) {
  return `${caseId}:${form}:${sessionId ?? ''}`;
}

/** The bytes over which the checksum goes. */
function contentOf(paper: Paper): Buffer {
  return Buffer.from(JSON.stringify(paper), 'utf8');
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
