import type { Request, RequestHandler, Response } from 'express';
import { caseButton, caseForm } from '../cases/case-form.controller.ts';
import { Unacceptable } from '../shared/errors.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { readCaseload, readHandOver, readRefusal, readTicked } from './hand-over.form.ts';
import { handOverFields, presentCaseload, presentOffered, refusalFields } from './hand-over.presenter.ts';
import { loadCaseload, offeredTo, receiversFor } from './hand-overs.queries.ts';
import * as service from './hand-over.service.ts';

const VIEW = 'case-routing/hand-overs';
const NOTHING_SENT: FormState = { values: {}, errors: [] };

export const offer = caseForm({
  action: 'offerHandOver',
  path: () => 'hand-over',
  present: async ({ disputeCase }, values, t) => {
    const receivers = await receiversFor([disputeCase]);
    return handOverFields(receivers.get(disputeCase.id) ?? [], values, t);
  },
  read: readHandOver,
  submit: service.offerCase,
});

export const withdrawal = caseButton('withdrawHandOver', service.withdrawOffer);
export const acceptance = caseButton('acceptHandOver', service.acceptOffer);

export const refusal = caseForm({
  action: 'declineHandOver',
  path: () => 'hand-over/refusal',
  present: (_, values, t) => refusalFields(values, t),
  read: readRefusal,
  submit: service.declineOffer,
});

/** What is offered to the reader. */
export const offered: { show: RequestHandler; submit: RequestHandler } = {
  show: async (req, res) => {
    const offers = await offeredTo(readerOf(req));
    await renderPage(req, res, VIEW, presentOffered(req.t, offers, NOTHING_SENT, newFormKey()));
  },
  submit: async (req, res) => {
    await takeForm(req, res, {
      view: VIEW,
      read: readTicked,
      submit: async ({ cases }) => {
        await service.acceptAll(readerOf(req), cases);
        return '/cases?mine=yes';
      },
      done: 'handOver.offered.done',
      present: async (state, key) => presentOffered(req.t, await offeredTo(readerOf(req)), state, key),
    });
  },
};

/** The reader's own caseload, or that of the mediator whom the address names. */
export const caseload = {
  show: async (req: Request, res: Response): Promise<void> => {
    await renderPage(req, res, VIEW, await caseloadPage(req, NOTHING_SENT, newFormKey()));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const reader = readerOf(req);
    const { cases } = await loadCaseload(reader, mediatorIn(req));
    await takeForm(req, res, {
      view: VIEW,
      read: readCaseload,
      submit: async ({ cases: ticked, ...wish }) => {
        const chosen = cases.filter(({ id }) => ticked.includes(id));
        if (chosen.length < ticked.length) throw new Unacceptable('handOver.errors.listChanged', {}, 'cases');
        await service.offerAll(reader, chosen, wish);
        return req.path;
      },
      done: 'handOver.caseload.done',
      present: (state, key) => caseloadPage(req, state, key),
    });
  },
};

async function caseloadPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const reader = readerOf(req);
  const loaded = await loadCaseload(reader, mediatorIn(req));
  const own = loaded.mediator.id === reader.userId;
  return presentCaseload(req.t, { caseload: loaded, own, path: req.path, state, key });
}

function mediatorIn(req: Request): string {
  return 'mediatorId' in req.params ? param(req, 'mediatorId') : readerOf(req).userId;
}
