import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import { takeForm } from '../web/form-page.ts';
import { attempt, newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { presentPatch } from './patch.presenter.ts';
import { handOverPatch, patchOf, type PassingDuty } from './patch.service.ts';
import { officersFor } from './responsibilities.queries.ts';
import { readPatch, readPatchAsked } from './responsibility.form.ts';

const PATCH = 'directory/patch';

/** The page of a hand-over: who to whom from when, and what would pass, where that is asked. */
async function pageOf(req: Request, values: Posted, errors: FieldError[], key: string) {
  const reader = readerOf(req);
  const officers = await officersFor(reader, 'responsibilities.edit');
  const asked = readPatchAsked(values);
  let passing: PassingDuty[] | null = null;
  let faults: FieldError[] = asked && !asked.ok ? asked.errors : [];
  if (asked?.ok) {
    const found = await attempt(() => patchOf(reader, asked.values));
    if ('done' in found) passing = found.done;
    else faults = found.errors;
  }
  const shown = { day: today(), ...values };
  const all = [...faults, ...errors.filter(({ field }) => !faults.some((fault) => fault.field === field))];
  return presentPatch(req.t, { officers, values: shown, errors: all, passing, key });
}

export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, PATCH, await pageOf(req, req.query, [], newFormKey()));
}

export async function submit(req: Request, res: Response): Promise<void> {
  await takeForm(req, res, {
    view: PATCH,
    read: readPatch,
    submit: async (values) => {
      await handOverPatch(readerOf(req), values);
      return `/responsibilities?officer=${values.toId}`;
    },
    done: 'duties.patch.done',
    present: ({ values, errors }, key) => pageOf(req, values, errors, key),
  });
}
