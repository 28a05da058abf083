import type { Request, Response } from 'express';
import { readTurn } from '../shared/list-address.ts';
import { sentKey } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage, tell } from '../web/pages.ts';
import { posted, readerOf } from '../web/request.ts';
import { listRouting } from './proposals.queries.ts';
import { readTicks } from './routing.form.ts';
import { confirmAll } from './routing.service.ts';
import { presentConfirmed, presentRoutingTable } from './routing-table.presenter.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await listRouting(readerOf(req), readTurn(req.query));
  await renderPage(req, res, 'case-routing/table', presentRoutingTable(req.t, page, newFormKey()));
}

/** Confirms every ticked proposal; the next page says how many, and why not the others. */
export async function confirm(req: Request, res: Response): Promise<void> {
  const fields = posted(req);
  const key = sentKey(fields);
  const ticks = readTicks(fields);
  if (ticks.length === 0) tell(req, 'routing.errors.noneTicked', {}, 'warn');
  else req.session.flash = presentConfirmed(req.t, await confirmAll(readerOf(req), ticks, key));
  res.redirect(303, '/routing');
}
