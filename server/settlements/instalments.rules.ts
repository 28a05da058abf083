import type { CalendarDay } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import type { SettlementKind } from './settlement.rules.ts';

/** A line of the schedule: what falls due on a day for all workers together, in fen. */
export interface ScheduleLine {
  /** Its number on the form, by which its fault is named; without it the lines count from 1. */
  line?: number;
  dueOn: CalendarDay;
  amountFen: number;
}

/** What is wrong with a schedule of an agreement over `totalFen` that is drafted today; null when nothing is. */
export function faultOfSchedule(
  kind: SettlementKind,
  schedule: readonly ScheduleLine[],
  totalFen: number,
  today: CalendarDay,
): FieldError | null {
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
  const twice = schedule.findIndex(
    ({ dueOn }, index) => schedule.findIndex((line) => line.dueOn === dueOn) < index,
  );
  if (twice >= 0) return { field: `dueOn${lineOf(twice)}`, sentence: 'settlements.errors.dayTwice' };
  const planned = sum(schedule.map(({ amountFen }) => amountFen));
  if (planned === totalFen) return null;
  return {
    field: `amount${lineOf(Math.max(schedule.length - 1, 0))}`,
    sentence: 'settlements.errors.scheduleDiffers',
    values: { planned: formatYuan(planned), agreed: formatYuan(totalFen) },
  };
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
 * Shares the lines of a schedule among the workers in proportion to what each agreed to. Every worker's instalments add up
 * exactly to their agreed amount, and every line's to the line: of a line each gets the whole fen below, and what is left
 * goes by one fen to those who lost the largest part of one. The lines must add up to the agreed amounts; instalments of
 * nothing are left out.
 */
export function planInstalments(
  shares: readonly AgreedShare[],
  schedule: readonly ScheduleLine[],
): PlannedInstalment[] {
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
