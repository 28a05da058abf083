import type { Request, Response } from 'express';
import { caseButton, caseForm } from '../cases/case-form.controller.ts';
import { loadCasePage, type CasePage } from '../cases/case-page.queries.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { recordPayment, rejectPayment, verifyPayment } from './payments.service.ts';
import { readPayment, readSettlement, readSignature, SCHEDULE_LINES } from './settlements.form.ts';
import { paymentFields, presentPayment, settlementFields, signatureFields } from './settlements.presenter.ts';
import * as service from './settlements.service.ts';

export const draft = caseForm({
  action: 'draftSettlement',
  path: () => 'settlement',
  present: (page, values, t) => settlementFields(page, SCHEDULE_LINES, values, today(), t),
  read: readSettlement,
  submit: service.draftSettlement,
});

export const withdrawDraft = caseButton('withdrawDraft', service.withdrawDraft);

export const signature = caseForm({
  action: 'sign',
  path: () => 'signature',
  present: (_, values, t) => signatureFields(values, today(), t),
  read: readSignature,
  submit: service.signSettlement,
});

export const payment = caseForm({
  action: 'recordPayment',
  path: (req) => `instalments/${param(req, 'instalmentId')}/payments`,
  present: (page, values, t, req) => paymentFields(instalmentOf(page, req), values, today(), t),
  read: readPayment,
  submit: (reader, caseId, _, values, req) =>
    recordPayment(reader, caseId, { instalmentId: param(req, 'instalmentId'), ...values }),
});

export async function showPayment(req: Request, res: Response): Promise<void> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  const model = presentPayment(page, param(req, 'paymentId'), req.t);
  if (!model) throw new NotFound();
  await renderPage(req, res, 'settlements/payment', model);
}

export const verification = caseButton('verifyPayment', (reader, caseId, _, req) =>
  verifyPayment(reader, caseId, param(req, 'paymentId')),
);

export const rejection = caseButton('rejectPayment', (reader, caseId, _, req) =>
  rejectPayment(reader, caseId, param(req, 'paymentId')),
);

function instalmentOf(page: CasePage, req: Request): CasePage['instalments'][number] {
  const instalment = page.instalments.find(({ id }) => id === param(req, 'instalmentId'));
  if (!instalment) throw new NotFound();
  return instalment;
}
