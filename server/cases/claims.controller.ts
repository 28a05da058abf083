import type { Request } from 'express';
import { NotFound } from '../shared/errors.ts';
import { caseForm } from './case-form.controller.ts';
import type { CasePage } from './case-page.queries.ts';
import { readWorkerClaims } from './claims.form.ts';
import { workerFields } from './claims.presenter.ts';
import { recordClaims } from './claims.service.ts';

/** One worker's claims: a new worker at `/claimants`, a known one at `/claimants/:claimantId`. */
export const claims = caseForm({
  action: 'recordClaims',
  path: (req) => (req.params['claimantId'] ? `claimants/${String(req.params['claimantId'])}` : 'claimants'),
  present: (page, values, t, req) => workerFields(claimantOf(page, req), page, values, t),
  read: readWorkerClaims,
  submit: (reader, caseId, version, values, req) =>
    recordClaims(reader, caseId, version, claimantId(req), values),
});

function claimantId(req: Request): string | null {
  const id = req.params['claimantId'];
  return typeof id === 'string' ? id : null;
}

function claimantOf(page: CasePage, req: Request): CasePage['claimants'][number] | undefined {
  const id = claimantId(req);
  if (id === null) return undefined;
  const claimant = page.claimants.find((one) => one.id === id);
  if (!claimant) throw new NotFound();
  return claimant;
}
