import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import type { Row, SummaryList, Table } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { dueTag } from './case-words.presenter.ts';
import { seenName, withoutNumbers } from './privacy.rules.ts';

/** What was agreed: kind, total in figures and in words, terms (as `seen` by the reader), signature. */
export function settlementList(
  { settlement }: CasePage,
  t: Translate,
  seen: (text: string) => string,
): SummaryList {
  const { kind, totalFen, terms, signedOn } = settlement!;
  return {
    rows: [
      { key: t('settlements.kind'), value: t(`cases.outcomes.${kind}`) },
      {
        key: t('settlements.total'),
        value: t('cases.page.yuan', { amount: formatYuan(totalFen) }),
        lines: [amountInWords(totalFen)],
      },
      { key: t('settlements.terms'), value: seen(terms) },
      { key: t('settlements.signedOn'), value: signedOn ?? t('settlements.notSigned') },
    ],
  };
}

/** What is due to whom and when, and how much of it was recovered. */
export function instalmentTable(page: CasePage, today: CalendarDay, t: Translate): Table {
  const { instalments, disputeCase, actions, privacy } = page;
  return {
    caption: t('settlements.instalments'),
    captionHidden: true,
    columns: [
      { label: t('settlements.dueOn') },
      { label: t('cases.page.worker') },
      { label: t('settlements.amount'), look: 'number' },
      { label: t('settlements.recovered'), look: 'number' },
      { label: t('settlements.outstanding'), look: 'number' },
      { label: t('settlements.state') },
    ],
    rows: instalments.map((instalment): Row => {
      const verified = sum(instalment.payments, ['verified']);
      const recorded = sum(instalment.payments, ['recorded', 'verified']);
      const outstanding = instalment.amountFen - verified;
      const due =
        outstanding > 0
          ? dueTag(instalment.dueOn, today, t)
          : { text: t('settlements.paid'), tone: 'good' as const };
      const payable = actions.has('recordPayment') && recorded < instalment.amountFen;
      return {
        cells: [
          { text: instalment.dueOn },
          {
            text:
              seenName(instalment.claimant?.name ?? '', privacy) ??
              t('cases.page.hiddenWorker', { number: instalment.claimant?.position ?? 1 }),
          },
          { text: formatYuan(instalment.amountFen) },
          { text: formatYuan(verified) },
          { text: formatYuan(outstanding) },
          {
            text: payable ? t('settlements.recordPayment') : '',
            href: payable ? `/cases/${disputeCase.id}/instalments/${instalment.id}/payments` : undefined,
            tag: due ?? undefined,
          },
        ],
      };
    }),
    empty: { title: t('settlements.noInstalments') },
  };
}

/** What was paid, with its proof and the two people who stand for it. */
export function paymentTable(page: CasePage, t: Translate): Table {
  const { instalments, disputeCase, actions, readerId } = page;
  const payments = instalments.flatMap(({ payments: list = [] }) => list);
  return {
    caption: t('settlements.payments'),
    captionHidden: true,
    columns: [
      { label: t('settlements.paidOn') },
      { label: t('settlements.amount'), look: 'number' },
      { label: t('settlements.manner') },
      { label: t('settlements.proof'), look: 'wide' },
      { label: t('settlements.recordedBy') },
      { label: t('settlements.state') },
    ],
    rows: payments.map((payment): Row => {
      const decidable =
        payment.state === 'recorded' && actions.has('verifyPayment') && payment.recordedById !== readerId;
      const tone = payment.state === 'verified' ? 'good' : payment.state === 'rejected' ? 'bad' : 'warn';
      return {
        cells: [
          { text: payment.paidOn },
          { text: formatYuan(payment.amountFen) },
          { text: t(`settlements.manners.${payment.manner}`) },
          { text: withoutNumbers(payment.proof) },
          { text: payment.recordedBy?.displayName ?? '', secondary: payment.decidedBy?.displayName },
          {
            text: decidable ? t('settlements.verify') : '',
            href: decidable ? `/cases/${disputeCase.id}/payments/${payment.id}` : undefined,
            tag: { text: t(`settlements.states.${payment.state}`), tone },
          },
        ],
      };
    }),
    empty: { title: t('settlements.noPayments') },
  };
}

function sum(payments: { amountFen: number; state: string }[] | undefined, states: string[]): number {
  return (payments ?? [])
    .filter(({ state }) => states.includes(state))
    .reduce((total, { amountFen }) => total + amountFen, 0);
}
