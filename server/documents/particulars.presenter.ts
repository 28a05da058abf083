import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { areaField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Field } from '../web/view-model.ts';
import { particularsPath } from './paths.rules.ts';
import { IDENTITY, type ParticularsSubject } from './particulars.rules.ts';
import type { OpenParticulars, WhoseParticulars } from './particulars.service.ts';

/** The form of what only the papers need to know. */
export function presentParticulars<S extends ParticularsSubject>(
  whose: WhoseParticulars<S>,
  { name, version, known, supervises, unknown }: OpenParticulars<S>,
  { values, errors }: FormState,
  key: string,
  t: Translate,
) {
  const typed = Object.keys(values).length > 0;
  const shown = typed ? values : stored(known);
  const title = t(`documents.particulars.title.${whose.subject}`, { name });
  const back = `/cases/${whose.caseId}#papers`;
  const form = {
    action: particularsPath(whose),
    method: 'post' as const,
    version: typed ? Number(values['version']) || 0 : version,
    idempotencyKey: key,
    fields: FIELDS[whose.subject](shown, t).filter(
      ({ name: field }) =>
        (supervises || field !== 'supervisionUntil') &&
        IDENTITY.every((one) => one !== field || unknown.includes(one)),
    ),
    submit: { label: t('common.save') },
    cancel: { label: t('common.cancel'), href: back },
  };
  return {
    title,
    header: {
      title,
      back: { label: t('documents.backToCase'), href: back },
      lead: t('documents.particulars.lead'),
    },
    form: withErrors(form, errors, t),
  };
}

function stored(known: object): Posted {
  return Object.fromEntries(
    Object.entries(known).map(([name, value]) => [
      name,
      name === 'monthlyWageFen' ? formatYuan(Number(value)) : String(value),
    ]),
  );
}

const FIELDS: Record<ParticularsSubject, (values: Posted, t: Translate) => Field[]> = {
  claimant: (values, t) => [
    line('idNumber', values, t, { maxlength: 30, half: true }),
    line('phone', values, t, { maxlength: 30, half: true, inputmode: 'tel' }),
    line('address', values, t, { maxlength: 200 }),
    line('deliveryAddress', values, t, { maxlength: 200 }),
    line('position', values, t, { maxlength: 60, half: true }),
    line('monthlyWageFen', values, t, {
      ...{ kind: 'amount', inputmode: 'decimal', half: true },
      suffix: t('common.yuan'),
    }),
    line('workedFrom', values, t, { kind: 'date', half: true }),
    line('workedUntil', values, t, { kind: 'date', half: true, hint: t('documents.particulars.stillThere') }),
  ],
  respondent: (values, t) => [
    line('legalRepresentative', values, t, { maxlength: 60, half: true }),
    line('creditCode', values, t, { maxlength: 40, half: true }),
    line('address', values, t, { maxlength: 200 }),
    line('deliveryAddress', values, t, { maxlength: 200 }),
  ],
  case: (values, t) => [
    area('facts', values, t, 6, 20_000),
    area('evidence', values, t, 3, 5000),
    line('agent', values, t, { maxlength: 300 }),
    area('findings', values, t, 6, 10_000),
    line('extensionTo', values, t, { kind: 'date', hint: t('documents.particulars.extensionToHint') }),
    line('supervisionUntil', values, t, { kind: 'date' }),
  ],
};

function line(name: string, values: Posted, t: Translate, options: Parameters<typeof textField>[3]): Field {
  return textField(name, t(`documents.particulars.${name}`), values, { autocomplete: 'off', ...options });
}

function area(name: string, values: Posted, t: Translate, rows: number, maxlength: number): Field {
  const hint = t(`documents.particulars.${name}Hint`);
  return areaField(name, t(`documents.particulars.${name}`), values, { rows, maxlength, hint });
}
