import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import type { SettlementKind } from './settlement.rules.ts';

/** A line of the schedule: what falls due on a day for one worker, or for all together, in fen. */
export interface ScheduleLine {
  /** Its number on the form, by which its fault is named; without it the lines count from 1. */
  line?: number;
  dueOn: CalendarDay;
  amountFen: number;
  /** Of one worker only; absent or null for all. */
  claimantId?: string | null;
}

/** What is wrong with a schedule of an agreement over these shares that is drafted today; null when nothing is. */
export function faultOfSchedule(
  kind: SettlementKind,
  schedule: readonly ScheduleLine[],
  shares: readonly AgreedShare[],
  today: CalendarDay,
): FieldError | null {
  const totalFen = sum(shares.map(({ agreedFen }) => agreedFen));
  const lineOf = (index: number): number => schedule[index]?.line ?? index + 1;
  if (totalFen === 0 && kind !== 'reconciled')
    return { field: 'schedule', sentence: 'settlements.errors.nothingAgreed' };
  if (kind === 'settledAtOnce' && schedule.length > 1)
    return { field: 'kind', sentence: 'settlements.errors.onceIsOneDay' };
  const past = schedule.findIndex(({ dueOn }) => dueOn < today);
  if (past >= 0)
    return {
      field: `dueOn${lineOf(past)}`,
      sentence: 'settlements.errors.dueBefore',
      values: { day: today },
    };
  const twice = schedule.findIndex((line, index) =>
    schedule.slice(0, index).some((earlier) => meetOnADay(earlier, line)),
  );
  if (twice >= 0) return { field: `dueOn${lineOf(twice)}`, sentence: 'settlements.errors.dayTwice' };
  const planned = sum(schedule.map(({ amountFen }) => amountFen));
  if (planned === totalFen) return faultOfOneWorker(schedule, shares, lineOf);
  return {
    field: `amount${lineOf(Math.max(schedule.length - 1, 0))}`,
    sentence: 'settlements.errors.scheduleDiffers',
    values: { planned: formatYuan(planned), agreed: formatYuan(totalFen) },
  };
}

/** Whether two lines would give a worker two instalments on one day. */
function meetOnADay(one: ScheduleLine, other: ScheduleLine): boolean {
  const sameWorker = !one.claimantId || !other.claimantId || one.claimantId === other.claimantId;
  return one.dueOn === other.dueOn && sameWorker;
}

/** A worker's own lines are not more than what the worker agreed to, and the lines for all give the others the rest. */
function faultOfOneWorker(
  schedule: readonly ScheduleLine[],
  shares: readonly AgreedShare[],
  lineOf: (index: number) => number,
): FieldError | null {
  const forAll = schedule.some(({ claimantId }) => !claimantId);
  for (const { claimantId, agreedFen } of shares) {
    const own = ownFen(schedule, claimantId);
    const last = schedule.findLastIndex((line) => line.claimantId === claimantId);
    const wrong = own > agreedFen || (!forAll && own < agreedFen);
    if (wrong)
      return {
        field: `amount${lineOf(Math.max(last, 0))}`,
        sentence: 'settlements.errors.workerDiffers',
        values: { planned: formatYuan(own), agreed: formatYuan(agreedFen) },
      };
  }
  const stranger = schedule.findIndex(
    (line) => line.claimantId && !shares.some(({ claimantId }) => claimantId === line.claimantId),
  );
  return stranger < 0
    ? null
    : { field: `claimant${lineOf(stranger)}`, sentence: 'settlements.errors.noShare' };
}

function ownFen(schedule: readonly ScheduleLine[], claimantId: string): number {
  return sum(schedule.filter((line) => line.claimantId === claimantId).map(({ amountFen }) => amountFen));
}

/** What one worker is to get, in fen. */
export interface AgreedShare {
  claimantId: string;
  agreedFen: number;
}

export interface PlannedInstalment {
  claimantId: string;
  dueOn: CalendarDay;
  amountFen: number;
}

/**
 * Every worker's instalments: their own lines, and of the lines for all what these leave of each share (`shareLines`).
 * RangeError when the lines do not add up to the agreed amounts.
 */
export function planInstalments(
  shares: readonly AgreedShare[],
  schedule: readonly ScheduleLine[],
): PlannedInstalment[] {
  const own = schedule.flatMap(({ claimantId, dueOn, amountFen }) =>
    claimantId ? [{ claimantId, dueOn, amountFen }] : [],
  );
  const rest = shares
    .map(({ claimantId, agreedFen }) => ({ claimantId, agreedFen: agreedFen - ownFen(schedule, claimantId) }))
    .filter(({ agreedFen }) => agreedFen !== 0);
  const forAll = schedule.filter(({ claimantId }) => !claimantId);
  return [...own, ...shareLines(rest, forAll)];
}

/**
 * Shares the lines of a schedule among the workers in proportion to what each agreed to. Every worker's instalments add up
 * exactly to their agreed amount, and every line's to the line: of a line each gets the whole fen below, and what is left
 * goes by one fen to those who lost the largest part of one. The lines must add up to the agreed amounts; instalments of
 * nothing are left out.
 */
function shareLines(shares: readonly AgreedShare[], schedule: readonly ScheduleLine[]): PlannedInstalment[] {
  const total = sum(shares.map(({ agreedFen }) => agreedFen));
  if (total !== sum(schedule.map(({ amountFen }) => amountFen)))
    throw new RangeError('the schedule does not add up');
  const left = shares.map(({ agreedFen }) => agreedFen);
  const lines = [...schedule].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const planned = lines.map(({ dueOn, amountFen }, index) => {
    const parts = index === lines.length - 1 ? [...left] : partsOf(amountFen, shares, left, total);
    for (const [worker, part] of parts.entries()) left[worker]! -= part;
    return { dueOn, parts };
  });
  return shares.flatMap(({ claimantId }, worker) =>
    planned
      .map(({ dueOn, parts }) => ({ claimantId, dueOn, amountFen: parts[worker]! }))
      .filter(({ amountFen }) => amountFen > 0),
  );
}

/** A line's parts for each worker, none more than the worker still has to get; they add up to the line. */
function partsOf(
  amountFen: number,
  shares: readonly AgreedShare[],
  left: readonly number[],
  total: number,
): number[] {
  const exact = shares.map(({ agreedFen }) => BigInt(agreedFen) * BigInt(amountFen));
  const parts = exact.map((product, worker) => Math.min(Number(product / BigInt(total)), left[worker]!));
  const byLoss = [...exact.keys()].sort((a, b) =>
    Number((exact[b]! % BigInt(total)) - (exact[a]! % BigInt(total))),
  );
  for (let rest = amountFen - sum(parts); rest > 0;)
    for (const worker of byLoss) {
      if (rest === 0 || parts[worker]! >= left[worker]!) continue;
      parts[worker]!++;
      rest--;
    }
  return parts;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
