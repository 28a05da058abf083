import type { Request, RequestHandler, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import { answerOnce } from '../accounts/once.service.ts';
import { DomainError } from '../shared/errors.ts';
import { manyIds, readForm, type FormResult, type Posted } from '../shared/form.ts';
import { listHref } from '../shared/list-address.ts';
import { DEFAULT_LANGUAGE, type Translate } from '../shared/language.ts';
import { sentKey, takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { translator } from '../web/language.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import * as forms from './handling.form.ts';
import * as fields from './handling.presenter.ts';
import { findForAction } from './handling.queries.ts';
import { correctReply, loadReplyDraft, replyToTicket } from './reply.service.ts';
import * as service from './ticket-handling.service.ts';
import type { TicketAction } from './ticket-handling.rules.ts';

const VIEW = 'cases/action';

/** One action on a ticket as a page with a form: what it shows, how it is read, and the service that takes it. */
interface TicketForm<T extends { version: number }> {
  action: TicketAction;
  /** What the page is named after (`handling.actions`), where it is not the action itself. */
  name?: string;
  path: string;
  present(
    facts: fields.ActionFacts,
    values: Posted,
    t: Translate,
    req: Request,
  ): fields.TicketFields | Promise<fields.TicketFields>;
  read(posted: Posted): FormResult<T>;
  submit(reader: Reader, ticketId: string, values: T): Promise<unknown>;
}

function ticketForm<T extends { version: number }>(
  form: TicketForm<T>,
): { show: RequestHandler; submit: RequestHandler } {
  const { action, name = form.action, path } = form;
  const page = async (req: Request, state: FormState, key: string): Promise<PageModel> => {
    const facts = await findForAction(readerOf(req), param(req, 'ticketId'), action);
    const shown = await form.present(facts, state.values, req.t, req);
    return fields.presentTicketAction(req.t, name, { ticket: facts.ticket, path, shown }, state, key);
  };
  return {
    show: async (req, res) => {
      const { isOpen } = await findForAction(readerOf(req), param(req, 'ticketId'), action);
      if (!isOpen) return leave(req, res);
      await renderPage(req, res, VIEW, await page(req, { values: {}, errors: [] }, newFormKey()));
    },
    submit: async (req, res) => {
      const [reader, ticketId] = [readerOf(req), param(req, 'ticketId')];
      const { isOpen } = await findForAction(reader, ticketId, action);
      await takeForm(req, res, {
        view: VIEW,
        read: form.read,
        submit: async (values) => {
          await form.submit(reader, ticketId, values);
          return `/tickets/${ticketId}`;
        },
        done: `handling.done.${name}`,
        present: (state, key) => {
          if (!isOpen) throw new DomainError(409, 'tickets.errors.dealtWith');
          return page(req, state, key);
        },
      });
    },
  };
}

/** The action is not open any more: back to the ticket, which says how it stands. */
function leave(req: Request, res: Response): void {
  tell(req, 'handling.errors.notNow', {}, 'warn');
  res.redirect(303, `/tickets/${param(req, 'ticketId')}`);
}

export const returnRequest = ticketForm({
  action: 'askReturn',
  path: 'return-request',
  present: fields.returnRequestFields,
  read: forms.readReturnRequest,
  submit: (reader, ticketId, { version, ...wish }) => service.askReturn(reader, ticketId, version, wish),
});

export const returnDecision = ticketForm({
  action: 'refuseReturn',
  name: 'decideReturn',
  path: 'return-request/decision',
  present: fields.returnDecisionFields,
  read: forms.readReturnDecision,
  submit: (reader, ticketId, { version, ...wish }) => service.decideReturn(reader, ticketId, version, wish),
});

export const returnUndoing = ticketForm({
  action: 'undoReturn',
  path: 'return-undoing',
  present: fields.undoingFields,
  read: forms.readUndoing,
  submit: (reader, ticketId, { version, ...wish }) => service.undoReturn(reader, ticketId, version, wish),
});

export const reopening = ticketForm({
  action: 'reopen',
  path: 'reopening',
  present: fields.reopeningFields,
  read: forms.readReopening,
  submit: (reader, ticketId, { version, ...wish }) => service.reopenTicket(reader, ticketId, version, wish),
});

export const extension = ticketForm({
  action: 'extend',
  path: 'extension',
  present: fields.extensionFields,
  read: forms.readExtension,
  submit: (reader, ticketId, { version, ...wish }) => service.extendTicket(reader, ticketId, version, wish),
});

async function presentReply(
  { ticket }: fields.ActionFacts,
  values: Posted,
  t: Translate,
  req: Request,
): Promise<fields.TicketFields> {
  const draft = await loadReplyDraft(readerOf(req), ticket.id);
  return fields.replyFields(draft, values, t, translator(DEFAULT_LANGUAGE));
}

export const reply = ticketForm({
  action: 'reply',
  path: 'reply',
  present: presentReply,
  read: forms.readReply,
  submit: (reader, ticketId, { version, ...wish }) => replyToTicket(reader, ticketId, version, wish),
});

export const replyCorrection = ticketForm({
  action: 'correctReply',
  path: 'reply/correction',
  present: presentReply,
  read: forms.readReply,
  submit: (reader, ticketId, { version, ...wish }) => correctReply(reader, ticketId, version, wish),
});

/** The button of a ticket's page. */
export async function sign(req: Request, res: Response): Promise<void> {
  const [reader, ticketId] = [readerOf(req), param(req, 'ticketId')];
  const fields = posted(req);
  const form = forms.readVersion(fields);
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  const { version } = form.values;
  const sending = { key: sentKey(fields), userId: reader.userId, body: { path: req.path, version } };
  const answer = await answerOnce(sending, async () => {
    await service.signTicket(reader, ticketId, version);
    return `/tickets/${ticketId}`;
  });
  tell(req, 'handling.done.sign');
  res.redirect(303, answer);
}

/** The ticked rows of the list; those that somebody signed for meanwhile stay as they are. */
export async function signMany(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const form = readForm({ ticket: manyIds() }, posted(req));
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  const { ticket: ticketIds } = form.values;
  const signed = await service.signTickets(reader, ticketIds);
  if (ticketIds.length === 0) tell(req, 'handling.errors.noneTicked', {}, 'warn');
  else if (signed === ticketIds.length) tell(req, 'handling.done.signMany', { signed });
  else tell(req, 'handling.done.signSome', { signed, others: ticketIds.length - signed }, 'warn');
  res.redirect(303, listHref('/tickets', { handling: 'awaitingSigning' }));
}
