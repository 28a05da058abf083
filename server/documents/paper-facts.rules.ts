import type { ClaimType } from '../cases/case.rules.ts';
import type { PaperClaimant, PaperData } from './paper-data.rules.ts';

type Claim = PaperClaimant['claims'][number];

/** Claims that are about money; the others are asked for without an amount. */
const WITHOUT_AMOUNT: readonly ClaimType[] = [
  'relationship',
  'socialInsurance',
  'protection',
  'rest',
  'other',
];

/** Whether a claim says how much is asked for, or asks for no money. */
export function amountsKnown({ type, claimedFen, agreedFen }: Claim): boolean {
  return claimedFen !== null || agreedFen !== null || WITHOUT_AMOUNT.includes(type);
}

/** The elected representatives by name. */
export function representativesOf({ claimants }: PaperData): string[] {
  return claimants.filter(({ representative }) => representative).map(({ name }) => name);
}

/** The sum of amounts of which some are unknown; null when all are. */
export function sumOf(amounts: (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((total, amount) => total + amount, 0);
}

/** What is asked for, type by type over all workers. */
export function requestsByType({ claimants }: PaperData): { type: ClaimType; claimedFen: number | null }[] {
  const claims = claimants.flatMap((claimant) => claimant.claims);
  const types = [...new Set(claims.map(({ type }) => type))];
  return types.map((type) => ({
    type,
    claimedFen: sumOf(claims.filter((claim) => claim.type === type).map(({ claimedFen }) => claimedFen)),
  }));
}

/** What one worker was promised over all claims, in fen. */
export function agreedFenOf({ claims }: PaperClaimant): number | null {
  return sumOf(claims.map(({ agreedFen }) => agreedFen));
}
