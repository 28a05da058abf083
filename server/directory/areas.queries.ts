import { Op, type Order } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { grantsFor, may, townsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import { NotFound, Unacceptable } from '../shared/errors.ts';

/** The name at the root of the tree: what a page says before anybody has signed in. */
export async function rootAreaName(): Promise<string> {
  const root = await Area.findOne({
    where: { parentId: null },
    order: [['path', 'ASC']],
    attributes: ['name'],
  });
  return root?.name ?? '';
}

/** The town that a command is for: the one named by its code, or the only one. */
export async function townByCode(code: string | undefined): Promise<Area> {
  if (code !== undefined) {
    const town = await Area.findOne({ where: { code, kind: 'town' } });
    if (!town) throw new Unacceptable('directory.errors.townUnknown', { code });
    return town;
  }
  const towns = await Area.findAll({ where: { kind: 'town' }, order: [['position', 'ASC']] });
  if (towns.length !== 1) {
    throw new Unacceptable('directory.errors.townWanted', {
      codes: towns.map((town) => town.code).join(', '),
    });
  }
  return towns[0]!;
}

/** An area of any kind by its code. */
export async function areaByCode(code: string): Promise<Area> {
  const area = await Area.findOne({ where: { code } });
  if (!area) throw new Unacceptable('directory.errors.areaUnknown', { code });
  return area;
}

/** The villages of some towns, in the order of the tree. */
export async function villagesOf(townIds: string[]): Promise<Area[]> {
  return Area.findAll({
    where: { kind: 'village', parentId: { [Op.in]: townIds } },
    order: [
      ['position', 'ASC'],
      ['name', 'ASC'],
    ],
  });
}

/** A town or village in which the reader may do something, as a form offers it. */
export interface AreaChoice {
  id: string;
  name: string;
  townId: string;
  townName: string;
  /** Null for the town as a whole. */
  villageId: string | null;
}

/** The towns and villages in which the reader may do this; behind every town its villages. */
export async function areaChoices(reader: Reader, action: Action): Promise<AreaChoice[]> {
  const townIds = townsFor(reader, action);
  const order: Order = [
    ['position', 'ASC'],
    ['name', 'ASC'],
  ];
  const towns = await Area.findAll({ where: { id: townIds, kind: 'town' }, order });
  const villages = await villagesOf(townIds);
  return towns.flatMap((town) =>
    [town, ...villages.filter(({ parentId }) => parentId === town.id)]
      .map(({ id, name }) => ({
        id,
        name,
        townId: town.id,
        townName: town.name,
        villageId: id === town.id ? null : id,
      }))
      .filter((choice) => may(reader, action, choice)),
  );
}

/**
 * The town or village that a form names, when the reader may do this there.
 * @throws Unacceptable beside `field`, the same for an unknown area and one out of reach
 */
export async function chosenPlace(
  reader: Reader,
  action: Action,
  areaId: string,
  field = 'areaId',
): Promise<{ townId: string; villageId: string | null }> {
  const area = await Area.findOne({ where: { id: areaId, kind: ['town', 'village'] } });
  const place =
    area?.kind === 'village'
      ? { townId: area.parentId!, villageId: area.id }
      : { townId: areaId, villageId: null };
  if (!area || !may(reader, action, place)) throw new Unacceptable('errors.notInList', {}, field);
  return place;
}

/** The areas that an administrator looks after, every one followed by what lies in it. */
export async function managedAreas(reader: Reader): Promise<Area[]> {
  const paths = grantsFor(reader, 'users.manage')
    .filter(({ grant }) => grant.enterpriseId === null)
    .map(({ grant }) => grant.areaPath);
  if (paths.length === 0) return [];
  const areas = await Area.findAll({
    where: { [Op.or]: paths.map((path) => ({ path: { [Op.startsWith]: path } })) },
    order: [
      ['position', 'ASC'],
      ['name', 'ASC'],
    ],
  });
  const ids = new Set(areas.map(({ id }) => id));
  const withInside = (area: Area): Area[] => [
    area,
    ...areas.filter(({ parentId }) => parentId === area.id).flatMap(withInside),
  ];
  return areas.filter(({ parentId }) => parentId === null || !ids.has(parentId)).flatMap(withInside);
}

/** An area that an administrator looks after. @throws NotFound, the same for absent and for out of reach */
export async function findManagedArea(reader: Reader, areaId: string): Promise<Area> {
  const area = (await managedAreas(reader)).find(({ id }) => id === areaId);
  if (!area) throw new NotFound();
  return area;
}

/** Every town of the installation, for what the system does in all of them. */
export async function allTownIds(): Promise<string[]> {
  return (await Area.findAll({ where: { kind: 'town' }, attributes: ['id'], raw: true })).map(({ id }) => id);
}
