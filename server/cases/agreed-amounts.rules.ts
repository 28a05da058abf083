/** How all agreed amounts are filled in at once. */
export const AGREED_BY = ['verified', 'proportion'] as const;

/** A claim as it is filled in; amounts in fen. */
export interface ClaimToFill {
  claimedFen: number | null;
  verifiedFen: number | null;
}

/** What a claim counts for when a sum is shared out: what was verified, else what was claimed. */
export function basisOf({ claimedFen, verifiedFen }: ClaimToFill): number {
  return verifiedFen ?? claimedFen ?? 0;
}

/**
 * Shares out a sum in proportion to the claims, to the fen: what division leaves over goes, a fen each, to the largest
 * remainders. RangeError where all weights are zero.
 */
export function shareOut(totalFen: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) throw new RangeError('nothing to share by');
  const products = weights.map((weight) => BigInt(totalFen) * BigInt(weight));
  const shares = products.map((product) => Number(product / whole));
  const left = totalFen - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = products
    .map((product, index) => ({ index, remainder: product % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1;
  return shares;
}
