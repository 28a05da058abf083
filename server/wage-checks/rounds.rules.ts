import type { Calendar } from '../deadlines/working-days.rules.ts';
import { addDays, isCalendarDay, type CalendarDay } from '../shared/calendar-day.ts';

/** A month, 'YYYY-MM'. */
export type Month = string;

export function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isCalendarDay(`${text}-01`);
}

export function monthOf(day: CalendarDay): Month {
  return day.slice(0, 7);
}

/** The month `count` months later (earlier when negative). */
export function addMonths(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((((months % 12) + 12) % 12) + 1).padStart(2, '0')}`;
}

/** Every month from one to another, both included. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export function firstDayOf(month: Month): CalendarDay {
  return `${month}-01`;
}

export function lastDayOf(month: Month): CalendarDay {
  return addDays(firstDayOf(addMonths(month, 1)), -1);
}

/** A day of the month, or the last one of a shorter month. */
export function dayIn(month: Month, dayOfMonth: number): CalendarDay {
  const day = `${month}-${String(dayOfMonth).padStart(2, '0')}`;
  return isCalendarDay(day) ? day : lastDayOf(month);
}

/**
 * The day on which wages are due in a month by the agreed day of the month: the last day of a shorter month, and earlier
 * where it is a day off (江苏省工资支付条例; 保障农民工工资支付条例 14). It may so fall before the month begins.
 */
export function payDayIn(month: Month, payDay: number, calendar: Pick<Calendar, 'isWorkday'>): CalendarDay {
  let day = dayIn(month, payDay);
  while (!calendar.isWorkday(day)) day = addDays(day, -1);
  return day;
}

/** The last day on which a report of the month may be changed; later it is corrected, and both are kept. */
export function reportDeadline(month: Month, reportDay: number): CalendarDay {
  return `${month}-${String(reportDay).padStart(2, '0')}`;
}

/** Whether an enterprise is left out of the round of a month. */
export function isLeftOut(
  exemption: { fromMonth: Month; toMonth: Month | null } | undefined,
  month: Month,
): boolean {
  return (
    exemption !== undefined &&
    exemption.fromMonth <= month &&
    (exemption.toMonth === null || month < exemption.toMonth)
  );
}

/** How far back a round may be opened by hand. */
export const OLDEST_ROUND_MONTHS = 24;
