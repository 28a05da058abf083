import { addDays, isCalendarDay, yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { Period } from './sentence.rules.ts';

/** 接件口径, the cases received in the period with their outcomes as known today, or 结案口径, those closed in it. */
export const BASES = ['received', 'closed'] as const;
export type Basis = (typeof BASES)[number];

/** The first day of which a report can be asked. */
export const EARLIEST = '1900-01-01';

/** Whether a text is a day that a period can begin or end with. */
export function isReportDay(text: string): boolean {
  return isCalendarDay(text) && text >= EARLIEST;
}

/** Periods that officials ask for by name; the running ones end today. */
export const PRESETS = ['thisMonth', 'thisQuarter', 'thisYear', 'lastYear'] as const;
export type Preset = (typeof PRESETS)[number];

/** The days of a named period. */
export function presetPeriod(preset: Preset, today: CalendarDay): Period {
  const year = yearOf(today);
  switch (preset) {
    case 'thisMonth':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'thisQuarter':
      return { from: firstOfMonth(year, quarterStart(today)), to: today };
    case 'thisYear':
      return { from: firstOfMonth(year, 1), to: today };
    case 'lastYear':
      return { from: firstOfMonth(year - 1, 1), to: `${paddedYear(year - 1)}-12-31` };
  }
}

/** The same days a year earlier, for 同比; a period that ends with a month's last day does so there too. */
export function yearBefore({ from, to }: Period): Period {
  const start = sameDayYearBefore(from);
  if (addDays(to, 1).endsWith('-01'))
    return { from: start, to: addDays(sameDayYearBefore(addDays(to, 1)), -1) };
  return { from: start, to: sameDayYearBefore(to) };
}

function sameDayYearBefore(day: CalendarDay): CalendarDay {
  const year = paddedYear(yearOf(day) - 1);
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`;
}

function quarterStart(day: CalendarDay): number {
  return Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
}

function firstOfMonth(year: number, month: number): CalendarDay {
  return `${paddedYear(year)}-${String(month).padStart(2, '0')}-01`;
}

function paddedYear(year: number): string {
  return String(year).padStart(4, '0');
}

/** The days of a month ('2022-03') that lie in a period. */
export function monthWithin(month: string, { from, to }: Period): Period {
  const first = `${month}-01`;
  const last = addDays(firstAfter(month), -1);
  return { from: first < from ? from : first, to: last > to ? to : last };
}

function firstAfter(month: string): CalendarDay {
  return `${addDays(`${month}-28`, 4).slice(0, 7)}-01`;
}
