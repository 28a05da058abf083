import type { Request, Response } from 'express';
import { caseButton, caseForm } from '../cases/case-form.controller.ts';
import { loadCasePage, type CasePage } from '../cases/case-page.queries.ts';
import { today } from '../shared/clock.ts';
import { proofsOf } from '../documents/attachments.service.ts';
import { openPaper } from '../documents/documents.service.ts';
import { NotFound } from '../shared/errors.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { fileConfirmation, recordConfirmationResult } from './confirmation.service.ts';
import * as payments from './payments.service.ts';
import {
  canReject,
  canWithdraw,
  paymentFields,
  presentPayment,
  rejectionFields,
  withdrawalFields,
  type PaymentOfCase,
} from './payments.presenter.ts';
import {
  readConfirmation,
  readConfirmationResult,
  readDraftWithdrawal,
  readPayment,
  readRejection,
  readReversal,
  readReversalDecision,
  readSettlement,
  readSignature,
  SCHEDULE_LINES,
} from './settlements.form.ts';
import {
  awaitsResult,
  canFile,
  confirmationFields,
  confirmationResultFields,
  draftWithdrawalFields,
  settlementFields,
  signatureFields,
} from './settlements.presenter.ts';
import { readPayments, readVerifications } from './several-payments.form.ts';
import {
  payableInstalments,
  severalPaymentsFields,
  severalVerificationsFields,
  verifiablePayments,
} from './several-payments.presenter.ts';
import { canReverse, openReversal, reversalDecisionFields, reversalFields } from './reversals.presenter.ts';
import { decideReversal, reversePayment } from './reversals.service.ts';
import * as service from './settlements.service.ts';

export const draft = caseForm({
  action: 'draftSettlement',
  path: () => 'settlement',
  present: (page, values, t) => settlementFields(page, SCHEDULE_LINES, values, today(), t),
  read: readSettlement,
  submit: service.draftSettlement,
});

export const draftWithdrawal = caseForm({
  action: 'withdrawDraft',
  path: () => 'settlement/withdrawal',
  present: draftWithdrawalFields,
  read: readDraftWithdrawal,
  submit: service.withdrawDraft,
});

/** The paper that is signed; its final version is what it says at that moment. */
function paperToSign({ disputeCase, settlement }: CasePage, req: Request) {
  const form = settlement?.kind === 'reconciled' ? 'reconciliation' : 'agreement';
  return openPaper(readerOf(req), { caseId: disputeCase.id, form, sessionId: null });
}

export const signature = caseForm({
  action: 'sign',
  path: () => 'signature',
  present: async (page, values, t, req) => signatureFields(await paperToSign(page, req), values, today(), t),
  read: readSignature,
  submit: service.signSettlement,
});

export const confirmation = caseForm({
  action: 'fileConfirmation',
  opens: canFile,
  path: () => 'confirmation',
  present: confirmationFields,
  read: readConfirmation,
  submit: fileConfirmation,
});

export const confirmationResult = caseForm({
  action: 'recordConfirmation',
  opens: awaitsResult,
  path: () => 'confirmation/result',
  present: (_, values, t) => confirmationResultFields(values, t),
  read: readConfirmationResult,
  submit: recordConfirmationResult,
});

export const payment = caseForm({
  action: 'recordPayment',
  path: (req) => `instalments/${param(req, 'instalmentId')}/payments`,
  present: (page, values, t, req) => paymentFields(page, instalmentOf(page, req), values, today(), t),
  read: readPayment,
  submit: (reader, caseId, _, values, req) =>
    payments.recordPayment(reader, caseId, { instalmentId: param(req, 'instalmentId'), ...values }),
});

export const severalPayments = caseForm({
  action: 'recordPayment',
  opens: (page) => payableInstalments(page).length > 0,
  title: 'severalPayments',
  path: () => 'payments',
  present: (page, values, t) => severalPaymentsFields(page, values, today(), t),
  read: readPayments,
  submit: (reader, caseId, _, values) => payments.recordPayments(reader, caseId, values),
});

/** Open to the second person, as long as something waits for them. */
export const severalVerifications = caseForm({
  action: 'verifyPayment',
  opens: (page) => verifiablePayments(page).length > 0,
  title: 'severalVerifications',
  path: () => 'payments/verification',
  present: async (page, values, t, req) => {
    const ids = verifiablePayments(page).map(({ payment: { id } }) => id);
    return severalVerificationsFields(page, await proofsOf(readerOf(req), page.disputeCase, ids), values, t);
  },
  read: readVerifications,
  submit: (reader, caseId, _, ticked) => payments.verifyPayments(reader, caseId, ticked.payments),
});

export async function showPayment(req: Request, res: Response): Promise<void> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  const found = paymentOf(page, req);
  const files = await proofsOf(readerOf(req), page.disputeCase, [found.payment.id]);
  await renderPage(req, res, 'settlements/payment', presentPayment(page, found, files, req.t));
}

export const verification = caseButton('verifyPayment', (reader, caseId, _, req) =>
  payments.verifyPayment(reader, caseId, param(req, 'paymentId')),
);

/** Open to the second person only, as long as nobody has decided. */
export const rejection = caseForm({
  action: 'rejectPayment',
  opens: (page, req) => canReject(page, paymentOf(page, req)),
  path: (req) => `payments/${param(req, 'paymentId')}/rejection`,
  present: (page, values, t, req) => rejectionFields(page, paymentOf(page, req), values, t),
  read: readRejection,
  submit: (reader, caseId, _, { reason }, req) =>
    payments.rejectPayment(reader, caseId, param(req, 'paymentId'), reason),
});

/** Open to whoever recorded it, as long as nobody has decided. */
export const paymentWithdrawal = caseForm({
  action: 'withdrawPayment',
  opens: (page, req) => canWithdraw(page, paymentOf(page, req)),
  path: (req) => `payments/${param(req, 'paymentId')}/withdrawal`,
  present: (page, values, t, req) => withdrawalFields(page, paymentOf(page, req), values, t),
  read: readRejection,
  submit: (reader, caseId, _, { reason }, req) =>
    payments.withdrawPayment(reader, caseId, param(req, 'paymentId'), reason),
});

export const reversal = caseForm({
  action: 'reversePayment',
  opens: (page, req) => canReverse(paymentOf(page, req)),
  path: (req) => `payments/${param(req, 'paymentId')}/reversal`,
  present: (page, values, t, req) => reversalFields(page, paymentOf(page, req), values, t),
  read: readReversal,
  submit: (reader, caseId, _, values, req) => reversePayment(reader, caseId, param(req, 'paymentId'), values),
});

/** Open to the second person only, as long as nobody has decided. */
export const reversalDecision = caseForm({
  action: 'verifyReversal',
  opens: (page, req) => openReversal(page, paymentOf(page, req)) !== undefined,
  path: (req) => `payments/${param(req, 'paymentId')}/reversal/decision`,
  present: (page, values, t, req) => reversalDecisionFields(page, paymentOf(page, req), values, t),
  read: readReversalDecision,
  submit: (reader, caseId, _, values, req) => decideReversal(reader, caseId, param(req, 'paymentId'), values),
});

function paymentOf(page: CasePage, req: Request): PaymentOfCase {
  for (const instalment of page.instalments)
    for (const payment of instalment.payments ?? [])
      if (payment.id === param(req, 'paymentId')) return { payment, instalment };
  throw new NotFound();
}

function instalmentOf(page: CasePage, req: Request): CasePage['instalments'][number] {
  const instalment = page.instalments.find(({ id }) => id === param(req, 'instalmentId'));
  if (!instalment) throw new NotFound();
  return instalment;
}
