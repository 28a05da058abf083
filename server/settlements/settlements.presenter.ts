import type { CasePage } from '../cases/case-page.queries.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import { areaField, choiceField, textField, tickField } from '../web/fields.ts';
import { newFormKey, typed } from '../web/form-view.ts';
import type { Action, Field, FormView, SummaryList } from '../web/view-model.ts';
import { PAYMENT_MANNERS, SETTLEMENT_KINDS } from './settlement.rules.ts';

/** Lines of the schedule that are always shown. */
const USUAL_LINES = 3;

type Fields = Pick<FormView, 'fields' | 'sections'> & { lead: string };
type Instalment = CasePage['instalments'][number];

/** The agreement's form: kind and terms, then when how much falls due; the first line proposes the whole sum. */
export function settlementFields(
  page: CasePage,
  lines: number,
  values: Posted,
  today: string,
  t: Translate,
): Fields {
  const agreed = page.disputeCase.agreedFen ?? 0;
  const shown: Posted = {
    kind: 'settledByInstalments',
    dueOn1: today,
    amount1: agreed > 0 ? formatYuan(agreed) : '',
    ...values,
  };
  const lineFields = (from: number, to: number): Field[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((line): Field[] => [
      textField(`dueOn${line}`, t('settlements.dueOnLine', { line }), shown, { kind: 'date', half: true }),
      textField(`amount${line}`, t('settlements.amountLine', { line }), shown, {
        kind: 'amount',
        inputmode: 'decimal',
        suffix: t('common.yuan'),
        half: true,
      }),
    ]);
  return {
    lead: t('settlements.draftLead', { amount: formatYuan(agreed), words: amountInWords(agreed) }),
    sections: [
      {
        title: t('settlements.agreement'),
        fields: [
          choiceField(
            'radio',
            'kind',
            t('settlements.kind'),
            SETTLEMENT_KINDS,
            (kind) => t(`cases.outcomes.${kind}`),
            shown,
            { required: true, inline: true },
          ),
          areaField('terms', t('settlements.terms'), shown, {
            rows: 6,
            maxlength: 10_000,
            required: true,
            hint: t('settlements.termsHint'),
          }),
        ],
      },
      {
        title: t('settlements.schedule'),
        lead: t('settlements.scheduleLead'),
        fields: lineFields(1, USUAL_LINES),
      },
      {
        title: t('settlements.moreLines'),
        onDemand: true,
        open: typed({ values, errors: [] }, `dueOn${USUAL_LINES + 1}`) !== '',
        fields: lineFields(USUAL_LINES + 1, lines),
      },
    ],
  };
}

export function signatureFields(values: Posted, today: string, t: Translate): Fields {
  const tick = (name: string): Field => tickField(name, t(`settlements.${name}`), values, { required: true });
  return {
    lead: t('settlements.signatureLead'),
    fields: [
      textField(
        'signedOn',
        t('settlements.signedOn'),
        { signedOn: values['signedOn'] ?? today },
        { kind: 'date', required: true },
      ),
      ...['workerSigned', 'respondentSigned', 'mediatorSigned', 'sealed'].map(tick),
    ],
  };
}

/** A payment's form; it proposes what is outstanding, paid today by transfer. */
export function paymentFields(instalment: Instalment, values: Posted, today: string, t: Translate): Fields {
  const paid = (instalment.payments ?? [])
    .filter(({ state }) => state !== 'rejected')
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  const outstanding = formatYuan(instalment.amountFen - paid);
  const shown: Posted = { amount: outstanding, paidOn: today, manner: 'bankTransfer', ...values };
  return {
    lead: t('settlements.paymentLead', {
      name: instalment.claimant?.name ?? '',
      day: instalment.dueOn,
      outstanding,
    }),
    fields: [
      textField('amount', t('settlements.amount'), shown, {
        kind: 'amount',
        inputmode: 'decimal',
        suffix: t('common.yuan'),
        required: true,
        half: true,
      }),
      textField('paidOn', t('settlements.paidOn'), shown, { kind: 'date', required: true, half: true }),
      choiceField(
        'radio',
        'manner',
        t('settlements.manner'),
        PAYMENT_MANNERS,
        (code) => t(`settlements.manners.${code}`),
        shown,
        { required: true, inline: true },
      ),
      areaField('proof', t('settlements.proof'), shown, {
        rows: 2,
        maxlength: 500,
        required: true,
        hint: t('settlements.proofHint'),
      }),
    ],
  };
}

/** A recorded payment before its second person: what is claimed to have been paid, and the two answers. */
export function presentPayment(page: CasePage, paymentId: string, t: Translate) {
  const instalment = page.instalments.find(({ payments = [] }) =>
    payments.some(({ id }) => id === paymentId),
  );
  const payment = instalment?.payments?.find(({ id }) => id === paymentId);
  if (!instalment || !payment) return null;
  const back = `/cases/${page.disputeCase.id}`;
  const decide = (noun: 'verification' | 'rejection', look: 'primary' | 'danger'): Action => ({
    label: t(`settlements.${noun}`),
    look,
    post: `${back}/payments/${paymentId}/${noun}`,
    version: page.disputeCase.version,
    idempotencyKey: newFormKey(),
  });
  const list: SummaryList = {
    rows: [
      {
        key: t('cases.page.worker'),
        value: page.privacy === 'hidden' ? t('cases.page.afterTakeOver') : (instalment.claimant?.name ?? ''),
      },
      {
        key: t('settlements.amount'),
        value: t('cases.page.yuan', { amount: formatYuan(payment.amountFen) }),
        lines: [amountInWords(payment.amountFen)],
      },
      { key: t('settlements.paidOn'), value: payment.paidOn },
      { key: t('settlements.dueOn'), value: instalment.dueOn },
      { key: t('settlements.manner'), value: t(`settlements.manners.${payment.manner}`) },
      { key: t('settlements.proof'), value: payment.proof },
      { key: t('settlements.recordedBy'), value: payment.recordedBy?.displayName ?? '' },
    ],
  };
  const title = t('settlements.verifyTitle');
  return {
    title,
    header: {
      title,
      back: { label: page.disputeCase.number ?? page.disputeCase.title, href: back },
      lead: t('settlements.verifyLead'),
    },
    list,
    actions:
      payment.state === 'recorded' && payment.recordedById !== page.readerId
        ? [decide('verification', 'primary'), decide('rejection', 'danger')]
        : [],
  };
}
