import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { isUtf16 } from './file-kind.ts';
import { isBlank, LIMITS, putCell, refusal } from './rows.ts';
import type { SpreadsheetRow } from './rows.ts';

const PIECE = 256 * 1024;
const MAX_RECORD = 2 ** 20;
const REPLACEMENT = '\uFFFD';
const QUOTED_BY_FORMULA = /^="([^"]*)"$/;

/**
 * The rows of a .csv file: by its byte order mark, else strict UTF-8, else GB18030. A quoted line break stays
 * in its cell, as in Excel; `="0123"` is 0123. Bytes that are no text are told by column.
 */
export async function* csvRows(bytes: Buffer): AsyncGenerator<SpreadsheetRow> {
  const strict = isUtf8(bytes);
  const encoding = encodingOf(bytes, strict);
  const parser = parse({
    delimiter: delimiterOf(iconv.decode(bytes.subarray(0, PIECE), encoding)),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD,
  });
  pipeline(Readable.from(pieces(bytes)), iconv.decodeStream(encoding), parser, () => {});
  let row = 0;
  let count = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const current: SpreadsheetRow = { row: ++row, cells: [] };
      record.forEach((text, column) => putCell(current, column, QUOTED_BY_FORMULA.exec(text)?.[1] ?? text));
      if (isBlank(current.cells)) continue;
      if (++count > LIMITS.rows) throw refusal('tooManyRows', { limit: LIMITS.rows });
      if (!strict && record.some((text) => text.includes(REPLACEMENT))) {
        current.badBytes = record.flatMap((text, column) => (text.includes(REPLACEMENT) ? [column] : []));
      }
      yield current;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal(error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quoteOpen' : 'recordTooLong', { row: row + 1 });
  }
}

function encodingOf(bytes: Buffer, strict: boolean): string {
  if (isUtf16(bytes)) return bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const marked = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return strict || marked ? 'utf-8' : 'gb18030';
}

/** The separator that the first lines use most: comma, tab or semicolon. */
function delimiterOf(start: string): string {
  const unquoted = start
    .split('\n', 30)
    .join('\n')
    .replace(/"[^"]*"/g, '');
  const counts = [',', '\t', ';'].map((mark) => ({ mark, count: unquoted.split(mark).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).mark;
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
