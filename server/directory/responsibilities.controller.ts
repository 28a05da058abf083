import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { enterpriseAsked } from './enterprises.queries.ts';
import {
  readNewResponsibility,
  readResponsibilityEnd,
  readResponsibilityFilter,
} from './responsibility.form.ts';
import {
  presentNewResponsibility,
  presentResponsibilities,
  presentResponsibilityEnd,
  type ShownResponsibilities,
} from './responsibilities.presenter.ts';
import { findResponsibility, listResponsibilities, officersFor } from './responsibilities.queries.ts';
import { createResponsibility, endResponsibility } from './responsibilities.service.ts';
import { enterprisesUnanswered } from './unanswered.queries.ts';

const FORM = 'directory/form';
const LIST = '/responsibilities';
const MOST_SUGGESTED = 100;

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentResponsibilities(req.t, await shownList(req)));
}

/** Every duty of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentResponsibilities(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownResponsibilities> {
  const reader = readerOf(req);
  const filter = readResponsibilityFilter(req.query);
  const page = await listResponsibilities(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'responsibilities.read');
  const officers = await officersFor(reader, 'responsibilities.read');
  return { page, filter, areas, officers, reader, today: today() };
}

async function newPage(req: Request, state: FormState, key: string) {
  const reader = readerOf(req);
  const areas = await areaChoices(reader, 'responsibilities.edit');
  const officers = await officersFor(reader, 'responsibilities.edit');
  const { enterprises } = await enterprisesUnanswered(reader, MOST_SUGGESTED);
  const suggestions = enterprises.map(({ name }) => name);
  return presentNewResponsibility(req.t, { areas, officers, suggestions, state, key });
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const asked = await enterpriseAsked(readerOf(req), req.query['enterprise'], 'responsibilities.edit');
  const state = { values: { fromDay: today(), enterprise: asked?.name ?? '' }, errors: [] };
  await renderPage(req, res, FORM, await newPage(req, state, newFormKey()));
}

export async function create(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: FORM,
    read: readNewResponsibility,
    submit: async (values) => {
      await createResponsibility(readerOf(req), values);
      return LIST;
    },
    done: 'directory.saved',
    present: (state, key) => newPage(req, state, key),
  });
}

const endPage = async (req: Request, state: FormState, key: string) => {
  const id = param(req, 'responsibilityId');
  const duty = await findResponsibility(readerOf(req), id, 'responsibilities.edit');
  return presentResponsibilityEnd(req.t, { duty, state, key });
};

export const ending = {
  show: async (req: Request, res: Response): Promise<void> => {
    const state = { values: { toDay: today() }, errors: [] };
    await renderPage(req, res, FORM, await endPage(req, state, newFormKey()));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const id = param(req, 'responsibilityId');
    await findResponsibility(readerOf(req), id, 'responsibilities.edit');
    await takeForm(req, res, {
      view: FORM,
      read: readResponsibilityEnd,
      submit: async (values) => {
        await endResponsibility(readerOf(req), id, values);
        return LIST;
      },
      done: 'directory.saved',
      present: (state, key) => endPage(req, state, key),
    });
  },
};
