import { wallClock, type CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import type { Action, Cell, Link, Row, SummaryList, SummaryRow, Table, Tone } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';
import { dueTag } from './case-words.presenter.ts';
import {
  awaitsAnswerOf,
  mayWithdraw,
  paidFen,
  paymentsAwaiting,
  STANDING,
  unpaidFen,
  type PaymentState,
} from '../settlements/settlement.rules.ts';
import { confirmationRow } from './confirmation.presenter.ts';
import { seenName } from './privacy.rules.ts';

type Settlement = NonNullable<CasePage['settlement']>;
type Instalment = CasePage['instalments'][number];
type Payment = NonNullable<Instalment['payments']>[number];

/** What was agreed: kind, total in figures and in words, terms (as `seen` by the reader), signature. */
export function settlementList(
  page: CasePage,
  settlement: Settlement,
  t: Translate,
  seen: (text: string) => string,
): SummaryList {
  const { signedOn } = settlement;
  return {
    rows: [
      ...agreedRows(settlement, t, seen),
      { key: t('settlements.signedOn'), value: signedOn ?? t('settlements.notSigned') },
      ...[confirmationRow(page, t)].filter((row) => row !== null),
    ],
  };
}

/** Drafts that were taken back, as they stood: each under the day on which it was. */
export function withdrawnDraftLists(
  { withdrawnDrafts }: CasePage,
  t: Translate,
  seen: (text: string) => string,
): { title: string; list: SummaryList }[] {
  return withdrawnDrafts.map((settlement) => {
    const lines = settlement.schedule.map(({ dueOn, amountFen }) =>
      t('settlements.lineOfDraft', { day: dueOn, amount: formatYuan(amountFen) }),
    );
    const [value = t('settlements.noInstalments'), ...further] = lines;
    return {
      title: t('settlements.withdrawnAt', { when: wallClock(settlement.withdrawnAt!) }),
      list: {
        rows: [...agreedRows(settlement, t, seen), { key: t('settlements.schedule'), value, lines: further }],
      },
    };
  });
}

function agreedRows(
  { kind, totalFen, terms }: Settlement,
  t: Translate,
  seen: (text: string) => string,
): SummaryRow[] {
  return [
    { key: t('settlements.kind'), value: t(`cases.outcomes.${kind}`) },
    {
      key: t('settlements.total'),
      value: t('cases.page.yuan', { amount: formatYuan(totalFen) }),
      lines: [amountInWords(totalFen)],
    },
    { key: t('settlements.terms'), value: seen(terms) },
  ];
}

/** What is due to whom and when, and how much of it was recovered. */
export function instalmentTable(page: CasePage, today: CalendarDay, t: Translate): Table {
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
    rows: page.instalments.map((instalment) => instalmentRow(instalment, page, today, t)),
    foot: page.instalments.length > 1 ? instalmentSums(page, t) : undefined,
    empty: { title: t('settlements.noInstalments') },
  };
}

function instalmentSums({ instalments }: CasePage, t: Translate): Cell[] {
  const due = instalments.reduce((total, { amountFen }) => total + amountFen, 0);
  const recovered = instalments.reduce(
    (total, { payments }) => total + paidFen(payments ?? [], ['verified']),
    0,
  );
  const sums = [due, recovered, due - recovered].map((fen) => ({ text: formatYuan(fen) }));
  return [{ text: t('group.list.sum') }, { text: '' }, ...sums, { text: '' }];
}

function instalmentRow(instalment: Instalment, page: CasePage, today: CalendarDay, t: Translate): Row {
  const { disputeCase, actions } = page;
  const outstanding = unpaidFen(instalment, ['verified']);
  const name = workerName(instalment, page, t);
  const href = `/cases/${disputeCase.id}/instalments/${instalment.id}/payments`;
  const payable = actions.has('recordPayment') && isOpen(instalment);
  return {
    cells: [
      { text: instalment.dueOn },
      { text: name },
      { text: formatYuan(instalment.amountFen) },
      { text: formatYuan(instalment.amountFen - outstanding) },
      { text: formatYuan(outstanding) },
      {
        text: '',
        tag:
          outstanding > 0
            ? dueTag(instalment.dueOn, today, t)
            : { text: t('settlements.paid'), tone: 'good' },
        button: payable
          ? { label: t('settlements.recordPayment'), href, context: `${name} ${instalment.dueOn}` }
          : undefined,
      },
    ],
  };
}

function workerName({ claimant }: Instalment, { privacy }: CasePage, t: Translate): string {
  return (
    seenName(claimant?.name ?? '', privacy) ??
    t('cases.page.hiddenWorker', { number: claimant?.position ?? 1 })
  );
}

/** What is done for several workers at once: under the instalments to record, under the payments to verify. */
export function severalActions(page: CasePage, t: Translate): { instalments: Action[]; payments: Action[] } {
  const { disputeCase, actions, instalments, readerId } = page;
  const at = `/cases/${disputeCase.id}/payments`;
  const waiting = paymentsAwaiting(readerId, instalments);
  return {
    instalments:
      actions.has('recordPayment') && workersWaiting(instalments) > 1
        ? [{ label: t('cases.actions.severalPayments'), href: at }]
        : [],
    payments:
      actions.has('verifyPayment') && waiting.length > 1
        ? [{ label: t('cases.actions.severalVerifications'), href: `${at}/verification` }]
        : [],
  };
}

