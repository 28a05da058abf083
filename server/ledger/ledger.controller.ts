import type { Request, Response } from 'express';
import { listBatches, townsToImport } from '../hotline/batches.queries.ts';
import { importPages, runsOf } from '../hotline/import-work.controller.ts';
import type { FieldError } from '../shared/errors.ts';
import { readShown, readTownFile } from '../shared/file-form.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { sendFaultyRows } from '../web/table-export.ts';
import { findLedger } from './ledger-batches.queries.ts';
import { presentLedgerPreview } from './ledger-preview.presenter.ts';
import * as service from './ledger-uploads.service.ts';
import { readLedgerChoice } from './ledger.form.ts';
import { countNames } from './names.queries.ts';
import { presentLedger, presentLedgers, presentNewLedger } from './ledger.presenter.ts';

const NEW = 'ledger/new';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const [page, names, running] = await Promise.all([
    listBatches('ledger', reader, readTurn(req.query)),
    countNames(reader),
    runsOf('ledger', req),
  ]);
  await renderPage(req, res, 'ledger/list', { ...presentLedgers(req.t, { page, names }), running });
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
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readTownFile(fields, sentFile(req)),
    prepare: ({ townId, file }) => service.firstLedgerMapping(reader, townId, file.bytes),
    submit: async ({ townId, file }, mapping) =>
      `/ledgers/uploads/${await service.keepLedger(reader, townId, file, mapping)}`,
    done: 'ledger.upload.done',
    present: (state, key) => newPage(req, state, key),
  });
}

export const { showPreview, changeMapping, keepMapping, confirm, showState } = importPages({
  kind: 'ledger',
  address: '/ledgers',
  parameter: 'ledgerUploadId',
  view: 'ledger/preview',
  work: service.ledgerWork,
  readChoice: readLedgerChoice,
  readDecision: readShown,
  keep: service.keepLedgerReading,
  preview: service.previewLedger,
  present: (req, preview, page) => presentLedgerPreview(req.t, { ...preview, ...page }),
  refuse: refuseFile,
});

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

/** A file whose fault lies deep inside is refused on the page on which it was chosen. */
async function refuseFile(req: Request, res: Response, errors: FieldError[]): Promise<void> {
  const page = await newPage(req, { values: {}, errors }, newFormKey());
  await renderPage(req, res, NEW, page, { status: 422 });
}
