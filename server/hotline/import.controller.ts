import type { Request, Response } from 'express';
import type { FieldError } from '../shared/errors.ts';
import { readTownFile } from '../shared/file-form.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { sendFaultyRows } from '../web/table-export.ts';
import { listBatches, townsToImport } from './batches.queries.ts';
import { findBatch } from './import-batches.queries.ts';
import { readConfirmation, readMappingChoice } from './import.form.ts';
import { presentPreview } from './import-preview.presenter.ts';
import { importPages, runsOf } from './import-work.controller.ts';
import { presentBatch, presentBatches, presentNewImport } from './import.presenter.ts';
import * as service from './import.service.ts';
import { keepUpload } from './uploads.service.ts';

const NEW = 'hotline/import-new';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const [page, running] = await Promise.all([
    listBatches('tickets', reader, readTurn(req.query)),
    runsOf('tickets', req),
  ]);
  const model = { ...presentBatches(req.t, page), running };
  await renderPage(req, res, 'hotline/imports', model);
}

export async function show(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const page = await findBatch(reader, param(req, 'batchId'), readTurn(req.query));
  await renderPage(req, res, 'hotline/import-batch', presentBatch(req.t, page, reader));
}

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, NEW, await newImportPage(req, NOTHING_TYPED, newFormKey()));
}

export async function upload(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readTownFile(fields, sentFile(req)),
    prepare: ({ townId, file }) => service.firstMapping(reader, townId, file.bytes),
    submit: async ({ townId, file }, mapping) =>
      `/imports/uploads/${await keepUpload('tickets', reader, townId, file, mapping)}`,
    done: 'hotline.upload.done',
    present: (state, key) => newImportPage(req, state, key),
  });
}

export const { showPreview, changeMapping, keepMapping, confirm, showState } = importPages({
  kind: 'tickets',
  address: '/imports',
  parameter: 'uploadId',
  view: 'hotline/import-preview',
  work: service.ticketWork,
  readChoice: readMappingChoice,
  readDecision: readConfirmation,
  keep: service.keepReading,
  preview: service.previewUpload,
  present: (req, preview, page) => presentPreview(req.t, { ...preview, ...page }),
  refuse: refuseFile,
});

/** A file whose fault lies deep inside is refused on the page on which it was chosen. */
async function refuseFile(req: Request, res: Response, errors: FieldError[]): Promise<void> {
  const page = await newImportPage(req, { values: {}, errors }, newFormKey());
  await renderPage(req, res, NEW, page, { status: 422 });
}

export async function downloadOfUpload(req: Request, res: Response): Promise<void> {
  await sendFaultyRows(
    req,
    res,
    await service.exportFaultyRows(readerOf(req), { uploadId: param(req, 'uploadId') }),
  );
}

export async function downloadOfBatch(req: Request, res: Response): Promise<void> {
  await sendFaultyRows(
    req,
    res,
    await service.exportFaultyRows(readerOf(req), { batchId: param(req, 'batchId') }),
  );
}

async function newImportPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  return presentNewImport(req.t, { towns: await townsToImport('tickets', readerOf(req)), state, key });
}
