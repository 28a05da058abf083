import type { Request, RequestHandler } from 'express';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { readReveal } from './reveal.form.ts';
import { presentReveal } from './reveal.presenter.ts';
import { findRevealable, revealNumber, type PartyOfCase } from './reveal.service.ts';

export const claimantNumbers = revealPage((req) => ({
  caseId: param(req, 'caseId'),
  party: 'claimant',
  id: param(req, 'claimantId'),
}));

export const respondentNumbers = revealPage((req) => ({
  caseId: param(req, 'caseId'),
  party: 'respondent',
  id: param(req, 'respondentId'),
}));

/** The form that asks why a masked number is to be seen; its answer shows the number, and that is on record. */
function revealPage(partyOf: (req: Request) => PartyOfCase): {
  show: RequestHandler;
  submit: RequestHandler;
} {
  return {
    show: async (req, res) => {
      const party = await findRevealable(readerOf(req), partyOf(req));
      await renderPage(req, res, 'cases/reveal', presentReveal(party, req.t, {}));
    },
    submit: async (req, res) => {
      const reader = readerOf(req);
      const party = await findRevealable(reader, partyOf(req));
      const form = readReveal(posted(req));
      const shown = form.ok
        ? { values: posted(req), revealed: await revealNumber(reader, partyOf(req), form.values) }
        : { values: posted(req), errors: form.errors };
      const status = form.ok ? 200 : 422;
      await renderPage(req, res, 'cases/reveal', presentReveal(party, req.t, shown), { status });
    },
  };
}
