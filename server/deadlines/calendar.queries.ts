import { CalendarDate, CalendarYear } from '../../models/areas.ts';
import { buildCalendar, type Calendar } from './working-days.rules.ts';

const KEEP_MS = 60_000;
let kept: { calendar: Calendar; at: number } | undefined;

/** The calendar of working days as stored, read again once a minute. */
export async function currentCalendar(): Promise<Calendar> {
  const at = performance.now();
  if (!kept || at - kept.at > KEEP_MS) {
    const [days, years] = await Promise.all([CalendarDate.findAll(), CalendarYear.findAll()]);
    kept = {
      calendar: buildCalendar(
        days.map(({ day, isWorkday, name }) => ({ day, isWorkday, name })),
        years.map(({ year }) => year),
      ),
      at,
    };
  }
  return kept.calendar;
}

/** Reads the calendar afresh at the next question, after days were changed. */
export function forgetCalendar(): void {
  kept = undefined;
}
