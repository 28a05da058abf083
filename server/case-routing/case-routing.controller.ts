import type { Request, Response } from 'express';
import { loadCasePage } from '../cases/case-page.queries.ts';
import { takeForm } from '../web/form-page.ts';
import { newFormKey, type FormState } from '../web/form-view.ts';
import { renderPage, tell, type PageModel } from '../web/pages.ts';
import { param, readerOf } from '../web/request.ts';
import { presentCaseRouting, type RoutingAction } from './case-routing.presenter.ts';
import { proposeForCase, relatedFor } from './proposals.queries.ts';
import { answersIn, readReassignment, readRoute } from './routing.form.ts';
import { reassignCase, routeCase } from './routing.service.ts';

const VIEW = 'case-routing/case';

/** Who gets a case that waits, or gets it instead. */
export async function show(req: Request, res: Response): Promise<void> {
  const action = await openAction(req);
  if (action) return renderPage(req, res, VIEW, await present(req, action, newFormKey()));
  tell(req, 'cases.errors.notNow', {}, 'warn');
  res.redirect(303, `/cases/${param(req, 'caseId')}`);
}

export async function submit(req: Request, res: Response): Promise<void> {
  const [reader, caseId] = [readerOf(req), param(req, 'caseId')];
  const action = (await openAction(req)) ?? 'route';
  const form = { view: VIEW, done: `cases.done.${action}` };
  const again = (state: FormState, key: string): Promise<PageModel> => present(req, action, key, state);
  const address = `/cases/${caseId}`;
  if (action === 'route') {
    return takeForm(req, res, {
      ...form,
      read: readRoute,
      submit: async ({ version, choice }) => {
        await routeCase(reader, caseId, version, choice);
        return address;
      },
      present: again,
    });
  }
  await takeForm(req, res, {
    ...form,
    read: readReassignment,
    submit: async ({ version, choice }) => {
      await reassignCase(reader, caseId, version, choice);
      return address;
    },
    present: again,
  });
}

async function openAction(req: Request): Promise<RoutingAction | null> {
  const { actions } = await loadCasePage(readerOf(req), param(req, 'caseId'));
  if (actions.has('route')) return 'route';
  return actions.has('reassign') ? 'reassign' : null;
}

async function present(
  req: Request,
  action: RoutingAction,
  key: string,
  state?: FormState,
): Promise<PageModel> {
  const page = await loadCasePage(readerOf(req), param(req, 'caseId'));
  const proposal = await proposeForCase(page.disputeCase, state ? answersIn(state) : {});
  const related = relatedFor(readerOf(req), proposal);
  return presentCaseRouting(req.t, { page, action, proposal, related, key, state });
}
