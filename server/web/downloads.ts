import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * Sends a file to be saved, never opened in the page: its type is what it was found to be, and nothing in it runs.
 * `bytes` in pieces are sent as they come, at the speed of who reads.
 */
export async function sendDownload(
  res: Response,
  { name, type, bytes }: { name: string; type: string; bytes: Buffer | AsyncIterable<Uint8Array> },
): Promise<void> {
  res.attachment(name).type(type).set({
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  if (Buffer.isBuffer(bytes)) res.send(bytes);
  else await pipeline(Readable.from(bytes), res);
}
