import { addDays, dayOf, instantOf, weekdayOf, yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';

/** A day that the State Council's notice names: a day off, or a weekend day that is worked (调休上班). */
export interface CalendarRow {
  day: CalendarDay;
  isWorkday: boolean;
  name: string;
}

/** What a day is: worked or not, why, and whether the year's notice is still missing (暂定). */
export interface DayKind {
  isWorkday: boolean;
  why: 'weekday' | 'weekend' | 'holiday' | 'makeUpDay';
  name: string | null;
  provisional: boolean;
}

/** The working days of a place. */
export interface Calendar {
  kindOf(day: CalendarDay): DayKind;
  isWorkday(day: CalendarDay): boolean;
  /** Whether the year of this day has no notice yet, so that the answer may change (暂定). */
  isProvisional(day: CalendarDay): boolean;
}

/**
 * A calendar from stored rows and the years whose notice they hold. A year without notice gets the statutory
 * holidays and weekends only, never a guessed make-up day, and is provisional (DOMAIN §8).
 */
export function buildCalendar(rows: Iterable<CalendarRow>, coveredYears: Iterable<number>): Calendar {
  const named = new Map<CalendarDay, CalendarRow>();
  for (const row of rows) named.set(row.day, row);
  const covered = new Set(coveredYears);

  function kindOf(day: CalendarDay): DayKind {
    const provisional = !covered.has(yearOf(day));
    const row = named.get(day);
    if (row) {
      const why = row.isWorkday ? 'makeUpDay' : 'holiday';
      return { isWorkday: row.isWorkday, why, name: row.name, provisional };
    }
    const festival = provisional ? statutoryHoliday(day) : null;
    if (festival !== null) return { isWorkday: false, why: 'holiday', name: festival, provisional };
    const isWorkday = weekdayOf(day) <= 5;
    return { isWorkday, why: isWorkday ? 'weekday' : 'weekend', name: null, provisional };
  }

  return {
    kindOf,
    isWorkday: (day) => kindOf(day).isWorkday,
    isProvisional: (day) => !covered.has(yearOf(day)),
  };
}

const FIXED_HOLIDAYS: Record<string, string> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节',
};

/** Days of the lunar and solar-term festivals: 初一, 清明, 端午, 中秋 (GB/T 33661-2017 农历的编算和颁行). */
const MOVING_HOLIDAYS: Record<number, [springFestival: string, string, string, string]> = {
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
};

/**
 * The name of the statutory holiday on a day, or null. Source: 全国年节及纪念日放假办法 (2024) Art. 2: 元旦 1 day, 春节 4
 * (除夕 to 初三), 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆节 3. Art. 6 has weekend falls compensated, on days that only
 * the notice sets. Outside 2027–2035 the moving festivals are not known here.
 */
export function statutoryHoliday(day: CalendarDay): string | null {
  const moving = MOVING_HOLIDAYS[yearOf(day)];
  if (moving) {
    const [springFestival, ...others] = moving.map((monthDay) => `${yearOf(day)}-${monthDay}`);
    if (day >= addDays(springFestival!, -1) && day <= addDays(springFestival!, 2)) return '春节';
    const at = others.indexOf(day);
    if (at >= 0) return ['清明', '端午', '中秋'][at]!;
  }
  return FIXED_HOLIDAYS[day.slice(5)] ?? null;
}

/** A stretch of days without work that was passed over, for one reason. */
export interface SkippedDays {
  from: CalendarDay;
  to: CalendarDay;
  why: 'weekend' | 'holiday';
  name: string | null;
}

/** Where a count of days ends, and what was met on the way. */
export interface WorkingDayCount {
  day: CalendarDay;
  skipped: SkippedDays[];
  makeUpDays: CalendarDay[];
  /** Years without notice that the count touched; it is provisional (暂定) when there is any. */
  provisionalYears: number[];
}

/**
 * The day `count` working days after day 0, which itself is not counted (民事诉讼法 85; 办案规则 80: three, five and ten
 * days are working days).
 */
export function addWorkingDays(calendar: Calendar, dayZero: CalendarDay, count: number): WorkingDayCount {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`no number of working days: ${count}`);
  const walk = startWalk(calendar, dayZero);
  for (let left = count; left > 0;) {
    walk.next();
    if (walk.isWorkday()) left--;
  }
  return walk.result();
}

/** The day itself when it is worked, else the next working day; for filing deadlines only (民事诉讼法 85). */
export function rollToWorkday(calendar: Calendar, day: CalendarDay): WorkingDayCount {
  const walk = startWalk(calendar, addDays(day, -1));
  do walk.next();
  while (!walk.isWorkday());
  return walk.result();
}

