import type { Request, Response } from 'express';
import { townsToImport } from '../hotline/batches.queries.ts';
import { keepUpload, openUpload, takeUpload } from '../hotline/uploads.service.ts';
import { readShown, readTownFile } from '../shared/file-form.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { sendFaultyRows } from '../web/table-export.ts';
import { presentEnterprisePreview, presentEnterpriseUpload } from './import-enterprises.presenter.ts';
import * as service from './import-enterprises.service.ts';

const NEW = 'directory/form';
const PREVIEW = 'directory/import-preview';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, NEW, await newPage(req, NOTHING_TYPED, newFormKey()));
}

export async function upload(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readTownFile(fields, sentFile(req)),
    prepare: ({ townId, file }) => service.checkEnterpriseFile(reader, townId, file.bytes),
    submit: async ({ townId, file }) =>
      `/enterprises/import/${await keepUpload('enterprises', reader, townId, file, null)}`,
    done: 'hotline.upload.done',
    present: (state, key) => newPage(req, state, key),
  });
}

export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, PREVIEW, await previewPage(req, NOTHING_TYPED, newFormKey()));
}

export async function confirm(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: PREVIEW,
    read: readShown,
    prepare: () => readUpload(req),
    submit: async ({ shown }, { waiting, file }) => {
      await takeUpload(waiting.id, waiting.mapping);
      await service.confirmEnterprises(reader, waiting, file, shown);
      return '/enterprises';
    },
    done: 'directory.import.page.done',
    present: (state, key) => previewPage(req, state, key),
  });
}

export async function downloadFaulty(req: Request, res: Response): Promise<void> {
  const { waiting, file } = await readUpload(req);
  const rows = await service.exportFaultyEnterprises(readerOf(req), waiting, file);
  await sendFaultyRows(req, res, { ...rows, fileName: waiting.fileName });
}

async function newPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const towns = await townsToImport('enterprises', readerOf(req));
  return presentEnterpriseUpload(req.t, { towns, state, key });
}

async function previewPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const { waiting, file } = await readUpload(req);
  const findings = await service.compareEnterprises(waiting.townId, file);
  return presentEnterprisePreview(req.t, { waiting, file, findings, state, key });
}

/** The file that waits, and what it says. @throws NotFound when it was confirmed or its day is over */
async function readUpload(req: Request) {
  const waiting = await openUpload('enterprises', readerOf(req), param(req, 'enterpriseFileId'));
  return { waiting, file: await service.readEnterpriseFile(waiting.bytes) };
}
