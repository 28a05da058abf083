import { DomainError } from '../shared/errors.ts';
import { failed, readForm, requiredInteger, type FormResult, type Posted } from '../shared/form.ts';

/** The list as it was pasted: nothing is trimmed, for a first cell may be empty. */
export function readPastedList({ text = '' }: Posted): FormResult<{ text: string }> {
  if (typeof text !== 'string' || text.includes('\0')) throw new DomainError(400, 'errors.badRequest');
  return text.trim() === ''
    ? { ok: false, errors: [{ field: 'text', sentence: 'group.errors.nothing' }] }
    : { ok: true, values: { text } };
}

/** The list that was looked at, and the version of the case for which it was. */
export function readListConfirmation(fields: Posted): FormResult<{ text: string; version: number }> {
  const list = readPastedList(fields);
  const state = readForm({ version: requiredInteger(0, 999_999_999) }, fields);
  return list.ok && state.ok
    ? { ok: true, values: { ...list.values, ...state.values } }
    : failed(list, state.ok ? [] : state.errors);
}
