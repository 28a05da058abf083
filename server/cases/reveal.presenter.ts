import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import { choiceField } from '../web/fields.ts';
import { withErrors } from '../web/form-view.ts';
import type { FormView } from '../web/view-model.ts';
import { REVEAL_FIELDS, REVEAL_REASONS } from './privacy.rules.ts';

interface Worker {
  id: string;
  caseId: string;
  name: string;
  phone: string | null;
  idNumber: string | null;
}

/** The page that asks for a reason, and then shows one number. */
export function presentReveal(
  worker: Worker,
  t: Translate,
  shown: { values?: Posted; errors?: FieldError[]; revealed?: string | null },
) {
  const masked = {
    phone: worker.phone && maskPhone(worker.phone),
    idNumber: worker.idNumber && maskIdNumber(worker.idNumber),
  };
  const known = REVEAL_FIELDS.filter((field) => masked[field]);
  const values = { field: known[0] ?? '', ...shown.values };
  const back = `/cases/${worker.caseId}`;
  const form: FormView = {
    action: `${back}/claimants/${worker.id}/reveals`,
    method: 'post',
    fields: [
      choiceField(
        'radio',
        'field',
        t('cases.reveal.field'),
        known,
        (field) => `${t(`cases.forms.${field}`)} ${masked[field as 'phone'] ?? ''}`,
        values,
        { required: true },
      ),
      choiceField(
        'radio',
        'reason',
        t('cases.reveal.reason'),
        REVEAL_REASONS,
        (reason) => t(`cases.reveal.reasons.${reason}`),
        values,
        { required: true },
      ),
    ],
    submit: { label: t('cases.reveal.submit') },
    cancel: { label: t('common.back'), href: back },
  };
  const title = t('cases.reveal.title', { name: worker.name });
  return {
    title,
    header: { title, back: { label: t('cases.reveal.back'), href: back }, lead: t('cases.reveal.lead') },
    revealed: shown.revealed,
    call: shown.revealed && shown.values?.['field'] === 'phone' ? `tel:${shown.revealed}` : null,
    form: withErrors(form, shown.errors ?? [], t),
  };
}
