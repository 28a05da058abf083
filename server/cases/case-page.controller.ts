import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { presentCasePage } from './case-page.presenter.ts';
import { loadCasePage } from './case-page.queries.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  await renderPage(req, res, 'cases/show', presentCasePage(page, today(), req.t));
}
