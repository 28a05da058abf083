import type { ActionFields } from '../cases/case-form.controller.ts';
import type { CasePage } from '../cases/case-page.queries.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import { areaField, textField } from '../web/fields.ts';
import type { NetPerson } from './co-mediators.queries.ts';
import { candidateText } from './co-mediators.rules.ts';

type Named = CasePage['coMediators'][number];

/** Somebody of the net, found by typing the name. */
export function coMediatorFields(
  candidates: readonly NetPerson[],
  values: Posted,
  t: Translate,
): ActionFields {
  const suggestions = candidates.map((each) => candidateText(each, t(`directory.personKinds.${each.kind}`)));
  return {
    lead: t('coMediators.lead'),
    ...(candidates.length === 0
      ? { notice: { tone: 'warn', text: t('coMediators.nobody'), lines: [t('coMediators.nobodyHint')] } }
      : {}),
    fields: [
      textField('person', t('coMediators.person'), values, {
        required: true,
        maxlength: 300,
        autocomplete: 'off',
        hint: t('coMediators.personHint'),
        suggestions,
      }),
    ],
  };
}

export function coMediatorEndFields({ person }: Named, values: Posted, t: Translate): ActionFields {
  return {
    lead: t('coMediators.endLead', { name: person!.name }),
    fields: [
      areaField('reason', t('cases.forms.reason'), values, {
        rows: 2,
        maxlength: 500,
        required: true,
        hint: t('routing.reasonAlways'),
      }),
    ],
  };
}

/** The co-mediators as they stand in a list of attendees. */
export function asAttendees(coMediators: readonly Named[], t: Translate): string {
  return coMediators
    .map(({ person }) =>
      t('coMediators.attendee', {
        name: person!.name,
        kind: t(`directory.personKinds.${person!.kind}`),
      }),
    )
    .join(t('common.comma'));
}
