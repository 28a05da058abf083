import { JobLease, JobRun } from '../../models/job-runs.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import type { Turn } from '../shared/list-address.ts';

const PAGE = 25;

/** What ran: for each job its latest run, and a page of all runs, newest first. */
export interface JobRuns {
  latest: JobRun[];
  history: KeysetPage<JobRun>;
}

export async function listJobRuns(turn: Turn): Promise<JobRuns> {
  const jobs = await JobLease.findAll({ attributes: ['name'], order: [['name', 'ASC']], raw: true });
  const latest = await Promise.all(jobs.map(({ name }) => latestRun(name)));
  const history = await keysetPage(JobRun, 'startedAt', { where: {} }, turn, PAGE, { descending: true });
  return { latest: latest.flatMap((run) => run ?? []), history };
}

function latestRun(name: string): Promise<JobRun | null> {
  return JobRun.findOne({
    where: { name },
    order: [
      ['startedAt', 'DESC'],
      ['id', 'DESC'],
    ],
  });
}
