import type { TownSettings } from '../../config/town.ts';
import type { Deadline } from '../deadlines/clocks.rules.ts';
import {
  addWorkingDays,
  addWorkingHours,
  explainWorkingDays,
  workingHoursBetween,
  type Calendar,
} from '../deadlines/working-days.rules.ts';
import { dayOf, instantOf, wallClock, type CalendarDay } from '../shared/calendar-day.ts';
import { OPEN_HANDLINGS, type Handling } from './ticket-handling.rules.ts';

/** What the clocks of a ticket need of a town's settings; the hotline's limits are the town's (DOMAIN §2). */
export type TicketClockSettings = Pick<
  TownSettings,
  | 'ticketSignHours'
  | 'ticketReturnWorkingDays'
  | 'ticketReplyWorkingDays'
  | 'redoWorkingDays'
  | 'firstContactWorkingDays'
  | 'ticketWarningPercents'
  | 'officeHours'
>;

/** The deadlines that the hotline's own file gives; they stand instead of the town's own counting. */
export interface GivenDeadlines {
  givenSignDueAt: Date | null;
  givenReplyDueOn: CalendarDay | null;
}

/** What the clocks of a ticket look at. */
export interface ClockedTicket extends Pick<GivenDeadlines, 'givenReplyDueOn'> {
  /** When the hotline sent it, or else when the call came in; after a return when it was sent again. */
  clockFrom: Date;
  extensionDays: number | null;
  redoneOn: CalendarDay | null;
}

/** The deadline of signing, to the minute, with its arithmetic. */
export interface SignDeadline extends Omit<Deadline, 'dueOn'> {
  dueAt: Date;
}

/** Signing is due when the hotline says, else 4 office hours after the ticket was sent (DOMAIN §2). */
export function signDeadline(
  { clockFrom: from, givenSignDueAt: given }: { clockFrom: Date } & Pick<GivenDeadlines, 'givenSignDueAt'>,
  settings: TicketClockSettings,
  calendar: Calendar,
): SignDeadline {
  if (holdsSign(given, from)) {
    const values = { time: wallClock(given) };
    return {
      dueAt: given,
      provisional: false,
      explanation: [{ key: 'handling.clocks.signGiven', values }],
    };
  }
  const { ticketSignHours: count, officeHours } = settings;
  const { dueAt, provisional, ...met } = addWorkingHours(calendar, from, count, officeHours);
  const hours = officeHours.map((span) => `${span.from}–${span.to}`).join('、');
  return {
    dueAt,
    provisional,
    explanation: [
      { key: 'handling.clocks.sentAt', values: { time: wallClock(from) } },
      { key: 'handling.clocks.sign', values: { count, hours } },
      ...explainWorkingDays(met),
      { key: 'handling.clocks.signBy', values: { time: wallClock(dueAt) } },
    ],
  };
}

/**
 * The answer is due when the hotline says, else 5 working days after the ticket was sent, later by its one extension; of a redo 3 working days after
 * it was ordered (DOMAIN §2).
 */
export function replyDeadline(
  { clockFrom, extensionDays, redoneOn, givenReplyDueOn: given }: ClockedTicket,
  { ticketReplyWorkingDays, redoWorkingDays }: TicketClockSettings,
  calendar: Calendar,
): Deadline {
  if (redoneOn !== null)
    return workingDeadline('redo', redoneOn, [{ rule: 'redo', count: redoWorkingDays }], calendar);
  const extension = extensionDays === null ? [] : [{ rule: 'extension', count: extensionDays }];
  if (holdsReply(given, clockFrom)) {
    if (extensionDays !== null) return workingDeadline('given', given, extension, calendar);
    const explanation = [{ key: 'handling.clocks.replyGiven', values: { day: given } }];
    return { dueOn: given, explanation, provisional: false };
  }
  const rules = [{ rule: 'reply', count: ticketReplyWorkingDays }, ...extension];
  return workingDeadline('dispatch', dayOf(clockFrom), rules, calendar);
}

/** What was given for an earlier sending of the ticket holds no longer. */
function holdsSign(given: Date | null, clockFrom: Date): given is Date {
  return given !== null && given > clockFrom;
}

function holdsReply(given: CalendarDay | null, clockFrom: Date): given is CalendarDay {
  return given !== null && given >= dayOf(clockFrom);
}

/** A return is asked for within 1 working day of the ticket's arrival here (DOMAIN §2). */
export function returnDeadline(
  arrivedAt: Date,
  { ticketReturnWorkingDays: count }: TicketClockSettings,
  calendar: Calendar,
): Deadline {
  return workingDeadline('arrival', dayOf(arrivedAt), [{ rule: 'return', count }], calendar);
}

/** The worker is contacted as early as in any case: 2 working days after the ticket was sent (P, for the 响应率). */
export function contactDeadline(
  clockFrom: Date,
  { firstContactWorkingDays: count }: TicketClockSettings,
  calendar: Calendar,
): Deadline {
  return workingDeadline('dispatch', dayOf(clockFrom), [{ rule: 'contact', count }], calendar);
}

