import type { Translate } from './language.ts';

/** '2026年11月', 'November 2026'; `month` is 'YYYY-MM'. */
export function monthWord(month: string, t: Translate): string {
  const [year, number] = month.split('-');
  return t('wage-checks.monthOfYear', { year: year!, month: t(`wage-checks.months.${Number(number)}`) });
}
