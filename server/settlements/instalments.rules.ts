import type { CalendarDay } from '../shared/calendar-day.ts';

/** A line of the schedule: what falls due on a day for all workers together, in fen. */
export interface ScheduleLine {
  dueOn: CalendarDay;
  amountFen: number;
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
