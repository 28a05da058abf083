import type { Request, Response } from 'express';
import { DomainError } from '../shared/errors.ts';
import { readTurn } from '../shared/list-address.ts';
import { renderPage, tell } from '../web/pages.ts';
import { posted, readerOf } from '../web/request.ts';
import { channelsInUse } from './channels.ts';
import { readOutboxState, readTicked } from './outbox.form.ts';
import { presentOutbox, queuedSentence } from './outbox.presenter.ts';
import { readOutbox } from './outbox.queries.ts';
import { sendAgain } from './outbox.service.ts';

export async function show(req: Request, res: Response): Promise<void> {
  const state = readOutboxState(req.query);
  const outbox = await readOutbox(readerOf(req), state, readTurn(req.query));
  await renderPage(req, res, 'notices/outbox', presentOutbox(outbox, state, channelsInUse(), req.t));
}

export async function again(req: Request, res: Response): Promise<void> {
  const form = readTicked(posted(req));
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  const count = await sendAgain(readerOf(req).userId, form.values.message);
  if (form.values.message.length === 0) tell(req, 'notifications.done.noneTicked', {}, 'warn');
  else tell(req, `notifications.done.${queuedSentence(channelsInUse())}`, { count });
  res.redirect(303, '/outbox?state=pending');
}
