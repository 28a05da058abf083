import type { Request, Response } from 'express';
import { areaChoices } from '../directory/areas.queries.ts';
import { readTurn } from '../shared/list-address.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { readTicketFilter } from './ticket-list.form.ts';
import { presentTicketList, type ShownTicketList } from './ticket-list.presenter.ts';
import { listTickets } from './ticket-list.queries.ts';

export async function list(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req);
  await renderPage(req, res, 'hotline/ticket-list', presentTicketList(req.t, shown));
}

/** Every ticket of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentTicketList(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownTicketList> {
  const reader = readerOf(req);
  const filter = readTicketFilter(req.query);
  const page = await listTickets(reader, filter, size ? {} : readTurn(req.query), size);
  const areas = await areaChoices(reader, 'tickets.list');
  return { filter, page, areas, reader, key: newFormKey() };
}
