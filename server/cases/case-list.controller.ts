import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { enterpriseNameOf, loadCaseListChoices } from './case-list-choices.queries.ts';
import { readCaseList } from './case-list.form.ts';
import { presentCaseList, type ShownCaseList } from './case-list.presenter.ts';
import { listCases } from './case-list.queries.ts';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'cases/list', presentCaseList(req.t, await shownList(req)));
}

/** Every case of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentCaseList(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownCaseList> {
  const reader = readerOf(req);
  const choices = await loadCaseListChoices(reader);
  const question = readCaseList(req.query, choices, reader);
  const { filter } = question;
  const [page, enterpriseName] = await Promise.all([
    listCases(reader, filter, size ? { sort: question.sort } : question, size),
    filter.enterprise ? enterpriseNameOf(reader, filter.enterprise) : null,
  ]);
  return { question, page, choices, enterpriseName, reader, today: today() };
}
