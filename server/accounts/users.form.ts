import {
  failed,
  optionalId,
  optionalOneOf,
  optionalText,
  readForm,
  requiredId,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { isMailAddress } from '../shared/personal-data.rules.ts';
import { GRANTED_ROLES, ROLES, type Role } from './roles.rules.ts';
import type { UserFilter } from './users.queries.ts';

/** A role as a form names it: the enterprise of an enterprise's mediator by its name or credit code. */
export interface RoleFields {
  role: Role;
  areaId: string;
  enterprise: string | null;
}

const role = { role: requiredOneOf(GRANTED_ROLES), areaId: requiredId(), enterprise: optionalText(200) };

export function readRole(posted: Posted): FormResult<RoleFields> {
  return checked(readForm(role, posted));
}

/** What the form of a new account says; the mail address is for notices only. */
export interface NewUserFields extends RoleFields {
  username: string;
  displayName: string;
  mail: string | null;
}

export function readNewUser(posted: Posted): FormResult<NewUserFields> {
  const fields = { username: requiredText(64), displayName: requiredText(100), mail: optionalText(120) };
  const form = checked(readForm({ ...fields, ...role }, posted));
  const { mail } = readFilter(fields, posted);
  if (!mail || isMailAddress(mail)) return form;
  return failed(form, [NOT_A_MAIL]);
}

const NOT_A_MAIL = { field: 'mail', sentence: 'notifications.errors.notAMail' };

/** Another mail address of an account; an empty field takes it away. */
export function readMail(posted: Posted): FormResult<{ mail: string | null }> {
  const form = readForm({ mail: optionalText(120) }, posted);
  if (!form.ok || !form.values.mail || isMailAddress(form.values.mail)) return form;
  return { ok: false, errors: [NOT_A_MAIL] };
}

function checked<T extends RoleFields>(form: FormResult<T>): FormResult<T> {
  if (!form.ok || form.values.enterprise === null || form.values.role === 'mediator') return form;
  return { ok: false, errors: [{ field: 'enterprise', sentence: 'accounts.errors.enterpriseForMediator' }] };
}

/** The end of an account is confirmed by a tick: it cannot be taken back. */
export function readEnd(posted: Posted): FormResult<{ confirmed: string | null }> {
  const form = readForm({ confirmed: optionalText(3) }, posted);
  if (!form.ok || form.values.confirmed !== null) return form;
  return { ok: false, errors: [{ field: 'confirmed', sentence: 'errors.tick' }] };
}

/** Reads the filter in the address of the list. */
export function readUserFilter(query: Posted): UserFilter {
  return readFilter(
    {
      q: optionalText(100),
      role: optionalOneOf(ROLES),
      area: optionalId(),
      state: optionalOneOf(['ended', 'all'] as const),
    },
    query,
  );
}
