import type { Request, Response } from 'express';
import { caseForm } from '../cases/case-form.controller.ts';
import { areaChoices } from '../directory/areas.queries.ts';
import { today } from '../shared/clock.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { recordCall } from './calls.service.ts';
import { presentFollowUpList, type ShownFollowUps } from './follow-up-list.presenter.ts';
import { listFollowUps } from './follow-up-list.queries.ts';
import { presentFollowUp, redoFields, reopeningFields } from './follow-up-page.presenter.ts';
import { loadFollowUpPage } from './follow-up-page.queries.ts';
import { doneWord } from './follow-up-words.presenter.ts';
import { readCall, readFollowUpFilter, readRedoAnswer, readReopening } from './follow-ups.form.ts';
import { answerRedo } from './redo.service.ts';
import { reopenCase } from './reopening.service.ts';

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'follow-ups/list', presentFollowUpList(req.t, await shownList(req)));
}

/** Every follow-up of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentFollowUpList(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownFollowUps> {
  const reader = readerOf(req);
  const filter = readFollowUpFilter(req.query);
  const [page, areas] = await Promise.all([
    listFollowUps(reader, filter, size ? {} : readTurn(req.query), size),
    areaChoices(reader, 'followUps.list'),
  ]);
  return { filter, page, areas, today: today() };
}

export async function show(req: Request, res: Response): Promise<void> {
  const page = await loadFollowUpPage(readerOf(req), param(req, 'followUpId'));
  const form = { values: {}, errors: [] };
  await renderPage(req, res, 'follow-ups/show', presentFollowUp(page, form, newFormKey(), today(), req.t));
}

export async function call(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const id = param(req, 'followUpId');
  const page = await loadFollowUpPage(reader, id);
  await takeForm(req, res, {
    view: 'follow-ups/show',
    read: readCall,
    submit: async (values) => {
      await recordCall(reader, id, values);
      return `/follow-ups/${id}`;
    },
    done: doneWord(posted(req)),
    present: (state, key) => presentFollowUp(page, state, key, today(), req.t),
  });
}

export const redo = caseForm({
  action: 'answerRedo',
  path: () => 'redo',
  present: redoFields,
  read: readRedoAnswer,
  submit: answerRedo,
});

export const reopening = caseForm({
  action: 'reopen',
  path: () => 'reopening',
  present: reopeningFields,
  read: readReopening,
  submit: reopenCase,
});
