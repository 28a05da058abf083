import { createInflateRaw } from 'node:zlib';
import { refusal } from './rows.ts';

/** One packed file of a zip archive. */
export interface ZipEntry {
  name: string;
  method: number;
  packedSize: number;
  size: number;
  headerAt: number;
}

const MAX_ENTRIES = 2_000;
const MAX_UNZIPPED = 300 * 2 ** 20;
const MAX_RATIO = 200;
const RATIO_FROM = 10 * 2 ** 20;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const ELSEWHERE = 0xffffffff;

/**
 * The directory of a zip archive by name. Throws Unacceptable when it is damaged, encrypted, or would unpack
 * to too much (entries, bytes, ratio); nothing is unpacked here.
 */
export function readZipDirectory(bytes: Buffer): Map<string, ZipEntry> {
  const { at: start, count } = findDirectory(bytes);
  if (count > MAX_ENTRIES) throw refusal('zipBomb');
  const entries = new Map<string, ZipEntry>();
  let unzipped = 0;
  let at = start;
  for (let i = 0; i < count; i++) {
    const { entry, next } = within(() => readEntry(bytes, at));
    unzipped += entry.size;
    const packedTight = entry.size > RATIO_FROM && entry.size > entry.packedSize * MAX_RATIO;
    if (unzipped > MAX_UNZIPPED || packedTight) throw refusal('zipBomb');
    if (entries.has(entry.name)) throw refusal('damaged');
    entries.set(entry.name, entry);
    at = next;
  }
  return entries;
}

/** The unpacked bytes of an entry in pieces; never more than its directory promised. */
export async function* unzip(bytes: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  const packed = within(() => {
    if (bytes.readUInt32LE(entry.headerAt) !== LOCAL_HEADER) throw refusal('damaged');
    const from =
      entry.headerAt + 30 + bytes.readUInt16LE(entry.headerAt + 26) + bytes.readUInt16LE(entry.headerAt + 28);
    return bytes.subarray(from, from + entry.packedSize);
  });
  if (packed.length !== entry.packedSize) throw refusal('damaged');
  if (entry.method === 0) {
    if (entry.size !== packed.length) throw refusal('damaged');
    yield packed;
    return;
  }
  if (entry.method !== 8) throw refusal('damaged');
  const inflater = createInflateRaw({ chunkSize: 64 * 1024 });
  inflater.end(packed);
  let size = 0;
  try {
    for await (const piece of inflater as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > entry.size) throw refusal('zipBomb');
      yield piece;
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? refusal('damaged') : error;
  } finally {
    inflater.destroy();
  }
}

function findDirectory(bytes: Buffer): { at: number; count: number } {
  return within(() => {
    const lowest = Math.max(0, bytes.length - 22 - 0xffff);
    let end = bytes.length - 22;
    while (end >= lowest && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
    if (end < lowest) throw refusal('damaged');
    const count = bytes.readUInt16LE(end + 10);
    const at = bytes.readUInt32LE(end + 16);
    if (count !== 0xffff && at !== ELSEWHERE) return { at, count };
    if (bytes.readUInt32LE(end - 20) !== ZIP64_LOCATOR) throw refusal('damaged');
    const zip64 = Number(bytes.readBigUInt64LE(end - 12));
    if (bytes.readUInt32LE(zip64) !== ZIP64_END) throw refusal('damaged');
    return {
      at: Number(bytes.readBigUInt64LE(zip64 + 48)),
      count: Number(bytes.readBigUInt64LE(zip64 + 32)),
    };
  });
}

function readEntry(bytes: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw refusal('damaged');
  if (bytes.readUInt16LE(at + 8) & 1) throw refusal('protectedFile');
  const extraAt = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = extraAt + bytes.readUInt16LE(at + 30);
  const wide = zip64Numbers(bytes, extraAt, extraEnd);
  const number = (value: number): number => {
    if (value !== ELSEWHERE) return value;
    const found = wide.shift();
    if (found === undefined) throw refusal('damaged');
    return found;
  };
  const size = number(bytes.readUInt32LE(at + 24));
  const packedSize = number(bytes.readUInt32LE(at + 20));
  const headerAt = number(bytes.readUInt32LE(at + 42));
  const name = bytes.toString('utf8', at + 46, extraAt);
  const entry = { name, method: bytes.readUInt16LE(at + 10), packedSize, size, headerAt };
  return { entry, next: extraEnd + bytes.readUInt16LE(at + 32) };
}

/** The 64-bit numbers of an entry in their fixed order: size, packed size, position. */
function zip64Numbers(bytes: Buffer, from: number, end: number): number[] {
  for (let at = from; at + 4 <= end; at += 4 + bytes.readUInt16LE(at + 2)) {
    if (bytes.readUInt16LE(at) !== 1) continue;
    const count = Math.min(3, Math.floor(bytes.readUInt16LE(at + 2) / 8));
    return Array.from({ length: count }, (_, i) => Number(bytes.readBigUInt64LE(at + 4 + i * 8)));
  }
  return [];
}

/** A position outside the file means that the file is damaged. */
function within<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? refusal('damaged') : error;
  }
}
