import { Op, type WhereOptions } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise, Room, RoomMediator } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import type { Action, Reader } from '../accounts/access.rules.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import { mediatorsToday } from './enterprises.queries.ts';
import { withinReach } from './reach.queries.ts';
import type { Level } from './directory.rules.ts';

/** Which rooms a list shows; without `active` only those in use. */
export interface RoomFilter {
  q?: string;
  level?: Level;
  active?: 'no' | 'all';
}

const PAGE = 50;

const WITH_PLACE = [
  { model: Area, as: 'area', attributes: ['id', 'name', 'kind', 'path'] },
  { model: Enterprise, as: 'enterprise', attributes: ['id', 'name'] },
];

/** A page of the rooms that the reader may see, by name, each with the mediators of today. */
export async function listRooms(
  reader: Reader,
  filter: RoomFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<Room>> {
  const where = { [Op.and]: [withinReach(reader, 'directory.read', 'areaId'), asked(filter)] };
  return keysetPage(Room, 'name', { where, include: [...WITH_PLACE, mediatorsToday()] }, turn, size);
}

function asked({ q, level, active }: RoomFilter): WhereOptions {
  return {
    [Op.and]: [
      q ? contains('Room.name', q) : {},
      level ? { level } : {},
      active === 'all' ? {} : { active: active !== 'no' },
    ],
  };
}

/** A room with its place. @throws NotFound, the same for absent and for out of reach */
export async function findRoom(
  reader: Reader,
  roomId: string,
  action: Action = 'directory.read',
): Promise<Room> {
  const room = await Room.findOne({
    where: { [Op.and]: [{ id: roomId }, withinReach(reader, action, 'areaId')] },
    include: WITH_PLACE,
  });
  if (!room) throw new NotFound();
  return room;
}

/** Who mediates or mediated in a room, the latest first. */
export async function membershipsOf(roomId: string): Promise<RoomMediator[]> {
  return RoomMediator.findAll({
    where: { roomId },
    include: [{ model: User, as: 'user', attributes: ['id', 'displayName', 'endedAt'] }],
    order: [
      ['activeFrom', 'DESC'],
      ['id', 'DESC'],
    ],
  });
}

/** Who can mediate in a room: a mediator whose role's area holds it, or whose enterprise it belongs to; by name. */
export async function mediatorsFor(room: Room): Promise<User[]> {
  const above = room.area!.path.split('/').filter((id) => id !== '');
  const grants = await RoleGrant.findAll({
    where: {
      role: 'mediator',
      endedAt: null,
      areaId: above,
      enterpriseId: { [Op.or]: [null, room.enterpriseId] },
    },
    include: [{ model: User, as: 'user', where: { endedAt: null }, attributes: ['id', 'displayName'] }],
  });
  const users = new Map(grants.map(({ user }) => [user!.id, user!]));
  return [...users.values()].sort((a, b) => a.displayName.localeCompare(b.displayName, 'zh-CN'));
}
