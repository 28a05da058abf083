import type { Request, Response } from 'express';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { sendTables } from '../web/table-export.ts';
import { loadReport } from './indicator.queries.ts';
import { chosenArea, reportAreas } from './report-area.queries.ts';
import { readReportWish } from './report.form.ts';
import {
  presentFaultyWish,
  presentReport,
  presentReportOnPaper,
  type ReportPage,
} from './report.presenter.ts';
import { presentReportTables } from './report-tables.presenter.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await openReport(req, res);
  if (page) await renderPage(req, res, 'reports/show', presentReport(page));
}

export async function print(req: Request, res: Response): Promise<void> {
  const page = await openReport(req, res);
  if (page) await renderPage(req, res, 'reports/show', presentReportOnPaper(page), { layout: 'print' });
}

/** The figures of the report as .xlsx. */
export async function exportFigures(req: Request, res: Response): Promise<void> {
  const page = await openReport(req, res);
  if (page) await sendTables(req, res, presentReportTables(page));
}

/** Loads what the address asks for; when that cannot be, answers with what is wrong and gives null. */
async function openReport(req: Request, res: Response): Promise<ReportPage | null> {
  const { t, language } = req;
  const reader = readerOf(req);
  const day = today();
  const areas = await reportAreas(reader);
  const form = readReportWish(req.query, day);
  if (!form.ok) {
    await renderPage(req, res, 'reports/show', presentFaultyWish(t, areas, req.query, form.errors), {
      status: 422,
    });
    return null;
  }
  const area = chosenArea(areas, form.values.areaId);
  const { period, basis } = form.values;
  const report = await loadReport({ townIds: area.townIds, villageId: area.villageId, period, basis });
  return { t, language, reader, today: day, areas, area, wish: form.values, report };
}
