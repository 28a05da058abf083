import { isCalendarDay, parseDay, weekdayOf, yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import type { CalendarRow } from './working-days.rules.ts';

/** A year's notice: every day that is not what its weekday says. */
export interface CalendarYearFile {
  year: number;
  days: CalendarRow[];
}

/** The years that the program can count in: from the first notice that it holds to the last festivals that it knows. */
export function isKnownYear(year: number): boolean {
  return year >= 2020 && year <= 2035;
}

type Read = { values: CalendarYearFile } | { errors: FieldError[] };

const LONGEST_NAME = 50;
const MOST_ROWS = 400;
/** A notice names at least the seven festivals of 全国年节及纪念日放假办法 2. */
const FEWEST_DAYS_OFF = 7;

const OFF = ['放假', '休', '休息', '节假日', '假', 'off', 'holiday', 'false', '0', '否'];
const WORKED = ['上班', '班', '调休', '调休上班', '补班', '工作日', 'work', 'workday', 'true', '1', '是'];

/** Checks a year's days: every one must exist, stand once, and be of one year. */
export function readYear(rows: readonly RawRow[] | null): Read {
  if (rows === null || rows.length === 0) return fault('deadlines.calendar.errors.unreadable');
  if (rows.length > MOST_ROWS) return fault('deadlines.calendar.errors.tooMany', { max: MOST_ROWS });
  const days: CalendarRow[] = [];
  for (const [index, { day, isWorkday, name }] of rows.entries()) {
    const found = day === null ? null : parseDay(day);
    if (found === null) return fault('deadlines.calendar.errors.dayAt', { line: index + 1, day: day ?? '' });
    if (isWorkday === null) return fault('deadlines.calendar.errors.kindAt', { line: index + 1, day: found });
    if (days.some((known) => known.day === found))
      return fault('deadlines.calendar.errors.dayTwice', { day: found });
    days.push({ day: found, isWorkday, name: [...name].slice(0, LONGEST_NAME).join('') });
  }
  const year = yearOf(days[0]!.day);
  const foreign = days.find(({ day }) => yearOf(day) !== year);
  if (foreign) return fault('deadlines.calendar.errors.otherYear', { year, day: foreign.day });
  if (days.filter(({ isWorkday }) => !isWorkday).length < FEWEST_DAYS_OFF)
    return fault('deadlines.calendar.errors.tooFew', { count: FEWEST_DAYS_OFF });
  return { values: { year, days: days.filter(saysSomething).sort((a, b) => (a.day < b.day ? -1 : 1)) } };
}

/** A weekday that is worked needs no row; a weekend day off has one only where it belongs to a festival. */
function saysSomething({ day, isWorkday, name }: CalendarRow): boolean {
  return isWorkday ? weekdayOf(day) > 5 : weekdayOf(day) <= 5 || name !== '';
}

const fault = (sentence: string, values: Record<string, string | number> = {}): Read => ({
  errors: [{ field: 'file', sentence, values }],
});

/** A day as a file writes it; null what cannot be read. */
export interface RawRow {
  day: string | null;
  isWorkday: boolean | null;
  name: string;
}

/** `[{day, isWorkday, name}]`, also below `days`, also with `date` and `isOffDay`; null when it is not that. */
export function rowsOfJson(text: string): RawRow[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const list = Array.isArray(parsed) ? parsed : (parsed as { days?: unknown }).days;
  if (!Array.isArray(list)) return null;
  return list.map((entry: unknown): RawRow => {
    const row = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const day = row['day'] ?? row['date'];
    const off = row['isOffDay'];
    const worked = typeof off === 'boolean' ? !off : row['isWorkday'];
    return {
      day: typeof day === 'string' ? day : null,
      isWorkday: typeof worked === 'boolean' ? worked : null,
      name: typeof row['name'] === 'string' ? row['name'].trim() : '',
    };
  });
}

/** Day, 放假 or 上班, name; a header may stand above. */
export function rowsOfCells(lines: readonly (readonly string[])[]): RawRow[] {
  const rows = lines.map(([day = '', kind = '', name = '']) => ({ day, isWorkday: kindOf(kind), name }));
  const header = rows[0] && parseDay(rows[0].day) === null && rows[0].isWorkday === null;
  return header ? rows.slice(1) : rows;
}

function kindOf(text: string): boolean | null {
  const word = text.toLowerCase();
  if (OFF.includes(word)) return false;
  return WORKED.includes(word) ? true : null;
}

/** A single day as somebody sets it: `usual` is what its weekday says. */
export const DAY_KINDS = ['off', 'worked', 'usual'] as const;
export type DayKindChoice = (typeof DAY_KINDS)[number];

/** The days of a year with one of them set; a day that is what its weekday says has no row. */
export function withDay(
  days: readonly CalendarRow[],
  day: CalendarDay,
  kind: DayKindChoice,
  name: string,
): CalendarRow[] {
  if (!isCalendarDay(day)) throw new RangeError(`no day: ${day}`);
  const others = days.filter((row) => row.day !== day);
  if (kind === 'usual') return others;
  return [...others, { day, isWorkday: kind === 'worked', name }].sort((a, b) => (a.day < b.day ? -1 : 1));
}
