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
