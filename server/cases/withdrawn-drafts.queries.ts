import { Instalment, type Settlement } from '../../models/settlements.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';

/** A draft of an agreement that was taken back, and what was to fall due when, for all workers together, in fen. */
export interface WithdrawnDraft {
  settlement: Settlement;
  schedule: { dueOn: CalendarDay; amountFen: number }[];
}

/** The drafts among a case's agreements that were taken back, the latest first. */
export async function loadWithdrawnDrafts(settlements: readonly Settlement[]): Promise<WithdrawnDraft[]> {
  const withdrawn = settlements
    .filter(({ withdrawnAt }) => withdrawnAt !== null)
    .sort((a, b) => Number(b.withdrawnAt) - Number(a.withdrawnAt));
  if (withdrawn.length === 0) return [];
  const instalments = await Instalment.findAll({
    where: { settlementId: withdrawn.map(({ id }) => id) },
    order: [['dueOn', 'ASC']],
  });
  return withdrawn.map((settlement) => {
    const byDay = new Map<CalendarDay, number>();
    for (const { settlementId, dueOn, amountFen } of instalments)
      if (settlementId === settlement.id) byDay.set(dueOn, (byDay.get(dueOn) ?? 0) + amountFen);
    return { settlement, schedule: [...byDay].map(([dueOn, amountFen]) => ({ dueOn, amountFen })) };
  });
}
