import type { Request, Response } from 'express';
import { sendDownload } from '../web/downloads.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { openWholeFile, partsOfFile, takeWholeFile, type WholeFile } from './case-file.service.ts';
import { readFileCopy } from './documents.form.ts';
import { presentWholeFile } from './documents.presenter.ts';
import { zipped } from './zip-stream.ts';

const PAPER = 'documents/paper';
const ON_PAPER = { layout: 'print' } as const;

/** The case file as one print, its numbers masked. */
export async function show(req: Request, res: Response): Promise<void> {
  const file = await openWholeFile(readerOf(req), param(req, 'caseId'));
  await renderPage(req, res, PAPER, presentWholeFile(file, req.t, { numbers: 'masked' }), ON_PAPER);
}

/** The same as an archive, with the files that were brought. */
export async function zip(req: Request, res: Response): Promise<void> {
  const file = await takeWholeFile(readerOf(req), param(req, 'caseId'), null);
  await sendZip(req, res, file, 'masked');
}

/** Either of them with the numbers in full, for a reason that is on record. */
export async function copies(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const caseId = param(req, 'caseId');
  const form = readFileCopy(posted(req));
  if (!form.ok) {
    const copy = { values: posted(req), errors: form.errors };
    const model = presentWholeFile(await openWholeFile(reader, caseId), req.t, { numbers: 'masked', copy });
    return renderPage(req, res, PAPER, model, { ...ON_PAPER, status: 422 });
  }
  const file = await takeWholeFile(reader, caseId, form.values.reason);
  if (form.values.output === 'zip') return sendZip(req, res, file, 'full');
  await renderPage(req, res, PAPER, presentWholeFile(file, req.t, { numbers: 'full' }), ON_PAPER);
}

async function sendZip(
  req: Request,
  res: Response,
  file: WholeFile,
  numbers: 'masked' | 'full',
): Promise<void> {
  const { number, title } = file.disputeCase;
  const name = `${req.t('documents.file.name', { case: number ?? title })}.zip`;
  await sendDownload(res, { name, type: 'application/zip', bytes: zipped(partsOfFile(file, numbers)) });
}
