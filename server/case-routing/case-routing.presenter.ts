import type { CasePage } from '../cases/case-page.queries.ts';
import type { Translate } from '../shared/language.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { FormView, SummaryRow } from '../web/view-model.ts';
import { levelTag, proposalNotice, proposalRows, routeFields } from './proposal.presenter.ts';
import type { ProposedRoute } from './proposals.queries.ts';

/** What can be done about who has a case: it has nobody yet, or it changes hands. */
export type RoutingAction = 'route' | 'reassign';

export interface ShownCaseRouting {
  page: CasePage;
  action: RoutingAction;
  proposal: ProposedRoute;
  key: string;
  /** What was typed and wrong, where the form came back. */
  state?: FormState;
}

export function presentCaseRouting(t: Translate, { page, action, proposal, key, state }: ShownCaseRouting) {
  const { disputeCase } = page;
  const { id, version, roomId, mediatorId, number, enterpriseConsent } = disputeCase;
  const href = `/cases/${id}`;
  const title = t(`cases.actions.${action}`);
  const at = action === 'reassign' && roomId && mediatorId ? { roomId, mediatorId } : null;
  const shown = state ?? {
    values: { enterprise: proposal.enterprise?.name ?? '', consent: enterpriseConsent ? 'yes' : '' },
    errors: [],
  };
  const form: FormView = {
    action: `${href}/routing`,
    method: 'post',
    version,
    idempotencyKey: key,
    fields: routeFields(proposal, shown, t, at),
    submit: { label: title },
    cancel: { label: t('common.cancel'), href },
  };
  return {
    title,
    header: { title, back: { label: number ?? disputeCase.title, href } },
    proposal: { rows: [...nowRows(page, t), ...proposalRows(proposal, t)] },
    notice: proposalNotice(proposal, t),
    form: withErrors(form, shown.errors, t),
  };
}

function nowRows({ disputeCase, room, mediator }: CasePage, t: Translate): SummaryRow[] {
  if (!room || !mediator || !disputeCase.level) return [];
  return [{ key: t('routing.now'), value: room, tag: levelTag(disputeCase.level, t), lines: [mediator] }];
}
