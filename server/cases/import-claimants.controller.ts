import type { Request, Response } from 'express';
import type { FormResult } from '../shared/form.ts';
import { takeForm } from '../web/form-page.ts';
import { attempt, newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage } from '../web/pages.ts';
import { param, posted, readerOf } from '../web/request.ts';
import { Conflict } from '../shared/errors.ts';
import { leave } from './case-form.controller.ts';
import { isInSight } from './case.queries.ts';
import { loadCasePage, type CasePage } from './case-page.queries.ts';
import { readListConfirmation, readPastedList } from './import-claimants.form.ts';
import { presentClaimantImport } from './import-claimants.presenter.ts';
import { importClaimants, pastedTextOf } from './import-claimants.service.ts';

const VIEW = 'cases/import-claimants';

export async function show(req: Request, res: Response): Promise<void> {
  const page = await pageOf(req);
  if (!isOpen(page)) return leave(req, res, page);
  await render(req, res, page, { values: {}, errors: [] });
}

/** Shows what would be taken; nothing is stored. */
export async function preview(req: Request, res: Response): Promise<void> {
  const page = await pageOf(req);
  if (!isOpen(page)) throw new Conflict();
  const list = await listOf(req);
  const state = list.ok ? { values: list.values, errors: [] } : { values: posted(req), errors: list.errors };
  await render(req, res, page, state);
}

export async function confirm(req: Request, res: Response): Promise<void> {
  const reader = readerOf(req);
  const caseId = param(req, 'caseId');
  await takeForm(req, res, {
    view: VIEW,
    read: readListConfirmation,
    submit: async ({ version, text }) => {
      await importClaimants(reader, caseId, version, text);
      return (await isInSight(reader, caseId)) ? `/cases/${caseId}` : '/';
    },
    done: 'group.import.done',
    present: async (state, key) => {
      const page = await pageOf(req);
      if (!isOpen(page)) throw new Conflict();
      return presentClaimantImport(page, state, key, req.t);
    },
  });
}

const pageOf = (req: Request): Promise<CasePage> => loadCasePage(readerOf(req), param(req, 'caseId'));
const isOpen = ({ actions }: CasePage): boolean => actions.has('recordClaims');

/** A file wins over what stands in the box. */
async function listOf(req: Request): Promise<FormResult<{ text: string }>> {
  const { file } = req;
  if (!file) return readPastedList(posted(req));
  const read = await attempt(() => pastedTextOf(file.buffer));
  return 'done' in read ? { ok: true, values: { text: read.done } } : { ok: false, errors: read.errors };
}

async function render(req: Request, res: Response, page: CasePage, state: FormState): Promise<void> {
  const status = state.errors.length > 0 ? 422 : 200;
  await renderPage(req, res, VIEW, presentClaimantImport(page, state, newFormKey(), req.t), { status });
}
