import type { ClaimType } from './case.rules.ts';

/** What links a ticket and a worker: the caller's phone, looked up by its hash. */
interface Caller {
  callerPhoneHash: string | null;
  workers: number | null;
}

/** Whether an entry of the log concerns a worker who is split off: it was about them, or about nobody more than others. */
export function concerns({ claimantId }: { claimantId: string | null }, worker: { id: string }): boolean {
  return claimantId === null || claimantId === worker.id;
}

/**
 * Whether a ticket goes along with a worker who gets a case of their own: the worker called, and for nobody else. Every
 * other ticket stays where those are whom it speaks for, so that it can still be answered.
 */
export function goesAlong(
  { callerPhoneHash, workers }: Caller,
  { phoneHash }: { phoneHash: string | null },
  others: readonly { phoneHash: string | null }[],
): boolean {
  return (
    phoneHash !== null &&
    callerPhoneHash === phoneHash &&
    (workers ?? 1) <= 1 &&
    others.every((other) => other.phoneHash !== phoneHash)
  );
}

/** A claim as far as it says what a case is about. */
interface AboutClaim {
  type: ClaimType;
  claimedFen: number | null;
  verifiedFen: number | null;
}

/**
 * What a case is about once workers were parted: what it was about as long as somebody in it claims that, else the claim
 * over the most (DOMAIN §3: one primary type, which the report counts).
 */
export function typeOfParted(before: ClaimType, claims: readonly AboutClaim[]): ClaimType {
  if (claims.length === 0 || claims.some(({ type }) => type === before)) return before;
  const amountOf = ({ verifiedFen, claimedFen }: AboutClaim): number => verifiedFen ?? claimedFen ?? 0;
  return claims.reduce((most, claim) => (amountOf(claim) > amountOf(most) ? claim : most)).type;
}
