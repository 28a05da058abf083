import chineseDays from 'chinese-days';
import { addDays, type CalendarDay } from '../../server/shared/calendar-day.ts';

const FIRST_YEAR = 2020;
/** The last year whose notice chinese-days 1.5.7 holds; beyond it the package answers without an error, but wrongly. */
const LAST_YEAR = 2026;

export interface CalendarSeed {
  years: { year: number; source: string }[];
  days: { day: CalendarDay; isWorkday: boolean; name: string }[];
}

/** Days off and worked weekend days by the State Council's notices for 2020–2026, as chinese-days holds them. */
export function calendarSeed(): CalendarSeed {
  const seed: CalendarSeed = { years: [], days: [] };
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++)
    seed.years.push({ year, source: 'chinese-days 1.5.7' });
  for (let day = `${FIRST_YEAR}-01-01`; day <= `${LAST_YEAR}-12-31`; day = addDays(day, 1)) {
    const { work, name } = chineseDays.getDayDetail(day);
    // A day that a notice names is called 'Spring Festival,春节,4', any other 'Monday'.
    const [, chineseName] = name.split(',');
    if (chineseName) seed.days.push({ day, isWorkday: work, name: chineseName });
  }
  return seed;
}
