import type { Request, Response } from 'express';
import { readTurn } from '../shared/list-address.ts';
import type { FieldError } from '../shared/errors.ts';
import { sentKey, statusOf, takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { sendFaultyRows } from '../web/table-export.ts';
import { listBatches, townsToImport } from './batches.queries.ts';
import { findBatch } from './import-batches.queries.ts';
import { readConfirmation, readMappingChoice, readMappingName, readUpload } from './import.form.ts';
import { saveMapping } from './import-mappings.service.ts';
import { presentPreview } from './import-preview.presenter.ts';
import { endsSoon, forgetWork, workOf, type Work } from './import-progress.service.ts';
import { AlreadyRunning, findRun, listRuns } from './import-runs.service.ts';
import { presentRuns, presentState } from './import-state.presenter.ts';
import { presentBatch, presentBatches, presentNewImport } from './import.presenter.ts';
import * as service from './import.service.ts';
import { keepUpload, ownUpload } from './uploads.service.ts';

const NEW = 'hotline/import-new';
const PREVIEW = 'hotline/import-preview';
const REFRESH_SECONDS = 2;
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const [page, runs] = await Promise.all([
    listBatches('tickets', reader, readTurn(req.query)),
    listRuns(reader),
  ]);
  const model = { ...presentBatches(req.t, page), running: presentRuns(req.t, runs) };
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
  const file = sentFile(req);
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readUpload(fields, file),
    prepare: ({ townId }) => service.firstMapping(reader, townId, file!.bytes),
    submit: async ({ townId }, mapping) =>
      `/imports/uploads/${await keepUpload('tickets', reader, townId, file!, mapping)}`,
    done: 'hotline.upload.done',
    present: (state, key) => newImportPage(req, state, key),
  });
}

/** What is being read, or stored, is waited for; what nobody has asked for yet is begun. */
export async function showPreview(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const uploadId = param(req, 'uploadId');
  const work = workOf(reader.userId, uploadId) ?? service.beginReading(reader, uploadId, NOTHING_TYPED);
  await answerWork(req, res, work);
}

export async function changeMapping(req: Request, res: Response): Promise<void> {
  const [reader, uploadId, values] = [readerOf(req), param(req, 'uploadId'), posted(req)];
  const form = readMappingChoice(values);
  if (!form.ok) return showAgain(req, res, { values, errors: form.errors });
  const work = service.beginChoice(reader, uploadId, form.values, { values, errors: [] });
  await answerWork(req, res, work);
}

export async function keepMapping(req: Request, res: Response): Promise<void> {
  const uploadId = param(req, 'uploadId');
  await takeForm(req, res, {
    view: PREVIEW,
    read: readMappingName,
    submit: async (mapping) => {
      await saveMapping(readerOf(req), uploadId, mapping);
      return `/imports/uploads/${uploadId}`;
    },
    done: 'hotline.mappings.kept',
    present: (state, key) => previewPage(req, state, key),
  });
}

export async function confirm(req: Request, res: Response): Promise<void> {
  const [reader, uploadId, values] = [readerOf(req), param(req, 'uploadId'), posted(req)];
  const key = sentKey(values);
  const read = readConfirmation(values);
  if (!read.ok) return showAgain(req, res, { values, errors: read.errors });
  const sending = { key, userId: reader.userId, body: { path: req.path, values: read.values } };
  const form = { values, errors: [] };
  await answerWork(req, res, service.beginConfirmation(reader, uploadId, read.values, sending, form));
}

/** How far the reading or storing of an upload is; the page asks again by itself. */
export async function showState(req: Request, res: Response): Promise<void> {
  const [reader, uploadId] = [readerOf(req), param(req, 'uploadId')];
  const work = workOf(reader.userId, uploadId);
  const run = await findRun(reader, uploadId);
  if (!work && run?.batchId) return res.redirect(303, `/imports/${run.batchId}`);
  const fileName = run?.fileName ?? (await ownUpload('tickets', reader, uploadId)).fileName;
  if (work?.ended || (!work && !run)) return res.redirect(303, `/imports/uploads/${uploadId}`);
  const page = presentState(req.t, { uploadId, fileName, work, run });
  if (page.running) res.set('Refresh', String(REFRESH_SECONDS));
  await renderPage(req, res, 'hotline/import-state', page);
}

/** The result where it comes soon, else the page that says how far the work is. */
async function answerWork(req: Request, res: Response, work: Work): Promise<void> {
  const { userId, uploadId, form } = work;
  if (!(await endsSoon(work))) return goToState(res, uploadId);
  forgetWork(userId, uploadId);
  try {
    const result = await attempt(() => work.result);
    if ('errors' in result && work.kind === 'reading') return refuseFile(req, res, result.errors);
    if ('errors' in result) return showAgain(req, res, { ...form, errors: result.errors });
    if ('preview' in result.done) return showRead(req, res, result.done.preview, form);
    tell(req, result.done.said);
    res.redirect(303, result.done.location);
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    goToState(res, uploadId);
  }
}

/** Nothing is said on the next page, so the session is not stored: that would wait for what is being stored. */
function goToState(res: Response, uploadId: string): void {
  res.status(303).location(`/imports/uploads/${uploadId}/state`).end();
}

/** The preview again, with what was typed and what was wrong with it. */
async function showAgain(req: Request, res: Response, form: FormState): Promise<void> {
  await answerWork(req, res, service.beginReading(readerOf(req), param(req, 'uploadId'), form));
}

async function showRead(
  req: Request,
  res: Response,
  preview: service.Preview,
  state: FormState,
): Promise<void> {
  const page = presentPreview(req.t, { ...preview, state, key: newFormKey(), mappingKey: newFormKey() });
  await renderPage(req, res, PREVIEW, page, {
    status: state.errors.length > 0 ? statusOf(state.errors) : 200,
  });
}

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

async function previewPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const preview = await service.previewUpload(readerOf(req), param(req, 'uploadId'));
  return presentPreview(req.t, { ...preview, state, key, mappingKey: newFormKey() });
}
