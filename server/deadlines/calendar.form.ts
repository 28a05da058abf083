import {
  optionalText,
  readForm,
  requiredDay,
  requiredOneOf,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { cellText } from '../shared/spreadsheets/cell-values.rules.ts';
import { csvRows } from '../shared/spreadsheets/csv.ts';
import {
  DAY_KINDS,
  readYear,
  rowsOfCells,
  rowsOfJson,
  type CalendarYearFile,
} from './calendar-file.rules.ts';

const MOST_BYTES = 200_000;
const TOO_LARGE = { field: 'file', sentence: 'deadlines.calendar.errors.unreadable' };

/** The uploaded notice of a year, a .json or a .csv. */
export async function readNotice(bytes: Buffer | null): Promise<FormResult<CalendarYearFile>> {
  if (!bytes) return { ok: false, errors: [{ field: 'file', sentence: 'hotline.errors.fileMissing' }] };
  if (bytes.length > MOST_BYTES) return { ok: false, errors: [TOO_LARGE] };
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  const read = readYear(/^[{[]/.test(text) ? rowsOfJson(text) : rowsOfCells(await linesOf(bytes)));
  return 'values' in read ? { ok: true, values: read.values } : { ok: false, errors: read.errors };
}

async function linesOf(bytes: Buffer): Promise<string[][]> {
  const lines: string[][] = [];
  for await (const { cells } of csvRows(bytes))
    lines.push(Array.from(cells, (cell) => cellText(cell ?? null)));
  return lines;
}

export const readDay = (fields: Posted) =>
  readForm({ day: requiredDay(), kind: requiredOneOf(DAY_KINDS), name: optionalText(50) }, fields);
