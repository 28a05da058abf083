import type { Request, RequestHandler, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import type { FieldError } from '../shared/errors.ts';
import type { FormResult, Posted } from '../shared/form.ts';
import { sentKey, statusOf, takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import type { Table } from '../web/view-model.ts';
import type { MappedKind } from './file-kinds.rules.ts';
import { readMappingName } from './import.form.ts';
import { presentKept, type KeptParts } from './import-mappings.presenter.ts';
import type { SavedMapping } from './import-mappings.queries.ts';
import type { MappingName } from './import-mappings.service.ts';
import { endsSoon, type Work } from './import-progress.service.ts';
import { AlreadyRunning, findRun, listRuns } from './import-runs.service.ts';
import { presentRuns, presentState } from './import-state.presenter.ts';
import type { ImportWork } from './import-work.service.ts';
import { ownUpload, type OpenUpload } from './uploads.service.ts';

const REFRESH_SECONDS = 2;
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

/** What the preview of every kind shows. */
interface AnyPreview<K extends MappedKind> {
  upload: Omit<OpenUpload<K>, 'bytes'>;
  saved: readonly SavedMapping<K>[];
}

/** The pages of one kind of file on which an upload is read, corrected and confirmed. */
interface ImportPages<K extends MappedKind, P extends AnyPreview<K>, C, D> {
  kind: K;
  /** Of the pages of the kind, such as `/imports`. */
  address: string;
  /** The parameter of the path that is the upload's id. */
  parameter: string;
  view: string;
  work: ImportWork<P, C, D>;
  readChoice(fields: Posted): FormResult<C>;
  readDecision(fields: Posted): FormResult<D>;
  keep(reader: Reader, uploadId: string, naming: MappingName): Promise<void>;
  preview(reader: Reader, uploadId: string): Promise<P>;
  present(req: Request, preview: P, page: { state: FormState; key: string; kept: KeptParts }): PageModel;
  /** The page on which the file was chosen, with what is wrong with it. */
  refuse(req: Request, res: Response, errors: FieldError[]): Promise<void>;
}

interface ImportHandlers {
  showPreview: RequestHandler;
  changeMapping: RequestHandler;
  keepMapping: RequestHandler;
  confirm: RequestHandler;
  showState: RequestHandler;
}

/** The handlers of these pages. What takes longer than an answer leads to the page of its state. */
export function importPages<K extends MappedKind, P extends AnyPreview<K>, C, D>(
  pages: ImportPages<K, P, C, D>,
): ImportHandlers {
  const { work, parameter } = pages;
  const idOf = (req: Request): string => param(req, parameter);
  const showAgain = (req: Request, res: Response, form: FormState): Promise<void> =>
    answerWork(pages, req, res, work.beginReading(readerOf(req), idOf(req), form));
  return {
    /** What is being read, or stored, is waited for; what nobody has asked for yet is begun. */
    showPreview: async (req, res) => {
      const [reader, uploadId] = [readerOf(req), idOf(req)];
      const begun = work.of(reader.userId, uploadId);
      await answerWork(pages, req, res, begun ?? work.beginReading(reader, uploadId, NOTHING_TYPED));
    },
    changeMapping: async (req, res) => {
      const values = posted(req);
      const form = pages.readChoice(values);
      if (!form.ok) return showAgain(req, res, { values, errors: form.errors });
      const begun = work.beginChoice(readerOf(req), idOf(req), form.values, { values, errors: [] });
      await answerWork(pages, req, res, begun);
    },
    keepMapping: (req, res) => keepMapping(pages, req, res),
    confirm: async (req, res) => {
      const [reader, values] = [readerOf(req), posted(req)];
      const key = sentKey(values);
      const read = pages.readDecision(values);
      if (!read.ok) return showAgain(req, res, { values, errors: read.errors });
      const sending = { key, userId: reader.userId, body: { path: req.path, values: read.values } };
      const form = { values, errors: [] };
      await answerWork(
        pages,
        req,
        res,
        work.beginConfirmation(reader, idOf(req), read.values, sending, form),
      );
    },
    showState: (req, res) => showState(pages, req, res),
  };
}

/** The imports of a kind that are running or were cut off; null when there are none. */
export async function runsOf(kind: MappedKind, req: Request): Promise<Table | null> {
  return presentRuns(req.t, kind, await listRuns(kind, readerOf(req)));
}

/** The result where it comes soon, else the page that says how far the work is. */
async function answerWork<K extends MappedKind, P extends AnyPreview<K>, C, D>(
  pages: ImportPages<K, P, C, D>,
  req: Request,
  res: Response,
  work: Work<P>,
): Promise<void> {
  const { userId, uploadId, form } = work;
  if (!(await endsSoon(work))) return goToState(pages.address, res, uploadId);
  pages.work.forget(userId, uploadId);
  try {
    const result = await attempt(() => work.result);
    if ('errors' in result) {
      const { errors } = result;
      if (work.kind === 'reading') return await pages.refuse(req, res, errors);
      const again = pages.work.beginReading(readerOf(req), uploadId, { ...form, errors });
      return await answerWork(pages, req, res, again);
    }
    if ('preview' in result.done) return await showRead(pages, req, res, result.done.preview, form);
    tell(req, result.done.said);
    res.redirect(303, result.done.location);
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    goToState(pages.address, res, uploadId);
  }
}

/** Nothing is said on the next page, so the session is not stored: that would wait for what is being stored. */
function goToState(address: string, res: Response, uploadId: string): void {
  res.status(303).location(`${address}/uploads/${uploadId}/state`).end();
}

async function showRead<K extends MappedKind, P extends AnyPreview<K>, C, D>(
  pages: ImportPages<K, P, C, D>,
  req: Request,
  res: Response,
  preview: P,
  state: FormState,
): Promise<void> {
  const page = presentRead(pages, req, preview, state, newFormKey());
  const status = state.errors.length > 0 ? statusOf(state.errors) : 200;
  await renderPage(req, res, pages.view, page, { status });
}

function presentRead<K extends MappedKind, P extends AnyPreview<K>, C, D>(
  { kind, present }: ImportPages<K, P, C, D>,
  req: Request,
  preview: P,
  state: FormState,
  key: string,
): PageModel {
  const { upload, saved } = preview;
  const kept = presentKept(req.t, { kind, upload, saved, state, key: newFormKey() });
  return present(req, preview, { state, key, kept });
}

/** Keeps how an upload is read under a name. */
async function keepMapping<K extends MappedKind, P extends AnyPreview<K>, C, D>(
  pages: ImportPages<K, P, C, D>,
  req: Request,
  res: Response,
): Promise<void> {
  const [reader, uploadId] = [readerOf(req), param(req, pages.parameter)];
  await takeForm(req, res, {
    view: pages.view,
    read: readMappingName,
    submit: async (naming) => {
      await pages.keep(reader, uploadId, naming);
      return `${pages.address}/uploads/${uploadId}`;
    },
    done: 'hotline.mappings.kept',
    present: async (state, key) => presentRead(pages, req, await pages.preview(reader, uploadId), state, key),
  });
}

/** How far the reading or storing of an upload is; the page asks again by itself. */
async function showState<K extends MappedKind, P extends AnyPreview<K>, C, D>(
  { kind, address, parameter, work: works }: ImportPages<K, P, C, D>,
  req: Request,
  res: Response,
): Promise<void> {
  const [reader, uploadId] = [readerOf(req), param(req, parameter)];
  const work = works.of(reader.userId, uploadId);
  const run = await findRun(kind, reader, uploadId);
  if (!work && run?.batchId) return res.redirect(303, `${address}/${run.batchId}`);
  const fileName = run?.fileName ?? (await ownUpload(kind, reader, uploadId)).fileName;
  if (work?.ended || (!work && !run)) return res.redirect(303, `${address}/uploads/${uploadId}`);
  const page = presentState(req.t, { kind, uploadId, fileName, work, run });
  if (page.running) res.set('Refresh', String(REFRESH_SECONDS));
  await renderPage(req, res, 'hotline/import-state', page);
}
