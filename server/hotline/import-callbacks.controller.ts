import type { Request, Response } from 'express';
import { readTownFile } from '../shared/file-form.ts';
import { listHref } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { townsToImport } from './batches.queries.ts';
import { readCallbackConfirmation } from './import-callbacks.form.ts';
import { presentCallbacks, presentNewCallbacks } from './import-callbacks.presenter.ts';
import * as service from './import-callbacks.service.ts';

const NEW = 'hotline/import-new';
const PREVIEW = 'hotline/callbacks';

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, NEW, await newPage(req, { values: {}, errors: [] }, newFormKey()));
}

export async function upload(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readTownFile(fields, sentFile(req)),
    submit: async ({ townId, file }) =>
      `/callbacks/${await service.keepCallbacks(readerOf(req), townId, file)}`,
    done: 'callbacks.read',
    present: (state, key) => newPage(req, state, key),
  });
}

export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, PREVIEW, await previewPage(req));
}

export async function confirm(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: PREVIEW,
    read: readCallbackConfirmation,
    prepare: () => service.previewCallbacks(reader, param(req, 'callbacksId')),
    submit: async ({ shown }, preview) => {
      await service.confirmCallbacks(reader, preview, shown);
      return listHref('/tickets', { handling: 'redo' });
    },
    done: 'callbacks.done',
    present: () => previewPage(req),
  });
}

async function newPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const towns = await townsToImport('callbacks', readerOf(req));
  return presentNewCallbacks(req.t, { towns, state, key });
}

async function previewPage(req: Request): Promise<PageModel> {
  const { upload: file, findings } = await service.previewCallbacks(readerOf(req), param(req, 'callbacksId'));
  return presentCallbacks(req.t, file, findings);
}
