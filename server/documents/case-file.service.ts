import type { Attachment } from '../../models/documents.ts';
import type { DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordCaseEvent } from '../cases/case-action.service.ts';
import { attachmentsOf, readAttachment } from './attachments.service.ts';
import type { CopyReason } from './copies.rules.ts';
import { auditDownload, paperIn, type OpenPaper } from './documents.service.ts';
import { availablePapers, copiesOf, missingFields, type AvailablePaper } from './forms.rules.ts';
import type { Missing } from './paper-fields.rules.ts';
import type { PaperData } from './paper-data.rules.ts';
import { paperAsDocx } from './paper-docx.ts';
import { footOf } from './paper-foot.rules.ts';
import { printed } from './paper.rules.ts';
import { findPaperCase, loadPaperData, mayOpenPapers, maySupervise, openCaseFile } from './papers.queries.ts';
import { FILE_WORDS } from './paper-words.rules.ts';
import type { ZipPart } from './zip-stream.ts';

/** What the page of a case says of its papers. */
export interface PapersOfCase {
  data: PaperData;
  papers: (AvailablePaper & { missing: Missing[]; final: boolean })[];
  attachments: Attachment[];
}

/** The papers and files of a case; null for a reader who may not see them, and for a ledger's case, which has none. */
export async function findPapers(reader: Reader, disputeCase: DisputeCase): Promise<PapersOfCase | null> {
  if (disputeCase.ledgerBatchId !== null || !mayOpenPapers(reader, disputeCase)) return null;
  const data = await loadPaperData(disputeCase, maySupervise(reader, disputeCase));
  const papers = availablePapers(data).map((paper) => {
    const final = isFinal(data, paper);
    return { ...paper, final, missing: final ? [] : missingFields(paper.form, data, paper.session) };
  });
  return { data, papers, attachments: await attachmentsOf(disputeCase.id) };
}

function isFinal({ kept }: PaperData, { form, session }: AvailablePaper): boolean {
  return kept.some((one) => one.form === form && one.subjectId === (session?.id ?? null));
}

/** A whole case file: its index, then every paper that is final or that it must have, in order. */
export interface WholeFile {
  disputeCase: DisputeCase;
  papers: (OpenPaper & { copies: Attachment[] })[];
  /** The files that are of no paper here, and not void. */
  others: Attachment[];
}

/** @throws NotFound for who may not see the papers */
export async function openWholeFile(reader: Reader, caseId: string): Promise<WholeFile> {
  const file = await openCaseFile(reader, caseId);
  const attachments = await attachmentsOf(caseId);
  const papers: WholeFile['papers'] = [];
  for (const { form, session } of papersInFile(file.data, attachments)) {
    const paper = await paperIn(file, form, session?.id ?? null);
    papers.push({ ...paper, copies: copiesOf(attachments, form, session?.id ?? null) });
  }
  const placed = new Set(papers.flatMap(({ copies }) => copies));
  const others = attachments.filter((one) => one.voidedAt === null && !placed.has(one));
  return { disputeCase: file.disputeCase, papers, others };
}

function papersInFile(data: PaperData, attachments: readonly Attachment[]): AvailablePaper[] {
  const inside = availablePapers(data).filter(
    (paper) =>
      paper.form === 'index' ||
      paper.standing === 'due' ||
      isFinal(data, paper) ||
      copiesOf(attachments, paper.form, paper.session?.id ?? null).length > 0,
  );
  return [...inside.filter(({ form }) => form === 'index'), ...inside.filter(({ form }) => form !== 'index')];
}

/** Records that the whole file left the program, in full when a reason is given; then gives it. */
export async function takeWholeFile(
  reader: Reader,
  caseId: string,
  reason: CopyReason | null,
): Promise<WholeFile> {
  return inTx(async () => {
    const disputeCase = await findPaperCase(reader, caseId);
    if (reason) {
      const detail = { document: 'caseFile', reason };
      await recordCaseEvent(disputeCase, 'printDocument', reader.userId, disputeCase.state, detail);
    }
    const why: Record<string, string> = reason ? { reason } : {};
    await auditDownload(reader, caseId, 'caseFile', { numbers: reason ? 'full' : 'masked', ...why });
    return openWholeFile(reader, caseId);
  });
}

/** The parts of the archive: every paper as .docx with its signed copies behind it, and every other file that is not void. */
export async function* partsOfFile(
  { papers, others }: WholeFile,
  numbers: 'masked' | 'full',
): AsyncGenerator<ZipPart> {
  let place = 0;
  for (const { paper, session, frozen, copies } of papers) {
    const day = session ? `-${session.startsAt.slice(0, 10)}` : '';
    const name = `${placed(place++)}-${paper.title}${day}.docx`;
    yield { name, bytes: [await paperAsDocx(printed(paper, numbers), footOf(paper, frozen))] };
    for (const copy of copies)
      yield {
        name: `${placed(place++)}-${paper.title}${day}-签字件-${copy.fileName}`,
        bytes: readAttachment(copy),
      };
  }
  place = 1;
  for (const attachment of others) {
    const name = `附件/${placed(place++)}-${FILE_WORDS[attachment.kind]}-${attachment.fileName}`;
    yield { name, bytes: readAttachment(attachment) };
  }
}

const placed = (place: number): string => String(place).padStart(2, '0');
