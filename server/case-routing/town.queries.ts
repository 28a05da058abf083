import { Op } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { asNumber, selectRows } from '../../models/dialect.ts';
import { Enterprise, EnterpriseAlias, Room, RoomMediator } from '../../models/directory.ts';
import { indexEnterprises } from '../directory/enterprise-name.rules.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import { today } from '../shared/clock.ts';
import type { Desk, RoutableEnterprise, Seat, TownDirectory } from './proposal.rules.ts';

/** A town's active enterprises, prepared for recognising them, who mediates there, and its settings of today. */
export async function loadDirectory(townId: string): Promise<TownDirectory> {
  const active = { townId, active: true };
  const [settings, seats, rows, aliases] = await Promise.all([
    settingsOf(townId),
    seatsIn(townId),
    Enterprise.findAll({
      where: active,
      attributes: ['id', 'name', 'creditCode', 'villageId', 'hasCommittee', 'warningLevel', 'industry'],
    }),
    EnterpriseAlias.findAll({
      attributes: ['enterpriseId', 'alias'],
      include: [{ model: Enterprise, as: 'enterprise', where: active, attributes: [], required: true }],
      raw: true,
    }),
  ]);
  const aliasesOf = new Map<string, string[]>();
  for (const { enterpriseId, alias } of aliases)
    aliasesOf.set(enterpriseId, [...(aliasesOf.get(enterpriseId) ?? []), alias]);
  const enterprises = new Map(
    rows.map(({ id, name, creditCode, villageId, hasCommittee, warningLevel, industry }) => [
      id,
      { id, name, creditCode, villageId, hasCommittee, warningLevel, industry } satisfies RoutableEnterprise,
    ]),
  );
  const known = [...enterprises.values()].map((enterprise) => ({
    ...enterprise,
    aliases: aliasesOf.get(enterprise.id) ?? [],
  }));
  return { settings, seats, enterprises, index: indexEnterprises(known, settings.namePlaces) };
}

/** Every mediator of every active room of a town, with their open cases. */
export async function loadDesks(townId: string): Promise<Desk[]> {
  return desksAt(await seatsIn(townId));
}

/** The desks at these seats, as their open cases are now. */
export async function desksAt(seats: readonly Seat[]): Promise<Desk[]> {
  const open = await openCasesOf([...new Set(seats.map(({ mediatorId }) => mediatorId))]);
  return seats.map((seat) => ({ ...seat, openCases: open.get(seat.mediatorId) ?? 0 }));
}

/**
 * Every mediator of every active room of a town: there today, with an account and a mediator's role. Who holds it within
 * one enterprise only, mediates in that enterprise's room only.
 */
async function seatsIn(townId: string): Promise<Seat[]> {
  const memberships = await membershipsIn(townId);
  return memberships.flatMap(({ room, user }) => {
    const boundTo = user!.grants!.map(({ enterpriseId }) => enterpriseId);
    const { id: roomId, name: roomName, level, areaId, enterpriseId } = room!;
    if (!boundTo.some((bound) => bound === null || bound === enterpriseId)) return [];
    return {
      ...{ roomId, roomName, level, areaId, enterpriseId },
      mediatorId: user!.id,
      mediatorName: user!.displayName,
      boundTo: boundTo.filter((bound) => bound !== null),
    };
  });
}

async function membershipsIn(townId: string): Promise<RoomMediator[]> {
  const day = today();
  const areaIds = await areasAround(townId);
  return RoomMediator.findAll({
    where: { activeFrom: { [Op.lte]: day }, activeTo: { [Op.or]: [null, { [Op.gte]: day }] } },
    include: [
      { model: Room, as: 'room', where: { townId, active: true }, required: true },
      {
        model: User,
        as: 'user',
        attributes: ['id', 'displayName'],
        where: { endedAt: null },
        required: true,
        include: [
          {
            model: RoleGrant,
            as: 'grants',
            attributes: ['enterpriseId'],
            where: { role: 'mediator', endedAt: null, areaId: areaIds },
            required: true,
          },
        ],
      },
    ],
    order: [
      [{ model: Room, as: 'room' }, 'name', 'ASC'],
      [{ model: User, as: 'user' }, 'displayName', 'ASC'],
      ['id', 'ASC'],
    ],
  });
}

/** The areas in which a role reaches into a town: the town, what lies in it and what it lies in. */
async function areasAround(townId: string): Promise<string[]> {
  const { path } = await Area.findByPk(townId, { attributes: ['path'], rejectOnEmpty: true });
  const above = path.split('/').filter((id) => id !== '');
  const below = await Area.findAll({
    where: { path: { [Op.startsWith]: path } },
    attributes: ['id'],
    raw: true,
  });
  return [...above, ...below.map(({ id }) => id)];
}

async function openCasesOf(mediatorIds: string[]): Promise<Map<string, number>> {
  if (mediatorIds.length === 0) return new Map();
  const rows = await selectRows<{ mediatorId: string; openCases: unknown }>(
    'SELECT mediatorId, COUNT(*) AS openCases FROM cases WHERE mediatorId IN (:mediatorIds) AND closedOn IS NULL GROUP BY mediatorId',
    { mediatorIds },
  );
  return new Map(rows.map(({ mediatorId, openCases }) => [mediatorId, asNumber(openCases)]));
}
