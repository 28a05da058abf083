import type { DisputeCase } from '../../models/cases.ts';
import type { Translate } from '../shared/language.ts';
import { monthWord } from '../shared/month-word.ts';
import type { SummaryRow } from '../web/view-model.ts';
import type { CaseOrigin } from './case-origin.queries.ts';

/** Whence the case came, with the way to the wage check and to the warning where the reader may open them. */
export function originRows(
  { source }: DisputeCase,
  { check, warning }: CaseOrigin,
  t: Translate,
): SummaryRow[] {
  const came: SummaryRow = { key: t('cases.page.source'), value: t(`cases.sources.${source}`) };
  const checked = check && {
    label: t('cases.page.wageCheck', { month: monthWord(check.month, t) }),
    href: `/wage-checks/${check.id}`,
  };
  const level = warning && t(`directory.warningLevels.${warning.level}`);
  return [
    { ...came, ...(checked ? { actions: [checked] } : {}) },
    ...(warning
      ? [
          {
            key: t('cases.page.warning'),
            value: warning.ended ? t('cases.page.warningEnded', { level: level! }) : level!,
            href: `/warnings/${warning.id}`,
          },
        ]
      : []),
  ];
}
