import { RoleGrant, User } from '../../models/accounts.ts';
import type { DisputeCase } from '../../models/cases.ts';
import type { Level } from '../directory/directory.rules.ts';
import { chooseMediator } from './routing.rules.ts';
import { loadDesks } from './town.queries.ts';

/** Who has a case from now on: a mediator of a room, or the town's dispatcher, by name. */
export interface Receiver {
  level: Level;
  roomId: string | null;
  mediatorId: string | null;
  receiver: string | null;
}

/**
 * Who receives a case that goes up to a level: of the mediators there the one with the fewest open cases, never one who
 * sits on the committee of its enterprise. Where nobody is, the level above; where the town has nobody, its dispatcher,
 * who gives it to somebody (DOMAIN §5).
 */
export async function receiverAbove(disputeCase: DisputeCase, to: Level): Promise<Receiver> {
  const { townId, villageId, enterpriseId } = disputeCase;
  const desks = (await loadDesks(townId)).filter(({ boundTo }) => !boundTo.includes(enterpriseId ?? ''));
  for (const level of to === 'village' ? (['village', 'town'] as const) : (['town'] as const)) {
    const there = desks.filter(
      (desk) => desk.level === level && (level === 'town' || desk.areaId === villageId),
    );
    const desk = chooseMediator(there, ({ openCases }) => openCases);
    if (desk) return { level, roomId: desk.roomId, mediatorId: desk.mediatorId, receiver: desk.mediatorName };
  }
  return { level: 'town', roomId: null, mediatorId: null, receiver: await dispatcherOf(townId) };
}

/** The dispatcher who has been the town's for the longest. */
async function dispatcherOf(townId: string): Promise<string | null> {
  const grant = await RoleGrant.findOne({
    where: { role: 'dispatcher', areaId: townId, endedAt: null },
    include: [
      { model: User, as: 'user', where: { endedAt: null }, attributes: ['displayName'], required: true },
    ],
    order: [['id', 'ASC']],
  });
  return grant?.user?.displayName ?? null;
}
