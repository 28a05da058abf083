import { Op, type WhereOptions } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { managedAreas } from '../directory/areas.queries.ts';
import { NotFound, Unacceptable } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { Reader } from './access.rules.ts';
import { isWhollyWithinReach, isWithinReach } from './reach.rules.ts';
import type { Role } from './roles.rules.ts';

/** Which accounts a list shows; without `state` only those in use. */
export interface UserFilter {
  /** A part of the user name or of the name. */
  q?: string;
  role?: Role;
  area?: string;
  state?: 'ended' | 'all';
}

const PAGE = 50;

const WITH_GRANTS = {
  model: RoleGrant,
  as: 'grants',
  separate: true,
  include: [{ model: Area, as: 'area', attributes: ['id', 'name', 'kind', 'path'] }],
  order: [['grantedAt', 'ASC'] as [string, string]],
};

/** The areas in which an administrator gives and ends roles. */
export async function managedAreaIds(reader: Reader): Promise<Set<string>> {
  return new Set((await managedAreas(reader)).map(({ id }) => id));
}

/** Accounts with their roles, and the names of the enterprises of these roles by id. */
export interface UserPage extends KeysetPage<User> {
  enterprises: ReadonlyMap<string, string>;
}

/** A page of the accounts within the administrator's reach, by user name. */
export async function listUsers(reader: Reader, filter: UserFilter, turn: Turn): Promise<UserPage> {
  const where = { [Op.and]: [{ id: await usersWithinReach(reader, filter) }, asked(filter)] };
  const page = await keysetPage(User, 'username', { where, include: [WITH_GRANTS] }, turn, PAGE);
  return { ...page, enterprises: await enterprisesOf(page.rows.flatMap(({ grants }) => grants ?? [])) };
}

async function enterprisesOf(grants: RoleGrant[]): Promise<Map<string, string>> {
  const enterprises = await Enterprise.findAll({
    where: { id: grants.flatMap(({ enterpriseId }) => enterpriseId ?? []) },
    attributes: ['id', 'name'],
    raw: true,
  });
  return new Map(enterprises.map(({ id, name }) => [id, name]));
}

function asked({ q, state }: UserFilter): WhereOptions {
  return {
    [Op.and]: [
      q ? { [Op.or]: [contains('User.username', q), contains('User.displayName', q)] } : {},
      state === 'all' ? {} : { endedAt: state === 'ended' ? { [Op.ne]: null } : null },
    ],
  };
}

async function usersWithinReach(reader: Reader, { role, area }: UserFilter): Promise<string[]> {
  const areaIds = await managedAreaIds(reader);
  const here = await RoleGrant.findAll({ where: { areaId: [...areaIds] }, attributes: ['userId'] });
  const userIds = [...new Set(here.map(({ userId }) => userId))];
  const grants = await RoleGrant.findAll({ where: { userId: userIds } });
  return userIds.filter((id) => {
    const own = grants.filter(({ userId }) => userId === id);
    const held = own.filter(
      (grant) =>
        areaIds.has(grant.areaId) &&
        grant.endedAt === null &&
        (role === undefined || grant.role === role) &&
        (area === undefined || grant.areaId === area),
    );
    return isWithinReach(own, areaIds) && (held.length > 0 || (role === undefined && area === undefined));
  });
}

/** An account as an administrator sees it. */
export interface ManagedUser {
  user: User;
  /** The roles within the administrator's reach, the ended ones too. */
  grants: RoleGrant[];
  /** The names of the enterprises of these roles, by id. */
  enterprises: ReadonlyMap<string, string>;
  /** All roles in force lie within the administrator's reach. */
  whole: boolean;
  /** An informant's, of whom the administrator knows the code alone. */
  informant: boolean;
  /** Cases that lose their mediator with the account. */
  casesInHand: number;
}

