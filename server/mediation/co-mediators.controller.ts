import type { Request } from 'express';
import { caseForm } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { NotFound } from '../shared/errors.ts';
import { param } from '../web/request.ts';
import { readCoMediator, readCoMediatorEnd } from './co-mediators.form.ts';
import { coMediatorEndFields, coMediatorFields } from './co-mediators.presenter.ts';
import { candidatesFor } from './co-mediators.queries.ts';
import * as service from './co-mediators.service.ts';

export const naming = caseForm({
  action: 'nameCoMediator',
  path: () => 'co-mediators',
  present: async ({ disputeCase }, values, t) =>
    coMediatorFields(await candidatesFor(disputeCase), values, t),
  read: readCoMediator,
  submit: service.nameCoMediator,
});

export const end = caseForm({
  action: 'endCoMediator',
  opens: (page, req) => namedIn(page, req) !== null,
  path: (req) => `co-mediators/${param(req, 'coMediatorId')}/end`,
  present: (page, values, t, req) => coMediatorEndFields(namedIn(page, req)!, values, t),
  read: readCoMediatorEnd,
  submit: (reader, caseId, _, values, req) =>
    service.endCoMediator(reader, caseId, param(req, 'coMediatorId'), values),
});

/** Whom the address names; null when their part has ended. @throws NotFound */
function namedIn(
  { coMediators, endedCoMediators }: CasePage,
  req: Request,
): CasePage['coMediators'][number] | null {
  const id = param(req, 'coMediatorId');
  const named = coMediators.find((each) => each.id === id);
  if (!named && !endedCoMediators.some((each) => each.id === id)) throw new NotFound();
  return named ?? null;
}
