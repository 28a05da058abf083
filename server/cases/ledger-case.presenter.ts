import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import type { Notice } from '../web/view-model.ts';
import type { CasePage } from './case-page.queries.ts';

/** Where a case of past years comes from, and what its ledger says was recovered. */
export function ledgerNotice({ disputeCase, ledgerRecovery }: CasePage, t: Translate): Notice | null {
  if (disputeCase.ledgerBatchId === null) return null;
  return {
    tone: 'info',
    text: t('ledger.notice.text'),
    lines: ledgerRecovery ? recoveryLines(ledgerRecovery, t) : [t('ledger.notice.nothingRecovered')],
  };
}

function recoveryLines(
  { paidOn, amountFen, workers, migrantWorkers, migrantFen }: NonNullable<CasePage['ledgerRecovery']>,
  t: Translate,
): string[] {
  const unknown = t('common.unknown');
  return [
    t('ledger.notice.recovered', { day: paidOn, amount: formatYuan(amountFen), count: workers }),
    t('ledger.notice.migrants', {
      people: migrantWorkers === null ? unknown : t('cases.page.people', { count: migrantWorkers }),
      amount: migrantFen === null ? unknown : t('cases.page.yuan', { amount: formatYuan(migrantFen) }),
    }),
  ];
}
