import { Op } from 'sequelize';
import { Area, type AreaKind } from '../../models/areas.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { areaByCode, findManagedArea, managedAreas } from './areas.queries.ts';

/** What lies in an area of a kind; a village holds nothing. */
const BELOW: Partial<Record<AreaKind, AreaKind>> = { jurisdiction: 'town', town: 'village' };

const CODE = /^[A-Za-z0-9_-]{1,64}$/;

export interface AreaNaming {
  code: string;
  name: string;
}

/**
 * Adds a town to a jurisdiction or a village to a town, behind its siblings; the administrator's area holds the
 * parent, the system itself (null) may everywhere. Without a parent it is a town of its own.
 */
export async function addArea(
  actor: Reader | null,
  parentId: string | null,
  naming: AreaNaming,
): Promise<Area> {
  return inTx(async () => {
    const parent = parentId === null ? null : await parentFor(actor, parentId);
    const kind = parent ? BELOW[parent.kind] : 'town';
    if (!kind || (parent === null && actor !== null))
      throw new Unacceptable('errors.notInList', {}, 'parentId');
    await checkName(parent?.id ?? null, naming.name);
    const area = await create(kind, parent, naming);
    await recordAudit(actor?.userId ?? null, {
      action: 'addArea',
      objectType: 'area',
      objectId: area.id,
      detail: { ...naming, kind, parent: parent?.code ?? null },
    });
    return area;
  });
}

async function parentFor(actor: Reader | null, parentId: string): Promise<Area> {
  const parent = actor
    ? (await managedAreas(actor)).find(({ id }) => id === parentId)
    : await Area.findByPk(parentId);
  if (!parent) throw new Unacceptable('errors.notInList', {}, 'parentId');
  return parent;
}

/** Puts a new jurisdiction over towns that stand alone; what lies in them moves with them. */
export async function addJurisdiction(naming: AreaNaming, townCodes: string[]): Promise<Area> {
  return inTx(async () => {
    const jurisdiction = await create('jurisdiction', null, naming);
    for (const code of townCodes) {
      const town = await areaByCode(code);
      if (town.kind !== 'town' || town.parentId !== null)
        throw new Unacceptable('directory.errors.notATownAlone', { code });
      const inside = await Area.findAll({ where: { path: { [Op.startsWith]: town.path } } });
      for (const { id, path } of inside) {
        await Area.update({ path: `${jurisdiction.path}${path}` }, { where: { id } });
      }
      await Area.update({ parentId: jurisdiction.id }, { where: { id: town.id } });
    }
    await recordAudit(null, {
      action: 'addArea',
      objectType: 'area',
      objectId: jurisdiction.id,
      detail: { ...naming, kind: 'jurisdiction', over: townCodes },
    });
    return jurisdiction;
  });
}

async function create(kind: AreaKind, parent: Area | null, { code, name }: AreaNaming): Promise<Area> {
  if (!CODE.test(code)) throw new Unacceptable('directory.errors.areaCodeForm', {}, 'code');
  if (name.trim() === '') throw new Unacceptable('errors.required', {}, 'name');
  const id = newId();
  const parentId = parent?.id ?? null;
  const last = (await Area.max<number | null, Area>('position', { where: { parentId } })) ?? 0;
  const path = `${parent?.path ?? ''}${id}/`;
  try {
    return await Area.create({ id, code, name, kind, parentId, path, position: last + 1 });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Unacceptable('directory.errors.areaCodeTaken', {}, 'code');
    throw error;
  }
}

/** Renames an area that is still called `was`. @throws NotFound, Stale, or Unacceptable beside the name */
export async function renameArea(
  reader: Reader,
  areaId: string,
  { was, name }: { was: string; name: string },
): Promise<void> {
  await inTx(async () => {
    const area = await findManagedArea(reader, areaId);
    if (area.name !== was) throw new Stale();
    if (name === was) return;
    await checkName(area.parentId, name);
    const [renamed] = await Area.update({ name }, { where: { id: areaId, name: was } });
    if (renamed === 0) throw new Stale();
    await recordAudit(reader.userId, {
      action: 'renameArea',
      objectType: 'area',
      objectId: areaId,
      detail: { before: was, after: name },
    });
  });
}

async function checkName(parentId: string | null, name: string): Promise<void> {
  if (await Area.findOne({ where: { parentId, name } }))
    throw new Unacceptable('directory.errors.areaNameTaken', {}, 'name');
}
