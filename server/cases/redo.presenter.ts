import type { Translate } from '../shared/language.ts';
import { isDanger } from '../mediation/mediation.rules.ts';
import type { Notice, SummaryRow } from '../web/view-model.ts';
import { actionPath } from './action-pages.rules.ts';
import type { CasePage } from './case-page.queries.ts';
import { seenText } from './privacy.rules.ts';

/** The worker was called and the case is to be done again (重办): what they said, and the way to answer it. */
export function redoNotice(page: CasePage, t: Translate): Notice | null {
  const { disputeCase, actions, redo } = page;
  if (disputeCase.redoOn === null || !redo) return null;
  const href = actionPath(disputeCase.id, 'answerRedo');
  const danger = isDanger(redo.risk);
  return {
    tone: danger ? 'bad' : 'warn',
    text: t(danger ? 'cases.page.dangerHeard' : 'cases.page.redoAsked', { day: disputeCase.redoOn }),
    lines: redoRows(page, t).map(({ key, value }) => t('common.labelled', { label: key, text: value })),
    actions: actions.has('answerRedo')
      ? [{ label: t('cases.actions.answerRedo'), look: 'primary', href }]
      : [],
  };
}

/** What the worker said of the case; of the agreement and of their satisfaction, and in their own words. */
function redoRows(page: CasePage, t: Translate): SummaryRow[] {
  if (!page.redo) return [];
  const { performance, satisfaction, note } = page.redo;
  const row = (name: string, value: string | null): SummaryRow[] =>
    value ? [{ key: t(`follow-ups.${name}`), value }] : [];
  return [
    ...row('satisfaction', satisfaction && t(`follow-ups.satisfactions.${satisfaction}`)),
    ...row('performance', performance && t(`follow-ups.kept.${performance}`)),
    ...row('note', note && seenText(note, page)),
  ];
}
