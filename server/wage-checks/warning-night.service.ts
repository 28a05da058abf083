import { allTownIds } from '../directory/areas.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { JobContext } from '../shared/job.ts';
import { reassignActions } from './warning-actions.service.ts';
import { assess, enterprisesAfter } from './warning-evaluation.queries.ts';
import { evaluateEnterprise, touchEvaluations } from './warning.service.ts';

/** So many enterprises are read at once. */
const CHUNK = 500;

/**
 * The sweep: evaluates every enterprise on a day. What is as it was is only noted, in sets; each one that differs has a
 * transaction of its own. Actions go to who answers for their enterprises by now.
 */
export async function evaluateWarnings({
  day,
  inTurn,
}: JobContext): Promise<{ evaluated: number; changed: number }> {
  const counts = { evaluated: 0, changed: 0 };
  for (const townId of await allTownIds()) {
    for (let after = ''; ;) {
      const ids = await enterprisesAfter(townId, after, CHUNK);
      if (ids.length === 0) break;
      counts.evaluated += ids.length;
      counts.changed += await evaluateSome(townId, ids, day, inTurn);
      after = ids.at(-1)!;
    }
    await inTurn(() => reassignActions(townId, day));
  }
  return counts;
}

/** How many of them are different from before. */
async function evaluateSome(
  townId: string,
  ids: string[],
  day: CalendarDay,
  inTurn: JobContext['inTurn'],
): Promise<number> {
  const assessments = await assess(townId, ids, day);
  const current = assessments.filter(({ latest }) => latest === null || latest.lastSeenOn <= day);
  const same = current.filter(({ unchanged, latest }) => unchanged && latest && latest.lastSeenOn < day);
  if (same.length > 0)
    await inTurn(() =>
      touchEvaluations(
        same.map(({ latest }) => latest!.id),
        day,
      ),
    );
  const different = current.filter(({ unchanged }) => !unchanged);
  for (const { enterprise } of different)
    await inTurn(() => evaluateEnterprise(enterprise.id, day, 'nightly'));
  return different.length;
}
