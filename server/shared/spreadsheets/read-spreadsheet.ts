import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Unacceptable } from '../errors.ts';
import type { ReadingMessage, ReadingOrder } from './reading-worker.ts';
import { refusal } from './rows.ts';
import type { SpreadsheetRow } from './rows.ts';

export type { Cell, SpreadsheetRow } from './rows.ts';

/** How long the worker may be waited for in all, and how much heap it may use. */
export interface ReadingLimits {
  seconds: number;
  megabytes: number;
}

/** A worker does not inherit the loader of its parent on Node 20, so from the sources it begins by loading tsx. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './reading-worker-from-source.mjs' : './reading-worker.js',
  import.meta.url,
);

/**
 * The rows of an .xlsx or .csv file (bytes, or the path of a file) that are not blank, read in a worker as fast
 * as they are taken. Throws Unacceptable (`spreadsheets.errors.*`) for a file that cannot be read.
 */
export async function* readSpreadsheet(
  source: Uint8Array | string,
  limits: ReadingLimits = { seconds: 60, megabytes: 256 },
): AsyncGenerator<SpreadsheetRow> {
  const waiting = new Int32Array(new SharedArrayBuffer(4));
  const own = typeof source === 'string' ? source : Uint8Array.prototype.slice.call(source);
  const worker = new Worker(WORKER, {
    workerData: { source: own, waiting } satisfies ReadingOrder,
    transferList: typeof own === 'string' ? [] : [own.buffer],
    // Rows die young: a small nursery is as fast and keeps 50 MB that a large one takes.
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 4 },
  });
  const messages = on(worker, 'message', { close: ['exit'] }) as AsyncIterator<[ReadingMessage]>;
  let left = limits.seconds * 1000;
  const nextMessage = async (): Promise<ReadingMessage> => {
    const started = performance.now();
    const alarm = setTimeout(() => void worker.terminate(), Math.max(0, left));
    try {
      const next = await messages.next();
      if (next.done) throw refusal('tooSlow');
      return next.value[0];
    } finally {
      clearTimeout(alarm);
      left -= performance.now() - started;
    }
  };
  try {
    for (let message = await nextMessage(); !('end' in message); message = await nextMessage()) {
      if ('refused' in message)
        throw new Unacceptable(message.refused.sentence, message.refused.values, 'file');
      yield* message.rows;
      Atomics.sub(waiting, 0, 1);
      Atomics.notify(waiting, 0);
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? refusal('tooMuchMemory')
      : error;
  } finally {
    await worker.terminate();
  }
}
