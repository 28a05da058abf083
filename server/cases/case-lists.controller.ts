import type { Request, RequestHandler, Response } from 'express';
import { today } from '../shared/clock.ts';
import { optionalInteger, optionalText } from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { presentCaseList } from './case-lists.presenter.ts';
import type { CaseList } from './case-lists.rules.ts';
import { loadCasePage } from './case-page.queries.ts';

/** The page of a whole list of a case. */
export function caseListPage(list: CaseList): RequestHandler {
  return async (req: Request, res: Response): Promise<void> => {
    const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
    const wish = readFilter({ name: optionalText(100), from: optionalInteger(0, 100_000) }, req.query);
    await renderPage(req, res, 'cases/long-list', presentCaseList(page, list, wish, today(), req.t));
  };
}
