import { caseButton, caseForm } from '../cases/case-form.controller.ts';
import { now, today } from '../shared/clock.ts';
import { readConsents, readContact, readExtension, readHandBack } from './mediation.form.ts';
import {
  acceptanceFields,
  consentFields,
  contactFields,
  extensionFields,
  handBackFields,
} from './mediation.presenter.ts';
import * as service from './mediation.service.ts';

export const takeOver = caseButton('takeOver', service.takeOver);

export const handBack = caseForm({
  action: 'handBack',
  path: () => 'hand-back',
  present: (_, values, t) => handBackFields(values, t),
  read: readHandBack,
  submit: service.handBack,
});

export const contact = caseForm({
  action: 'recordContact',
  path: () => 'contacts',
  present: async (page, values, t) =>
    contactFields(now(), page, values, await service.speaksOfDanger(page.disputeCase, values['note']), t),
  read: readContact,
  submit: (reader, caseId, _, values) => service.logContact(reader, caseId, values),
});

export const consents = caseForm({
  action: 'recordConsent',
  path: () => 'consents',
  present: ({ disputeCase }, values, t) => consentFields(disputeCase, values, t),
  read: readConsents,
  submit: service.recordConsents,
});

/** The page is open before both consents are recorded: it asks for the missing ones. */
export const acceptance = caseForm({
  action: 'recordConsent',
  title: 'accept',
  path: () => 'acceptance',
  present: ({ disputeCase }, values, t) => acceptanceFields(disputeCase, values, t),
  read: readConsents,
  submit: service.acceptCase,
});

export const extension = caseForm({
  action: 'extend',
  path: () => 'extension',
  present: (_, values, t) => extensionFields(today(), values, t),
  read: readExtension,
  submit: service.extendMediation,
});
