/** Whether a worker is to get more than they asked for: rare enough that somebody must say that it is meant. */
export function exceedsClaim({
  claimedFen,
  agreedFen,
}: {
  claimedFen: number | null;
  agreedFen: number | null;
}): boolean {
  return claimedFen !== null && agreedFen !== null && agreedFen > claimedFen;
}
