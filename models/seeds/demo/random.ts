/** A small seeded generator (mulberry32), so that the demo town is the same every time. */
export interface Random {
  /** A number from 0 to below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick: (from) => from[between(0, from.length - 1)]!,
    chance: (share) => next() < share,
  };
}

/** Amounts in whole yuan, given in fen, that look like wages and add up to exactly `totalFen`. */
export function amountsAddingUpTo(totalFen: number, count: number, random: Random): number[] {
  const weights = Array.from({ length: count }, () => 0.25 + random.next() ** 2 * 2);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const amounts = weights.map((weight) =>
    Math.max(10_000, Math.floor(((weight / sum) * totalFen) / 10_000) * 10_000),
  );
  const rest = totalFen - amounts.reduce((total, amount) => total + amount, 0);
  amounts[count - 1]! += rest;
  return amounts;
}
