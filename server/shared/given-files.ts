import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Unacceptable } from './errors.ts';

/** A JSON file named on the command line. @throws Unacceptable when it is missing or not JSON */
export function readJsonFile(path: string): unknown {
  if (!existsSync(path)) throw new Unacceptable('hotline.errors.mappingFileMissing', { path });
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new Unacceptable('hotline.errors.mappingNotJson', { path });
  }
}

/** The digest of a file named on the command line. @throws Unacceptable when it cannot be read */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    throw new Unacceptable('spreadsheets.errors.noSuchFile', { path });
  }
  return hash.digest('hex');
}
