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
