import { dayOf, type CalendarDay } from './calendar-day.ts';

let readClock = (): Date => new Date();

/** The present instant; the services know no other source of time. */
export function now(): Date {
  return readClock();
}

/** The town's calendar day (Asia/Shanghai) at this instant. */
export function today(): CalendarDay {
  return dayOf(now());
}

/** Replaces the clock, in tests and while the demo town is loaded; without an argument the real clock returns. */
export function setClock(clock: () => Date = () => new Date()): void {
  readClock = clock;
}
