/** The most lines that one form takes. */
export const MOST_LINES = 300;

/** A box of the form: the instalment, and what was open of it when the form was opened, in fen. */
export function boxOf(instalmentId: string, openFen: number): string {
  return `${instalmentId}:${openFen}`;
}

/** What a box says; null for anything else. */
export function readBox(written: unknown): { instalmentId: string; amountFen: number } | null {
  const [, instalmentId, fen] = /^([0-9a-f-]{36}):([1-9]\d{0,12})$/.exec(String(written)) ?? [];
  return instalmentId && fen ? { instalmentId, amountFen: Number(fen) } : null;
}
