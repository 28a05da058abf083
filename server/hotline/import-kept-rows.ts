import { gunzipSync, gzipSync } from 'node:zlib';
import { decryptBytes, encryptBytes } from '../../models/encryption.ts';
import type { FaultyRow } from './import-tally.rules.ts';

/** The faulty rows of an import as they stood in the file, with the header texts of its columns. */
export interface KeptRows {
  headers: string[];
  faultyRows: FaultyRow[];
}

/** Rows for the table of batches: encrypted, because they hold names and phone numbers. */
export function sealRows(rows: KeptRows): string {
  return encryptBytes(gzipSync(JSON.stringify(rows))).toString('base64');
}

export function openRows(sealed: string): KeptRows {
  return JSON.parse(gunzipSync(decryptBytes(Buffer.from(sealed, 'base64'))).toString('utf8')) as KeptRows;
}
