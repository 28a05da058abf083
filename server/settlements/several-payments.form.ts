import { DomainError } from '../shared/errors.ts';
import {
  failed,
  manyIds,
  readForm,
  requiredDay,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { NewPayments } from './payments.service.ts';
import { PAYMENT_MANNERS } from './settlement.rules.ts';
import { MOST_LINES, readBox } from './several-payments.rules.ts';

/** Several instalments that were paid in full on one day with one proof. */
export function readPayments(fields: Posted): FormResult<NewPayments> {
  const ticked = [fields['instalments'] ?? []].flat();
  const lines = ticked.map(readBox).filter((line) => line !== null);
  if (lines.length < ticked.length || lines.length > MOST_LINES)
    throw new DomainError(400, 'errors.badRequest');
  const form = readForm(
    { paidOn: requiredDay(), manner: requiredOneOf(PAYMENT_MANNERS), proof: requiredText(500) },
    fields,
  );
  const none = lines.length > 0 ? [] : [noneTicked('instalments')];
  if (!form.ok || none.length > 0) return failed(form, none);
  return { ok: true, values: { lines, ...form.values } };
}

/** The recorded payments whose proof somebody has seen. */
export function readVerifications(fields: Posted): FormResult<{ payments: string[] }> {
  const form = readForm({ payments: manyIds() }, fields);
  return form.ok && form.values.payments.length === 0 ? failed(form, [noneTicked('payments')]) : form;
}

const noneTicked = (field: string) => ({ field, sentence: 'settlements.errors.noneTicked' });
