import { Zip, ZipPassThrough } from 'fflate';
import { now } from '../shared/clock.ts';

/** One file of an archive, its bytes in pieces. */
export interface ZipPart {
  name: string;
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * An archive in pieces, one file after the other, so that no more than a piece is in memory. Nothing is packed again:
 * documents, photos and recordings are packed already.
 */
export async function* zipped(parts: AsyncIterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    ready.push(piece);
  });
  for await (const { name, bytes } of parts) {
    const file = new ZipPassThrough(name);
    file.mtime = now();
    zip.add(file);
    for await (const piece of bytes) {
      file.push(piece);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* ready.splice(0);
}
