import { Area } from '../../models/areas.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Enterprise, EnterpriseAlias, Room } from '../../models/directory.ts';
import { recordAudits } from '../accounts/audit.service.ts';
import { villageFinder } from '../hotline/import-villages.rules.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { openSheet } from '../shared/spreadsheets/open-sheet.ts';
import { villagesOf } from './areas.queries.ts';
import { changesOf } from './changes.rules.ts';
import {
  readEnterpriseRow,
  recogniseEnterpriseColumns,
  type RowReading,
  type RowRemark,
} from './import-enterprises.rules.ts';
import {
  sortRows,
  type ChangedEnterprise,
  type NewEnterprise,
  type PlacedRow,
  type SortedRows,
  type StoredEnterprise,
} from './import-sorting.rules.ts';
import { nameKey } from './names.rules.ts';

/** What an import found; rows = new + known + changed + faulty. */
export interface EnterpriseImport {
  rows: number;
  new: number;
  known: number;
  changed: number;
  faulty: number;
  faults: RowRemark[];
  /** What was left out of rows that were taken. */
  notes: RowRemark[];
}

const BATCH = 500;

/**
 * Takes the enterprises of an .xlsx or .csv file into a town's directory, all in one transaction; `dryRun` only says
 * what would be done. A file that was taken before changes nothing.
 * @throws Unacceptable for a file that cannot be read or has no column with names
 */
export async function importEnterprises(
  townId: string,
  source: Uint8Array | string,
  options: { actorId: string | null; dryRun?: boolean },
): Promise<EnterpriseImport> {
  const readings = await readRows(source);
  const faults = readings.flatMap((reading) => ('faults' in reading ? reading.faults : []));
  const faultyRows = new Set(faults.map(({ row }) => row)).size;
  return inTx(async () => {
    const { rows, notes } = await placed(townId, readings);
    const sorted = sortRows(rows, await storedEnterprises(townId));
    if (!options.dryRun) await store(townId, sorted, options.actorId);
    return {
      rows: readings.length,
      new: sorted.fresh.length,
      known: sorted.known,
      changed: sorted.changed.length,
      faulty: faultyRows + sorted.faults.length,
      faults: [...faults, ...sorted.faults].sort((a, b) => a.row - b.row),
      notes,
    };
  });
}

async function readRows(source: Uint8Array | string): Promise<RowReading[]> {
  const { found: layout, rows } = await openSheet(source, recogniseEnterpriseColumns, (found) =>
    found ? 2 : 0,
  );
  if (!layout) throw new Unacceptable('directory.errors.importHeaderMissing', {}, 'file');
  const readings: RowReading[] = [];
  for await (const row of rows) if (row.row > layout.headerRow) readings.push(readEnterpriseRow(row, layout));
  return readings;
}

/** The rows that can be taken, each with its village; a village that the town does not have is noted. */
async function placed(
  townId: string,
  readings: RowReading[],
): Promise<{ rows: PlacedRow[]; notes: RowRemark[] }> {
  const town = await Area.findByPk(townId, { attributes: ['name'] });
  const find = villageFinder(await villagesOf([townId]), town?.name ?? '');
  const notes: RowRemark[] = [];
  const rows: PlacedRow[] = [];
  for (const reading of readings) {
    if ('faults' in reading) continue;
    const { village, row } = reading.row;
    const villageId = village === undefined ? null : find(village);
    notes.push(...reading.notes);
    if (village !== undefined && villageId === null)
      notes.push({ row, column: 'village', value: village, reason: 'notes.villageUnknown' });
    rows.push(villageId === null ? reading.row : { ...reading.row, villageId });
  }
  return { rows, notes };
}

async function storedEnterprises(townId: string): Promise<StoredEnterprise[]> {
  const enterprises = await Enterprise.findAll({
    where: { townId },
    include: [{ model: EnterpriseAlias, as: 'aliases', separate: true }],
  });
  return enterprises.map((enterprise) => ({
    ...enterprise.get(),
    aliases: (enterprise.aliases ?? []).map(({ alias }) => alias),
  }));
}

async function store(townId: string, { fresh, changed }: SortedRows, actorId: string | null): Promise<void> {
  try {
    const ids = await addAll(townId, fresh);
    for (const change of changed) await apply(townId, change);
    const created = fresh.map(({ name, creditCode }, index) => ({
      action: 'createEnterprise',
      objectType: 'enterprise',
      objectId: ids[index],
      detail: { name, creditCode, imported: true },
    }));
    const edited = changed.map(({ stored, values, newAliases }) => ({
      action: 'editEnterprise',
      objectType: 'enterprise',
      objectId: stored.id,
      detail: { ...changesOf(stored, values, MASKS), newAliases, imported: true },
    }));
    for (const acts of batches([...created, ...edited])) await recordAudits(actorId, acts);
  } catch (error) {
    throw isUniqueViolation(error) ? new Conflict('directory.errors.importRaced') : error;
  }
}

const MASKS = { contactName: maskName, contactPhone: maskPhone };

async function addAll(townId: string, fresh: NewEnterprise[]): Promise<string[]> {
  const enterprises = fresh.map((enterprise) => ({
    id: newId(),
    townId,
    normalisedName: nameKey(enterprise.name),
    ...enterprise,
  }));
  for (const some of batches(enterprises))
    await Enterprise.bulkCreate(some.map(({ aliases: _, ...values }) => values));
  for (const some of batches(enterprises.flatMap(({ id, aliases }) => aliasRows(id, aliases))))
    await EnterpriseAlias.bulkCreate(some);
  return enterprises.map(({ id }) => id);
}

async function apply(townId: string, { stored, values, newAliases }: ChangedEnterprise): Promise<void> {
  const { id, version } = stored;
  const [changed] = await Enterprise.update(
    { ...values, normalisedName: nameKey(values.name), version: version + 1 },
    { where: { id, version } },
  );
  if (changed === 0) throw new Conflict('directory.errors.importRaced');
  await EnterpriseAlias.bulkCreate(aliasRows(id, newAliases));
  // Its own room lies where the enterprise lies.
  if (values.villageId !== stored.villageId)
    await Room.update({ areaId: values.villageId ?? townId }, { where: { enterpriseId: id } });
}

function aliasRows(enterpriseId: string, aliases: string[]) {
  return aliases.map((alias) => ({ enterpriseId, alias, normalisedAlias: nameKey(alias) }));
}

function batches<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}
