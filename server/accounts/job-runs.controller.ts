import type { Request, Response } from 'express';
import { readTurn } from '../shared/list-address.ts';
import { renderPage } from '../web/pages.ts';
import { presentJobRuns } from './job-runs.presenter.ts';
import { listJobRuns } from './job-runs.queries.ts';

export async function list(req: Request, res: Response): Promise<void> {
  const runs = await listJobRuns(readTurn(req.query));
  await renderPage(req, res, 'accounts/job-runs', presentJobRuns(runs, req.t));
}
