import { goUpWhereDue } from '../server/case-routing/going-up.service.ts';
import { endExpiredSessions } from '../server/accounts/expired-sessions.service.ts';
import { openFollowUps } from '../server/follow-ups/opening.service.ts';
import { deliverOutbox } from '../server/notifications/delivery.service.ts';
import { dailyDigest } from '../server/notifications/digest.service.ts';
import { draftFailures } from '../server/mediation/expiry.service.ts';
import { markBreaches } from '../server/settlements/default.service.ts';
import { remindInformants, remindLate, remindOfficers } from '../server/wage-checks/reminders.service.ts';
import { openRound } from '../server/wage-checks/rounds.service.ts';
import { evaluateWarnings } from '../server/wage-checks/warning-night.service.ts';
import type { JobContext, JobCounts } from '../server/shared/job.ts';

export interface Job {
  /** When it runs, in Asia/Shanghai, as cron writes it. */
  cron: string;
  run(context: JobContext): Promise<JobCounts>;
  /** Runs so often that of the runs which found nothing to do only the last is kept. */
  often?: true;
}

/**
 * Every job. A job asks what is due on a day, so that a missed or a doubled run does no harm; they run each hour, so that a
 * process that slept over midnight is an hour late at most; what waits to be sent goes each minute.
 */
export const JOBS = {
  goingUp: { cron: '5 * * * *', run: goUpWhereDue },
  deadlines: { cron: '10 * * * *', run: draftFailures },
  instalments: { cron: '15 * * * *', run: markBreaches },
  followUps: { cron: '20 * * * *', run: openFollowUps },
  openRound: { cron: '22 * * * *', run: openRound },
  deliverOutbox: { cron: '* * * * *', run: deliverOutbox, often: true },
  dailyDigest: { cron: '25 * * * *', run: dailyDigest },
  warnings: { cron: '30 * * * *', run: evaluateWarnings },
  remindInformants: { cron: '35 * * * *', run: remindInformants },
  remindOfficers: { cron: '40 * * * *', run: remindOfficers },
  remindLate: { cron: '45 * * * *', run: remindLate },
  expiredSessions: { cron: '50 * * * *', run: endExpiredSessions },
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];
