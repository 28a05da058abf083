import type { Request } from 'express';
import { caseForm } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { NotFound } from '../shared/errors.ts';
import { param } from '../web/request.ts';
import { readCancellation, readMinutes, readSession } from './sessions.form.ts';
import { cancellationFields, minutesFields, sessionFields } from './sessions.presenter.ts';
import * as service from './sessions.service.ts';

export const session = caseForm({
  action: 'planSession',
  path: () => 'sessions',
  present: sessionFields,
  read: readSession,
  submit: (reader, caseId, _, values) => service.planSession(reader, caseId, values),
});

export const minutes = caseForm({
  action: 'recordSession',
  opens: isPlanned,
  path: (req) => `sessions/${param(req, 'sessionId')}/minutes`,
  present: (page, values, t, req) => minutesFields(page, sessionOf(page, req), values, t),
  read: readMinutes,
  submit: (reader, caseId, _, values, req) =>
    service.recordSession(reader, caseId, param(req, 'sessionId'), values),
});

export const cancellation = caseForm({
  action: 'cancelSession',
  opens: isPlanned,
  path: (req) => `sessions/${param(req, 'sessionId')}/cancellation`,
  present: (page, values, t, req) => cancellationFields(sessionOf(page, req), values, t),
  read: readCancellation,
  submit: (reader, caseId, _, values, req) =>
    service.cancelSession(reader, caseId, param(req, 'sessionId'), values),
});

function isPlanned(page: CasePage, req: Request): boolean {
  return sessionOf(page, req).state === 'planned';
}

function sessionOf({ sessions }: CasePage, req: Request): CasePage['sessions'][number] {
  const found = sessions.find(({ id }) => id === param(req, 'sessionId'));
  if (!found) throw new NotFound();
  return found;
}
