import type { Request, Response } from 'express';
import { rootAreaName } from '../directory/areas.queries.ts';
import { today } from '../shared/clock.ts';
import { translator } from '../web/language.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { sendTables } from '../web/table-export.ts';
import { monthFormTables, presentMonthForm } from './month-form.presenter.ts';
import { loadMonthForm } from './month-form.queries.ts';

/** The form as it is printed; a paper is in Chinese. */
export async function show(req: Request, res: Response): Promise<void> {
  const checkId = param(req, 'checkId');
  const form = await loadMonthForm(readerOf(req), checkId);
  const town = await rootAreaName();
  const page = presentMonthForm(req.t, translator('zh-CN'), { form, checkId, town, today: today() });
  await renderPage(req, res, 'wage-checks/month-form', page, { layout: 'print' });
}

export async function xlsx(req: Request, res: Response): Promise<void> {
  const form = await loadMonthForm(readerOf(req), param(req, 'checkId'));
  await sendTables(req, res, monthFormTables(translator('zh-CN'), form));
}
