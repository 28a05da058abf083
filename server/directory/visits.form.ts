import {
  optionalDay,
  optionalId,
  optionalOneOf,
  optionalText,
  failed,
  readForm,
  requiredDay,
  requiredId,
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

/** A visit that has taken place, on `today` at the latest. */
export function readNewVisit(posted: Posted, today: CalendarDay): FormResult<VisitValues> {
  const form = readForm(
    {
      visitedOn: requiredDay(),
      leaders: requiredText(200),
      place: requiredText(200),
      areaId: requiredId(),
      enterprise: optionalText(200),
      issue: requiredText(5000),
      answer: optionalText(5000),
    },
    posted,
  );
  const { visitedOn } = readFilter({ visitedOn: requiredDay() }, posted);
  if (!visitedOn || visitedOn <= today) return form;
  return failed(form, [{ field: 'visitedOn', sentence: 'errors.dayAfter', values: { day: today } }]);
}
