import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { actAsSystem, nextInstalmentOn } from '../cases/case-action.service.ts';
import { allTownIds } from '../directory/areas.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { JobContext } from '../shared/job.ts';

/**
 * The sweep: an agreement of which an instalment is a day late is 未履行 (DOMAIN §5); its outcome stays. A payment that
 * waits for its second person is no default yet.
 */
export async function markBreaches({ day, inTurn }: JobContext): Promise<{ breached: number }> {
  let breached = 0;
  for (const townId of await allTownIds()) {
    const late = await DisputeCase.findAll({
      where: {
        ...{ townId, state: 'closed', performance: ['pending', 'performing'] },
        // What is to be done again can be due before the instalment.
        dueKind: ['instalment', 'redo'],
        dueOn: { [Op.lt]: day },
      },
      attributes: ['id'],
      raw: true,
    });
    for (const { id } of late) if (await inTurn(() => markIfLate(id, day))) breached++;
  }
  return { breached };
}

async function markIfLate(caseId: string, day: CalendarDay): Promise<boolean> {
  const marked = await actAsSystem(
    caseId,
    'markBreached',
    async ({ performance }) => performance !== 'breached' && ((await unpaidSince(caseId)) ?? day) < day,
    async () => ({ set: { performance: 'breached' }, detail: { dueOn: await unpaidSince(caseId) } }),
  );
  return marked !== null;
}

function unpaidSince(caseId: string): Promise<CalendarDay | null> {
  return nextInstalmentOn(caseId, ['recorded', 'verified']);
}
