import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { enterpriseNameOf, loadCaseListChoices } from './case-list-choices.queries.ts';
import { readCaseList } from './case-list.form.ts';
import { presentCaseList } from './case-list.presenter.ts';
import { listCases } from './case-list.queries.ts';

export async function list(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const choices = await loadCaseListChoices(reader);
  const question = readCaseList(req.query, choices, reader);
  const { filter } = question;
  const [page, enterpriseName] = await Promise.all([
    listCases(reader, filter, question),
    filter.enterprise ? enterpriseNameOf(reader, filter.enterprise) : null,
  ]);
  const shown = { question, page, choices, enterpriseName, reader, today: today() };
  await renderPage(req, res, 'cases/list', presentCaseList(req.t, shown));
}
