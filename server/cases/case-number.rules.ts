/**
 * A case's number by the town's pattern: `{year}` and `{number:4}` (at least four digits) stand for the year and the
 * running number, as in 祝劳调〔{year}〕{number:4}号.
 */
export function caseNumber(pattern: string, year: number, number: number): string {
  return pattern
    .replace('{year}', String(year))
    .replace(/\{number(?::(\d))?\}/, (_, digits?: string) =>
      String(number).padStart(Number(digits ?? 1), '0'),
    );
}

/**
 * The case number that somebody meant who typed its running number, '120', or wrote its brackets as the keyboard has
 * them, '祝劳调(2026)0120号'; without a year it is this one. Null when no number of the pattern is meant.
 */
export function meantCaseNumber(pattern: string, typed: string, thisYear: number): string | null {
  const parts = /^(?:\D*(\d{4})\D+)?(\d{1,6})\D*$/.exec(typed.normalize('NFKC').replace(/\s/g, ''));
  if (!parts) return null;
  return caseNumber(pattern, Number(parts[1] ?? thisYear), Number(parts[2]));
}
