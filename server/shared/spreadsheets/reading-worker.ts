import { readFileSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import { LIMITS, refusal } from './rows.ts';
import type { SpreadsheetRow } from './rows.ts';
import { rowsOf } from './rows-of.ts';

/** What the worker is given: the file, and the count of batches that its reader has not taken yet. */
export interface ReadingOrder {
  source: Uint8Array | string;
  waiting: Int32Array;
}

/** What the worker tells: rows, the end, or the sentence why the file is refused. */
export type ReadingMessage =
  | { rows: SpreadsheetRow[] }
  | { end: true }
  | { refused: { sentence: string; values: Record<string, string | number> } };

/** A batch ends at either; a message is copied outside of the worker's own memory limit. */
const BATCH = { rows: 500, characters: 500_000 };
const MAX_WAITING = 4;

const { source, waiting } = workerData as ReadingOrder;

try {
  let batch: SpreadsheetRow[] = [];
  let characters = 0;
  let allCharacters = 0;
  for await (const row of rowsOf(loadBytes())) {
    const length = charactersOf(row);
    characters += length;
    allCharacters += length;
    if (allCharacters > LIMITS.characters)
      throw refusal('tooMuchText', { limit: LIMITS.characters / 1_000_000 });
    if (batch.push(row) < BATCH.rows && characters < BATCH.characters) continue;
    send(batch);
    batch = [];
    characters = 0;
  }
  send(batch);
  tell({ end: true });
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  tell({ refused: { sentence: error.sentence, values: error.values } });
}

/** @throws Unacceptable for a row with more text than any hotline writes */
function charactersOf({ row, cells }: SpreadsheetRow): number {
  const count = cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0);
  if (count > LIMITS.rowLength) throw refusal('rowTooLong', { row, limit: LIMITS.rowLength });
  return count;
}

function loadBytes(): Buffer {
  const size = typeof source === 'string' ? sizeOf(source) : source.length;
  if (size > LIMITS.fileBytes) throw refusal('fileTooBig', { limit: LIMITS.fileBytes / 2 ** 20 });
  return typeof source === 'string'
    ? readFileSync(source)
    : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) throw refusal('noSuchFile', { path });
  return found.size;
}

/** Sends a batch, then sleeps while the reader is too far behind. */
function send(rows: SpreadsheetRow[]): void {
  tell({ rows });
  Atomics.add(waiting, 0, 1);
  for (let count = Atomics.load(waiting, 0); count >= MAX_WAITING; count = Atomics.load(waiting, 0)) {
    Atomics.wait(waiting, 0, count);
  }
}

function tell(message: ReadingMessage): void {
  parentPort?.postMessage(message);
}
