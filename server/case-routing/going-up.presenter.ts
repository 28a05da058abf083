import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField } from '../web/fields.ts';
import { levelAbove } from './going-up.rules.ts';

/** Why the case is to go up, and where it will be. */
export function goingUpFields({ disputeCase }: CasePage, values: Posted, t: Translate): ActionFields {
  const level = t(`cases.levels.${levelAbove(disputeCase.level) ?? 'town'}`);
  return {
    lead: t('routing.goingUp.lead', { level }),
    fields: [
      areaField('explanation', t('cases.forms.reason'), values, {
        rows: 3,
        maxlength: 500,
        required: true,
        hint: t('routing.goingUp.hint'),
      }),
    ],
  };
}
