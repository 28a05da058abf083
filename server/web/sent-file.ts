import type { Request } from 'express';
import { createHash } from 'node:crypto';

/** A file that was sent with a form. */
export interface SentFile {
  fileName: string;
  bytes: Buffer;
  sha256: string;
}

/** The file of a multipart form; null when none was chosen. */
export function sentFile(req: Request): SentFile | null {
  if (!req.file) return null;
  const { buffer: bytes, originalname } = req.file;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, fileName: tidyFileName(originalname), sha256 };
}

/** A name without folders and control characters, such as it can be shown and stored. */
function tidyFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const tidy = base.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return [...tidy].slice(-200).join('') || 'file';
}
