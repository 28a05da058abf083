import type { Request, Response } from 'express';
import { areaChoices } from '../directory/areas.queries.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { completeAction } from './warning-actions.service.ts';
import { presentCourse, presentNewSignal, presentSignalEnd } from './warning-enterprise.presenter.ts';
import { findHandledEnterprise, loadEnterpriseCourse } from './warning-enterprise.queries.ts';
import { presentWarnings, type ShownWarnings } from './warning-list.presenter.ts';
import { presentClearance, presentCompletion, presentWarning } from './warning-page.presenter.ts';
import { clearWarning, endSignal, findSignal, recordSignal } from './warning-signals.service.ts';
import {
  readClearance,
  readCompletion,
  readSignal,
  readSignalEnd,
  readWarningFilter,
} from './warning.form.ts';
import { listWarnings, loadWarningPage, officersWithActions, type WarningPage } from './warning.queries.ts';

const FORM = 'warnings/form';
const EMPTY: FormState = { values: {}, errors: [] };

export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, 'warnings/list', presentWarnings(req.t, await shownList(req)));
}

/** Every warning of the list's filter, as .xlsx. */
export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentWarnings(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownWarnings> {
  const reader = readerOf(req);
  const filter = readWarningFilter(req.query);
  const [page, areas, officers] = await Promise.all([
    listWarnings(reader, filter, size ? {} : readTurn(req.query), size),
    areaChoices(reader, 'warnings.read'),
    officersWithActions(reader),
  ]);
  return { page, filter, areas, officers, today: today() };
}

export async function show(req: Request, res: Response): Promise<void> {
  const page = await loadWarningPage(readerOf(req), param(req, 'warningId'));
  await renderPage(req, res, 'warnings/show', presentWarning(req.t, page));
}

/** The form in which an action is recorded as done. */
export const completion = {
  show: async (req: Request, res: Response): Promise<void> => {
    const { page, action } = await openAction(req);
    if (action.openKey === null) return leave(req, res, page, 'warnings.errors.actionDone');
    const shown = { page, state: EMPTY, key: newFormKey() };
    await renderPage(req, res, FORM, presentCompletion(req.t, shown, action));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const { page, action } = await openAction(req);
    const { id } = page.warning;
    await takeForm(req, res, {
      view: FORM,
      read: readCompletion,
      submit: async (values) => {
        await completeAction(readerOf(req), id, action.id, values);
        return `/warnings/${id}`;
      },
      done: 'warnings.flash.completed',
      present: (state, key): PageModel => presentCompletion(req.t, { page, state, key }, action),
    });
  },
};

/** An action that the reader may record as done. @throws NotFound */
async function openAction(req: Request) {
  const page = await loadWarningPage(readerOf(req), param(req, 'warningId'), 'warnings.handle');
  const action = page.actions.find(({ id }) => id === param(req, 'warningActionId'));
  if (!action) throw new NotFound();
  return { page, action };
}

function leave(req: Request, res: Response, { warning }: WarningPage, sentence: string): void {
  tell(req, sentence, {}, 'warn');
  res.redirect(303, `/warnings/${warning.id}`);
}

/** The form in which the dispatcher confirms that everything was paid. */
export const clearance = {
  show: async (req: Request, res: Response): Promise<void> => {
    const page = await loadWarningPage(readerOf(req), param(req, 'warningId'), 'warnings.clear');
    if (!page.mayClear) return leave(req, res, page, 'warnings.errors.notClearable');
    const shown = { page, state: EMPTY, key: newFormKey() };
    await renderPage(req, res, FORM, presentClearance(req.t, shown));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const page = await loadWarningPage(readerOf(req), param(req, 'warningId'), 'warnings.clear');
    const { id } = page.warning;
    await takeForm(req, res, {
      view: FORM,
      read: readClearance,
      submit: async (values) => {
        await clearWarning(readerOf(req), id, values);
        return `/warnings/${id}`;
      },
      done: 'warnings.flash.cleared',
      present: (state, key): PageModel => presentClearance(req.t, { page, state, key }),
    });
  },
};

/** The wages of an enterprise on one time line. */
export async function showCourse(req: Request, res: Response): Promise<void> {
  const course = await loadEnterpriseCourse(readerOf(req), param(req, 'enterpriseId'));
  await renderPage(req, res, 'warnings/enterprise', presentCourse(req.t, course));
}

/** The form in which a signal of an enterprise is recorded. */
export const signal = {
  show: async (req: Request, res: Response): Promise<void> => {
    const enterprise = await findHandledEnterprise(readerOf(req), param(req, 'enterpriseId'));
    const shown = { enterprise, state: EMPTY, key: newFormKey(), today: today() };
    await renderPage(req, res, FORM, presentNewSignal(req.t, shown));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const enterprise = await findHandledEnterprise(readerOf(req), param(req, 'enterpriseId'));
    await takeForm(req, res, {
      view: FORM,
      read: readSignal,
      submit: async (values) => {
        await recordSignal(readerOf(req), enterprise.id, values);
        return `/enterprises/${enterprise.id}/wages`;
      },
      done: 'warnings.flash.signalled',
      present: (state, key): PageModel => presentNewSignal(req.t, { enterprise, state, key, today: today() }),
    });
  },
};

/** The form in which a signal ends. */
export const signalEnd = {
  show: async (req: Request, res: Response): Promise<void> => {
    const { enterprise, signal: open } = await openSignal(req);
    if (open.endedOn !== null) {
      tell(req, 'warnings.errors.signalEnded', {}, 'warn');
      return res.redirect(303, `/enterprises/${enterprise.id}/wages`);
    }
    const shown = { enterprise, state: EMPTY, key: newFormKey(), today: today() };
    await renderPage(req, res, FORM, presentSignalEnd(req.t, shown, open));
  },
  submit: async (req: Request, res: Response): Promise<void> => {
    const { enterprise, signal: open } = await openSignal(req);
    await takeForm(req, res, {
      view: FORM,
      read: readSignalEnd,
      submit: async (values) => {
        await endSignal(readerOf(req), enterprise.id, open.id, values);
        return `/enterprises/${enterprise.id}/wages`;
      },
      done: 'warnings.flash.signalEnded',
      present: (state, key): PageModel =>
        presentSignalEnd(req.t, { enterprise, state, key, today: today() }, open),
    });
  },
};

async function openSignal(req: Request) {
  const reader = readerOf(req);
  const enterprise = await findHandledEnterprise(reader, param(req, 'enterpriseId'));
  return { enterprise, signal: await findSignal(reader, enterprise.id, param(req, 'signalId')) };
}
