import { param } from '../web/request.ts';
import { caseForm } from './case-form.controller.ts';
import { claimantOf } from './case-page.queries.ts';
import { readAgreedAmounts } from './agreed-amounts.form.ts';
import { agreedAmountsFields } from './agreed-amounts.presenter.ts';
import { fillAgreed } from './agreed-amounts.service.ts';
import { readWorkerClaims } from './claims.form.ts';
import { workerFields } from './claims.presenter.ts';
import { recordClaims } from './claims.service.ts';

/** A worker who is added to the case, with their claims. */
export const newClaimant = caseForm({
  action: 'recordClaims',
  path: () => 'claimants',
  present: (page, values, t) => workerFields(undefined, page, values, t),
  read: readWorkerClaims,
  submit: (reader, caseId, version, values) => recordClaims(reader, caseId, version, null, values),
});

/** The claims and the data of a worker who is in the case. */
export const claims = caseForm({
  action: 'recordClaims',
  title: 'changeClaims',
  path: (req) => `claimants/${param(req, 'claimantId')}`,
  present: (page, values, t, req) =>
    workerFields(claimantOf(page, param(req, 'claimantId')), page, values, t),
  read: readWorkerClaims,
  submit: (reader, caseId, version, values, req) =>
    recordClaims(reader, caseId, version, param(req, 'claimantId'), values),
});

/** The agreed amounts of all workers in one go. */
export const agreedAmounts = caseForm({
  action: 'recordClaims',
  title: 'fillAgreed',
  path: () => 'claimants/agreed',
  present: agreedAmountsFields,
  read: readAgreedAmounts,
  submit: fillAgreed,
});
