import type { Command } from 'commander';
import { pino } from 'pino';
import type { Config } from '../config/index.ts';
import { isCalendarDay } from '../server/shared/calendar-day.ts';
import { Conflict, Unacceptable } from '../server/shared/errors.ts';
import { runJob } from './run.ts';
import { JOB_NAMES, JOBS } from './schedule.ts';

/** `job NAME [--date YYYY-MM-DD]`: runs a job now, unless another process does; prints what it did as JSON. */
export function addJobCommand(program: Command, { logLevel }: Config): void {
  program
    .command('job <name>')
    .description(`run a job now: ${JOB_NAMES.join(', ')}`)
    .option('--date <day>', 'the day that the job asks about, YYYY-MM-DD; today when absent')
    .action(async (name: string, { date }: { date?: string }) => {
      const job = JOB_NAMES.find((known) => known === name);
      if (!job) throw new Unacceptable('jobs.errors.unknown', { name, names: JOB_NAMES.join(', ') });
      if (date !== undefined && !isCalendarDay(date)) throw new Unacceptable('errors.notADay');
      const result = await runJob(
        job,
        JOBS[job],
        { day: date },
        pino({ level: logLevel }, pino.destination(2)),
      );
      if (result.state === 'elsewhere') throw new Conflict('jobs.errors.elsewhere');
      if (result.state === 'failed') throw new Conflict('jobs.errors.failed');
      process.stdout.write(`${JSON.stringify(result.counts)}\n`);
    });
}
