import type { PaperForm } from '../documents/forms.rules.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, choiceField, textField } from '../web/fields.ts';
import type { Field, FormView } from '../web/view-model.ts';
import { AUTHORITIES, DECLINE_REASONS, REFERRALS, VOID_REASONS } from './case.rules.ts';

type Fields = Pick<FormView, 'fields'> & { lead: string; danger?: boolean };

const reasonField = (values: Posted, t: Translate, hint = t('cases.forms.noPersonalData')): Field =>
  areaField('reason', t('cases.forms.reason'), values, {
    rows: 3,
    maxlength: 500,
    required: true,
    hint,
  });

/** The reason as the paper prints it, and apart from it what only the town reads. */
const printedReason = (form: PaperForm, values: Posted, t: Translate): Field[] => [
  reasonField(values, t, t('cases.forms.printed', { paper: t(`documents.forms.${form}`) })),
  areaField('note', t('cases.forms.internalNote'), values, {
    rows: 2,
    maxlength: 500,
    hint: t('cases.forms.internalNoteHint'),
  }),
];

const explanationField = (values: Posted, t: Translate): Field =>
  areaField('explanation', t('cases.forms.explanation'), values, {
    rows: 4,
    maxlength: 1000,
    required: true,
  });

const reasonChoice = (codes: readonly string[], values: Posted, t: Translate): Field =>
  choiceField(
    'radio',
    'reason',
    t('cases.forms.reason'),
    codes,
    (code) => t(`cases.reasons.${code}`),
    values,
    { required: true },
  );

/** The failure; once the days are over its reason is drafted. */
export const failureFields = (
  { failureDraftedOn }: { failureDraftedOn: string | null },
  values: Posted,
  t: Translate,
): Fields => ({
  lead: t('cases.forms.failureLead'),
  fields: [
    choiceField(
      'radio',
      'referral',
      t('cases.forms.referral'),
      REFERRALS,
      (code) => t(`cases.referrals.${code}`),
      values,
      { required: true },
    ),
    ...printedReason(
      'failure',
      { ...(failureDraftedOn ? { reason: t('cases.forms.expired') } : {}), ...values },
      t,
    ),
  ],
});

export const withdrawalFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.withdrawalLead'),
  fields: printedReason('withdrawal', values, t),
});

export const lostContactFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.lostContactLead'),
  fields: printedReason('failure', values, t),
});

export const transferFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.transferLead'),
  fields: [
    choiceField(
      'select',
      'authority',
      t('cases.forms.authority'),
      AUTHORITIES,
      (code) => t(`cases.authorities.${code}`),
      values,
      {
        required: true,
        emptyText: t('common.choose'),
      },
    ),
    textField('letter', t('cases.forms.letter'), values, { maxlength: 60, width: 'medium' }),
    ...printedReason('transfer', values, t),
  ],
});

export const receiptFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.receiptLead'),
  fields: [
    textField('receivedOn', t('cases.forms.receiptOn'), values, { kind: 'date', required: true }),
    textField('receivedBy', t('cases.forms.receiptBy'), values, { maxlength: 60, width: 'medium' }),
  ],
});

export const notLabourFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.notLabourLead'),
  fields: [reasonField(values, t)],
});

export const duplicateFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.duplicateLead'),
  fields: [
    textField('number', t('cases.forms.originalNumber'), values, {
      maxlength: 64,
      required: true,
      width: 'medium',
    }),
  ],
});

export const declineFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.declineLead'),
  fields: [reasonChoice(Object.keys(DECLINE_REASONS), values, t), explanationField(values, t)],
});

export const voidFields = (values: Posted, t: Translate): Fields => ({
  lead: t('cases.forms.voidLead'),
  danger: true,
  fields: [reasonChoice(VOID_REASONS, values, t), explanationField(values, t)],
});
