import type { Request, Response } from 'express';
import { listBatches, townsToImport } from '../hotline/batches.queries.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { sendFaultyRows } from '../web/table-export.ts';
import { findLedger } from './ledger-batches.queries.ts';
import { presentLedgerPreview } from './ledger-preview.presenter.ts';
import * as service from './ledger-uploads.service.ts';
import { readLedgerChoice, readLedgerConfirmation, readLedgerFile } from './ledger.form.ts';
import { presentLedger, presentLedgers, presentNewLedger } from './ledger.presenter.ts';

const NEW = 'ledger/new';
const PREVIEW = 'ledger/preview';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  const page = await listBatches('ledger', readerOf(req), readTurn(req.query));
  await renderPage(req, res, 'ledger/list', presentLedgers(req.t, page));
}

export async function show(req: Request, res: Response): Promise<void> {
  const page = await findLedger(readerOf(req), param(req, 'ledgerId'), readTurn(req.query));
  await renderPage(req, res, 'ledger/show', presentLedger(req.t, page));
}

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, NEW, await newPage(req, NOTHING_TYPED, newFormKey()));
}

export async function upload(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const file = sentFile(req);
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readLedgerFile(fields, file),
    prepare: ({ townId }) => service.firstLedgerMapping(reader, townId, file!.bytes),
    submit: async ({ townId }, mapping) =>
      `/ledgers/uploads/${await service.keepLedger(reader, townId, file!, mapping)}`,
    done: 'ledger.upload.done',
    present: (state, key) => newPage(req, state, key),
  });
}

export async function showPreview(req: Request, res: Response): Promise<void> {
  await renderPreview(req, res, NOTHING_TYPED, 200);
}

export async function changeMapping(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const uploadId = param(req, 'ledgerUploadId');
  const form = readLedgerChoice(posted(req));
  const result = form.ok
    ? await attempt(() => service.chooseLedgerReading(reader, uploadId, form.values))
    : form;
  if ('errors' in result) return renderPreview(req, res, { values: posted(req), errors: result.errors }, 422);
  tell(req, 'ledger.preview.applied');
  res.redirect(303, `/ledgers/uploads/${uploadId}`);
}

export async function confirm(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const uploadId = param(req, 'ledgerUploadId');
  await takeForm(req, res, {
    view: PREVIEW,
    read: readLedgerConfirmation,
    prepare: ({ shown }) => service.prepareLedgerUpload(reader, uploadId, shown),
    submit: async (_, prepared) => `/ledgers/${await service.storeLedgerUpload(prepared)}`,
    done: 'ledger.batch.done',
    present: (state, key) => previewPage(req, state, key),
  });
}

export async function downloadOfUpload(req: Request, res: Response): Promise<void> {
  await sendFaultyRows(
    req,
    res,
    await service.exportFaultyLedgerRows(readerOf(req), { uploadId: param(req, 'ledgerUploadId') }),
  );
}

export async function downloadOfBatch(req: Request, res: Response): Promise<void> {
  await sendFaultyRows(
    req,
    res,
    await service.exportFaultyLedgerRows(readerOf(req), { batchId: param(req, 'ledgerId') }),
  );
}

async function newPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  return presentNewLedger(req.t, { towns: await townsToImport('ledger', readerOf(req)), state, key });
}

async function previewPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const preview = await service.previewLedger(readerOf(req), param(req, 'ledgerUploadId'));
  return presentLedgerPreview(req.t, { ...preview, state, key });
}

/** A file whose fault lies deep inside is refused on the page on which it was chosen. */
async function renderPreview(req: Request, res: Response, state: FormState, status: number): Promise<void> {
  const page = await attempt(() => previewPage(req, state, newFormKey()));
  if ('done' in page) return renderPage(req, res, PREVIEW, page.done, { status });
  const refused = { values: {}, errors: page.errors };
  await renderPage(req, res, NEW, await newPage(req, refused, newFormKey()), { status: 422 });
}
