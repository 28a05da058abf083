import { addDays, daysBetween, type CalendarDay } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import { addCalendarDays, addWorkingDays, explainWorkingDays, type Calendar } from './working-days.rules.ts';

/** A deadline with its arithmetic; provisional (暂定) when it touches a year whose calendar is not yet published. */
export interface Deadline {
  dueOn: CalendarDay;
  explanation: ExplanationLine[];
  provisional: boolean;
}

/** The lengths of the clocks that a town sets, in working days (`TownSettings` has them all). */
export interface ClockSettings {
  acceptanceWorkingDays: number;
  firstContactWorkingDays: number;
  dispatchWorkingDays: number;
  redoWorkingDays: number;
}

/** 劳动争议调解仲裁法 14 and 企业劳动争议协商调解规定 29: fifteen calendar days, the same everywhere. */
const MEDIATION_DAYS = 15;

/**
 * The statutory clock: 15 calendar days from the day on which the worker's application, or for a ticket the worker's
 * recorded consent to mediation, was received (劳动争议调解仲裁法 14). It never restarts, nor rolls over days off.
 */
export function statutoryDeadline(dayZero: CalendarDay, began: 'application' | 'workerConsent'): Deadline {
  return calendarDeadline(dayZero, began, 'statutory');
}

/** The second date: 15 calendar days from acceptance, extendable only by both parties (企业劳动争议协商调解规定 29). */
export function acceptanceSecondDeadline(acceptedOn: CalendarDay): Deadline {
  return calendarDeadline(acceptedOn, 'acceptance', 'secondDate');
}

/** The day that both parties agreed to, instead of the 15 days (企业劳动争议协商调解规定 29). */
export function extendedDeadline(extendedTo: CalendarDay): Deadline {
  return {
    dueOn: extendedTo,
    explanation: [{ key: 'deadlines.rules.extension', values: { day: extendedTo } }],
    provisional: false,
  };
}

/**
 * Acceptance is due 3 working days after the application, or a ticket's recorded consent, was received; before that, after the
 * first routing, which going up a level does not repeat (企业劳动争议协商调解规定 22; 办案规则 80).
 */
export function acceptanceDeadline(
  dayZero: CalendarDay,
  began: 'application' | 'workerConsent' | 'firstRouting',
  settings: ClockSettings,
  calendar: Calendar,
): Deadline {
  return workingDeadline(dayZero, began, 'acceptance', settings.acceptanceWorkingDays, calendar);
}

/** The first contact is due 2 working days after the case came to its mediator (DOMAIN §5). */
export function firstContactDeadline(
  routedOn: CalendarDay,
  settings: ClockSettings,
  calendar: Calendar,
  danger = false,
): Deadline {
  if (danger) return dangerDeadline(routedOn, 'routing');
  return workingDeadline(routedOn, 'routing', 'firstContact', settings.firstContactWorkingDays, calendar);
}

/** Where somebody may come to harm, whoever has the case speaks to them the same day. P: ours, after 人民调解法 25 */
export function dangerDeadline(dayZero: CalendarDay, began: 'routing' | 'redo'): Deadline {
  return {
    dueOn: dayZero,
    explanation: [
      { key: `deadlines.dayZero.${began}`, values: { day: dayZero } },
      { key: 'deadlines.rules.danger', values: {} },
    ],
    provisional: false,
  };
}

/** A complaint is to be dispatched 1 working day after it was received (DOMAIN §5). */
export function dispatchDeadline(
  receivedOn: CalendarDay,
  settings: ClockSettings,
  calendar: Calendar,
  began: 'receipt' | 'reopening' = 'receipt',
): Deadline {
  return workingDeadline(receivedOn, began, 'dispatch', settings.dispatchWorkingDays, calendar);
}

/** What is to be done again (重办) is due 3 working days after it was asked for (DOMAIN §2, defaults); in danger at once. */
export function redoDeadline(
  redoOn: CalendarDay,
  settings: ClockSettings,
  calendar: Calendar,
  danger: boolean,
): Deadline {
  if (danger) return dangerDeadline(redoOn, 'redo');
  return workingDeadline(redoOn, 'redo', 'redo', settings.redoWorkingDays, calendar);
}

/** The last day of receipt whose complaints should have been dispatched before today. */
export function lastLateReceipt(
  today: CalendarDay,
  settings: ClockSettings,
  calendar: Calendar,
): CalendarDay {
  let day = addDays(today, -1);
  while (!isOverdue(dispatchDeadline(day, settings, calendar).dueOn, today)) day = addDays(day, -1);
  return day;
}

/** Calendar days left until the due day, today not counted: 0 on the day itself, negative when it has passed. */
export function daysLeft(dueOn: CalendarDay, today: CalendarDay): number {
  return daysBetween(today, dueOn);
}

/** Whether the due day has passed; in calendar days, without rolling over days off (DOMAIN §5, clocks). */
export function isOverdue(dueOn: CalendarDay, today: CalendarDay): boolean {
  return today > dueOn;
}

function calendarDeadline(dayZero: CalendarDay, began: string, rule: string): Deadline {
  const dueOn = addCalendarDays(dayZero, MEDIATION_DAYS);
  return {
    dueOn,
    explanation: [
      { key: `deadlines.dayZero.${began}`, values: { day: dayZero } },
      { key: `deadlines.rules.${rule}`, values: { count: MEDIATION_DAYS } },
      { key: 'deadlines.dueOn', values: { day: dueOn } },
    ],
    provisional: false,
  };
}

function workingDeadline(
  dayZero: CalendarDay,
  began: string,
  rule: string,
  days: number,
  calendar: Calendar,
): Deadline {
  const count = addWorkingDays(calendar, dayZero, days);
  return {
    dueOn: count.day,
    explanation: [
      { key: `deadlines.dayZero.${began}`, values: { day: dayZero } },
      { key: `deadlines.rules.${rule}`, values: { count: days } },
      ...explainWorkingDays(count),
      { key: 'deadlines.dueOn', values: { day: count.day } },
    ],
    provisional: count.provisionalYears.length > 0,
  };
}
