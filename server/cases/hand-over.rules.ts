import { isOverdue } from '../deadlines/clocks.rules.ts';
import { addWorkingDays, type Calendar } from '../deadlines/working-days.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';

/** So many working days a receiver has for an answer before the dispatcher is shown the offer. P, ours. */
export const ANSWER_DAYS = 2;

/** Whether an offer of this day has waited longer for its answer than it should. */
export function isUnanswered(offeredOn: CalendarDay, today: CalendarDay, calendar: Calendar): boolean {
  return isOverdue(addWorkingDays(calendar, offeredOn, ANSWER_DAYS).day, today);
}
