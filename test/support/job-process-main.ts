import { pino } from 'pino';
import { readConfig } from '../../config/index.ts';
import { runJob } from '../../jobs/run.ts';
import { JOBS } from '../../jobs/schedule.ts';
import { closeDatabase, inTx } from '../../models/dialect.ts';
import { openProgram } from '../../server/program.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock, today } from '../../server/shared/clock.ts';
import type { JobAnswer, JobOrder } from './job-process.ts';

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });

/** Every job at every time; one whose lease another process has is that one's. */
async function carryOut({ times, jobs, withoutLease }: JobOrder): Promise<JobAnswer> {
  const answer: JobAnswer = { states: {}, counts: {} };
  for (const slot of times) {
    setClock(() => instantOf(slot.slice(0, 10), slot.slice(11)));
    for (const name of jobs) {
      const result = withoutLease
        ? { state: 'done' as const, counts: await JOBS[name].run({ day: today(), inTurn: inTx }) }
        : await runJob(name, JOBS[name], { slot, day: today() }, log);
      add(answer.states, result.state, 1);
      if (result.state === 'done')
        for (const [what, count] of Object.entries(result.counts)) add(answer.counts, what, count);
    }
  }
  return answer;
}

function add(sums: Record<string, number>, name: string, count: number): void {
  sums[name] = (sums[name] ?? 0) + count;
}

async function main(): Promise<void> {
  await openProgram(readConfig());
  process.on('message', (order: JobOrder) => {
    carryOut(order).then(
      (answer) => process.send!(answer),
      (error: unknown) => process.send!({ error: (error as Error).stack }),
    );
  });
  process.on('disconnect', () => void closeDatabase().then(() => process.exit(0)));
  process.send!('ready');
}

void main();