/** An account within the administrator's reach. @throws NotFound, the same for absent and for out of reach */
export async function findManagedUser(reader: Reader, userId: string): Promise<ManagedUser> {
  const user = await User.findByPk(userId, { include: [WITH_GRANTS] });
  const areaIds = await managedAreaIds(reader);
  const all = user?.grants ?? [];
  if (!user || !isWithinReach(all, areaIds)) throw new NotFound();
  const grants = all.filter(({ areaId }) => areaIds.has(areaId));
  return {
    user,
    grants,
    enterprises: await enterprisesOf(grants),
    whole: isWhollyWithinReach(all, areaIds),
    informant: await isInformantAccount(userId),
    casesInHand: await casesInHand(userId),
  };
}

/** Whether an account is or was an informant's: who it belongs to is for those to know who name informants. */
export async function isInformantAccount(userId: string): Promise<boolean> {
  return (await RoleGrant.count({ where: { userId, role: 'informant' } })) > 0;
}

/** How many cases a mediator has that are open, or closed and not yet paid in full. */
async function casesInHand(mediatorId: string): Promise<number> {
  return DisputeCase.count({
    where: {
      mediatorId,
      [Op.or]: [{ closedOn: null }, { performance: { [Op.ne]: 'fulfilled' } }],
    },
  });
}

/** The account in use of a user name. @throws Unacceptable */
export async function userNamed(username: string): Promise<User> {
  const user = await User.findOne({ where: { username, endedAt: null } });
  if (!user) throw new Unacceptable('accounts.errors.userUnknown', { username });
  return user;
}

/** Whether an account is within the administrator's reach. */
export async function isManagedUser(reader: Reader, userId: string): Promise<boolean> {
  return (await managedAmong(reader, [userId])).has(userId);
}

/** Which of some accounts are within the administrator's reach. */
export async function managedAmong(reader: Reader, userIds: readonly string[]): Promise<Set<string>> {
  const [areaIds, grants] = await Promise.all([
    managedAreaIds(reader),
    RoleGrant.findAll({
      where: { userId: [...userIds] },
      attributes: ['userId', 'areaId', 'endedAt'],
      raw: true,
    }),
  ]);
  const own = (id: string) => grants.filter(({ userId }) => userId === id);
  return new Set(userIds.filter((id) => isWithinReach(own(id), areaIds)));
}

/**
 * The enterprise of a role by its exact name or credit code, within the role's area; `reader` is null for the system.
 * @throws Unacceptable beside its field: for an area out of reach, or when there is no such enterprise or several
 */
export async function enterpriseNamed(reader: Reader | null, text: string, areaId: string): Promise<string> {
  if (reader && !(await managedAreaIds(reader)).has(areaId))
    throw new Unacceptable('errors.notInList', {}, 'areaId');
  const named = await Enterprise.findAll({ where: { [Op.or]: [{ name: text }, { creditCode: text }] } });
  const places = await Area.findAll({
    where: { id: named.map(({ villageId, townId }) => villageId ?? townId) },
  });
  const inside = new Set(places.filter(({ path }) => path.includes(`${areaId}/`)).map(({ id }) => id));
  const [found, ...more] = named.filter(({ villageId, townId }) => inside.has(villageId ?? townId));
  if (!found || more.length > 0)
    throw new Unacceptable('accounts.errors.enterpriseUnknown', {}, 'enterprise');
  return found.id;
}

const MOST_SUGGESTIONS = 200;

/** The enterprises with a mediation committee in the administrator's areas, to be proposed while typing. */
export async function enterpriseSuggestions(reader: Reader): Promise<string[]> {
  const ids = [...(await managedAreaIds(reader))];
  const enterprises = await Enterprise.findAll({
    where: { hasCommittee: true, active: true, [Op.or]: [{ townId: ids }, { villageId: ids }] },
    attributes: ['name'],
    order: [['normalisedName', 'ASC']],
    limit: MOST_SUGGESTIONS,
  });
  return enterprises.map(({ name }) => name);
}
