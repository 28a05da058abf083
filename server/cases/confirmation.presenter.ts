import { isOnWagesAlone, mayAskForPaymentOrder } from '../documents/paper-facts.rules.ts';
import { paperPath } from '../documents/paths.rules.ts';
import { fitsAgreement } from '../settlements/confirmation.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import type { Action, Deadline, Notice, SummaryRow } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { dueTag } from './case-words.presenter.ts';

/** The two ways to make the agreement enforceable, each with its last day or the reason why it is closed. */
export function confirmationWaysOf(
  { confirmations, actions, disputeCase }: CasePage,
  today: CalendarDay,
  t: Translate,
): { ways: Deadline[]; action: Action | null } {
  const ways = confirmations.map(({ kind, open, reason, dueOn, explanation, provisional }): Deadline => {
    const day = provisional ? t('deadlines.dueProvisional', { day: dueOn }) : dueOn;
    return {
      label: t(`settlements.confirmations.kinds.${kind}`),
      text: open ? day : t(`settlements.confirmations.reasons.${reason}`, { day: dueOn }),
      ...(open ? { tag: dueTag(dueOn, today, t) ?? undefined } : {}),
      lines: open
        ? [
            t(`settlements.confirmations.reasons.${reason}`),
            ...explanation.map((line) => t(line.key, line.values)),
          ]
        : [],
    };
  });
  const openToReader = actions.has('fileConfirmation') && confirmations.some(fitsAgreement);
  const href = `/cases/${disputeCase.id}/confirmation`;
  return { ways, action: openToReader ? { label: t('cases.actions.fileConfirmation'), href } : null };
}

/** What was filed for and when, and what came of it. */
export function confirmationRow(
  { settlement, events, actions, disputeCase }: CasePage,
  t: Translate,
): SummaryRow | null {
  if (!settlement?.confirmation) return null;
  const decided = events.find(({ action }) => action === 'recordConfirmation')?.detail;
  const label = t('cases.actions.recordConfirmation');
  const href = `/cases/${disputeCase.id}/confirmation/result`;
  return {
    key: t('settlements.confirmations.filed'),
    value: t(`settlements.confirmations.kinds.${settlement.confirmation}`),
    lines: [
      ...(settlement.confirmationFiledOn ? [settlement.confirmationFiledOn] : []),
      ...(decided
        ? [
            t('settlements.confirmations.decided', {
              result: t(`settlements.confirmations.results.${String(decided['confirmationResult'])}`),
              day: String(decided['decidedOn']),
            }),
          ]
        : []),
    ],
    actions: !decided && actions.has('recordConfirmation') ? [{ label, href }] : [],
  };
}

/**
 * What the worker can do when the agreement is not kept (劳动争议调解仲裁法 15, 16; 法释〔2020〕26号 51), and the papers for it
 * for who may open them.
 */
export function breachNotice(page: CasePage, t: Translate): Notice | null {
  const { disputeCase, privacy } = page;
  if (disputeCase.performance !== 'breached') return null;
  const byOrder = mayAskForPaymentOrder(page);
  const ways = [
    ...(byOrder ? ['paymentOrder'] : []),
    'arbitration',
    ...(isOnWagesAlone(page) ? ['court'] : []),
  ];
  const papers = ['defaultNotice', ...(byOrder ? ['paymentOrder' as const] : [])] as const;
  return {
    tone: 'bad',
    text: t('settlements.breach.text'),
    lines: ways.map((way) => t(`settlements.breach.${way}`)),
    actions:
      privacy === 'open'
        ? papers.map((form) => ({
            label: t(`documents.forms.${form}`),
            href: paperPath(disputeCase.id, form, null),
          }))
        : [],
  };
}
