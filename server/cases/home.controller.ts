import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { presentHome } from './home.presenter.ts';
import { loadHome } from './home.queries.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const home = await loadHome(readerOf(req));
  await renderPage(req, res, 'cases/home', presentHome(req.t, home, today()));
}
