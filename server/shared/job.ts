import type { CalendarDay } from './calendar-day.ts';

/** What a job is given: the day that it asks about, and how it writes. */
export interface JobContext {
  day: CalendarDay;
  /** Runs one piece of work in a transaction of its own, as long as this process is the one that runs the job. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** How many things a run did, by name (`jobs.counts.*`). */
export type JobCounts = Record<string, number>;
