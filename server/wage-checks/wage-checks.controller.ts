import type { Request, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import { areaChoices, type AreaChoice } from '../directory/areas.queries.ts';
import { today } from '../shared/clock.ts';
import type { FormResult, Posted } from '../shared/form.ts';
import { readTurn } from '../shared/list-address.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { MOST_EXPORTED, sendTable } from '../web/table-export.ts';
import { readFinding, readRectification, readRectificationEnd } from './findings.form.ts';
import { recordFinding } from './findings.service.ts';
import { closeRectification, issueRectification } from './rectifications.service.ts';
import { leaveOut, openRoundByHand, takeBack } from './rounds.service.ts';
import { loadCheckPage } from './wage-checks-page.queries.ts';
import { presentCheck, type CheckForm } from './wage-checks-page.presenter.ts';
import { readCheckFilter, readLeavingOut, readOpening } from './wage-checks.form.ts';
import { presentChecks, presentOpening, type ShownChecks } from './wage-checks.presenter.ts';
import { areaGrants, listChecks, officersIn } from './wage-checks.queries.ts';

const LIST = 'wage-checks/list';
const PAGE = 'wage-checks/show';
const FORM = 'wage-checks/form';

/** This month's checks; an officer begins with what is theirs and not checked yet. */
export async function list(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, LIST, presentChecks(req.t, await shownList(req)));
}

export async function exportList(req: Request, res: Response): Promise<void> {
  const shown = await shownList(req, MOST_EXPORTED);
  const { title, table } = presentChecks(req.t, shown);
  await sendTable(req, res, { title, table, more: shown.page.older !== null });
}

async function shownList(req: Request, size?: number): Promise<ShownChecks> {
  const reader = readerOf(req);
  const day = today();
  const month = day.slice(0, 7);
  const wholeArea = areaGrants(reader, 'wageChecks.read').length > 0;
  const filter = readCheckFilter(req.query, month, wholeArea ? undefined : 'me');
  const [page, areas, officers] = await Promise.all([
    listChecks(reader, filter, size ? {} : readTurn(req.query), size),
    areaChoices(reader, 'directory.read'),
    officersIn(reader),
  ]);
  return { page, filter, areas, officers, month, reader, today: day };
}

export async function show(req: Request, res: Response): Promise<void> {
  await renderPage(req, res, PAGE, await checkPage(req, null));
}

async function checkPage(
  req: Request,
  sent: { form: CheckForm; state: FormState; key: string } | null,
): Promise<PageModel> {
  const page = await loadCheckPage(readerOf(req), param(req, 'checkId'));
  return presentCheck(req.t, { page, sent, newKey: newFormKey, today: today() });
}

/** A form of a check's page: what it reads, and the service that it calls. */
function checkForm<T>(
  form: CheckForm,
  read: (fields: Posted) => FormResult<T>,
  submit: (reader: Reader, checkId: string, values: T) => Promise<void>,
) {
  return async (req: Request, res: Response): Promise<void> => {
    const [reader, checkId] = [readerOf(req), param(req, 'checkId')];
    await loadCheckPage(reader, checkId);
    await takeForm(req, res, {
      view: PAGE,
      read,
      submit: async (values) => {
        await submit(reader, checkId, values);
        return `/wage-checks/${checkId}`;
      },
      done: `wage-checks.done.${form}`,
      present: (state, key) => checkPage(req, { form, state, key }),
    });
  };
}

export const finding = checkForm('finding', readFinding, recordFinding);
export const rectification = checkForm('rectification', readRectification, issueRectification);
export const rectificationEnd = checkForm('rectificationEnd', readRectificationEnd, closeRectification);
export const leavingOut = checkForm('leavingOut', readLeavingOut, leaveOut);
export const takingBack = checkForm(
  'leavingOut',
  (): FormResult<null> => ({ ok: true, values: null }),
  (reader, checkId) => takeBack(reader, checkId),
);

/** A round that is opened by hand. */
export const opening = {
  async show(req: Request, res: Response): Promise<void> {
    await renderPage(req, res, FORM, await openingPage(req, { values: {}, errors: [] }, newFormKey()));
  },
  async submit(req: Request, res: Response): Promise<void> {
    const reader = readerOf(req);
    await takeForm(req, res, {
      view: FORM,
      read: readOpening,
      submit: async (values) => {
        await openRoundByHand(reader, values);
        return `/wage-checks?month=${values.month}&show=all`;
      },
      done: 'wage-checks.opening.done',
      present: (state, key) => openingPage(req, state, key),
    });
  },
};

async function openingPage(req: Request, state: FormState, key: string): Promise<PageModel> {
  const choices = await areaChoices(readerOf(req), 'wageChecks.open');
  const towns: AreaChoice[] = choices.filter(({ villageId }) => villageId === null);
  return presentOpening(req.t, { towns, month: today().slice(0, 7), state, key });
}
