import type { Request, Response } from 'express';
import { now } from '../shared/clock.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, typed, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { readRegistration } from './register.form.ts';
import { newRegistration, presentRegistration } from './register.presenter.ts';
import { offeredEnterprises, registrationPlaces, wishOf } from './register.queries.ts';
import { addressOf, registerCase } from './register.service.ts';

export async function showNew(req: Request, res: Response): Promise<void> {
  await renderPage(
    req,
    res,
    'cases/register',
    await pageOf(req, { values: newRegistration(now()), errors: [] }, newFormKey()),
  );
}

export async function create(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: 'cases/register',
    read: (fields) => readRegistration(fields, now()),
    submit: async (values) => addressOf(reader, await registerCase(reader, await wishOf(reader, values))),
    done: 'cases.register.done',
    present: (state, key) => pageOf(req, state, key),
  });
}

async function pageOf(req: Request, state: FormState, key: string) {
  const places = await registrationPlaces(readerOf(req));
  const offered = await offeredEnterprises(places, typed(state, 'areaId'), (name) => typed(state, name));
  return presentRegistration(req.t, { places, offered, state, key });
}
