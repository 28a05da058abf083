import type { Request, Response } from 'express';
import { areaChoices } from '../directory/areas.queries.ts';
import { yearOf } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { readBoardFilter } from './board.form.ts';
import { presentBoard } from './board.presenter.ts';
import { loadBoard } from './board.queries.ts';
import { officersIn } from './wage-checks.queries.ts';

/** The year's checks as a board. */
export async function show(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const year = yearOf(today());
  const filter = readBoardFilter(req.query, year);
  const [board, areas, officers] = await Promise.all([
    loadBoard(reader, filter),
    areaChoices(reader, 'directory.read'),
    officersIn(reader),
  ]);
  await renderPage(
    req,
    res,
    'wage-checks/board',
    presentBoard(req.t, { board, filter, areas, officers, year }),
  );
}
