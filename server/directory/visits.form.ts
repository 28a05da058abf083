import {
  optionalDay,
  optionalId,
  optionalOneOf,
  optionalText,
  failed,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { readFilter } from '../shared/list-address.ts';
import type { VisitFilter } from './visits.queries.ts';
import type { VisitValues } from './visits.service.ts';

/** Reads the filter in the address of the list. */
export function readVisitFilter(query: Posted): VisitFilter {
  return readFilter(
    {
      q: optionalText(100),
      village: optionalId(),
      from: optionalDay(),
      to: optionalDay(),
      opened: optionalOneOf(['yes', 'no'] as const),
    },
    query,
  );
}

const fields = {
  visitedOn: requiredDay(),
  leaders: requiredText(200),
  place: requiredText(200),
  areaId: requiredId(),
  enterprise: optionalText(200),
  issue: requiredText(5000),
  answer: optionalText(5000),
};

/** A visit that has taken place, on `today` at the latest. */
export function readNewVisit(posted: Posted, today: CalendarDay): FormResult<VisitValues> {
  return held(readForm(fields, posted), posted, today);
}

/** A visit that was written down, as it is put right. */
export function readVisit(posted: Posted, today: CalendarDay): FormResult<VisitValues & { version: number }> {
  return held(readForm({ ...fields, version: requiredInteger(0, 999_999_999) }, posted), posted, today);
}

function held<T>(form: FormResult<T>, posted: Posted, today: CalendarDay): FormResult<T> {
  const { visitedOn } = readFilter({ visitedOn: requiredDay() }, posted);
  if (!visitedOn || visitedOn <= today) return form;
  return failed(form, [{ field: 'visitedOn', sentence: 'errors.dayAfter', values: { day: today } }]);
}
