import type { Request, Response } from 'express';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { readTicketReveal } from './ticket-reveal.form.ts';
import { presentTicketReveal } from './ticket-reveal.presenter.ts';
import { findRevealableCaller, revealCaller } from './ticket-reveal.service.ts';

const VIEW = 'cases/reveal';

/** The form that asks why the caller's phone is to be seen; its answer shows it, and that is on record. */
export async function show(req: Request, res: Response): Promise<void> {
  const ticket = await findRevealableCaller(readerOf(req), param(req, 'ticketId'));
  await renderPage(req, res, VIEW, presentTicketReveal(ticket, req.t, {}));
}

export async function submit(req: Request, res: Response): Promise<void> {
  const [reader, ticketId, values] = [readerOf(req), param(req, 'ticketId'), posted(req)];
  const ticket = await findRevealableCaller(reader, ticketId);
  const form = readTicketReveal(values);
  const shown = form.ok
    ? { values, revealed: await revealCaller(reader, ticketId, form.values.reason) }
    : { values, errors: form.errors };
  const status = form.ok ? 200 : 422;
  await renderPage(req, res, VIEW, presentTicketReveal(ticket, req.t, shown), { status });
}
