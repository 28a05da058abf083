import type { Request, Response } from 'express';
import { wallClock } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { writeXlsx } from '../shared/spreadsheets/write-xlsx.ts';
import { takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { findBatch, importTowns, listBatches } from './import-batches.queries.ts';
import { faultyRowsSheet } from './import-faults.presenter.ts';
import { readConfirmation, readMappingChoice, readUpload } from './import.form.ts';
import type { KeptRows } from './import-kept-rows.ts';
import { presentPreview } from './import-preview.presenter.ts';
import { presentBatch, presentBatches, presentNewImport } from './import.presenter.ts';
import * as service from './import.service.ts';
import { keepUpload } from './uploads.service.ts';

const NEW = 'hotline/import-new';
const PREVIEW = 'hotline/import-preview';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  const page = await listBatches(readerOf(req), readTurn(req.query));
  await renderPage(req, res, 'hotline/imports', presentBatches(req.t, page));
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
  const file = sentFile(req);
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readUpload(fields, file),
    prepare: ({ townId }) => service.firstMapping(reader, townId, file!.bytes),
    submit: async ({ townId }, mapping) =>
      `/imports/uploads/${await keepUpload(reader, townId, file!, mapping)}`,
    done: 'hotline.upload.done',
    present: (state, key) => newImportPage(req, state, key),
  });
}

export async function showPreview(req: Request, res: Response): Promise<void> {
  await renderPreview(req, res, NOTHING_TYPED, 200);
}

export async function changeMapping(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const uploadId = param(req, 'uploadId');
  const form = readMappingChoice(posted(req));
  const result = form.ok ? await attempt(() => service.chooseReading(reader, uploadId, form.values)) : form;
  if ('errors' in result) return renderPreview(req, res, { values: posted(req), errors: result.errors }, 422);
  tell(req, 'hotline.preview.applied');
  res.redirect(303, `/imports/uploads/${uploadId}`);
}

export async function confirm(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const uploadId = param(req, 'uploadId');
  await takeForm(req, res, {
    view: PREVIEW,
    read: readConfirmation,
    prepare: (decision) => service.prepareUpload(reader, uploadId, decision),
    submit: async (_, prepared) => `/imports/${await service.storeUpload(prepared)}`,
    done: 'hotline.batch.done',
    present: (state, key) => previewPage(req, state, key),
  });
}

export async function downloadOfUpload(req: Request, res: Response): Promise<void> {
  await sendFaultyRows(req, res, { uploadId: param(req, 'uploadId') });
}

export async function downloadOfBatch(req: Request, res: Response): Promise<void> {
  await sendFaultyRows(req, res, { batchId: param(req, 'batchId') });
}

async function sendFaultyRows(
  req: Request,
  res: Response,
  from: { uploadId: string } | { batchId: string },
): Promise<void> {
  const reader = readerOf(req);
  const rows: KeptRows & { fileName: string } = await service.exportFaultyRows(reader, from);
  const watermark = req.t('hotline.faulty.watermark', { who: reader.displayName, when: wallClock(now()) });
  const bytes = await writeXlsx([faultyRowsSheet(rows, req.t, watermark)]);
  const name = `${req.t('hotline.faulty.sheet')}-${rows.fileName.replace(/\.\w+$/, '')}.xlsx`;
  res.attachment(name).type(XLSX).set('Cache-Control', 'no-store').send(Buffer.from(bytes));
}

async function newImportPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  return presentNewImport(req.t, { towns: await importTowns(readerOf(req)), state, key });
}

async function previewPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const preview = await service.previewUpload(readerOf(req), param(req, 'uploadId'));
  return presentPreview(req.t, { ...preview, state, key });
}

/** A file whose fault lies deep inside is refused on the page on which it was chosen. */
async function renderPreview(req: Request, res: Response, state: FormState, status: number): Promise<void> {
  const page = await attempt(() => previewPage(req, state, newFormKey()));
  if ('done' in page) return renderPage(req, res, PREVIEW, page.done, { status });
  const refused = { values: {}, errors: page.errors };
  await renderPage(req, res, NEW, await newImportPage(req, refused, newFormKey()), { status: 422 });
}
