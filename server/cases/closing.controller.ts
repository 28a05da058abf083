import { DomainError } from '../shared/errors.ts';
import { posted } from '../web/request.ts';
import { caseButton, caseForm } from './case-form.controller.ts';
import * as read from './closing.form.ts';
import * as fields from './closing.presenter.ts';
import * as service from './closing.service.ts';

/** The ways in which a case ends without an agreement; each is a page with a form. */
export const failure = caseForm({
  action: 'fail',
  path: () => 'failure',
  present: ({ disputeCase }, values, t) => fields.failureFields(disputeCase, values, t),
  read: read.readFailure,
  submit: service.failCase,
});

export const withdrawal = caseForm({
  action: 'withdraw',
  path: () => 'withdrawal',
  present: (_, values, t) => fields.withdrawalFields(values, t),
  read: read.readPrintedReason,
  submit: service.withdrawCase,
});

export const lostContact = caseForm({
  action: 'loseContact',
  path: () => 'lost-contact',
  present: (_, values, t) => fields.lostContactFields(values, t),
  read: read.readPrintedReason,
  submit: service.loseContact,
});

export const transfer = caseForm({
  action: 'transfer',
  path: () => 'transfer',
  present: (_, values, t) => fields.transferFields(values, t),
  read: read.readTransfer,
  submit: service.transferCase,
});

export const transferReceipt = caseForm({
  action: 'recordReceipt',
  path: () => 'transfer/receipt',
  present: (_, values, t) => fields.receiptFields(values, t),
  read: read.readReceipt,
  submit: service.recordTransferReceipt,
});

export const notLabour = caseForm({
  action: 'markNotLabour',
  path: () => 'not-labour',
  present: (_, values, t) => fields.notLabourFields(values, t),
  read: read.readReason,
  submit: service.markNotLabour,
});

export const duplicate = caseForm({
  action: 'markDuplicate',
  path: () => 'duplicate',
  present: (_, values, t) => fields.duplicateFields(values, t),
  read: read.readDuplicate,
  submit: service.markDuplicate,
});

export const decline = caseForm({
  action: 'proposeDecline',
  path: () => 'decline',
  present: (_, values, t) => fields.declineFields(values, t),
  read: read.readDecline,
  submit: service.proposeDecline,
});

export const voiding = caseForm({
  action: 'proposeVoid',
  path: () => 'void',
  present: (_, values, t) => fields.voidFields(values, t),
  read: read.readVoid,
  submit: service.proposeVoid,
});

/** The second person's word on a proposal: approve or refuse. */
export const decideProposal = caseButton('refuseProposal', (reader, caseId, version, req) => {
  const form = read.readDecision(posted(req));
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  return service.decideProposal(reader, caseId, version, form.values.decision === 'approve');
});
