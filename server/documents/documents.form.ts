import { DomainError, type FieldError } from '../shared/errors.ts';
import {
  failed,
  optionalId,
  optionalText,
  readForm,
  requiredId,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { ATTACHMENT_KINDS } from './attachment.rules.ts';
import type { NewAttachment, TidyFile } from './attachments.service.ts';
import { COPY_OUTPUTS, COPY_REASONS, FILE_OUTPUTS } from './copies.rules.ts';

/** Why a document is wanted in full, and as what. */
export const readCopy = (fields: Posted) =>
  readForm({ reason: requiredOneOf(COPY_REASONS), output: requiredOneOf(COPY_OUTPUTS) }, fields);

export const readFileCopy = (fields: Posted) =>
  readForm({ reason: requiredOneOf(COPY_REASONS), output: requiredOneOf(FILE_OUTPUTS) }, fields);

/** The button that makes a document final carries what was shown. */
export function readFinal(fields: Posted): { shown: string; key: string } {
  const form = readForm({ shown: requiredText(64), idempotencyKey: requiredId() }, fields);
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  return { shown: form.values.shown, key: form.values.idempotencyKey };
}

export const readVoiding = (fields: Posted) => readForm({ reason: requiredText(500) }, fields);

export const readTie = (fields: Posted) =>
  readForm({ paper: optionalText(80), shown: optionalText(80) }, fields);

/** A file with what it is; of the file itself only name and digest are compared when the form comes twice. */
export function readAttachmentForm(
  fields: Posted,
  file: Pick<TidyFile, 'fileName' | 'sha256'> | null,
): FormResult<NewAttachment & Pick<TidyFile, 'fileName' | 'sha256'>> {
  const form = readForm(
    {
      kind: requiredOneOf(ATTACHMENT_KINDS),
      note: optionalText(500),
      paper: optionalText(80),
      paymentId: optionalId(),
    },
    fields,
  );
  const missing: FieldError[] = file ? [] : [{ field: 'file', sentence: 'documents.errors.fileMissing' }];
  if (!form.ok || !file) return failed(form, missing);
  return { ok: true, values: { ...form.values, fileName: file.fileName, sha256: file.sha256 } };
}
