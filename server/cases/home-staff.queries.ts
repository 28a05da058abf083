import { col, fn, Op } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { among, asNumber, selectRows } from '../../models/dialect.ts';
import { Room } from '../../models/directory.ts';
import { managedAmong } from '../accounts/users.queries.ts';
import { grantsFor, townsFor, type Reader } from '../accounts/access.rules.ts';
import { today } from '../shared/clock.ts';
import { LEFT_BEHIND } from './case-conditions.queries.ts';

/** People of whom something is to be put in order. */
export interface StaffWork<T> {
  people: T[];
  total: number;
}

export interface NewAccount {
  id: string;
  displayName: string;
  username: string;
}

/** Who has a mediator's role and no room; `roomId` is the room of their village or enterprise, if there is one. */
export interface Roomless {
  id: string;
  displayName: string;
  roomId: string | null;
}

/** Who left a room, or the service, and left cases behind. */
export interface LeftBehind {
  id: string;
  displayName: string;
  cases: number;
}

/** Whom a message did not reach, and how many did not. */
export interface Unreached {
  id: string;
  displayName: string;
  messages: number;
}

/** Accounts in use, within an administrator's reach, with messages that were given up, the most messages first. */
export async function accountsUnreached(reader: Reader, most: number): Promise<StaffWork<Unreached>> {
  const found = await selectRows<{ id: string; displayName: string; messages: unknown }>(
    `SELECT u.id, u.displayName, COUNT(*) AS messages
     FROM outbox_messages m JOIN users u ON u.id = m.userId AND u.endedAt IS NULL
     WHERE m.state = 'dead' GROUP BY u.id, u.displayName ORDER BY messages DESC, u.id`,
  );
  const managed = await managedAmong(
    reader,
    found.map(({ id }) => id),
  );
  const people = found
    .filter(({ id }) => managed.has(id))
    .map(({ messages, ...person }) => ({ ...person, messages: asNumber(messages) }));
  return { people: people.slice(0, most), total: people.length };
}

/** Accounts that nobody has used yet, of an administrator's area, the oldest first. */
export async function accountsWithoutPassword(reader: Reader, most: number): Promise<StaffWork<NewAccount>> {
  const paths = grantsFor(reader, 'users.manage').map(({ grant }) => ({
    path: { [Op.startsWith]: grant.areaPath },
  }));
  const areas = await Area.findAll({ where: { [Op.or]: paths }, attributes: ['id'], raw: true });
  const grants = await RoleGrant.findAll({
    where: { areaId: areas.map(({ id }) => id), endedAt: null },
    attributes: ['userId'],
    raw: true,
  });
  const where = { id: [...new Set(grants.map(({ userId }) => userId))], passwordHash: null, endedAt: null };
  const users = await User.findAll({
    where,
    attributes: ['id', 'displayName', 'username'],
    order: [['createdAt', 'ASC']],
    raw: true,
  });
  return { people: users.slice(0, most), total: users.length };
}

/** Mediators of the reader's area who have no room: no case can come to them. */
export async function mediatorsWithoutRoom(reader: Reader, most: number): Promise<StaffWork<Roomless>> {
  const found = await selectRows<{
    id: string;
    displayName: string;
    areaId: string;
    path: string;
    enterpriseId: string | null;
  }>(
    `SELECT u.id, u.displayName, g.areaId, g.enterpriseId, a.path FROM role_grants g
     JOIN users u ON u.id = g.userId AND u.endedAt IS NULL
     JOIN areas a ON a.id = g.areaId
     WHERE g.role = 'mediator' AND g.endedAt IS NULL AND NOT EXISTS (SELECT 1 FROM room_mediators m
       JOIN rooms r ON r.id = m.roomId AND r.active = 1
       WHERE m.userId = u.id AND (m.activeTo IS NULL OR m.activeTo >= :today))
     ORDER BY u.createdAt, u.id`,
    { today: today() },
  );
  const paths = grantsFor(reader, 'directory.edit').map(({ grant }) => grant.areaPath);
  const within = found.filter(({ path }) => paths.some((own) => path.startsWith(own)));
  const people = [...new Map(within.map((each) => [each.id, each])).values()];
  const shown = people.slice(0, most);
  const rooms = await Room.findAll({
    where: { active: true, areaId: shown.map(({ areaId }) => areaId) },
    attributes: ['id', 'areaId', 'enterpriseId'],
    raw: true,
  });
  const roomOf = (grant: { areaId: string; enterpriseId: string | null }): string | null =>
    rooms.find((room) => room.areaId === grant.areaId && room.enterpriseId === grant.enterpriseId)?.id ??
    null;
  return {
    people: shown.map((person) => ({
      id: person.id,
      displayName: person.displayName,
      roomId: roomOf(person),
    })),
    total: people.length,
  };
}

/** Mediators of an administrator's towns who are gone while cases are still theirs, the most cases first. */
export async function mediatorsLeavingCases(reader: Reader, most: number): Promise<StaffWork<LeftBehind>> {
  const rows = (await DisputeCase.findAll({
    where: { townId: townsFor(reader, 'users.manage'), id: among(LEFT_BEHIND, { today: today() }) },
    attributes: ['mediatorId', [fn('COUNT', col('id')), 'cases']],
    group: ['mediatorId'],
    raw: true,
  })) as unknown as { mediatorId: string; cases: unknown }[];
  const users = await User.findAll({
    where: { id: rows.map(({ mediatorId }) => mediatorId) },
    attributes: ['id', 'displayName'],
    raw: true,
  });
  const people = users
    .map(({ id, displayName }) => {
      const { cases } = rows.find(({ mediatorId }) => mediatorId === id)!;
      return { id, displayName, cases: asNumber(cases) };
    })
    .sort((a, b) => b.cases - a.cases);
  return { people: people.slice(0, most), total: people.length };
}
