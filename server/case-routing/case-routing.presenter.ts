import { actionPath } from '../cases/action-pages.rules.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { seenName } from '../cases/privacy.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Action, FormView, SummaryRow } from '../web/view-model.ts';
import { highlighted, paragraphsOf } from './complaint-text.presenter.ts';
import { alarmTags, levelTag, proposalNotice, proposalRows, routeFields } from './proposal.presenter.ts';
import type { ProposedRoute } from './proposals.queries.ts';
import { relatedTable } from './related.presenter.ts';
import type { Related } from './related.rules.ts';

/** What can be done about who has a case: it has nobody yet, or it changes hands. */
export type RoutingAction = 'route' | 'reassign';

export interface ShownCaseRouting {
  page: CasePage;
  action: RoutingAction;
  proposal: ProposedRoute;
  related: Related;
  key: string;
  /** What was typed and wrong, where the form came back. */
  state?: FormState;
}

export function presentCaseRouting(t: Translate, shown: ShownCaseRouting) {
  const { page, action, proposal, related } = shown;
  const { disputeCase } = page;
  const href = `/cases/${disputeCase.id}`;
  const title = t(`cases.actions.${action}`);
  return {
    title,
    header: {
      title,
      back: { label: disputeCase.number ?? disputeCase.title, href },
      tags: alarmTags(proposal, t),
      lead: disputeCase.number ? disputeCase.title : undefined,
    },
    paragraphs: paragraphsOf(highlighted(proposal, t)),
    data: { rows: complaintRows(page, t) },
    proposal: { rows: [...nowRows(page, t), ...proposalRows(proposal, t)] },
    notice: proposalNotice(proposal, t),
    related: { ...relatedTable(related, proposal, t), actions: mergeAction(shown, t) },
    form: routingForm(shown, href, title, t),
  };
}

/** Where the same dispute may be a case already, this one is merged with it instead of going its own way. */
function mergeAction({ page: { disputeCase, actions }, related }: ShownCaseRouting, t: Translate): Action[] {
  const others = [...related.duplicates.cases, ...related.sameEnterprise.cases];
  if (!actions.has('merge') || others.length === 0) return [];
  return [{ label: t('routing.merge'), href: actionPath(disputeCase.id, 'merge'), look: 'plain' }];
}

function routingForm(
  { page: { disputeCase }, action, proposal, key, state }: ShownCaseRouting,
  href: string,
  label: string,
  t: Translate,
): FormView {
  const { version, roomId, mediatorId, enterpriseConsent } = disputeCase;
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
    submit: { label },
    cancel: { label: t('common.cancel'), href },
  };
  return withErrors(form, shown.errors, t);
}

/** What the dispatcher decides by: who wants how much of what, from whom. */
function complaintRows({ disputeCase: c, claimants, respondents, village, privacy }: CasePage, t: Translate) {
  const yuan = (fen: number | null): string =>
    fen === null ? t('common.unknown') : t('cases.page.yuan', { amount: formatYuan(fen) });
  const rows: SummaryRow[] = [
    {
      key: t('cases.page.respondents'),
      value: c.respondentName,
      lines: respondents
        .slice(1)
        .map(({ name, part }) => t('common.labelled', { label: t(`cases.parts.${part}`), text: name })),
    },
    { key: t('cases.page.workers'), value: t('cases.page.people', { count: c.workers }) },
    ...claimants.map(({ name, claims = [] }, index) => ({
      key: t('cases.page.worker'),
      value: seenName(name, privacy) ?? t('cases.page.hiddenWorker', { number: index + 1 }),
      lines: claims.map(({ type, claimedFen }) =>
        t('common.labelled', { label: t(`cases.types.${type}`), text: yuan(claimedFen) }),
      ),
    })),
    { key: t('cases.page.amounts'), value: t('cases.page.claimed', { amount: yuan(c.claimedFen) }) },
    { key: t('cases.page.source'), value: t(`cases.sources.${c.source}`) },
    { key: t('cases.page.received'), value: wallClock(c.receivedAt) },
    { key: t('cases.page.village'), value: village ?? t('common.unknown') },
  ];
  return rows;
}

function nowRows({ disputeCase, room, mediator }: CasePage, t: Translate): SummaryRow[] {
  if (!room || !mediator || !disputeCase.level) return [];
  return [{ key: t('routing.now'), value: room, tag: levelTag(disputeCase.level, t), lines: [mediator] }];
}
