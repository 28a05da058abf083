import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { newFormKey } from '../web/form-view.ts';
import type { Action, Notice } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { seenText } from './privacy.rules.ts';

/** The case is offered to another mediator: who waits for whom, and why; the receiver answers, who offered it may take it back. */
export function handOverNotice(page: CasePage, t: Translate): Notice | null {
  const { disputeCase, actions } = page;
  const { id, version, handOver } = disputeCase;
  if (!handOver) return null;
  const path = `/cases/${id}/hand-over`;
  const button = (
    action: 'acceptHandOver' | 'withdrawHandOver',
    noun: string,
    look: Action['look'],
  ): Action => ({
    label: t(`cases.actions.${action}`),
    look,
    post: `${path}/${noun}`,
    version,
    idempotencyKey: newFormKey(),
  });
  const mine = actions.has('acceptHandOver');
  const names = { from: handOver.from?.displayName ?? '', to: handOver.to?.displayName ?? '' };
  const on = wallClock(handOver.offeredAt);
  return {
    tone: 'warn',
    text: t(mine ? 'handOver.notice.toMe' : 'handOver.notice.waiting', { ...names, on }),
    lines: [
      t('common.labelled', {
        label: t(`cases.reasons.${handOver.reason}`),
        text: seenText(handOver.explanation, page),
      }),
      t(mine ? 'handOver.notice.toMeHint' : 'handOver.notice.waitingHint', names),
    ],
    actions: [
      ...(mine ? [button('acceptHandOver', 'acceptance', 'primary')] : []),
      ...(actions.has('declineHandOver')
        ? [{ label: t('cases.actions.declineHandOver'), look: 'plain' as const, href: `${path}/refusal` }]
        : []),
      ...(actions.has('withdrawHandOver') ? [button('withdrawHandOver', 'withdrawal', 'plain')] : []),
    ],
  };
}
