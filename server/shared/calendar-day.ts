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

/** A time of day as people type it, `9:05`, `23：50`, `9点5分`, `9点半` or `14时`, as `HH:MM`; else null. */
export function parseTime(text: string): string | null {
  const parts = /^(\d{1,2})(?::(\d{2})|[点时](?:(\d{1,2})分?)?)$/.exec(
    withoutSpaces(text).replace(/点半$/, '点30'),
  );
  if (!parts) return null;
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? parts[3] ?? 0)];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
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
