import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import {
  failed,
  optionalDay,
  optionalId,
  optionalOneOf,
  optionalText,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { OUTREACH_KINDS, type OutreachFilter } from './outreach.rules.ts';
import type { OutreachValues } from './outreach.service.ts';

const MOST_PEOPLE = 1_000_000;

/** Reads the filter in the address of the list. */
export function readOutreachFilter(query: Posted): OutreachFilter {
  return readFilter(
    {
      q: optionalText(100),
      kind: optionalOneOf(OUTREACH_KINDS),
      village: optionalId(),
      town: optionalId(),
      from: optionalDay(),
      to: optionalDay(),
      state: optionalOneOf(['void'] as const),
    },
    query,
  );
}

const fields = {
  heldOn: requiredDay(),
  kind: requiredOneOf(OUTREACH_KINDS),
  title: requiredText(200),
  place: requiredText(200),
  areaId: requiredId(),
  audience: requiredInteger(0, MOST_PEOPLE),
  materials: requiredInteger(0, MOST_PEOPLE),
  materialsNote: optionalText(500),
  note: optionalText(5000),
};

/** An event that has taken place, on `today` at the latest. */
export function readNewOutreach(posted: Posted, today: CalendarDay): FormResult<OutreachValues> {
  const form = readForm(fields, posted);
  const late = notYet(posted, today);
  return late.length > 0 ? failed(form, late) : form;
}

export function readOutreach(
  posted: Posted,
  today: CalendarDay,
): FormResult<OutreachValues & { version: number }> {
  const form = readForm({ ...fields, version: requiredInteger(0, 999_999_999) }, posted);
  const late = notYet(posted, today);
  return late.length > 0 ? failed(form, late) : form;
}

function notYet(posted: Posted, today: CalendarDay): FieldError[] {
  const { heldOn } = readFilter({ heldOn: requiredDay() }, posted);
  return heldOn && heldOn > today
    ? [{ field: 'heldOn', sentence: 'errors.dayAfter', values: { day: today } }]
    : [];
}

export const readOutreachVoiding = (posted: Posted) => readForm({ reason: requiredText(500) }, posted);

/** A photo with its caption; of the photo itself only the fingerprint is compared when the form comes twice. */
export function readPhoto(
  posted: Posted,
  file: { sha256: string } | null,
): FormResult<{ caption: string | null; sha256: string }> {
  const form = readForm({ caption: optionalText(200) }, posted);
  if (!file) return failed(form, [{ field: 'file', sentence: 'documents.errors.fileMissing' }]);
  return form.ok ? { ok: true, values: { ...form.values, sha256: file.sha256 } } : form;
}
