import type { Translate } from '../shared/language.ts';
import { choiceField, textField } from '../web/fields.ts';
import { withErrors, type FormState } from '../web/form-view.ts';
import type { Field, FormView, Notice, SummaryList } from '../web/view-model.ts';
import type { Choices } from './choices.queries.ts';
import { CHOICES, type Channel } from './notifications.rules.ts';

/** How a person is told: where to, when, and what cannot be turned off. */
export function presentChoices(
  t: Translate,
  known: Choices,
  inUse: Record<Channel, boolean>,
  state: FormState,
  key: string,
) {
  const title = t('notifications.account.title');
  const values = { mail: known.mail, gateway: known.gateway, ...state.values };
  const optional = known.templates.filter(({ mandatory }) => mandatory === null);
  const form: FormView = {
    action: '/account/notices',
    method: 'post',
    idempotencyKey: key,
    sections: [
      { title: t('notifications.account.addresses'), fields: addressFields(values, inUse, t) },
      ...(optional.length > 0
        ? [{ title: t('notifications.account.choices'), fields: choiceFields(optional, state, t) }]
        : []),
    ],
    submit: { label: t('notifications.account.save') },
    cancel: { label: t('common.cancel'), href: '/notices' },
  };
  const noMail: Notice = { tone: 'info', text: t('notifications.account.noMail') };
  return {
    title,
    header: {
      title,
      lead: t('notifications.account.lead'),
      back: { label: t('notifications.title'), href: '/notices' },
    },
    notice: inUse.mail ? null : noMail,
    form: withErrors(form, state.errors, t),
    mandatory: mandatoryList(known, t),
  };
}

function addressFields(values: FormState['values'], inUse: Record<Channel, boolean>, t: Translate): Field[] {
  const mail = textField('mail', t('notifications.account.mail'), values, {
    ...{ hint: t('notifications.account.mailHint'), maxlength: 120, width: 'medium' },
    ...{ inputmode: 'email', autocomplete: 'email' },
  });
  const gateway = textField('gateway', t('notifications.account.gateway'), values, {
    ...{ hint: t('notifications.account.gatewayHint'), maxlength: 64, width: 'medium' },
  });
  return inUse.webhook ? [mail, gateway] : [mail];
}

function choiceFields(optional: Choices['templates'], { values }: FormState, t: Translate): Field[] {
  const word = (choice: string): string => t(`notifications.choices.${choice}`);
  return optional.map(({ key, choice }) =>
    choiceField(
      'radio',
      key,
      t(`notifications.templates.${key}.name`),
      CHOICES,
      word,
      { [key]: choice, ...values },
      { inline: true },
    ),
  );
}

function mandatoryList({ templates }: Choices, t: Translate): SummaryList | null {
  const rows = templates.flatMap(({ key, mandatory }) =>
    mandatory === null
      ? []
      : [
          {
            key: t(`notifications.templates.${key}.name`),
            value: t('notifications.choices.now'),
            lines: [t(`notifications.mandatory.${mandatory}`)],
          },
        ],
  );
  return rows.length > 0 ? { rows } : null;
}
