import { gunzipSync, gzipSync } from 'node:zlib';
import { decryptBytes, encryptBytes } from '../../models/encryption.ts';
import type { KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import type { Cell } from '../shared/spreadsheets/rows.ts';

/** Stored rows by their number, as they stood in the file: the answers go back in them. */
export type SourceRows = Record<string, Cell[]>;

/** Rows for a table of rows, a few hundred at a time: encrypted, because they hold names and phone numbers. */
export function sealRows(rows: KeptRows | SourceRows): Buffer {
  return encryptBytes(gzipSync(JSON.stringify(rows), { level: 1 }));
}

export function openRows<R extends KeptRows | SourceRows = KeptRows>(sealed: Buffer): R {
  return JSON.parse(gunzipSync(decryptBytes(sealed)).toString('utf8')) as R;
}
