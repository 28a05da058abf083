import { createHash } from 'node:crypto';
import { User } from '../../models/accounts.ts';
import type { DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Attachment, AttachmentChunk } from '../../models/documents.ts';
import { decryptBytes, encryptedParts, PART_BYTES } from '../../models/encryption.ts';
import { countRows } from '../../models/rows.ts';
import { Payment } from '../../models/settlements.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { tidyAttachment } from '../shared/attachment-type.ts';
import { now } from '../shared/clock.ts';
import { Conflict, NotFound, Stale, Unacceptable } from '../shared/errors.ts';
import { nameWithEnding } from '../shared/file-types.rules.ts';
import { LARGEST_ATTACHMENT, type AttachmentKind } from './attachment.rules.ts';
import { paperKey, signedPaper, signedPapers, type AvailablePaper } from './forms.rules.ts';
import { findPaperCase, loadPaperData, mayOpenPapers, maySupervise } from './papers.queries.ts';

/** What a case's page of files shows. */
export interface CaseFiles {
  caseId: string;
  name: string;
  attachments: Attachment[];
  /** What a file can be the signed copy of, and the payments that it can belong to. */
  papers: AvailablePaper[];
  payments: Payment[];
}

/** The files of a case, those that are void among them. @throws NotFound for who may not see its papers */
export async function listAttachments(reader: Reader, caseId: string): Promise<CaseFiles> {
  const disputeCase = await findPaperCase(reader, caseId);
  const [attachments, data, payments] = await Promise.all([
    attachmentsOf(caseId),
    loadPaperData(disputeCase, maySupervise(reader, disputeCase)),
    Payment.findAll({ where: { caseId }, order: [['paidOn', 'ASC']] }),
  ]);
  const name = disputeCase.number ?? disputeCase.title;
  return { caseId, name, attachments, papers: signedPapers(data), payments };
}

/** The files of a case, oldest first, each with who brought it. */
export function attachmentsOf(caseId: string): Promise<Attachment[]> {
  return Attachment.findAll({
    where: { caseId },
    include: [{ model: User, as: 'uploadedBy', attributes: ['displayName'] }],
    order: [
      ['uploadedAt', 'ASC'],
      ['id', 'ASC'],
    ],
  });
}

/**
 * The files that prove payments: those of these payments, and those that are of none in particular; null for who may not open
 * them.
 */
export async function proofsOf(
  reader: Reader,
  disputeCase: DisputeCase,
  paymentIds: string[],
): Promise<Attachment[] | null> {
  if (!mayOpenPapers(reader, disputeCase)) return null;
  const files = await attachmentsOf(disputeCase.id);
  return files.filter(
    ({ kind, paymentId, voidedAt }) =>
      voidedAt === null && (paymentId ? paymentIds.includes(paymentId) : kind === 'paymentProof'),
  );
}

export interface NewAttachment {
  kind: AttachmentKind;
  note: string | null;
  /** The paper of the same case of which it is the signed copy (`paperKey`), and a payment that it belongs to. */
  paper: string | null;
  paymentId: string | null;
}

/** A file that was looked at and tidied, before it is kept. */
export interface TidyFile {
  fileName: string;
  contentType: string;
  bytes: Buffer;
  sha256: string;
}

/** @throws NotFound, and Unacceptable for a file that is too large or of a type that a case does not take */
export async function examineFile(
  reader: Reader,
  caseId: string,
  file: { fileName: string; bytes: Buffer },
): Promise<TidyFile> {
  await findPaperCase(reader, caseId, 'documents.keep');
  if (file.bytes.length > LARGEST_ATTACHMENT)
    throw new Unacceptable('documents.errors.tooLarge', { max: LARGEST_ATTACHMENT / 2 ** 20 }, 'file');
  const { contentType, bytes } = await tidyAttachment(file.bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName: nameWithEnding(file.fileName, contentType), contentType, bytes, sha256 };
}

/** Keeps a file with a case, encrypted, in chunks below the database's packet size. Gives its id. */
export async function keepAttachment(
  reader: Reader,
  caseId: string,
  { bytes, ...file }: TidyFile,
  { paper, ...wish }: NewAttachment,
): Promise<string> {
  return inTx(async () => {
    const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
    const signed = await paperNamed(reader, disputeCase, paper);
    await checkPayment(caseId, wish);
    const { id } = await Attachment.create({
      ...{ caseId, ...file, ...wish, ...signed },
      byteLength: bytes.length,
      uploadedById: reader.userId,
    });
    for (const part of encryptedParts(bytes)) await AttachmentChunk.create({ attachmentId: id, ...part });
    const { kind } = wish;
    const detail = { file: kind, ...(signed.form ? { document: signed.form } : {}) };
    await recordCaseEvent(disputeCase, 'addAttachment', reader.userId, disputeCase.state, detail);
    await audit(reader, 'addAttachment', id, { caseId, kind, sha256: file.sha256 });
    return id;
  });
}

