import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import {
  optionalDay,
  optionalId,
  optionalOneOf,
  readForm,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { BASES, EARLIEST, PRESETS, presetPeriod, type Basis } from './report-period.rules.ts';
import type { Period } from './sentence.rules.ts';

/** Which report is asked for; without an area the widest that the reader may see. */
export interface ReportWish {
  period: Period;
  basis: Basis;
  areaId: string | null;
}

/** Reads the address of the report: a named `period`, or `from` and `to`; without either this year, by receipt. */
export function readReportWish(query: Posted, today: CalendarDay): FormResult<ReportWish> {
  const form = readForm(
    {
      period: optionalOneOf(PRESETS),
      from: optionalDay(),
      to: optionalDay(),
      basis: optionalOneOf(BASES),
      area: optionalId(),
    },
    query,
  );
  if (!form.ok) return form;
  const { period: preset, from, to, basis, area } = form.values;
  const errors = preset ? [] : faultsOf(from, to);
  if (errors.length > 0) return { ok: false, errors };
  const period = !preset && from && to ? { from, to } : presetPeriod(preset ?? 'thisYear', today);
  return { ok: true, values: { period, basis: basis ?? 'received', areaId: area } };
}

function faultsOf(from: CalendarDay | null, to: CalendarDay | null): FieldError[] {
  if (!from && !to) return [];
  if (!from) return [{ field: 'from', sentence: 'errors.required' }];
  if (!to) return [{ field: 'to', sentence: 'errors.required' }];
  if (from < EARLIEST) return [{ field: 'from', sentence: 'errors.dayBefore', values: { day: EARLIEST } }];
  return from > to
    ? [{ field: 'to', sentence: 'reports.errors.endsBeforeItBegins', values: { from, to } }]
    : [];
}
