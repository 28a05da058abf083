import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField } from '../web/fields.ts';
import { withErrors } from '../web/form-view.ts';
import type { Field, FormView } from '../web/view-model.ts';
import { REVEAL_FIELDS, REVEAL_REASONS, type RevealField } from './privacy.rules.ts';
import type { MaskedPart, PartOfCase } from './reveal.service.ts';

/** The page that asks for a reason, and then shows one number or the text. */
export function presentReveal(
  masked: MaskedPart,
  t: Translate,
  shown: { values?: Posted; errors?: FieldError[]; revealed?: string | null },
) {
  const back = `/cases/${masked.caseId}`;
  const ofComplaint = masked.part === 'complaint';
  const title = t(ofComplaint ? 'cases.reveal.textTitle' : 'cases.reveal.title', { name: masked.name });
  const form: FormView = {
    action: revealPath(masked),
    method: 'post',
    fields: revealFields(masked, shown.values ?? {}, t),
    submit: { label: t('cases.reveal.submit') },
    cancel: { label: t('common.back'), href: back },
  };
  return {
    title,
    header: { title, back: { label: t('cases.reveal.back'), href: back }, lead: t('cases.reveal.lead') },
    ...(ofComplaint ? { text: shown.revealed } : { revealed: shown.revealed }),
    call: shown.revealed && shown.values?.['field'] === 'phone' ? `tel:${shown.revealed}` : null,
    form: withErrors(form, shown.errors ?? [], t),
  };
}

/** Where a part of a case is asked for. */
export function revealPath({ caseId, part, id }: PartOfCase): string {
  return `/cases/${caseId}/${part === 'complaint' ? part : `${part}s/${id}`}/reveals`;
}

/** Which of what is known, and why. */
function revealFields({ phone, idNumber, facts }: MaskedPart, values: Posted, t: Translate): Field[] {
  const masked: Record<RevealField, string | null> = {
    phone: phone && maskPhone(phone),
    idNumber: idNumber && maskIdNumber(idNumber),
    facts: facts && t('cases.reveal.numbersInText'),
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
      { required: true },
    );
  return [
    choice('field', known, (field) => `${t(`cases.forms.${field}`)} ${masked[field as RevealField] ?? ''}`),
    choice('reason', REVEAL_REASONS, (reason) => t(`cases.reveal.reasons.${reason}`)),
  ];
}
