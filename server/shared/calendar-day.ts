import { readChineseNumber } from './chinese-numerals.rules.ts';

/**
 * A calendar day of the town, written `YYYY-MM-DD`. Days have no time and no zone: an instant becomes a day
 * once, by `dayOf`, on the clock of the town (Asia/Shanghai, UTC+8 without daylight saving since 1992).
 */
export type CalendarDay = string;

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const MS_PER_DAY = 86_400_000;

/** The town's calendar day at an instant. */
export function dayOf(instant: Date): CalendarDay {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which a clock of the town shows this day and time (`HH:MM` or `HH:MM:SS`). */
export function instantOf(day: CalendarDay, time = '00:00'): Date {
  const seconds = time.length === 5 ? `${time}:00` : time;
  return new Date(`${day}T${seconds}+08:00`);
}

/** The town's wall clock at an instant, `YYYY-MM-DD HH:MM`. */
export function wallClock(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** Whether a text is an existing calendar day written `YYYY-MM-DD` (2022-02-30 is not). */
export function isCalendarDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && toDay(toMs(text)) === text;
}

/** A day as people type it, `2026-1-6`, `2026/1/6`, `2026.1.6` or `2026年1月6日`, in digits of either width; else null. */
export function parseDay(text: string): CalendarDay | null {
  const day = writtenDay(text);
  return day !== null && isCalendarDay(day) ? day : null;
}

/** The day that a text spells, `YYYY-MM-DD`, whether or not there is one (2022-02-30); null when it spells none. */
export function writtenDay(text: string): string | null {
  const parts = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/.exec(withoutSpaces(text));
  return parts ? `${parts[1]!}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : null;
}

const MORNING = ['上午', '早上', '早晨', '清晨', '凌晨', 'am'];
const AFTERNOON = ['下午', '傍晚', '晚上', '晚', 'pm'];
const TIME = new RegExp(
  `^(${[...MORNING, ...AFTERNOON, '中午'].join('|')})?([0-9]{1,2}|[一二两三四五六七八九十]{1,3})` +
    '(?::([0-9]{2})|[点时](?:钟|整|(半|一刻|三刻)|([0-9]{1,2})分?)?|(?=[ap]m))(am|pm)?$',
);
const PARTS = { 半: 30, 一刻: 15, 三刻: 45 };

/**
 * A time of day as people type it, `9:05`, `23：50`, `9点5分`, `下午3点半`, `十点一刻` or `3:20pm`, as `HH:MM`; else
 * null.
 */
export function parseTime(text: string): string | null {
  const parts = TIME.exec(withoutSpaces(text).toLowerCase());
  if (!parts) return null;
  const [, before, said, minutes, part, more, behind] = parts;
  const hour = hourOfDay(/^\d/.test(said!) ? Number(said) : readChineseNumber(said!), before ?? behind);
  const minute = part ? PARTS[part as keyof typeof PARTS] : Number(minutes ?? more ?? 0);
  if (hour === null || hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** An hour with the part of the day before it; null where they contradict each other. */
function hourOfDay(hour: number | null, part: string | undefined): number | null {
  if (hour === null || part === undefined) return hour;
  if (part === '中午') return hour >= 11 && hour <= 14 ? hour : hour <= 2 ? hour + 12 : null;
  if (MORNING.includes(part)) {
    const midnight = hour === 12 && (part === '凌晨' || part === 'am');
    return midnight ? 0 : hour <= 12 ? hour : null;
  }
  // 晚上12点 is the next day to one person and this day to another.
  if (hour === 12) return part === '下午' || part === 'pm' ? 12 : null;
  return hour < 12 ? hour + 12 : hour;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return toDay(toMs(day) + count * MS_PER_DAY);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Math.round((toMs(to) - toMs(from)) / MS_PER_DAY);
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return new Date(toMs(day)).getUTCDay() || 7;
}

/** The year of a day as a number. */
export function yearOf(day: CalendarDay): number {
  return Number(day.slice(0, 4));
}

/** What was typed in half width, without the spaces that a keyboard puts in by itself. */
function withoutSpaces(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

function toMs(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function toDay(ms: number): CalendarDay {
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);
}