/** The next step of an agreement that is being performed: the next instalment of the only worker, or several workers at once. */
export function paymentStep({ disputeCase, actions, instalments }: CasePage, t: Translate): Action | null {
  const next = instalments.find(isOpen);
  if (!next || !actions.has('recordPayment')) return null;
  const at = `/cases/${disputeCase.id}`;
  return workersWaiting(instalments) > 1
    ? { label: t('cases.actions.severalPayments'), href: `${at}/payments`, look: 'primary' }
    : {
        label: t('settlements.recordPayment'),
        href: `${at}/instalments/${next.id}/payments`,
        look: 'primary',
      };
}

const workersWaiting = (instalments: Instalment[]): number =>
  new Set(instalments.filter(isOpen).map(({ claimantId }) => claimantId)).size;

const isOpen = (instalment: Instalment): boolean => unpaidFen(instalment, STANDING) > 0;

/** What was paid, with its proof and the two people who stand for it. */
export function paymentTable(page: CasePage, t: Translate, seen: (text: string) => string): Table {
  const payments = page.instalments.flatMap((instalment) =>
    (instalment.payments ?? []).map((payment) => ({ payment, name: workerName(instalment, page, t) })),
  );
  return {
    caption: t('settlements.payments'),
    captionHidden: true,
    columns: [
      { label: t('settlements.paidOn') },
      { label: t('cases.page.worker') },
      { label: t('settlements.amount'), look: 'number' },
      { label: t('settlements.proof'), look: 'wide' },
      { label: t('settlements.recordedBy') },
      { label: t('settlements.state') },
    ],
    rows: payments.flatMap(({ payment, name }) => [
      paymentRow(payment, name, page, t, seen),
      ...(payment.reversals ?? []).map((reversal) => reversalRow(payment, reversal, name, page, t, seen)),
    ]),
    empty: { title: t('settlements.noPayments') },
  };
}

function paymentRow(
  payment: Payment,
  name: string,
  { disputeCase, actions, readerId, events }: CasePage,
  t: Translate,
  seen: (text: string) => string,
): Row {
  const decidable = actions.has('verifyPayment') && awaitsAnswerOf(readerId, payment);
  const refusal = events.find(
    ({ action, detail }) =>
      (action === 'rejectPayment' || action === 'withdrawPayment') && detail['paymentId'] === payment.id,
  );
  return {
    cells: [
      { text: payment.paidOn },
      { text: name },
      { text: formatYuan(payment.amountFen) },
      {
        text: seen(payment.proof),
        secondary: t(`settlements.manners.${payment.manner}`),
      },
      { text: payment.recordedBy?.displayName ?? '', secondary: payment.decidedBy?.displayName },
      {
        text: '',
        tag: {
          text: t(`settlements.states.${payment.state}`),
          tone: PAYMENT_TONES[payment.state as PaymentState],
        },
        secondary: refusal && seen(String(refusal.detail['reason'] ?? '')),
        button: decidable
          ? {
              label: t('settlements.verify'),
              href: `/cases/${disputeCase.id}/payments/${payment.id}`,
              context: `${payment.paidOn} ${formatYuan(payment.amountFen)}`,
            }
          : (withdrawalButton(payment, disputeCase.id, readerId, actions, t) ??
            reversalButton(payment, disputeCase.id, actions, t)),
      },
    ],
  };
}

/** The entry that takes a payment back, below it: its amount with a minus. */
function reversalRow(
  payment: Payment,
  reversal: NonNullable<Payment['reversals']>[number],
  name: string,
  { disputeCase, actions, readerId }: CasePage,
  t: Translate,
  seen: (text: string) => string,
): Row {
  const decidable = actions.has('verifyReversal') && awaitsAnswerOf(readerId, reversal);
  return {
    cells: [
      { text: payment.paidOn, secondary: t('settlements.reversal.title') },
      { text: name },
      { text: formatYuan(-payment.amountFen) },
      { text: seen(reversal.reason) },
      { text: reversal.recordedBy?.displayName ?? '', secondary: reversal.decidedBy?.displayName },
      {
        text: '',
        tag: {
          text: t(`settlements.states.${reversal.state}`),
          tone: PAYMENT_TONES[reversal.state as PaymentState],
        },
        button: decidable
          ? {
              label: t('settlements.verify'),
              href: `/cases/${disputeCase.id}/payments/${payment.id}/reversal/decision`,
              context: `${payment.paidOn} ${formatYuan(-payment.amountFen)}`,
            }
          : undefined,
      },
    ],
  };
}

function withdrawalButton(
  payment: Payment,
  caseId: string,
  readerId: string,
  actions: CasePage['actions'],
  t: Translate,
): Link | undefined {
  if (!actions.has('withdrawPayment') || !mayWithdraw(readerId, payment)) return undefined;
  return {
    label: t('cases.actions.withdrawPayment'),
    href: `/cases/${caseId}/payments/${payment.id}/withdrawal`,
    context: `${payment.paidOn} ${formatYuan(payment.amountFen)}`,
  };
}

function reversalButton(
  { id, state, paidOn, amountFen, reversals = [] }: Payment,
  caseId: string,
  actions: CasePage['actions'],
  t: Translate,
): Link | undefined {
  if (state !== 'verified' || !actions.has('reversePayment')) return undefined;
  if (reversals.some((reversal) => reversal.state === 'recorded')) return undefined;
  const href = `/cases/${caseId}/payments/${id}/reversal`;
  return { label: t('cases.actions.reversePayment'), href, context: `${paidOn} ${formatYuan(amountFen)}` };
}

const PAYMENT_TONES: Record<PaymentState, Tone> = {
  recorded: 'warn',
  verified: 'good',
  rejected: 'bad',
  withdrawn: 'neutral',
  reversed: 'neutral',
};
