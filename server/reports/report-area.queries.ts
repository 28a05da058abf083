import { Op } from 'sequelize';
import { Area, type AreaKind } from '../../models/areas.ts';
import { grantsFor, type Reader } from '../accounts/access.rules.ts';
import { areaByCode, townByCode } from '../directory/areas.queries.ts';
import { NotFound } from '../shared/errors.ts';

/** An area that a report can be about: all towns of a jurisdiction, one town, or one village of a town. */
export interface ReportArea {
  id: string;
  name: string;
  kind: AreaKind;
  townIds: string[];
  villageId: string | null;
}

/**
 * The areas of which the reader may open reports, each with what lies in it right behind it; the widest first.
 * Empty for a reader whose grants are bounded by an enterprise.
 */
export async function reportAreas(reader: Reader): Promise<ReportArea[]> {
  const grants = grantsFor(reader, 'reports.read').filter(({ grant }) => grant.enterpriseId === null);
  if (grants.length === 0) return [];
  const areas = await Area.findAll({
    where: { [Op.or]: grants.map(({ grant }) => ({ path: { [Op.startsWith]: grant.areaPath } })) },
    order: [
      ['position', 'ASC'],
      ['name', 'ASC'],
    ],
  });
  const present = new Set(areas.map(({ id }) => id));
  const roots = areas.filter(({ parentId }) => parentId === null || !present.has(parentId));
  roots.sort((a, b) => a.path.length - b.path.length);
  return roots.flatMap((root) => withChildren(root, areas)).map((area) => reportArea(area, areas));
}

function withChildren(area: Area, areas: Area[]): Area[] {
  return [
    area,
    ...areas.filter(({ parentId }) => parentId === area.id).flatMap((child) => withChildren(child, areas)),
  ];
}

/** The area of these that a report is about: the wished one, else the first. @throws NotFound */
export function chosenArea(areas: ReportArea[], areaId: string | null): ReportArea {
  const area = areaId === null ? areas[0] : areas.find(({ id }) => id === areaId);
  if (!area) throw new NotFound();
  return area;
}

/** The area that a command names by its code, else the only town. @throws Unacceptable */
export async function reportAreaByCode(code: string | undefined): Promise<ReportArea> {
  const area = code === undefined ? await townByCode(undefined) : await areaByCode(code);
  const below = await Area.findAll({ where: { kind: 'town', path: { [Op.startsWith]: area.path } } });
  return reportArea(area, below);
}

function reportArea({ id, name, kind, parentId, path }: Area, known: Area[]): ReportArea {
  if (kind === 'village') return { id, name, kind, townIds: parentId ? [parentId] : [], villageId: id };
  const towns = known.filter((area) => area.kind === 'town' && area.path.startsWith(path));
  return { id, name, kind, townIds: towns.map((town) => town.id), villageId: null };
}
