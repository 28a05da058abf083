import type { Request, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import { now } from '../shared/clock.ts';
import { failed, type FormResult, type Posted } from '../shared/form.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, typed, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { readRegistration, readWhereabouts } from './register.form.ts';
import { newRegistration, presentRegistration } from './register.presenter.ts';
import { findWhereabouts, offeredEnterprises, registrationPlaces } from './register.queries.ts';
import { addressOf, registerCase, type NewCase } from './register.service.ts';

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
    read: (fields) => readNewCase(reader, fields),
    submit: async (values) => addressOf(reader, await registerCase(reader, values)),
    done: 'cases.register.done',
    present: (state, key) => pageOf(req, state, key),
  });
}

/** The case that the form asks for; what the form and what the directory find wrong is told at once. */
async function readNewCase(reader: Reader, fields: Posted): Promise<FormResult<NewCase>> {
  const form = readRegistration(fields, now());
  const found = await findWhereabouts(reader, readWhereabouts(fields));
  if (!form.ok) return failed(form, found.ok ? [] : found.errors);
  if (!found.ok) return found;
  const { areaId: _, ...values } = form.values;
  return {
    ok: true,
    values: { ...values, ...found.values, primaryType: values.claimants[0]!.claims[0]!.type },
  };
}

async function pageOf(req: Request, state: FormState, key: string) {
  const reader = readerOf(req);
  const places = await registrationPlaces(reader);
  const offered = await offeredEnterprises(reader, places, typed(state, 'areaId'), (name) =>
    typed(state, name),
  );
  return presentRegistration(req.t, { places, offered, state, key });
}
