import type { Request, Response } from 'express';
import { mergeHints } from '../case-routing/merge-suggestions.queries.ts';
import { findPapers } from '../documents/case-file.service.ts';
import { today } from '../shared/clock.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { jumpLinks } from './case-jumps.presenter.ts';
import { presentCasePage } from './case-page.presenter.ts';
import { loadCasePage } from './case-page.queries.ts';
import { mergeHintNotice } from './merger.presenter.ts';
import { presentPapers } from './papers.presenter.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  const papers = presentPapers(await findPapers(readerOf(req), page.disputeCase), req.t);
  const hint = mergeHintNotice(page, await mergeHints(readerOf(req), page), req.t);
  const shown = presentCasePage(page, today(), req.t);
  const jumps = jumpLinks(shown, papers !== null, req.t);
  await renderPage(req, res, 'cases/show', { ...shown, papers, hint, jumps });
}