interface SignedPaper {
  form: string | null;
  sessionId: string | null;
}

/** The paper of a case that a form names; none when it names none. @throws Unacceptable */
async function paperNamed(
  reader: Reader,
  disputeCase: DisputeCase,
  named: string | null,
): Promise<SignedPaper> {
  if (named === null) return { form: null, sessionId: null };
  const papers = signedPapers(await loadPaperData(disputeCase, maySupervise(reader, disputeCase)));
  const paper = papers.find(({ form, session }) => paperKey(form, session?.id ?? null) === named);
  if (!paper) throw new Unacceptable('errors.notInList', {}, 'paper');
  return { form: paper.form, sessionId: paper.session?.id ?? null };
}

/**
 * Says of a file of which paper it is the signed copy, or that it is of none; `shown` is the paper that it was tied to when
 * the form was opened. @throws NotFound, Conflict, Stale when it is tied otherwise by now, Unacceptable
 */
export async function tieAttachment(
  reader: Reader,
  caseId: string,
  id: string,
  { paper, shown }: { paper: string | null; shown: string | null },
): Promise<void> {
  await inTx(async () => {
    const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
    const file = await findVoidable(reader, caseId, id);
    if (signedPaper(file) !== shown) throw new Stale();
    if (paper === shown) return;
    const signed = await paperNamed(reader, disputeCase, paper);
    const { kind, form, sessionId } = file;
    const [tied] = await Attachment.update({ ...signed }, { where: { id, voidedAt: null, form, sessionId } });
    if (tied === 0) throw new Stale();
    const action = paper === null ? 'untieAttachment' : 'tieAttachment';
    const detail = { file: kind, document: signed.form ?? form };
    await recordCaseEvent(disputeCase, action, reader.userId, disputeCase.state, detail);
    await audit(reader, action, id, { caseId, kind, paper: paper ?? shown ?? '' });
  });
}

async function checkPayment(caseId: string, { paymentId }: Pick<NewAttachment, 'paymentId'>): Promise<void> {
  const payment = paymentId && (await countRows(Payment, { id: paymentId, caseId }));
  if (payment === 0) throw new Unacceptable('errors.chooseOne', {}, 'paymentId');
}

/** A file of a case that is sent to the reader; that is on record. @throws NotFound */
export async function takeAttachment(reader: Reader, caseId: string, id: string): Promise<Attachment> {
  return inTx(async () => {
    await findPaperCase(reader, caseId);
    const attachment = await findAttachment(caseId, id);
    await audit(reader, 'downloadAttachment', id, { caseId, kind: attachment.kind });
    return attachment;
  });
}

/** A file to be declared void. @throws NotFound, Conflict when it is void already */
export async function findVoidable(reader: Reader, caseId: string, id: string): Promise<Attachment> {
  await findPaperCase(reader, caseId, 'documents.keep');
  const attachment = await findAttachment(caseId, id);
  if (attachment.voidedAt !== null) throw new Conflict('documents.errors.voidAlready');
  return attachment;
}

/** Declares a file void, with a reason: it leaves the case file and stays on record. */
export async function voidAttachment(
  reader: Reader,
  caseId: string,
  id: string,
  { reason }: { reason: string },
): Promise<void> {
  await inTx(async () => {
    const disputeCase = await findPaperCase(reader, caseId, 'documents.keep');
    const { kind } = await findVoidable(reader, caseId, id);
    const [voided] = await Attachment.update(
      { voidedAt: now(), voidedById: reader.userId, voidReason: reason },
      { where: { id, voidedAt: null } },
    );
    if (voided === 0) throw new Conflict('documents.errors.voidAlready');
    const { state } = disputeCase;
    await recordCaseEvent(disputeCase, 'voidAttachment', reader.userId, state, { file: kind, reason });
    await audit(reader, 'voidAttachment', id, { caseId, kind });
  });
}

/** The bytes of a file, one chunk at a time. */
export async function* readAttachment({ id, byteLength }: Attachment): AsyncGenerator<Buffer> {
  for (let at = 0, position = 0; at < byteLength; at += PART_BYTES, position++) {
    const chunk = await AttachmentChunk.findOne({ where: { attachmentId: id, position }, raw: true });
    if (!chunk) throw new Error(`attachment ${id} lacks its part ${position}`);
    yield decryptBytes(chunk.bytes);
  }
}

async function findAttachment(caseId: string, id: string): Promise<Attachment> {
  const attachment = await Attachment.findOne({ where: { id, caseId } });
  if (!attachment) throw new NotFound();
  return attachment;
}

async function audit(reader: Reader, action: string, objectId: string, detail: Record<string, string>) {
  await recordAudit(reader.userId, { action, objectType: 'attachment', objectId, detail });
}
