import { optionalFen, readForm, requiredOneOf, type FormResult, type Posted } from '../shared/form.ts';
import { AGREED_BY } from './agreed-amounts.rules.ts';
import type { AgreedAmounts } from './agreed-amounts.service.ts';

/** As verified, or by proportion of a sum, which must then be given. */
export function readAgreedAmounts(fields: Posted): FormResult<AgreedAmounts> {
  const form = readForm({ by: requiredOneOf(AGREED_BY), total: optionalFen() }, fields);
  if (!form.ok) return form;
  const { by, total } = form.values;
  if (by === 'verified') return { ok: true, values: { by } };
  return total === null
    ? { ok: false, errors: [{ field: 'total', sentence: 'errors.required' }] }
    : { ok: true, values: { by, totalFen: total } };
}
