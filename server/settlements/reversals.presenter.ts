import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import { seenText } from '../cases/privacy.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField } from '../web/fields.ts';
import { paymentList, type PaymentOfCase } from './payments.presenter.ts';
import { awaitsAnswerOf } from './settlement.rules.ts';

/** A payment is taken back once, as long as it counts. */
export function canReverse({ payment: { state, reversals = [] } }: PaymentOfCase): boolean {
  return state === 'verified' && !reversals.some((reversal) => reversal.state === 'recorded');
}

/** The reversal that waits for this reader's answer. */
export function openReversal({ readerId }: CasePage, { payment: { reversals = [] } }: PaymentOfCase) {
  return reversals.find((reversal) => awaitsAnswerOf(readerId, reversal));
}

export function reversalFields(
  page: CasePage,
  found: PaymentOfCase,
  values: Posted,
  t: Translate,
): ActionFields {
  return {
    lead: t('settlements.reversal.lead'),
    danger: true,
    list: paymentList(page, found, t),
    fields: [
      areaField('reason', t('cases.forms.reason'), values, {
        rows: 3,
        maxlength: 500,
        required: true,
        hint: t('settlements.reversal.reasonHint'),
      }),
    ],
  };
}

/** The reversal before its second person: the payment, why it is to be taken back, and the two answers. */
export function reversalDecisionFields(
  page: CasePage,
  found: PaymentOfCase,
  values: Posted,
  t: Translate,
): ActionFields {
  const reversal = openReversal(page, found);
  const { rows } = paymentList(page, found, t);
  return {
    lead: t('settlements.reversal.decisionLead'),
    list: {
      rows: [
        ...rows,
        { key: t('settlements.reversal.reason'), value: seenText(reversal?.reason ?? '', page) },
        { key: t('settlements.reversal.recordedBy'), value: reversal?.recordedBy?.displayName ?? '' },
      ],
    },
    fields: [
      choiceField(
        'radio',
        'decision',
        t('settlements.reversal.decision'),
        ['verified', 'rejected'],
        (code) => t(`settlements.reversal.decisions.${code}`),
        values,
        { required: true },
      ),
      areaField('reason', t('settlements.reversal.rejectReason'), values, { rows: 2, maxlength: 500 }),
    ],
  };
}
