import type { Request, Response } from 'express';
import { returnTicket } from '../hotline/ticket-handling.service.ts';
import type { FormResult, Posted } from '../shared/form.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { answersIn, readLink, readReturn, readRoute } from './routing.form.ts';
import { confirmRoute } from './routing.service.ts';
import { linkTicket } from './ticket-link.service.ts';
import { presentTicket, type TicketForm } from './ticket-page.presenter.ts';
import { loadTicketPage } from './ticket-page.queries.ts';

const VIEW = 'case-routing/ticket';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await loadTicketPage(readerOf(req), param(req, 'ticketId'));
  await renderPage(req, res, VIEW, presentTicket(req.t, { ...page, key: newFormKey() }));
}

export async function route(req: Request, res: Response): Promise<void> {
  const [reader, ticketId] = [readerOf(req), param(req, 'ticketId')];
  await take(req, res, 'route', readRoute, 'routing.routed', async ({ version, choice }) => {
    await confirmRoute(reader, ticketId, version, choice);
    return '/routing';
  });
}

export async function link(req: Request, res: Response): Promise<void> {
  const [reader, ticketId] = [readerOf(req), param(req, 'ticketId')];
  await take(req, res, 'link', readLink, 'tickets.page.linked', async ({ version, number, linkConsent }) => {
    const { id } = await linkTicket(reader, ticketId, version, { number, enterpriseConsent: linkConsent });
    return `/cases/${id}`;
  });
}

export async function sendBack(req: Request, res: Response): Promise<void> {
  const [reader, ticketId] = [readerOf(req), param(req, 'ticketId')];
  await take(
    req,
    res,
    'return',
    readReturn,
    'tickets.page.returned',
    async ({ version, returnReason, returnRemark }) => {
      await returnTicket(reader, ticketId, version, returnReason, returnRemark);
      return '/routing';
    },
  );
}

/** Takes one of the page's forms; with errors the page stands there again, that form as it was filled in. */
async function take<T>(
  req: Request,
  res: Response,
  form: TicketForm,
  read: (fields: Posted) => FormResult<T>,
  done: string,
  submit: (values: T) => Promise<string>,
): Promise<void> {
  await takeForm(req, res, {
    view: VIEW,
    read,
    submit,
    done,
    present: async (state, key) => {
      const answers = form === 'route' ? answersIn(state) : {};
      const page = await loadTicketPage(readerOf(req), param(req, 'ticketId'), answers);
      return presentTicket(req.t, { ...page, key }, { form, state });
    },
  });
}
