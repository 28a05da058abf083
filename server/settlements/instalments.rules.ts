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
 * Shares the lines of a schedule among the workers in proportion to what each agreed to. Every worker's instalments
 * add up exactly to their agreed amount; of a line each gets the whole fen below, and the last line the rest.
 * The lines must add up to the agreed amounts; instalments of nothing are left out.
 */
export function planInstalments(
  shares: readonly AgreedShare[],
  schedule: readonly ScheduleLine[],
): PlannedInstalment[] {
  const total = sum(schedule.map(({ amountFen }) => amountFen));
  if (total !== sum(shares.map(({ agreedFen }) => agreedFen)))
    throw new RangeError('the schedule does not add up');
  const lines = [...schedule].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  return shares.flatMap(({ claimantId, agreedFen }) => {
    let left = agreedFen;
    return lines
      .map(({ dueOn, amountFen }, index) => {
        const last = index === lines.length - 1;
        const part = last ? left : Number((BigInt(agreedFen) * BigInt(amountFen)) / BigInt(total || 1));
        left -= part;
        return { claimantId, dueOn, amountFen: part };
      })
      .filter((instalment) => instalment.amountFen > 0);
  });
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
