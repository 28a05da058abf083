import { HAND_OVER_REASONS } from '../cases/case.rules.ts';
import {
  failed,
  manyIds,
  readForm,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readDesk } from './proposal.rules.ts';
import type { HandOverWish } from './hand-over.service.ts';

/** To whom and why. */
export function readHandOver(fields: Posted): FormResult<HandOverWish> {
  const form = readForm(
    { desk: requiredText(80), reason: requiredOneOf(HAND_OVER_REASONS), explanation: requiredText(500) },
    fields,
  );
  if (!form.ok) return form;
  const desk = readDesk(form.values.desk);
  if (!desk) return failed(form, [{ field: 'desk', sentence: 'errors.chooseOne' }]);
  return { ok: true, values: { ...form.values, desk } };
}

/** The same with the ticked cases; at least one. */
export function readCaseload(fields: Posted): FormResult<HandOverWish & { cases: string[] }> {
  const wish = readHandOver(fields);
  const ticked = readTicked(fields);
  if (!ticked.ok) return failed(wish, ticked.errors);
  return wish.ok ? { ok: true, values: { ...wish.values, ...ticked.values } } : wish;
}

/** The ticked cases; at least one. */
export function readTicked(fields: Posted): FormResult<{ cases: string[] }> {
  const form = readForm({ cases: manyIds() }, fields);
  if (!form.ok || form.values.cases.length > 0) return form;
  return failed(form, [{ field: 'cases', sentence: 'handOver.errors.noneTicked' }]);
}

export const readRefusal = (fields: Posted) => readForm({ explanation: requiredText(500) }, fields);
