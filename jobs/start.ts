import { schedule, type ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import { wallClock } from '../server/shared/calendar-day.ts';
import { runJob } from './run.ts';
import { JOB_NAMES, JOBS } from './schedule.ts';

/** Lets the jobs run by their schedule, in every process that serves; the lease decides which one does. Gives the stop. */
export function startJobs(log: Logger): () => Promise<void> {
  const running = new Set<Promise<unknown>>();
  const tasks = JOB_NAMES.map((name): ScheduledTask =>
    schedule(
      JOBS[name].cron,
      ({ date }) => {
        const run = runJob(name, JOBS[name], { slot: wallClock(date) }, log)
          .catch((error: unknown) => log.error({ job: name, stack: (error as Error).stack }, 'job failed'))
          .finally(() => running.delete(run));
        running.add(run);
      },
      { name, timezone: 'Asia/Shanghai' },
    ),
  );
  return async () => {
    for (const task of tasks) await task.destroy();
    await Promise.all(running);
  };
}
