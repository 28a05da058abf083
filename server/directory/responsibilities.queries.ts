import { col, Op, type WhereOptions } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { among } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Responsibility } from '../../models/one-duty.ts';
import { grantsFor, townsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { DutyKind } from './directory.rules.ts';

/** Which duties a list shows; without `state` those that run or will. */
export interface ResponsibilityFilter {
  /** The officer by their id. */
  officer?: string;
  kind?: DutyKind;
  /** A village by its id: the duties for all of it, and those for its enterprises. */
  village?: string;
  state?: 'ended' | 'all';
}

const PAGE = 50;
const WITH_OBJECT = [
  { model: User, as: 'officer', attributes: ['id', 'displayName'] },
  {
    model: Enterprise,
    as: 'enterprise',
    attributes: ['id', 'name', 'villageId'],
    include: [{ model: Area, as: 'village', attributes: ['name'] }],
  },
  { model: Area, as: 'village', attributes: ['id', 'name'] },
];

/** A page of the duties within the reader's reach, the latest first. */
export async function listResponsibilities(
  reader: Reader,
  filter: ResponsibilityFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<Responsibility>> {
  const where = { [Op.and]: [dutiesWithin(reader, 'responsibilities.read'), asked(filter)] };
  return keysetPage(Responsibility, 'fromDay', { where, include: WITH_OBJECT }, turn, size, {
    descending: true,
  });
}

function asked({ officer, kind, village, state }: ResponsibilityFilter): WhereOptions {
  return {
    [Op.and]: [
      officer ? { officerId: officer } : {},
      kind ? { kind } : {},
      village ? inVillage(village) : {},
      state === 'all'
        ? {}
        : state === 'ended'
          ? { [Op.not]: endsNotBefore(today()) }
          : endsNotBefore(today()),
    ],
  };
}

/** The duties that run on this day or later; one that was taken back before it began never does. */
function endsNotBefore(day: CalendarDay): WhereOptions {
  const began = { toDay: { [Op.gte]: col('Responsibility.fromDay') } };
  return { [Op.or]: [{ toDay: null }, { [Op.and]: [{ toDay: { [Op.gte]: day } }, began] }] };
}

function inVillage(villageId: string): WhereOptions {
  const enterprises = among('SELECT id FROM enterprises WHERE villageId = :villageId', { villageId });
  return { [Op.or]: [{ villageId }, { enterpriseId: enterprises }] };
}

/** The duties to which the reader may do this: those of the town, or those for one village and its enterprises. */
function dutiesWithin(reader: Reader, action: Action): WhereOptions {
  const reach = grantsFor(reader, action)
    .filter(({ grant }) => grant.enterpriseId === null)
    .map(({ grant: { townIds, villageId } }) => ({
      [Op.and]: [{ townId: townIds }, villageId ? inVillage(villageId) : {}],
    }));
  return reach.length === 0 ? { id: [] } : { [Op.or]: reach };
}

/** A duty with its officer and object. @throws NotFound, the same for absent and for out of reach */
export async function findResponsibility(
  reader: Reader,
  id: string,
  action: Action = 'responsibilities.read',
): Promise<Responsibility> {
  const found = await Responsibility.findOne({
    where: { [Op.and]: [{ id }, dutiesWithin(reader, action)] },
    include: WITH_OBJECT,
  });
  if (!found) throw new NotFound();
  return found;
}

/** What an officer answers for from a day on, as far as the reader may change it; the oldest first. */
export async function openDutiesOf(
  reader: Reader,
  officerId: string,
  day: CalendarDay,
): Promise<Responsibility[]> {
  return Responsibility.findAll({
    where: {
      [Op.and]: [{ officerId }, endsNotBefore(day), dutiesWithin(reader, 'responsibilities.edit')],
    },
    include: WITH_OBJECT,
    order: [
      ['fromDay', 'ASC'],
      ['id', 'ASC'],
    ],
  });
}

/** Somebody with the role of an officer, and the paths of the areas in which they have it. */
export interface OfficerChoice {
  id: string;
  displayName: string;
  paths: string[];
}

/** The officers of the towns in which the reader may do this, by name. */
export async function officersFor(reader: Reader, action: Action): Promise<OfficerChoice[]> {
  const towns = await Area.findAll({ where: { id: townsFor(reader, action) }, attributes: ['path'] });
  const grants = await RoleGrant.findAll({
    where: { role: 'officer', endedAt: null },
    include: [
      { model: User, as: 'user', attributes: ['id', 'displayName'], where: { endedAt: null } },
      { model: Area, as: 'area', attributes: ['path'] },
    ],
  });
  const officers = new Map<string, OfficerChoice>();
  for (const { user, area } of grants) {
    const { path } = area!;
    if (!towns.some((town) => path.startsWith(town.path) || town.path.startsWith(path))) continue;
    const known = officers.get(user!.id) ?? { id: user!.id, displayName: user!.displayName, paths: [] };
    officers.set(user!.id, { ...known, paths: [...known.paths, path] });
  }
  return [...officers.values()].sort((a, b) => a.displayName.localeCompare(b.displayName, 'zh-CN'));
}

/** The paths of the areas in which these duties lie, by the duty's id. */
export async function pathsOf(duties: readonly Responsibility[]): Promise<Map<string, string>> {
  const areaOf = ({ townId, villageId, enterprise }: Responsibility): string =>
    villageId ?? enterprise?.villageId ?? townId;
  const areas = await Area.findAll({
    where: { id: [...new Set(duties.map(areaOf))] },
    attributes: ['id', 'path'],
  });
  const paths = new Map(areas.map(({ id, path }) => [id, path]));
  return new Map(duties.map((duty) => [duty.id, paths.get(areaOf(duty)) ?? '']));
}
