import type { TownSettings } from '../../config/town.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { addMonths, dayIn, monthOf, reportDeadline, type Month } from './rounds.rules.ts';

/** A reminder that is due: of which month, and the day from which it was; whoever had it since then is not reminded again. */
export interface Reminder {
  month: Month;
  since: CalendarDay;
}

/** The reminder that came last by a day, of its month or the one before; a process that slept over the day so catches up. */
export function lastReminder(day: CalendarDay, daysOfMonth: readonly number[]): Reminder | null {
  const months = [addMonths(monthOf(day), -1), monthOf(day)];
  const since = months
    .flatMap((month) => daysOfMonth.map((one) => dayIn(month, one)))
    .findLast((one) => one <= day);
  return since === undefined ? null : { month: monthOf(since), since };
}

/** The reminder of the informants, with the last day of their report; after that day there is none. */
export function reportReminder(
  day: CalendarDay,
  {
    informantReminderDays,
    warningReportDay,
  }: Pick<TownSettings, 'informantReminderDays' | 'warningReportDay'>,
): (Reminder & { dueOn: CalendarDay }) | null {
  const reminder = lastReminder(day, informantReminderDays);
  if (reminder === null) return null;
  const dueOn = reportDeadline(reminder.month, warningReportDay);
  return reminder.month === monthOf(day) && day <= dueOn ? { ...reminder, dueOn } : null;
}
