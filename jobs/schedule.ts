import { endExpiredSessions } from '../server/accounts/expired-sessions.service.ts';
import type { JobContext, JobCounts } from '../server/shared/job.ts';

export interface Job {
  /** When it runs, in Asia/Shanghai, as cron writes it. */
  cron: string;
  run(context: JobContext): Promise<JobCounts>;
}

/**
 * Every job. A job asks what is due on a day, so that a missed or a doubled run does no harm; they run each hour, so that a
 * process that slept over midnight is an hour late at most.
 */
export const JOBS = {
  expiredSessions: { cron: '50 * * * *', run: endExpiredSessions },
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];
