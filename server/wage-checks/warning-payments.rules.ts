import type { CalendarDay } from '../shared/calendar-day.ts';
import type { WageMonth } from './warning.rules.ts';

/** What a case that wage checks or a warning led to recovered on a day, verified by a second person; in fen. */
export interface CasePayment {
  paidOn: CalendarDay;
  amountFen: number;
}

/**
 * The months with what is still owed after these payments: the oldest pay day is settled first, by what was paid since the
 * month was told of. Of a part it is not known whom it went to, so that as many people stay unpaid.
 */
export function afterPayments(
  months: readonly WageMonth[],
  payments: readonly CasePayment[],
): readonly WageMonth[] {
  const left = payments.map((payment) => ({ ...payment }));
  return [...months]
    .sort((one, other) => (one.payDay < other.payDay ? -1 : 1))
    .map((month) => {
      if (month.verifiedOn !== null || month.arrearsFen === 0) return month;
      let owedFen = month.arrearsFen;
      for (const payment of left.filter(({ paidOn }) => paidOn >= month.toldOn)) {
        const usedFen = Math.min(owedFen, payment.amountFen);
        owedFen -= usedFen;
        payment.amountFen -= usedFen;
      }
      return { ...month, arrearsFen: owedFen, people: owedFen === 0 ? 0 : month.people };
    });
}
