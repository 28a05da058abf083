import type { Request, Response } from 'express';
import { areaChoices } from '../directory/areas.queries.ts';
import { readTurn } from '../shared/list-address.ts';
import { renderPage } from '../web/pages.ts';
import { readerOf } from '../web/request.ts';
import { readTicketFilter } from './ticket-list.form.ts';
import { presentTicketList } from './ticket-list.presenter.ts';
import { listTickets } from './ticket-list.queries.ts';

export async function list(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const filter = readTicketFilter(req.query);
  const page = await listTickets(reader, filter, readTurn(req.query));
  const areas = await areaChoices(reader, 'tickets.list');
  await renderPage(
    req,
    res,
    'hotline/ticket-list',
    presentTicketList(req.t, { filter, page, areas, reader }),
  );
}
