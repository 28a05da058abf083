import type { Request, Response } from 'express';
import { townsToImport } from '../hotline/batches.queries.ts';
import { keepUpload, openUpload, takeUpload } from '../hotline/uploads.service.ts';
import { today } from '../shared/clock.ts';
import { readShown, readTownFile } from '../shared/file-form.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sentFile } from '../web/sent-file.ts';
import { MOST_EXPORTED, sendTables } from '../web/table-export.ts';
import { presentTablePreview, presentTableUpload, tableTemplate } from './employer-table.presenter.ts';
import {
  checkEmployerTable,
  compareTable,
  confirmTable,
  readEmployerTable,
  templateRows,
} from './employer-table.service.ts';

const NEW = 'wage-checks/form';
const PREVIEW = 'wage-checks/table-preview';
const NOTHING_TYPED: FormState = { values: {}, errors: [] };

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, NEW, await newPage(req, NOTHING_TYPED, newFormKey()));
}

/** The template of the running month with every enterprise. */
export async function template(req: Request, res: Response): Promise<void> {
  const towns = await townsToImport('wageTables', readerOf(req));
  const rows = await templateRows(
    towns.map(({ id }) => id),
    MOST_EXPORTED,
  );
  await sendTables(req, res, tableTemplate(req.t, rows, today().slice(0, 7)));
}

export async function upload(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: NEW,
    read: (fields) => readTownFile(fields, sentFile(req)),
    prepare: ({ townId, file }) => checkEmployerTable(reader, townId, file.bytes),
    submit: async ({ townId, file }) =>
      `/wage-tables/${await keepUpload('wageTables', reader, townId, file, null)}`,
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
    submit: async ({ shown }, { waiting, table }) => {
      await takeUpload(waiting.id, waiting.mapping);
      await confirmTable(reader, waiting, table, shown);
      return '/wage-checks';
    },
    done: 'wage-checks.tables.done',
    present: (state, key) => previewPage(req, state, key),
  });
}

async function newPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const towns = await townsToImport('wageTables', readerOf(req));
  return presentTableUpload(req.t, { towns, state, key });
}

async function previewPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const { waiting, table } = await readUpload(req);
  const findings = await compareTable(waiting.townId, table);
  return presentTablePreview(req.t, { waiting, findings, state, key });
}

/** The file that waits, and what it says. @throws NotFound when it was confirmed or its day is over */
async function readUpload(req: Request) {
  const waiting = await openUpload('wageTables', readerOf(req), param(req, 'wageTableId'));
  return { waiting, table: await readEmployerTable(waiting.bytes) };
}