/** The day `count` calendar days after day 0, neither counting it nor rolling over days off (办案规则 80: 十五日). */
export function addCalendarDays(dayZero: CalendarDay, count: number): CalendarDay {
  return addDays(dayZero, count);
}

/** Walks day by day, noting why a day was passed over. */
function startWalk(calendar: Calendar, start: CalendarDay) {
  let day = start;
  let kind = calendar.kindOf(start);
  const skipped: SkippedDays[] = [];
  const makeUpDays: CalendarDay[] = [];
  const provisionalYears = new Set<number>();

  function skip(why: SkippedDays['why']): void {
    const last = skipped.at(-1);
    if (last && last.why === why && last.name === kind.name && addDays(last.to, 1) === day) last.to = day;
    else skipped.push({ from: day, to: day, why, name: kind.name });
  }

  return {
    next(): void {
      day = addDays(day, 1);
      kind = calendar.kindOf(day);
      if (kind.provisional) provisionalYears.add(yearOf(day));
      if (kind.why === 'makeUpDay') makeUpDays.push(day);
      if (kind.why === 'weekend' || kind.why === 'holiday') skip(kind.why);
    },
    isWorkday: () => kind.isWorkday,
    result: (): WorkingDayCount => ({ day, skipped, makeUpDays, provisionalYears: [...provisionalYears] }),
  };
}

const FESTIVAL_KEYS: Record<string, string> = {
  元旦: 'newYear',
  春节: 'springFestival',
  清明: 'qingming',
  劳动节: 'labourDay',
  端午: 'dragonBoat',
  中秋: 'midAutumn',
  国庆节: 'nationalDay',
};

/** What was met on the way, in words: days passed over, worked weekend days, years without notice. */
export function explainWorkingDays(count: WorkingDayCount): ExplanationLine[] {
  const lines: ExplanationLine[] = count.skipped.map(({ from, to, why, name }): ExplanationLine => {
    const days = from === to ? from : `${from} – ${to}`;
    if (why === 'weekend') return { key: 'deadlines.skipped.weekend', values: { days } };
    const festival = FESTIVAL_KEYS[name ?? ''];
    if (festival) return { key: `deadlines.skipped.${festival}`, values: { days } };
    return { key: 'deadlines.skipped.other', values: { days, name: name ?? '' } };
  });
  for (const day of count.makeUpDays) lines.push({ key: 'deadlines.makeUpDay', values: { day } });
  for (const year of count.provisionalYears) lines.push({ key: 'deadlines.provisional', values: { year } });
  return lines;
}

/** A stretch of the town's clock in which the office is open, 'HH:MM'; one day's stretches stand in order. */
export interface OfficeHours {
  from: string;
  to: string;
}

const MS_PER_HOUR = 3_600_000;

/** Where a count of office hours ends, and what was met on the way; `provisional` when a year without notice was touched. */
export interface WorkingHourCount extends WorkingDayCount {
  dueAt: Date;
  provisional: boolean;
}

/** The instant at which `hours` office hours have passed since an instant; what ends with a stretch is due at its end. */
export function addWorkingHours(
  calendar: Calendar,
  start: Date,
  hours: number,
  officeHours: readonly OfficeHours[],
): WorkingHourCount {
  if (!(hours > 0) || officeHours.length === 0) throw new RangeError('no office hours to count');
  const walk = startWalk(calendar, addDays(dayOf(start), -1));
  let left = hours * MS_PER_HOUR;
  for (;;) {
    walk.next();
    if (!walk.isWorkday()) continue;
    const { day, ...met } = walk.result();
    for (const { from, to } of officeHours) {
      const opened = Math.max(instantOf(day, from).getTime(), start.getTime());
      const open = Math.max(0, instantOf(day, to).getTime() - opened);
      if (open >= left)
        return {
          day,
          ...met,
          dueAt: new Date(opened + left),
          provisional: met.provisionalYears.length > 0,
        };
      left -= open;
    }
  }
}

/** The office hours between two instants; none when the second is not later. */
export function workingHoursBetween(
  calendar: Calendar,
  start: Date,
  end: Date,
  officeHours: readonly OfficeHours[],
): number {
  let open = 0;
  for (let day = dayOf(start); day <= dayOf(end); day = addDays(day, 1)) {
    if (!calendar.isWorkday(day)) continue;
    for (const { from, to } of officeHours) {
      const opened = Math.max(instantOf(day, from).getTime(), start.getTime());
      open += Math.max(0, Math.min(instantOf(day, to).getTime(), end.getTime()) - opened);
    }
  }
  return open / MS_PER_HOUR;
}
