import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../../config/root.ts';
import type { JobName } from '../../jobs/schedule.ts';
import { fileOfModule } from './cli.ts';
import { testEnvironment } from './http.ts';

/** What a process is to do: run these jobs, as if it were each of these times ('YYYY-MM-DD HH:MM') in turn. */
export interface JobOrder {
  times: string[];
  jobs: readonly JobName[];
  /** Runs the sweeps without the lease that keeps two of them apart. */
  withoutLease?: boolean;
}

/** How the runs ended, by state, and what they counted. */
export interface JobAnswer {
  states: Record<string, number>;
  counts: Record<string, number>;
}

/** A process of the operating system that runs jobs of the program on a database, at the times that it is told. */
export class JobProcess {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  static async start(databaseUrl: string, environment: Record<string, string> = {}): Promise<JobProcess> {
    const child = fork(fileOfModule('test/support/job-process-main'), {
      cwd: projectRoot,
      env: { ...process.env, ...testEnvironment(databaseUrl), LOG_LEVEL: 'silent', ...environment },
    });
    await answerOf(child);
    return new JobProcess(child);
  }

  /** @throws Error with what the process says of its own */
  async run(order: JobOrder): Promise<JobAnswer> {
    this.child.send(order);
    const answer = await answerOf<JobAnswer | { error: string }>(this.child);
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}

/** @throws Error when the process ends instead of answering */
async function answerOf<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const died = once(child, 'exit', ended).then(([code]) => {
    throw new Error(`the process ended with ${code as number}`);
  });
  try {
    return (await Promise.race([once(child, 'message', ended), died]))[0] as T;
  } finally {
    died.catch(() => undefined);
    ended.abort();
  }
}
