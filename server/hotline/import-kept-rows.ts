import { gunzipSync, gzipSync } from 'node:zlib';
import { decryptBytes, encryptBytes } from '../../models/encryption.ts';
import type { FaultyRow } from '../shared/spreadsheets/import-tally.rules.ts';

/** Faulty rows of an import as they stood in the file, with the header texts of its columns. */
export interface KeptRows {
  headers: string[];
  faultyRows: FaultyRow[];
}

/** Rows for the table of kept rows, a few hundred at a time: encrypted, because they hold names and phone numbers. */
export function sealRows(rows: KeptRows): Buffer {
  return encryptBytes(gzipSync(JSON.stringify(rows)));
}

export function openRows(sealed: Buffer): KeptRows {
  return JSON.parse(gunzipSync(decryptBytes(sealed)).toString('utf8')) as KeptRows;
}

/** The rows of all the parts, in their order. */
export function joinRows(parts: KeptRows[]): KeptRows {
  return {
    headers: parts[0]?.headers ?? [],
    faultyRows: parts.flatMap(({ faultyRows }) => faultyRows),
  };
}
