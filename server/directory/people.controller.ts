import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { areaChoices } from './areas.queries.ts';
import { personInForm, presentPeople, presentPersonForm, type ShownPeople } from './people.presenter.ts';
import { findPerson, listPeople } from './people.queries.ts';
import { createPerson, editPerson } from './people.service.ts';
import { readNewPerson, readPerson, readPersonFilter } from './person.form.ts';

const FORM = 'directory/form';
const LIST = '/people';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'directory/list', presentPeople(req.t, await shownList(req)));
}

/** Every person of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentPeople(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownPeople> {
  const reader = readerOf(req);
  const filter = readPersonFilter(req.query);
  const page = await listPeople(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'directory.read');
  return { page, filter, areas, reader, today: today() };
}

export async function showNew(req: Request, res: Response): Promise<void> {
  const areas = await areaChoices(readerOf(req), 'directory.edit');
  const state = { values: personInForm(null, today()), errors: [] };
  const page = presentPersonForm(req.t, { person: null, areas, today: today(), state, key: newFormKey() });
  await renderPage(req, res, FORM, page);
}

export async function create(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: FORM,
    read: readNewPerson,
    submit: async (values) => {
      await createPerson(reader, values);
      return LIST;
    },
    done: 'directory.saved',
    present: async (state, key) => {
      const areas = await areaChoices(reader, 'directory.edit');
      return presentPersonForm(req.t, { person: null, areas, today: today(), state, key });
    },
  });
}

export async function showEdit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const person = await findPerson(reader, param(req, 'personId'), 'directory.edit');
  const areas = await areaChoices(reader, 'directory.edit');
  const state = { values: personInForm(person, today()), errors: [] };
  const page = presentPersonForm(req.t, { person, areas, today: today(), state, key: newFormKey() });
  await renderPage(req, res, FORM, page);
}

export async function edit(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const personId = param(req, 'personId');
  const { phone } = await findPerson(reader, personId, 'directory.edit');
  await takeForm(req, res, {
    view: FORM,
    read: (fields) => readPerson(fields, phone),
    submit: async (values) => {
      await editPerson(reader, personId, values);
      return LIST;
    },
    done: 'directory.saved',
    present: async (state, key) => {
      const person = await findPerson(reader, personId, 'directory.edit');
      const areas = await areaChoices(reader, 'directory.edit');
      return presentPersonForm(req.t, { person, areas, today: today(), state, key });
    },
  });
}
