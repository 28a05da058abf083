import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { loadCasePage } from './case-page.queries.ts';
import { presentCasePage } from './case-page.presenter.ts';
import { readReveal } from './reveal.form.ts';
import { presentReveal } from './reveal.presenter.ts';
import { findRevealable, revealNumber } from './reveal.service.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  await renderPage(req, res, 'cases/show', presentCasePage(page, today(), req.t));
}

/** The form that asks why a masked number is to be seen. */
export async function askReveal(req: Request, res: Response): Promise<void> {
  const claimant = await findRevealable(readerOf(req), param(req, 'caseId'), param(req, 'claimantId'));
  await renderPage(req, res, 'cases/reveal', presentReveal(claimant, req.t, {}));
}

/** Shows one number once; that it was seen, and why, is on record. */
export async function reveal(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const caseId = param(req, 'caseId');
  const claimant = await findRevealable(reader, caseId, param(req, 'claimantId'));
  const form = readReveal(posted(req));
  const shown = form.ok
    ? { values: posted(req), revealed: await revealNumber(reader, caseId, claimant.id, form.values) }
    : { values: posted(req), errors: form.errors };
  await renderPage(req, res, 'cases/reveal', presentReveal(claimant, req.t, shown), {
    status: form.ok ? 200 : 422,
  });
}
