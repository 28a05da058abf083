import type { Request, Response } from 'express';
import { mergeHints } from '../case-routing/merge-suggestions.queries.ts';
import { today } from '../shared/clock.ts';
import type { Posted } from '../shared/form.ts';
import { renderPage } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { caseForm } from './case-form.controller.ts';
import { loadCasePage, type CasePage } from './case-page.queries.ts';
import { readMerger } from './merger.form.ts';
import { mergerChoice, mergerFields } from './merger.presenter.ts';
import { findOther, loadMerger, type ShownMerger } from './merger.queries.ts';
import { mergeCases } from './merger.service.ts';

const confirmation = caseForm({
  action: 'merge',
  closed: ({ disputeCase: { state } }) =>
    state === 'awaitingSignature' ? 'merger.errors.drafted' : undefined,
  path: () => 'merger',
  present: async (page, values, t, req) =>
    mergerFields(await mergerWith(req, page, otherOf(values) ?? namedIn(req)), values, today(), t),
  read: readMerger,
  submit: mergeCases,
});

/** First the choice of the other case (`?with=`), then what will move, to be confirmed. */
async function show(req: Request, res: Response): Promise<void> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  const named = namedIn(req);
  const shown = named === '' ? null : await mergerWith(req, page, named);
  if (!page.actions.has('merge') || shown?.plans.length) {
    await confirmation.show(req, res, () => undefined);
    return;
  }
  const hints = await mergeHints(readerOf(req), page);
  const error = named === '' ? null : (shown?.hindrance ?? 'unknown');
  await renderPage(req, res, 'cases/merger', mergerChoice(page, hints, named, error, today(), req.t));
}

const otherOf = ({ otherId }: Posted): string | null => (typeof otherId === 'string' ? otherId : null);

const namedIn = ({ query }: Request): string =>
  typeof query['with'] === 'string' ? query['with'].trim() : '';

async function mergerWith(
  req: Request,
  { disputeCase }: CasePage,
  named: string,
): Promise<ShownMerger | null> {
  const other = await findOther(readerOf(req), disputeCase.townId, named);
  return other && loadMerger(disputeCase, other);
}

export const merger = { show, submit: confirmation.submit };
