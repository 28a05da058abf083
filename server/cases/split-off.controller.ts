import { param } from '../web/request.ts';
import { caseForm } from './case-form.controller.ts';
import { claimantOf } from './case-page.queries.ts';
import { readReason } from './closing.form.ts';
import { splitOffFields } from './split-off.presenter.ts';
import { splitOffWorker } from './split-off.service.ts';

/** One worker gets a case of their own. */
export const splitOff = caseForm({
  action: 'splitOff',
  opens: ({ claimants }) => claimants.length > 1,
  closed: ({ disputeCase: { state } }) =>
    state === 'awaitingSignature' ? 'group.errors.withdrawDraftFirst' : undefined,
  path: (req) => `claimants/${param(req, 'claimantId')}/split-off`,
  present: (page, values, t, req) =>
    splitOffFields(claimantOf(page, param(req, 'claimantId')), page, values, t),
  read: readReason,
  submit: (reader, caseId, version, values, req) =>
    splitOffWorker(reader, caseId, version, param(req, 'claimantId'), values),
});
