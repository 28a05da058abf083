import { readForm, requiredId, requiredText, type FormResult, type Posted } from './form.ts';

/** The form of a file for a town; a browser sends no file when none was chosen. */
export function readTownFile<F>(posted: Posted, file: F | null): FormResult<{ townId: string; file: F }> {
  const fields = readForm({ townId: requiredId() }, posted);
  if (fields.ok && file) return { ok: true, values: { ...fields.values, file } };
  const errors = fields.ok ? [] : fields.errors;
  return {
    ok: false,
    errors: file ? errors : [...errors, { field: 'file', sentence: 'hotline.errors.fileMissing' }],
  };
}

/** The confirmation of a file: the fingerprint of what its preview showed. */
export const readShown = (posted: Posted) => readForm({ shown: requiredText(64) }, posted);
