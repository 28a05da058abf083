import type { FieldError } from '../shared/errors.ts';
import type { Posted } from '../shared/form.ts';
import type { Translate } from '../shared/language.ts';
import type { Field, FormView } from '../web/view-model.ts';
import { textField } from '../web/fields.ts';
import { withErrors } from '../web/form-view.ts';
import { PASSWORD_LENGTH } from './password.rules.ts';

/** The sign-in page; with `failed`, what was typed and one sentence that does not say what was wrong. */
export function presentSignIn(t: Translate, returnTo: string, failed?: { username: string }) {
  const form: FormView = {
    action: '/sign-in',
    method: 'post',
    fields: [
      {
        kind: 'text',
        name: 'username',
        label: t('accounts.username'),
        value: failed?.username ?? '',
        autocomplete: 'username',
        required: true,
      },
      {
        kind: 'password',
        name: 'password',
        label: t('accounts.password'),
        autocomplete: 'current-password',
        required: true,
      },
      { kind: 'hidden', name: 'returnTo', value: returnTo },
    ],
    submit: { label: t('accounts.signIn.submit') },
  };
  return {
    title: t('accounts.signIn.title'),
    header: { title: t('accounts.signIn.title') },
    form: withErrors(
      form,
      failed ? [{ field: 'username', sentence: 'accounts.errors.signInFailed' }] : [],
      t,
    ),
  };
}

export function presentPassword(t: Translate, options: { forced: boolean; errors?: FieldError[] }) {
  const form: FormView = {
    action: '/account/password',
    method: 'post',
    fields: [
      {
        kind: 'password',
        name: 'current',
        label: t('accounts.currentPassword'),
        autocomplete: 'current-password',
        required: true,
      },
      ...newPasswordFields(t),
    ],
    submit: { label: t('accounts.changePassword.submit') },
  };
  return {
    title: t('accounts.changePassword.title'),
    header: {
      title: t('accounts.changePassword.title'),
      lead: options.forced ? t('accounts.changePassword.forced') : undefined,
    },
    form: withErrors(form, options.errors ?? [], t),
  };
}

/** The page behind a one-time link: set a password, or make the first administrator. */
export function presentLink(
  t: Translate,
  options: {
    token: string;
    username: string | null;
    values?: Posted;
    errors?: FieldError[];
  },
) {
  const { username, values = {}, errors = [] } = options;
  const first = username === null;
  const form: FormView = {
    action: `/welcome/${options.token}`,
    method: 'post',
    fields: [...(first ? administratorFields(values, t) : []), ...newPasswordFields(t)],
    submit: { label: t(first ? 'accounts.welcome.createAdministrator' : 'accounts.welcome.setPassword') },
  };
  const title = t(first ? 'accounts.welcome.firstTitle' : 'accounts.welcome.title');
  return {
    title,
    header: {
      title,
      lead: first ? t('accounts.welcome.firstLead') : t('accounts.welcome.lead', { username }),
    },
    form: withErrors(form, errors, t),
  };
}

function administratorFields(values: Posted, t: Translate): Field[] {
  return [
    textField('username', t('accounts.username'), values, {
      hint: t('accounts.usernameHint'),
      autocomplete: 'username',
      maxlength: 64,
      required: true,
    }),
    textField('displayName', t('accounts.displayName'), values, {
      autocomplete: 'name',
      maxlength: 100,
      required: true,
    }),
  ];
}

function newPasswordFields(t: Translate): Field[] {
  return [
    {
      kind: 'password',
      name: 'password',
      label: t('accounts.newPassword'),
      hint: t('accounts.passwordHint', { least: PASSWORD_LENGTH.least }),
      autocomplete: 'new-password',
      required: true,
    },
    {
      kind: 'password',
      name: 'repeated',
      label: t('accounts.repeatPassword'),
      autocomplete: 'new-password',
      required: true,
    },
  ];
}
