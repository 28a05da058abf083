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

/**
 * Who does a closed case again: its mediator, as long as they are there, else whoever would receive it at its level.
 */
export async function receiverAgain(disputeCase: DisputeCase): Promise<Omit<Receiver, 'level'>> {
  const { townId, roomId, mediatorId, level } = disputeCase;
  const desks = (await loadDesks(townId)).filter((desk) => desk.mediatorId === mediatorId);
  const own = desks.find((desk) => desk.roomId === roomId) ?? desks[0];
  if (own) return { roomId: own.roomId, mediatorId, receiver: own.mediatorName };
  const next = await receiverAbove(disputeCase, level === 'town' ? 'town' : 'village');
  return { roomId: next.roomId, mediatorId: next.mediatorId, receiver: next.receiver };
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
