import { createUser, endUser, grantRole } from '../../../server/accounts/users.service.ts';
import { addDays, instantOf, type CalendarDay } from '../../../server/shared/calendar-day.ts';
import { Area } from '../../areas.ts';
import { DisputeCase } from '../../cases.ts';
import type { DeskWork } from './desk-work.ts';
import { VILLAGES } from './names.ts';
import type { DemoTown } from './town.ts';

/** What these days changed among the people: a mediator left with cases unfinished, and a new one has no room yet. */
export async function changeStaff(work: DeskWork, demo: DemoTown, today: CalendarDay): Promise<void> {
  work.at(instantOf(addDays(today, -1), '16:00'));
  const printed = Object.values(demo.desks).map(({ mediatorId }) => mediatorId);
  const others = [...demo.mediators.keys()].filter((id) => !printed.includes(id));
  const unfinished = await DisputeCase.findOne({
    where: { closedOn: null, mediatorId: others },
    order: [['receivedAt', 'ASC']],
  });
  await endUser(null, unfinished!.mediatorId!);
  const village = await Area.findOne({ where: { kind: 'village', name: VILLAGES[1] } });
  const newcomer = { username: 'newcomer', displayName: '何新华', roles: [] };
  const { userId } = await createUser(null, newcomer);
  await grantRole(null, userId, { role: 'mediator', areaId: village!.id, enterpriseId: null });
}
