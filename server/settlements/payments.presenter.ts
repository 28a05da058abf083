import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { seenName, seenText } from '../cases/privacy.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import { areaField, choiceField, textField } from '../web/fields.ts';
import { newFormKey } from '../web/form-view.ts';
import type { Action, Field, SummaryList, SummaryRow } from '../web/view-model.ts';
import { awaitsAnswerOf, mayWithdraw, PAYMENT_MANNERS, STANDING, unpaidFen } from './settlement.rules.ts';

type Instalment = CasePage['instalments'][number];
type Payment = NonNullable<Instalment['payments']>[number];

/** A payment and the instalment that it pays. */
export interface PaymentOfCase {
  payment: Payment;
  instalment: Instalment;
}

/** A payment's form; it proposes what is outstanding, paid today by transfer. */
export function paymentFields(
  page: CasePage,
  instalment: Instalment,
  values: Posted,
  today: string,
  t: Translate,
): ActionFields {
  const outstanding = formatYuan(unpaidFen(instalment, ['verified']));
  const pendingFen = unpaidFen(instalment, ['verified']) - unpaidFen(instalment, STANDING);
  const shown: Posted = {
    amount: formatYuan(unpaidFen(instalment, STANDING)),
    paidOn: today,
    manner: 'bankTransfer',
    ...values,
  };
  return {
    lead: t('settlements.paymentLead', {
      name: workerOf(page, instalment, t),
      day: instalment.dueOn,
      outstanding,
    }),
    ...(pendingFen > 0
      ? {
          notice: {
            tone: 'info' as const,
            text: t('settlements.paymentPending', { amount: formatYuan(pendingFen) }),
          },
        }
      : {}),
    fields: [
      textField('amount', t('settlements.amount'), shown, {
        kind: 'amount',
        inputmode: 'decimal',
        suffix: t('common.yuan'),
        required: true,
        half: true,
      }),
      textField('paidOn', t('settlements.paidOn'), shown, { kind: 'date', required: true, half: true }),
      mannerField(shown, t),
      areaField('proof', t('settlements.proof'), shown, {
        rows: 2,
        maxlength: 500,
        required: true,
        hint: t('settlements.proofHint'),
      }),
    ],
  };
}

export function mannerField(shown: Posted, t: Translate): Field {
  return choiceField(
    'radio',
    'manner',
    t('settlements.manner'),
    PAYMENT_MANNERS,
    (code) => t(`settlements.manners.${code}`),
    shown,
    { required: true, inline: true },
  );
}

/** The files that prove a payment, for the second person to open; `null` for who may not. */
export type ProofFiles =
  readonly { id: string; caseId: string; fileName: string; note: string | null }[] | null;

/** What the second person can look at. */
export function proofRow(files: ProofFiles, t: Translate): SummaryRow {
  const key = t('settlements.proofFiles');
  if (files === null) return { key, value: t('settlements.proofFilesClosed') };
  if (files.length === 0) return { key, value: t('settlements.noProofFiles') };
  return {
    key,
    value: t('settlements.proofCount', { count: files.length }),
    actions: files.map(({ id, caseId, fileName }) => ({
      label: fileName,
      href: `/cases/${caseId}/attachments/${id}`,
    })),
  };
}

/** A recorded payment before its second person: what is claimed to have been paid, its proof, and the two answers. */
export function presentPayment(page: CasePage, found: PaymentOfCase, files: ProofFiles, t: Translate) {
  const back = `/cases/${page.disputeCase.id}`;
  const title = t('settlements.verifyTitle');
  return {
    title,
    header: {
      title,
      back: { label: page.disputeCase.number ?? page.disputeCase.title, href: back },
      lead: t('settlements.verifyLead'),
    },
    list: { rows: [...paymentList(page, found, t).rows, proofRow(files, t)] },
    actions: answers(page, found.payment, `${back}/payments/${found.payment.id}`, t),
  };
}

/** What the second person can answer; nothing to one's own payment or to one that is decided. */
function answers(page: CasePage, payment: Payment, path: string, t: Translate): Action[] {
  if (!awaitsAnswerOf(page.readerId, payment)) return [];
  return [
    {
      label: t('settlements.verification'),
      look: 'primary',
      post: `${path}/verification`,
      version: page.disputeCase.version,
      idempotencyKey: newFormKey(),
    },
    { label: t('settlements.rejection'), look: 'danger', href: `${path}/rejection` },
  ];
}

/** The page of a rejection is open as long as the payment waits for this reader's answer. */
export function canReject({ readerId }: CasePage, { payment }: PaymentOfCase): boolean {
  return awaitsAnswerOf(readerId, payment);
}

/** The page of taking back is open to whoever recorded the payment, until somebody has verified it. */
export function canWithdraw({ readerId }: CasePage, { payment }: PaymentOfCase): boolean {
  return mayWithdraw(readerId, payment);
}

/** Why an own entry is taken back. */
export function withdrawalFields(
  page: CasePage,
  found: PaymentOfCase,
  values: Posted,
  t: Translate,
): ActionFields {
  return {
    lead: t('settlements.paymentWithdrawalLead'),
    danger: true,
    list: paymentList(page, found, t),
    fields: [
      areaField('reason', t('cases.forms.reason'), values, { rows: 3, maxlength: 500, required: true }),
    ],
  };
}

/** Why a payment is not taken; whoever recorded it reads the reason. */
export function rejectionFields(
  page: CasePage,
  found: PaymentOfCase,
  values: Posted,
  t: Translate,
): ActionFields {
  return {
    lead: t('settlements.rejectionLead'),
    danger: true,
    list: paymentList(page, found, t),
    fields: [
      areaField('reason', t('cases.forms.reason'), values, {
        rows: 3,
        maxlength: 500,
        required: true,
        hint: t('settlements.rejectionHint'),
      }),
    ],
  };
}

/** A payment, and who stands for it. */
export function paymentList(
  page: CasePage,
  { payment, instalment }: PaymentOfCase,
  t: Translate,
): SummaryList {
  return {
    rows: [
      { key: t('cases.page.worker'), value: workerOf(page, instalment, t) },
      {
        key: t('settlements.amount'),
        value: t('cases.page.yuan', { amount: formatYuan(payment.amountFen) }),
        lines: [amountInWords(payment.amountFen)],
      },
      { key: t('settlements.paidOn'), value: payment.paidOn },
      { key: t('settlements.dueOn'), value: instalment.dueOn },
      { key: t('settlements.manner'), value: t(`settlements.manners.${payment.manner}`) },
      { key: t('settlements.proof'), value: seenText(payment.proof, page) },
      { key: t('settlements.recorder'), value: payment.recordedBy?.displayName ?? '' },
    ],
  };
}

export function workerOf({ privacy }: CasePage, { claimant }: Instalment, t: Translate): string {
  return seenName(claimant?.name ?? '', privacy) ?? t('cases.page.afterTakeOver');
}