function workingDeadline(
  began: string,
  dayZero: CalendarDay,
  rules: { rule: string; count: number }[],
  calendar: Calendar,
): Deadline {
  const days = rules.reduce((sum, { count }) => sum + count, 0);
  const count = addWorkingDays(calendar, dayZero, days);
  return {
    dueOn: count.day,
    explanation: [
      { key: `handling.clocks.dayZero.${began}`, values: { day: dayZero } },
      ...rules.map(({ rule, count: added }) => ({
        key: `handling.clocks.${rule}`,
        values: { count: added },
      })),
      ...explainWorkingDays(count),
      { key: 'deadlines.dueOn', values: { day: count.day } },
    ],
    provisional: count.provisionalYears.length > 0,
  };
}

/** The due dates that a ticket stores. */
export interface TicketDueDates {
  clockFrom: Date;
  signDueAt: Date;
  replyDueOn: CalendarDay;
  contactDueOn: CalendarDay;
}

/** The due dates of a ticket that the hotline sends: its clocks run from the sending, else from the call. */
export function dueDatesFrom(
  clockFrom: Date,
  given: GivenDeadlines,
  settings: TicketClockSettings,
  calendar: Calendar,
): TicketDueDates {
  const counted = {
    ...dueDaysFrom(clockFrom, settings, calendar),
    ...signDueFrom(clockFrom, settings, calendar),
  };
  return asGiven(counted, given);
}

/** The deadlines that the hotline gives in place of those that were counted. */
export function asGiven(
  counted: TicketDueDates,
  { givenSignDueAt, givenReplyDueOn }: GivenDeadlines,
): TicketDueDates {
  const { clockFrom } = counted;
  return {
    ...counted,
    ...(holdsSign(givenSignDueAt, clockFrom) ? { signDueAt: givenSignDueAt } : {}),
    ...(holdsReply(givenReplyDueOn, clockFrom) ? { replyDueOn: givenReplyDueOn } : {}),
  };
}

/** Those that are the same for everything that was sent on one day. */
export function dueDaysFrom(
  clockFrom: Date,
  settings: TicketClockSettings,
  calendar: Calendar,
): Pick<TicketDueDates, 'replyDueOn' | 'contactDueOn'> {
  const fresh = { clockFrom, extensionDays: null, redoneOn: null, givenReplyDueOn: null };
  return {
    replyDueOn: replyDeadline(fresh, settings, calendar).dueOn,
    contactDueOn: contactDeadline(clockFrom, settings, calendar).dueOn,
  };
}

/** Those that depend on the minute. */
export function signDueFrom(
  clockFrom: Date,
  { ticketSignHours, officeHours }: TicketClockSettings,
  calendar: Calendar,
): Pick<TicketDueDates, 'clockFrom' | 'signDueAt'> {
  const { dueAt: signDueAt } = addWorkingHours(calendar, clockFrom, ticketSignHours, officeHours);
  return { clockFrom, signDueAt };
}

/** How much of a clock's office time has passed, as the town wants to be warned: half, nearly all, or all of it. */
export type Warning = 'none' | 'half' | 'nearly' | 'over';

/** The warning of a clock that runs from `from` to `dueAt`. */
export function warningOf(
  { from, dueAt }: { from: Date; dueAt: Date },
  now: Date,
  { ticketWarningPercents: [half, nearly, over], officeHours }: TicketClockSettings,
  calendar: Calendar,
): Warning {
  if (now > dueAt) return 'over';
  const all = workingHoursBetween(calendar, from, dueAt, officeHours);
  const passed = workingHoursBetween(calendar, from, now, officeHours);
  const percent = all === 0 ? 0 : (passed / all) * 100;
  if (percent >= over) return 'over';
  return percent >= nearly ? 'nearly' : percent >= half ? 'half' : 'none';
}

/** The last instant of a due day: until then an answer is in time. */
export function endOfDay(day: CalendarDay): Date {
  return instantOf(day, '23:59:59');
}

/** The clock that a ticket is judged by now, with how much of it has passed. */
export interface RunningTicketClock {
  kind: 'sign' | 'reply';
  dueAt: Date;
  warning: Warning;
}

/** What says which clock of a ticket runs. */
export interface TicketOnClock {
  handling: Handling;
  clockFrom: Date | null;
  signDueAt: Date | null;
  replyDueOn: CalendarDay;
  redoneOn: CalendarDay | null;
}

/** The clock of a ticket; null for one that was answered or returned, or that stands outside the hotline's clocks. */
export function runningClock(
  { handling, clockFrom, signDueAt, replyDueOn, redoneOn }: TicketOnClock,
  now: Date,
  settings: TicketClockSettings,
  calendar: Calendar,
): RunningTicketClock | null {
  if (clockFrom === null || !OPEN_HANDLINGS.includes(handling)) return null;
  const kind = handling === 'awaitingSigning' ? 'sign' : 'reply';
  const dueAt = kind === 'sign' && signDueAt !== null ? signDueAt : endOfDay(replyDueOn);
  const from = redoneOn === null ? clockFrom : endOfDay(redoneOn);
  return { kind, dueAt, warning: warningOf({ from, dueAt }, now, settings, calendar) };
}
