import { makeCards, revokeCard } from '../../../server/directory/cards.service.ts';
import { addDays, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { now as instantNow, setClock } from '../../../server/shared/clock.ts';
import { Area } from '../../areas.ts';
import type { DemoTown } from './town.ts';

const VILLAGES_WITH_CARDS = 3;

/** Contact cards of three villages and their enterprises; one was lost and made anew, one is not needed any more. */
export async function handOutCards(
  { town, dispatchers: [dispatcher], enterprises }: DemoTown,
  now: CalendarDay,
): Promise<void> {
  const before = instantNow();
  const villages = await Area.findAll({ where: { parentId: town.id }, order: [['position', 'ASC']] });
  setClock(() => instantOf(addDays(now, -200), '10:00'));
  const made: string[] = [];
  for (const { id: villageId } of villages.slice(0, VILLAGES_WITH_CARDS))
    made.push(
      ...(await makeCards(dispatcher, {
        ...{ enterprise: null, villageId, everyEnterprise: true, informants: false },
      })),
    );
  setClock(() => instantOf(addDays(now, -30), '15:20'));
  const first = { enterprise: enterprises[0]!.creditCode, villageId: null };
  await makeCards(dispatcher, { ...first, everyEnterprise: false, informants: true });
  await revokeCard(dispatcher, made[1]!, { reason: 'lost', reissue: true });
  await revokeCard(dispatcher, made[3]!, { reason: 'closed', reissue: false });
  setClock(() => before);
}
