import type { FieldError } from '../shared/errors.ts';
import { readForm, requiredId, requiredText, type FormResult, type Posted } from '../shared/form.ts';

/** The form of an employers' table; a browser sends no file when none was chosen. */
export function readTableUpload(
  posted: Posted,
  file: { sha256: string } | null,
): FormResult<{ townId: string; sha256: string }> {
  const fields = readForm({ townId: requiredId() }, posted);
  const errors: FieldError[] = fields.ok ? [] : fields.errors;
  if (!file) errors.push({ field: 'file', sentence: 'hotline.errors.fileMissing' });
  if (!fields.ok || !file) return { ok: false, errors };
  return { ok: true, values: { ...fields.values, sha256: file.sha256 } };
}

/** The confirmation: the fingerprint of what the preview showed. */
export const readTableConfirmation = (posted: Posted) => readForm({ shown: requiredText(64) }, posted);
