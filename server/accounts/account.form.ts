import type { FieldError } from '../shared/errors.ts';
import { readForm, requiredText, secret, type FormResult, type Posted } from '../shared/form.ts';
import { localPath } from '../shared/local-path.ts';

/** A sign-in as posted; what is missing is empty and fails like a wrong password. */
export function readSignIn(posted: Posted): { username: string; password: string; returnTo: string } {
  const text = (value: unknown, most: number): string =>
    typeof value === 'string' ? value.slice(0, most) : '';
  return {
    username: text(posted['username'], 64).trim(),
    password: text(posted['password'], 1000),
    returnTo: localPath(posted['returnTo']),
  };
}

const twice = { password: secret(), repeated: secret() };

export function readPasswordChange(posted: Posted) {
  return sameTwice(readForm({ current: secret(), ...twice }, posted));
}

export function readNewPassword(posted: Posted) {
  return sameTwice(readForm(twice, posted));
}

export function readFirstAdministrator(posted: Posted) {
  return sameTwice(
    readForm({ username: requiredText(64), displayName: requiredText(100), ...twice }, posted),
  );
}

function sameTwice<T extends { password: string; repeated: string }>(form: FormResult<T>): FormResult<T> {
  if (!form.ok || form.values.password === form.values.repeated) return form;
  const error: FieldError = { field: 'repeated', sentence: 'accounts.errors.passwordsDiffer' };
  return { ok: false, errors: [error] };
}
