import type { Logger } from 'pino';
import { col, Op, where } from 'sequelize';
import { isUniqueViolation } from '../models/dialect.ts';
import { JobRun } from '../models/job-runs.ts';
import type { CalendarDay } from '../server/shared/calendar-day.ts';
import { now, today } from '../server/shared/clock.ts';
import type { JobCounts } from '../server/shared/job.ts';
import { endLease, LeaseLost, takeLease, withLease, type Lease } from './lease.ts';
import type { Job } from './schedule.ts';

/** What came of a run: `elsewhere` when another process runs the job now or has run it for this minute of the schedule. */
export type RunResult =
  { state: 'done'; counts: JobCounts } | { state: 'failed'; failure: string } | { state: 'elsewhere' };

/** Which run: for a minute of the schedule, or because somebody asked; `day` is today unless somebody asks for another. */
export interface RunWish {
  slot?: string;
  day?: CalendarDay;
}

/** Runs a job unless somebody else does, and keeps what came of it. */
export async function runJob(
  name: string,
  job: Pick<Job, 'run' | 'often'>,
  { slot, day = today() }: RunWish,
  log: Logger,
): Promise<RunResult> {
  const lease = await takeLease(name);
  if (lease === null) return { state: 'elsewhere' };
  try {
    await JobRun.update({ state: 'interrupted' }, { where: { name, state: 'running' } });
    const run = await beginRun({ name, slot: slot ?? null, day, fence: lease.fence });
    return run === null ? { state: 'elsewhere' } : await finish(job, run, lease, log);
  } finally {
    await endLease(lease);
  }
}

/** Null when the job has run for this minute already. */
async function beginRun(run: { name: string; slot: string | null; day: CalendarDay; fence: number }) {
  try {
    return await JobRun.create(run);
  } catch (error) {
    if (isUniqueViolation(error)) return null;
    throw error;
  }
}

async function finish(
  job: Pick<Job, 'run' | 'often'>,
  run: JobRun,
  lease: Lease,
  log: Logger,
): Promise<RunResult> {
  const result = await attempt(job, run.day, lease, log);
  await JobRun.update({ ...result, finishedAt: now() }, { where: { id: run.id, state: 'running' } });
  if (job.often && result.state === 'done') await forgetIdleRuns(run, result.counts);
  return result;
}

/** The runs before this one that found nothing to do, as this one did. */
async function forgetIdleRuns({ id, name }: JobRun, counts: JobCounts): Promise<void> {
  if (Object.values(counts).some((count) => count > 0)) return;
  const earlier = { name, state: 'done' as const, id: { [Op.lt]: id }, slot: { [Op.ne]: null } };
  const idle = where(col('counts'), JSON.stringify(counts));
  await JobRun.destroy({ where: { [Op.and]: [earlier, idle] } });
}

async function attempt(
  job: Pick<Job, 'run' | 'often'>,
  day: CalendarDay,
  lease: Lease,
  log: Logger,
): Promise<Exclude<RunResult, { state: 'elsewhere' }>> {
  try {
    const counts = await job.run({ day, inTurn: (work) => withLease(lease, work) });
    log.info({ job: lease.name, day, counts }, 'job done');
    return { state: 'done', counts };
  } catch (error) {
    const failure = error instanceof LeaseLost ? 'overtaken' : 'error';
    log.error({ job: lease.name, day, failure, stack: (error as Error).stack }, 'job failed');
    return { state: 'failed', failure };
  }
}
