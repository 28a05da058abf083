import type { Request, RequestHandler } from 'express';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { readReveal } from './reveal.form.ts';
import { presentReveal } from './reveal.presenter.ts';
import { findRevealable, revealField, type PartOfCase } from './reveal.service.ts';

export const claimantNumbers = revealPage((req) => ({
  caseId: param(req, 'caseId'),
  part: 'claimant',
  id: param(req, 'claimantId'),
}));

export const respondentNumbers = revealPage((req) => ({
  caseId: param(req, 'caseId'),
  part: 'respondent',
  id: param(req, 'respondentId'),
}));

export const complaintText = revealPage((req) => ({
  caseId: param(req, 'caseId'),
  part: 'complaint',
  id: param(req, 'caseId'),
}));

/** The form that asks why something masked is to be seen; its answer shows it, and that is on record. */
function revealPage(partOf: (req: Request) => PartOfCase): {
  show: RequestHandler;
  submit: RequestHandler;
} {
  return {
    show: async (req, res) => {
      const masked = await findRevealable(readerOf(req), partOf(req));
      await renderPage(req, res, 'cases/reveal', presentReveal(masked, req.t, {}));
    },
    submit: async (req, res) => {
      const reader = readerOf(req);
      const masked = await findRevealable(reader, partOf(req));
      const form = readReveal(posted(req));
      const shown = form.ok
        ? { values: posted(req), revealed: await revealField(reader, partOf(req), form.values) }
        : { values: posted(req), errors: form.errors };
      const status = form.ok ? 200 : 422;
      await renderPage(req, res, 'cases/reveal', presentReveal(masked, req.t, shown), { status });
    },
  };
}
