import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { choiceField, textField } from '../web/fields.ts';
import type { ActionFields } from './case-form.controller.ts';
import { AGREED_BY } from './agreed-amounts.rules.ts';
import type { CasePage } from './case-page.queries.ts';

/** The form that fills in the agreed amounts of all workers at once. */
export function agreedAmountsFields({ disputeCase }: CasePage, values: Posted, t: Translate): ActionFields {
  const yuan = (fen: number | null): string =>
    fen === null ? t('common.unknown') : t('cases.page.yuan', { amount: formatYuan(fen) });
  const { claimedFen, verifiedFen } = disputeCase;
  return {
    lead: t('group.agreed.lead', { claimed: yuan(claimedFen), verified: yuan(verifiedFen) }),
    fields: [
      choiceField('radio', 'by', t('group.agreed.by'), AGREED_BY, (by) => t(`group.agreed.ways.${by}`), {
        by: 'verified',
        ...values,
      }),
      textField('total', t('group.agreed.total'), values, {
        kind: 'amount',
        inputmode: 'decimal',
        suffix: t('common.yuan'),
        hint: t('group.agreed.totalHint'),
      }),
    ],
  };
}
