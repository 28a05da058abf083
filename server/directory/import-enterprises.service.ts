import { createHash } from 'node:crypto';
import { Area } from '../../models/areas.ts';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { Enterprise, EnterpriseAlias, Room } from '../../models/directory.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit, recordAudits } from '../accounts/audit.service.ts';
import { villageFinder } from '../hotline/import-villages.rules.ts';
import { Conflict, Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import type { KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import { openSheet } from '../shared/spreadsheets/open-sheet.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { villagesOf } from './areas.queries.ts';
import { changesOf } from './changes.rules.ts';
import {
  asFault,
  readEnterpriseRow,
  recogniseEnterpriseColumns,
  type EnterpriseLayout,
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

/** rows = new + known + changed + faulty. */
export interface EnterpriseCounts {
  rows: number;
  new: number;
  known: number;
  changed: number;
  faulty: number;
}

/** What an import found. */
export interface EnterpriseImport extends EnterpriseCounts {
  faults: RowRemark[];
  /** What was left out of rows that were taken. */
  notes: RowRemark[];
}

/** A file of enterprises as it was read. */
export interface EnterpriseFile {
  layout: EnterpriseLayout;
  /** The name of its sheet; undefined for a .csv file. */
  sheet: string | undefined;
  rows: { source: SpreadsheetRow; reading: RowReading }[];
}

/** What taking a file would do to a town's directory. */
export interface EnterpriseFindings extends Pick<SortedRows, 'fresh' | 'changed'> {
  counts: EnterpriseCounts;
  faults: RowRemark[];
  notes: RowRemark[];
  /** The names of the town's villages by their ids. */
  villages: Map<string, string>;
  /** The same for the same enterprises and changes. */
  fingerprint: string;
}

/** A file that was sent and waits for its confirmation. */
interface WaitingFile {
  townId: string;
  fileName: string;
  sha256: string;
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
  const file = await readEnterpriseFile(source);
  return inTx(async () => {
    const findings = await compareEnterprises(townId, file);
    if (!options.dryRun) await store(townId, findings, options.actorId);
    const { counts, faults, notes } = findings;
    return { ...counts, faults, notes };
  });
}

/** Reads a file that somebody sent for a town. @throws Unacceptable also for a town where the reader may not import */
export async function checkEnterpriseFile(reader: Reader, townId: string, bytes: Uint8Array): Promise<void> {
  if (!may(reader, 'directory.import', { townId })) throw new Unacceptable('errors.notInList', {}, 'townId');
  await readEnterpriseFile(bytes);
}

/**
 * Takes a file that was looked at, all in one transaction. @throws Stale when that would do something else than
 * `shown`, the fingerprint of what was looked at
 */
export async function confirmEnterprises(
  reader: Reader,
  { townId, fileName, sha256 }: WaitingFile,
  file: EnterpriseFile,
  shown: string,
): Promise<void> {
  await inTx(async () => {
    const findings = await compareEnterprises(townId, file);
    if (findings.fingerprint !== shown) throw new Stale();
    await store(townId, findings, reader.userId);
    await recordAudit(reader.userId, {
      action: 'importEnterprises',
      objectType: 'area',
      objectId: townId,
      detail: { fileName, sha256, ...findings.counts },
    });
  });
}

/** The faulty rows of a file as they stand in it, to be taken away and corrected; audited. */
export async function exportFaultyEnterprises(
  reader: Reader,
  { id, townId, fileName }: WaitingFile & { id: string },
  file: EnterpriseFile,
): Promise<KeptRows> {
  const { faults } = await compareEnterprises(townId, file);
  const faultyRows = file.rows.flatMap(({ source }) => {
    const own = faults.filter(({ row }) => row === source.row);
    return own.length > 0 ? [{ source, faults: own.map((fault) => asFault(fault, file.layout)) }] : [];
  });
  await inTx(() =>
    recordAudit(reader.userId, {
      action: 'enterprises.exportFaultyRows',
      objectType: 'upload',
      objectId: id,
      detail: { fileName, rows: faultyRows.length },
    }),
  );
  return { headers: file.layout.headers, faultyRows };
}

/** Every row of an .xlsx or .csv file. @throws Unacceptable like `importEnterprises` */
export async function readEnterpriseFile(source: Uint8Array | string): Promise<EnterpriseFile> {
  const {
    found: layout,
    sheet,
    rows: sources,
  } = await openSheet(source, recogniseEnterpriseColumns, (found) => (found ? 2 : 0));
  if (!layout) throw new Unacceptable('directory.errors.importHeaderMissing', {}, 'file');
  const rows: EnterpriseFile['rows'] = [];
  for await (const source of sources)
    if (source.row > layout.headerRow) rows.push({ source, reading: readEnterpriseRow(source, layout) });
  return { layout, sheet, rows };
}

/** Compares a file with a town's directory. */
export async function compareEnterprises(
  townId: string,
  { rows: read }: EnterpriseFile,
): Promise<EnterpriseFindings> {
  const readings = read.map(({ reading }) => reading);
  const unreadable = readings.flatMap((reading) => ('faults' in reading ? reading.faults : []));
  const { rows, notes, villages } = await placed(townId, readings);
  const { fresh, changed, known, faults } = sortRows(rows, await storedEnterprises(townId));
  return {
    counts: {
      rows: readings.length,
      new: fresh.length,
      known,
      changed: changed.length,
      faulty: readings.filter((reading) => 'faults' in reading).length + faults.length,
    },
    faults: [...unreadable, ...faults].sort((a, b) => a.row - b.row),
    notes,
    fresh,
    changed,
    villages,
    fingerprint: fingerprintOf(fresh, changed),
  };
}

function fingerprintOf(fresh: NewEnterprise[], changed: ChangedEnterprise[]): string {
  const changes = changed.map(({ stored: { id, version }, ...change }) => ({ id, version, ...change }));
  return createHash('sha256')
    .update(JSON.stringify([fresh, changes]))
    .digest('hex');
}

/** The rows that can be taken, each with its village; a village that the town does not have is noted. */
async function placed(
  townId: string,
  readings: RowReading[],
): Promise<Pick<EnterpriseFindings, 'notes' | 'villages'> & { rows: PlacedRow[] }> {
  const town = await Area.findByPk(townId, { attributes: ['name'] });
  const villages = await villagesOf([townId]);
  const find = villageFinder(villages, town?.name ?? '');
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
  return { rows, notes, villages: new Map(villages.map(({ id, name }) => [id, name])) };
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

async function store(
  townId: string,
  { fresh, changed }: EnterpriseFindings,
  actorId: string | null,
): Promise<void> {
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
