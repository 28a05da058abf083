import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { readNewVisit, readVisit, readVisitFilter } from './visits.form.ts';
import {
  presentVisit,
  presentVisitForm,
  presentVisits,
  visitInForm,
  type ShownVisits,
} from './visits.presenter.ts';
import { beyondVisit, findVisit, listVisits } from './visits.queries.ts';
import { editVisit, recordVisit } from './visits.service.ts';

const FORM = 'directory/form';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentVisits(req.t, await shownList(req)));
}

/** Every visit of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentVisits(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownVisits> {
  const reader = readerOf(req);
  const filter = readVisitFilter(req.query);
  const page = await listVisits(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'visits.read');
  return { page, filter, areas, reader };
}

export async function show(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const visit = await findVisit(reader, param(req, 'visitId'));
  const beyond = await beyondVisit(reader, visit);
  await renderPage(req, res, 'directory/visit', presentVisit(req.t, { visit, ...beyond, reader }));
}

async function newPage(req: Request, state: FormState, key: string) {
  const areas = await areaChoices(readerOf(req), 'visits.record');
  return presentVisitForm(req.t, { visit: null, areas, state, key });
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const state = { values: { visitedOn: today() }, errors: [] };
  await renderPage(req, res, FORM, await newPage(req, state, newFormKey()));
}

export async function create(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: FORM,
    read: (fields) => readNewVisit(fields, today()),
    submit: async (values) => `/visits/${await recordVisit(readerOf(req), values)}`,
    done: 'directory.saved',
    present: (state, key) => newPage(req, state, key),
  });
}

async function editPage(req: Request, given: FormState | null, key: string) {
  const reader = readerOf(req);
  const visit = await findVisit(reader, param(req, 'visitId'), 'visits.record');
  const areas = await areaChoices(reader, 'visits.record');
  const state = given ?? { values: visitInForm(visit), errors: [] };
  return presentVisitForm(req.t, { visit, areas, state, key });
}

export const editing = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, FORM, await editPage(req, null, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const [reader, visitId] = [readerOf(req), param(req, 'visitId')];
    await findVisit(reader, visitId, 'visits.record');
    await takeForm(req, res, {
      view: FORM,
      read: (fields) => readVisit(fields, today()),
      submit: async (values) => {
        await editVisit(reader, visitId, values);
        return `/visits/${visitId}`;
      },
      done: 'directory.saved',
      present: (state, key) => editPage(req, state, key),
    });
  },
};
