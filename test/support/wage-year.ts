import type { Random } from '../../models/seeds/demo/random.ts';
import { addDays, daysBetween, type CalendarDay } from '../../server/shared/calendar-day.ts';

/**
 * A year of an enterprise as it really was and as it was told, and what follows from it by DOMAIN §6: counted here once
 * more, by itself, so that the program's count can be held against it.
 */

/** What one account says is owed of a month; nothing where all is paid. */
export interface Owed {
  people: number;
  fen: number;
  since: CalendarDay;
}

/** What is told of a month on a day: by the informant's report, or by an officer's finding, which counts before it. */
export interface Telling {
  day: CalendarDay;
  month: string;
  by: 'informant' | 'officer';
  /** The pay day is still to come. */
  early: boolean;
  owed: Owed | null;
}

/** How an enterprise, its informant and its officer are. */
export interface Habits {
  /** The agreed day of the month. */
  payDay: number;
  headcount: number;
  /** How often of ten wages come late; how often of ten the informant and the officer do their part, in time or late. */
  late: number;
  informant: number | null;
  officer: number;
}

/** Everything that is told of the months from..to, in the order of the days. */
export function tellingsOf(months: readonly string[], habits: Habits, random: Random): Telling[] {
  return months
    .flatMap((month) => tellingsOfMonth(month, habits, random))
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
}

const dayOfMonth = (month: string, day: number): CalendarDay => `${month}-${String(day).padStart(2, '0')}`;

function tellingsOfMonth(month: string, habits: Habits, random: Random): Telling[] {
  const { payDay, headcount, late, informant, officer } = habits;
  const since = dayOfMonth(month, payDay);
  const people = random.chance(0.8) ? random.between(1, 6) : random.between(7, headcount);
  const whole: Owed = { people, fen: people * random.between(2_000, 9_000) * 100, since };
  const unpaidFor = random.chance(late / 10) ? random.pick([2, 12, 29, 30, 31, 45, 61, 95, 999]) : 0;
  const paidOn = addDays(since, unpaidFor);
  const truthOn = (day: CalendarDay): Pick<Telling, 'early' | 'owed'> => ({
    early: day < since,
    owed: day >= since && day < paidOn ? whole : null,
  });
  const told: Telling[] = [];
  if (informant !== null && random.chance(informant / 10)) {
    const day = dayOfMonth(month, random.chance(0.85) ? random.between(1, 20) : random.between(21, 28));
    told.push({ day, month, by: 'informant', ...truthOn(day) });
  }
  if (random.chance(officer / 10)) {
    const day = dayOfMonth(month, random.between(8, 28));
    told.push({ day, month, by: 'officer', ...truthOn(day) });
    const { owed } = truthOn(day);
    if (owed && unpaidFor < 900) {
      const [soon, after] = [addDays(day, random.between(1, 9)), addDays(paidOn, random.between(0, 6))];
      const half = { ...owed, people: Math.ceil(owed.people / 2), fen: Math.ceil(owed.fen / 2) };
      if (soon < paidOn && random.chance(0.4))
        told.push({ day: soon, month, by: 'officer', early: false, owed: half });
      told.push({ day: after, month, by: 'officer', early: false, owed: null });
    }
  }
  return told;
}

const RANKS = ['none', 'blue', 'yellow', 'orange', 'red'] as const;
const max = (...ranks: number[]): number => Math.max(0, ...ranks);

/** The warning of one enterprise by what was told so far. */
export class ExpectedWarning {
  private readonly told = new Map<string, Telling[]>();
  private readonly reported = new Set<string>();
  private verified = 0;
  private verifiedBefore = 0;
  private arrears = 0;
  private wasRed = false;
  private watchUntil: CalendarDay | null = null;
  /** The level of the warning that stands, null where none does. */
  level: string | null = null;
  /** How often it became red. */
  reds = 0;

  hear(telling: Telling): void {
    const { month, by, owed } = telling;
    const before = this.told.get(month) ?? [];
    const owedSoFar = before.some((one) => one.owed !== null);
    const paidSoFar = before.at(-1)?.by === 'officer' && before.at(-1)?.owed === null;
    if (by === 'officer' && owed === null && owedSoFar && !paidSoFar) this.verified++;
    if (by === 'informant') this.reported.add(month);
    this.told.set(month, [...before, telling]);
  }

  /** Takes a look on a day; `due` are the months of which a report is due or will be. */
  look(day: CalendarDay, due: readonly string[]): void {
    const now = this.arrearsOn(day);
    const newlyVerified = this.verified > this.verifiedBefore;
    this.verifiedBefore = this.verified;
    this.arrears = max(now, newlyVerified ? 0 : this.arrears);
    const missing = due.some((month) => !this.reported.has(month) && day > `${month}-20`);
    const active = max(this.arrears, missing ? 1 : 0);
    const before = this.level;
    if (active === 4) this.wasRed = true;
    if (!this.wasRed || active === 4 || this.arrears > 0) this.watchUntil = null;
    else {
      this.watchUntil ??= sixMonthsAfter(day);
      if (day >= this.watchUntil) [this.wasRed, this.watchUntil] = [false, null];
    }
    const rank = max(active, this.watchUntil ? 1 : 0);
    this.level = rank === 0 ? null : RANKS[rank]!;
    if (this.level === 'red' && before !== 'red') this.reds++;
  }

  private arrearsOn(day: CalendarDay): number {
    const owed = [...this.told]
      .map(([month, tellings]) => ({ month, owed: counting(tellings).owed }))
      .filter((one): one is { month: string; owed: Owed } => one.owed !== null && day > one.owed.since);
    if (owed.length === 0) return 0;
    const days = Math.max(...owed.map(({ owed: { since } }) => daysBetween(since, day)));
    const people = Math.max(...owed.map((one) => one.owed.people));
    const yuan = owed.reduce((sum, one) => sum + one.owed.fen, 0) / 100;
    const unpaid = owed.filter((one) => daysBetween(one.owed.since, day) > 30).map(({ month }) => month);
    const inARow = unpaid.some((month) => unpaid.includes(monthAfter(month)));
    if (days >= 60 || people >= 50 || yuan >= 1_000_000 || inARow || unpaid.length >= 3) return 4;
    return days >= 31 || people >= 10 || yuan >= 60_000 ? 3 : 2;
  }
}

/** An officer's finding counts before a report, the last one before the others. */
function counting(tellings: readonly Telling[]): Telling {
  return tellings.findLast(({ by }) => by === 'officer') ?? tellings.at(-1)!;
}

function monthAfter(month: string): string {
  return addDays(`${month}-28`, 4).slice(0, 7);
}

function sixMonthsAfter(day: CalendarDay): CalendarDay {
  let month = day.slice(0, 7);
  for (let step = 0; step < 6; step++) month = monthAfter(month);
  const last = addDays(`${monthAfter(month)}-01`, -1);
  const same = `${month}-${day.slice(8)}`;
  return same > last ? last : same;
}
