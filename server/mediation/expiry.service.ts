import { DisputeCase } from '../../models/cases.ts';
import { actAsSystem } from '../cases/case-action.service.ts';
import { isOverdue } from '../deadlines/clocks.rules.ts';
import { allTownIds } from '../directory/areas.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { JobContext } from '../shared/job.ts';

/**
 * The sweep: of a mediation whose days are over the failure is drafted, once; a person confirms it, or records what was
 * agreed after all (劳动争议调解仲裁法 14; 企业劳动争议协商调解规定 29).
 */
export async function draftFailures({ day, inTurn }: JobContext): Promise<{ drafted: number }> {
  let drafted = 0;
  for (const townId of await allTownIds()) {
    const open = await DisputeCase.findAll({
      where: { townId, state: 'inMediation', failureDraftedOn: null },
      attributes: ['id', 'statutoryDueOn', 'extendedTo'],
      raw: true,
    });
    const over = open.filter((disputeCase) => isOver(disputeCase, day));
    for (const { id } of over) if (await inTurn(() => draftIfOver(id, day))) drafted++;
  }
  return { drafted };
}

async function draftIfOver(caseId: string, day: CalendarDay): Promise<boolean> {
  const drafted = await actAsSystem(
    caseId,
    'draftFailure',
    (disputeCase) => disputeCase.failureDraftedOn === null && isOver(disputeCase, day),
    () => ({ set: { failureDraftedOn: day } }),
  );
  return drafted !== null;
}

function isOver(
  { statutoryDueOn, extendedTo }: Pick<DisputeCase, 'statutoryDueOn' | 'extendedTo'>,
  day: CalendarDay,
): boolean {
  const end = extendedTo ?? statutoryDueOn;
  return end !== null && isOverdue(end, day);
}
