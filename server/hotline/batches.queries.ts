import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { ImportBatch, KeptRowsPart } from '../../models/tickets.ts';
import { may, townsFor, type Reader } from '../accounts/access.rules.ts';
import { areaChoices } from '../directory/areas.queries.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import { joinRows, type KeptRows } from '../shared/spreadsheets/faulty-rows.ts';
import { FILE_KINDS, type FileKind } from './file-kinds.rules.ts';
import { openRows } from './kept-rows.ts';

/** How many rows a page of imports, or of what one stored, has. */
export const BATCH_PAGE = 25;
const COUNTS = [
  'id',
  'townId',
  'fileName',
  'rowCount',
  'newCount',
  'knownCount',
  'changedCount',
  'unwantedCount',
  'faultyCount',
  'createdById',
  'createdAt',
  'undoneAt',
  'undoneById',
  'undoReason',
] as const satisfies (keyof ImportBatch)[];

/** An import with the names of its town and of who confirmed it; null is the command line. */
export interface BatchRow {
  batch: Pick<ImportBatch, (typeof COUNTS)[number]>;
  town: string;
  createdBy: string | null;
  undoneBy: string | null;
}

export type TownChoice = { id: string; name: string };

/** The towns whose files of this kind the reader may import. */
export async function townsToImport(kind: FileKind, reader: Reader): Promise<TownChoice[]> {
  const choices = await areaChoices(reader, FILE_KINDS[kind]);
  return choices.filter(({ villageId }) => villageId === null).map(({ id, name }) => ({ id, name }));
}

/** A page of the imports of the reader's towns, newest first. */
export async function listBatches(
  kind: FileKind,
  reader: Reader,
  turn: Turn,
): Promise<KeysetPage<ImportBatch> & { list: BatchRow[] }> {
  const action = FILE_KINDS[kind];
  const townId = townsFor(reader, action).filter((id) => may(reader, action, { townId: id }));
  const query = { where: { townId, kind }, attributes: [...COUNTS] };
  const page = await keysetPage(ImportBatch, 'createdAt', query, turn, BATCH_PAGE, { descending: true });
  return { ...page, list: await withNames(page.rows) };
}

/** An import with its names. @throws NotFound */
export async function namedBatch(kind: FileKind, reader: Reader, batchId: string): Promise<BatchRow> {
  const [named] = await withNames([await batchInReach(kind, reader, batchId, [...COUNTS])]);
  return named!;
}

/** The faulty rows that an import kept. @throws NotFound */
export async function faultyRowsOfBatch(
  kind: FileKind,
  reader: Reader,
  batchId: string,
): Promise<KeptRows & { fileName: string }> {
  const { fileName } = await batchInReach(kind, reader, batchId, ['townId', 'fileName']);
  const parts = await KeptRowsPart.findAll({ where: { batchId }, order: ['position'] });
  return { fileName, ...joinRows(parts.map(({ bytes }) => openRows(bytes))) };
}

async function batchInReach(
  kind: FileKind,
  reader: Reader,
  batchId: string,
  attributes: string[],
): Promise<ImportBatch> {
  const batch = await ImportBatch.findOne({ where: { id: batchId, kind }, attributes });
  if (!batch || !may(reader, FILE_KINDS[kind], { townId: batch.townId })) throw new NotFound();
  return batch;
}

async function withNames(batches: ImportBatch[]): Promise<BatchRow[]> {
  const userIds = batches.flatMap(({ createdById, undoneById }) => [createdById, undoneById]);
  const [users, towns] = await Promise.all([
    User.findAll({
      where: { id: userIds.flatMap((id) => id ?? []) },
      attributes: ['id', 'displayName'],
      raw: true,
    }),
    Area.findAll({
      where: { id: batches.map(({ townId }) => townId) },
      attributes: ['id', 'name'],
      raw: true,
    }),
  ]);
  return batches.map((batch) => ({
    batch,
    town: towns.find(({ id }) => id === batch.townId)?.name ?? '',
    createdBy: users.find(({ id }) => id === batch.createdById)?.displayName ?? null,
    undoneBy: users.find(({ id }) => id === batch.undoneById)?.displayName ?? null,
  }));
}
