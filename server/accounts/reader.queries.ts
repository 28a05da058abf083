import { Op } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { RoomMediator } from '../../models/directory.ts';
import { today } from '../shared/clock.ts';
import { isLanguage, DEFAULT_LANGUAGE, type Language } from '../shared/language.ts';
import type { Grant, Reader } from './access.rules.ts';

/** The person behind a session, as of now: an ended account, role or room is gone at the next request. */
export interface SignedIn {
  reader: Reader;
  username: string;
  language: Language;
  mustChangePassword: boolean;
}

/** Loads a signed-in person with the roles in force; null when the account is gone or ended. */
export async function findSignedIn(userId: string): Promise<SignedIn | null> {
  const user = await User.findOne({
    where: { id: userId, endedAt: null },
    include: [
      {
        model: RoleGrant,
        as: 'grants',
        required: false,
        where: { endedAt: null },
        include: [{ model: Area, as: 'area' }],
      },
    ],
  });
  if (!user) return null;
  return {
    reader: {
      userId: user.id,
      displayName: user.displayName,
      grants: await Promise.all((user.grants ?? []).map(grantOf)),
      roomIds: await roomsOf(user),
    },
    username: user.username,
    language: isLanguage(user.language) ? user.language : DEFAULT_LANGUAGE,
    mustChangePassword: user.mustChangePassword,
  };
}

async function grantOf(grant: RoleGrant): Promise<Grant> {
  const area = grant.area!;
  return {
    role: grant.role,
    areaId: area.id,
    areaName: area.name,
    areaPath: area.path,
    townIds: await townsAround(area),
    villageId: area.kind === 'village' ? area.id : null,
    enterpriseId: grant.enterpriseId,
  };
}

async function townsAround(area: Area): Promise<string[]> {
  if (area.kind === 'town') return [area.id];
  if (area.kind === 'village') return area.parentId ? [area.parentId] : [];
  const towns = await Area.findAll({
    where: { kind: 'town', path: { [Op.startsWith]: area.path } },
    attributes: ['id'],
  });
  return towns.map((town) => town.id);
}

async function roomsOf(user: User): Promise<string[]> {
  if (!user.grants?.some((grant) => grant.role === 'mediator')) return [];
  const day = today();
  const memberships = await RoomMediator.findAll({
    where: {
      userId: user.id,
      activeFrom: { [Op.lte]: day },
      activeTo: { [Op.or]: [null, { [Op.gte]: day }] },
    },
    attributes: ['roomId'],
  });
  return memberships.map((membership) => membership.roomId);
}
