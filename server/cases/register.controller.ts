import type { Request, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import { findVisit } from '../directory/visits.queries.ts';
import { linkVisit } from '../directory/visits.service.ts';
import { now } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { failed, type FormResult, type Posted } from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { caseFromCheck, linkCase, type CaseFromCheck } from '../wage-checks/findings.service.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, typed, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { readRegistration, readWhereabouts, withFurtherWorkers } from './register.form.ts';
import {
  newRegistration,
  presentRegistration,
  registrationOf,
  registrationOfCheck,
} from './register.presenter.ts';
import { findWhereabouts, offeredEnterprises, registrationPlaces } from './register.queries.ts';
import { addressOf, registerCase, type NewCase } from './register.service.ts';

export async function showNew(req: Request, res: Response): Promise<void> {
  const origin = await originAsked(req, req.query['visit'], req.query['wageCheck']);
  const page = await pageOf(req, { values: beginning(req, origin), errors: [] }, origin, newFormKey());
  await renderPage(req, res, 'cases/register', page);
}

export async function create(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  await takeForm(req, res, {
    view: 'cases/register',
    read: (fields) => readNewCase(reader, fields),
    submit: async ({ visitId, wageCheckId, ...values }) => {
      const named = wageCheckId ? (await caseFromCheck(reader, wageCheckId)).workers : [];
      const disputeCase = await registerCase(reader, withFurtherWorkers(values, named));
      if (visitId) await linkVisit(reader, visitId, disputeCase);
      if (wageCheckId) await linkCase(reader, wageCheckId, disputeCase.id);
      return addressOf(reader, disputeCase);
    },
    done: (address) => (address === '/' ? 'cases.register.doneElsewhere' : 'cases.register.done'),
    present: async (state, key) => {
      const { visitId, wageCheckId } = state.values;
      return pageOf(req, state, await originAsked(req, visitId, wageCheckId), key);
    },
  });
}

/** What a case is opened from: a leaders' visit, or a wage check that found arrears. */
interface Origin {
  visit: Visit | null;
  check: CaseFromCheck | null;
}

/** @throws NotFound for a visit or a check out of reach, Conflict for a check that gives no case (any more) */
async function originAsked(req: Request, visitId: unknown, checkId: unknown): Promise<Origin> {
  const named = (id: unknown): id is string => typeof id === 'string' && id !== '';
  if (named(checkId) && !isId(checkId)) throw new NotFound();
  return {
    visit: named(visitId) ? await findVisit(readerOf(req), visitId) : null,
    check: named(checkId) ? await caseFromCheck(readerOf(req), checkId) : null,
  };
}

function beginning(req: Request, { visit, check }: Origin): Posted {
  if (check) return registrationOfCheck(check, now(), req.t);
  return visit ? registrationOf(visit, now()) : newRegistration(now());
}

type Visit = Awaited<ReturnType<typeof findVisit>>;
type NewRegistration = NewCase & { visitId: string | null; wageCheckId: string | null };

/** The case that the form asks for; what the form and what the directory find wrong is told at once. */
async function readNewCase(reader: Reader, fields: Posted): Promise<FormResult<NewRegistration>> {
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

async function pageOf(req: Request, state: FormState, origin: Origin, key: string) {
  const reader = readerOf(req);
  const places = await registrationPlaces(reader);
  const offered = await offeredEnterprises(reader, places, typed(state, 'areaId'), (name) =>
    typed(state, name),
  );
  return presentRegistration(req.t, { places, offered, ...origin, state, key });
}
