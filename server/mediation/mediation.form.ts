import { HAND_BACK_REASONS } from '../cases/case.rules.ts';
import { instantOf } from '../shared/calendar-day.ts';
import {
  checkbox,
  optionalDay,
  optionalId,
  optionalOneOf,
  optionalText,
  optionalTime,
  readForm,
  requiredDay,
  requiredOneOf,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { CONTACT_CHANNELS, CONTACT_PARTIES, MOODS, REACHED, RISKS } from './mediation.rules.ts';
import type { NewContact } from './mediation.service.ts';

const contact = {
  channel: requiredOneOf(CONTACT_CHANNELS),
  party: requiredOneOf(CONTACT_PARTIES),
  claimantId: optionalId(),
  reached: requiredOneOf(REACHED),
  on: requiredDay(),
  time: optionalTime(),
  note: optionalText(5000),
  mood: optionalOneOf(MOODS),
  risk: optionalOneOf(RISKS),
  noDanger: checkbox(),
};

/** A contact; its day and time are the town's clock. */
export function readContact(fields: Posted): FormResult<NewContact> {
  const form = readForm(contact, fields);
  if (!form.ok) return form;
  const { on, time, ...rest } = form.values;
  return { ok: true, values: { ...rest, at: instantOf(on, time ?? '00:00') } };
}

export const readConsents = (fields: Posted) =>
  readForm({ workerConsentOn: optionalDay(), respondentConsentOn: optionalDay() }, fields);

export const readHandBack = (fields: Posted) =>
  readForm({ reason: requiredOneOf(HAND_BACK_REASONS), note: optionalText(500) }, fields);

export const readExtension = (fields: Posted) =>
  readForm(
    {
      ...{ extendedTo: requiredDay(), workerSignedOn: requiredDay(), respondentSignedOn: requiredDay() },
      farAway: checkbox(),
    },
    fields,
  );
