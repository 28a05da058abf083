import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField } from '../web/fields.ts';
import { withErrors } from '../web/form-view.ts';
import type { Field, FormView } from '../web/view-model.ts';
import { REVEAL_FIELDS, REVEAL_REASONS, type RevealField } from './privacy.rules.ts';
import type { NumbersOfParty } from './reveal.service.ts';

/** The page that asks for a reason, and then shows one number. */
export function presentReveal(
  party: NumbersOfParty,
  t: Translate,
  shown: { values?: Posted; errors?: FieldError[]; revealed?: string | null },
) {
  const back = `/cases/${party.caseId}`;
  const title = t('cases.reveal.title', { name: party.name });
  const form: FormView = {
    action: `${back}/${party.party}s/${party.id}/reveals`,
    method: 'post',
    fields: revealFields(party, shown.values ?? {}, t),
    submit: { label: t('cases.reveal.submit') },
    cancel: { label: t('common.back'), href: back },
  };
  return {
    title,
    header: { title, back: { label: t('cases.reveal.back'), href: back }, lead: t('cases.reveal.lead') },
    revealed: shown.revealed,
    call: shown.revealed && shown.values?.['field'] === 'phone' ? `tel:${shown.revealed}` : null,
    form: withErrors(form, shown.errors ?? [], t),
  };
}

/** Which number, of those that are known, and why. */
function revealFields({ phone, idNumber }: NumbersOfParty, values: Posted, t: Translate): Field[] {
  const masked: Record<RevealField, string | null> = {
    phone: phone && maskPhone(phone),
    idNumber: idNumber && maskIdNumber(idNumber),
  };
  const known = REVEAL_FIELDS.filter((field) => masked[field]);
  const choice = (name: string, codes: readonly string[], wordOf: (code: string) => string): Field =>
    choiceField(
      'radio',
      name,
      t(`cases.reveal.${name}`),
      codes,
      wordOf,
      { field: known[0], ...values },
      {
        required: true,
      },
    );
  return [
    choice('field', known, (field) => `${t(`cases.forms.${field}`)} ${masked[field as RevealField] ?? ''}`),
    choice('reason', REVEAL_REASONS, (reason) => t(`cases.reveal.reasons.${reason}`)),
  ];
}
