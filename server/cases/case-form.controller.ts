import type { Request, RequestHandler, Response } from 'express';
import type { Reader } from '../accounts/access.rules.ts';
import { answerOnce } from '../accounts/once.service.ts';
import { Conflict, DomainError, type FieldError } from '../shared/errors.ts';
import { readForm, requiredInteger, requiredText, type FormResult, type Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { newFormKey, attempt, withErrors } from '../web/form-view.ts';
import { renderPage, tell } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import type { FormView, Notice, SummaryList } from '../web/view-model.ts';
import { isInSight } from './case.queries.ts';
import { loadCasePage, type CasePage } from './case-page.queries.ts';
import { goneWords } from './danger.presenter.ts';
import { deskOf } from './desk.queries.ts';
import type { CaseAction } from './lifecycle.rules.ts';

/** What the form of an action shows; the rest of it (case, version, errors, buttons) is the same for all. */
export type ActionFields = Pick<FormView, 'fields' | 'sections'> & {
  lead?: string;
  danger?: boolean;
  /** What must be seen before the form is filled in. */
  notice?: Notice;
  /** What the form is about. */
  list?: SummaryList;
};

/** One action of a case as a page with a form: what it shows, how it is read, and the service that takes it. */
export interface CaseForm<T> {
  /** The action that must be open to the reader for the page to be shown. */
  action: CaseAction;
  /** Whether it is open for what the address names, too. */
  opens?(page: CasePage, req: Request): boolean;
  /** The sentence for a page that is not open, where there is a better one than the usual. */
  closed?(page: CasePage): string | undefined;
  /** What the page is named after (`cases.actions`), where it is not the action itself. */
  title?: CaseAction | 'changeClaims' | 'fillAgreed' | 'severalPayments' | 'severalVerifications';
  /** The address behind `/cases/:caseId/`, as the request has it. */
  path(req: Request): string;
  present(page: CasePage, values: Posted, t: Translate, req: Request): ActionFields | Promise<ActionFields>;
  read(fields: Posted): FormResult<T>;
  submit(reader: Reader, caseId: string, version: number, values: T, req: Request): Promise<unknown>;
}

const hiddenState = { version: requiredInteger(0, 999_999_999), idempotencyKey: requiredText(64) };

/** The two handlers of an action's page: show the form, and take what it posts. */
export function caseForm<T>(form: CaseForm<T>): { show: RequestHandler; submit: RequestHandler } {
  return {
    show: async (req, res) => {
      const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
      if (!isOpen(form, page, req)) return leave(req, res, page, form.closed?.(page));
      await showForm(form, req, res, page, { values: {}, errors: [], key: newFormKey() });
    },
    submit: async (req, res) => {
      const reader = readerOf(req);
      const caseId = param(req, 'caseId');
      const fields = posted(req);
      const state = readForm(hiddenState, fields);
      if (!state.ok) throw new DomainError(400, 'errors.badRequest');
      const { version, idempotencyKey: key } = state.values;
      const read = form.read(fields);
      const result = read.ok
        ? await attempt(() => take(form, { reader, caseId, version, key, values: read.values, req }))
        : read;
      if ('done' in result) {
        await tellDone(form, req, caseId, result.done);
        return res.redirect(303, result.done);
      }
      const page = await loadCasePage(reader, caseId);
      if (!isOpen(form, page, req)) throw new Conflict();
      // A form that was wrong keeps the version it was opened with; one that was late goes on with the present one.
      const late = result.errors.some(({ sentence }) => sentence === 'errors.stale');
      const again = late ? { status: 409 } : { status: 422, version };
      await showForm(form, req, res, page, { values: fields, errors: result.errors, key, ...again });
    },
  };
}

/** What was done; by some entries the case goes to somebody else at once, without their having been made for that. */
async function tellDone<T>(
  { action, title }: CaseForm<T>,
  req: Request,
  caseId: string,
  done: string,
): Promise<void> {
  const gone = done === '/' && (action === 'recordClaims' || action === 'recordContact');
  if (!gone) return tell(req, `cases.done.${title ?? action}`);
  const { sentence, receiver, tone } = goneWords(await deskOf(caseId), posted(req)['risk'], req.t);
  tell(req, sentence, { receiver }, tone);
}

function isOpen<T>({ action, opens }: CaseForm<T>, page: CasePage, req: Request): boolean {
  return page.actions.has(action) && opens?.(page, req) !== false;
}

interface Taking<T> {
  reader: Reader;
  caseId: string;
  version: number;
  key: string;
  values: T;
  req: Request;
}

/** Takes the action once, however often the form is sent; a case changed meanwhile is an error of the form. */
async function take<T>(
  form: CaseForm<T>,
  { reader, caseId, version, key, values, req }: Taking<T>,
): Promise<string> {
  const work = async (): Promise<string> => {
    await form.submit(reader, caseId, version, values, req);
    return (await isInSight(reader, caseId)) ? `/cases/${caseId}` : '/';
  };
  return answerOnce({ key, userId: reader.userId, body: { path: req.path, values } }, work);
}

interface Shown {
  values: Posted;
  errors: FieldError[];
  key: string;
  /** The version the form was opened with; absent for the present one. */
  version?: number;
  status?: number;
}

async function showForm<T>(
  form: CaseForm<T>,
  req: Request,
  res: Response,
  page: CasePage,
  shown: Shown,
): Promise<void> {
  const { t } = req;
  const { disputeCase } = page;
  const { lead, danger, notice, list, ...fields } = await form.present(page, shown.values, t, req);
  const back = `/cases/${disputeCase.id}`;
  const title = t(`cases.actions.${form.title ?? form.action}`);
  const view: FormView = {
    action: `${back}/${form.path(req)}`,
    method: 'post',
    version: shown.version ?? disputeCase.version,
    idempotencyKey: shown.key,
    ...fields,
    submit: { label: title, look: danger ? 'danger' : 'primary' },
    cancel: { label: t('common.cancel'), href: back },
  };
  const model = {
    title,
    header: { title, back: { label: disputeCase.number ?? disputeCase.title, href: back }, lead },
    notice,
    list,
    form: withErrors(view, shown.errors, t),
  };
  await renderPage(req, res, 'cases/action', model, { status: shown.status ?? 200 });
}

/** The action is not open any more: back to the case, which says how it stands. */
export function leave(
  req: Request,
  res: Response,
  { disputeCase }: CasePage,
  sentence = 'cases.errors.notNow',
): void {
  tell(req, sentence, {}, 'warn');
  res.redirect(303, `/cases/${disputeCase.id}`);
}

/** The handler of an action that needs no form, only the button with the version and key it was shown with. */
export function caseButton(
  action: CaseAction,
  submit: (reader: Reader, caseId: string, version: number, req: Request) => Promise<unknown>,
): RequestHandler {
  return async (req, res) => {
    const caseId = param(req, 'caseId');
    const reader = readerOf(req);
    const state = readForm(hiddenState, posted(req));
    if (!state.ok) throw new DomainError(400, 'errors.badRequest');
    const { version, idempotencyKey: key } = state.values;
    const { decision } = posted(req);
    await answerOnce({ key, userId: reader.userId, body: { path: req.path, decision } }, async () => {
      await submit(reader, caseId, version, req);
      return `/cases/${caseId}`;
    });
    tell(req, `cases.done.${action}`);
    res.redirect(303, `/cases/${caseId}`);
  };
}
