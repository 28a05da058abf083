import { instantOf } from '../shared/calendar-day.ts';
import {
  checkbox,
  failed,
  optionalText,
  readForm,
  requiredDay,
  requiredText,
  requiredTime,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { NewSession } from './sessions.service.ts';

const ATTENDEES = 500;
const MINUTES = 20_000;

/** A session on one day of the town's clock. */
export function readSession(fields: Posted): FormResult<NewSession> {
  const form = readForm(
    {
      on: requiredDay(),
      from: requiredTime(),
      to: requiredTime(),
      place: optionalText(200),
      attendees: requiredText(ATTENDEES),
      minutes: optionalText(MINUTES),
      presentBefore: checkbox(),
    },
    fields,
  );
  if (!form.ok) return form;
  const { on, from, to, ...rest } = form.values;
  if (to <= from) return failed(form, [{ field: 'to', sentence: 'mediation.errors.endsBeforeStart' }]);
  return { ok: true, values: { startsAt: instantOf(on, from), endsAt: instantOf(on, to), ...rest } };
}

export const readMinutes = (fields: Posted) =>
  readForm(
    { attendees: requiredText(ATTENDEES), minutes: requiredText(MINUTES), presentBefore: checkbox() },
    fields,
  );

export const readCancellation = (fields: Posted) => readForm({ reason: requiredText(500) }, fields);
