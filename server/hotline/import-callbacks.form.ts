import type { FieldError } from '../shared/errors.ts';
import { readForm, requiredId, requiredInteger, type FormResult, type Posted } from '../shared/form.ts';

/** The form of a file of callbacks; a browser sends no file when none was chosen. */
export function readCallbackUpload(
  posted: Posted,
  file: { fileName: string; sha256: string } | null,
): FormResult<{ townId: string; sha256: string }> {
  const fields = readForm({ townId: requiredId() }, posted);
  const errors: FieldError[] = fields.ok ? [] : fields.errors;
  if (!file) errors.push({ field: 'file', sentence: 'hotline.errors.fileMissing' });
  if (!fields.ok || !file) return { ok: false, errors };
  return { ok: true, values: { ...fields.values, sha256: file.sha256 } };
}

/** The confirmation: how many callbacks the preview would store. */
export const readCallbackConfirmation = (posted: Posted) =>
  readForm({ shown: requiredInteger(1, 999_999) }, posted);
