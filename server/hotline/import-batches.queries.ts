import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { ImportBatch, KeptRowsPart, Ticket } from '../../models/tickets.ts';
import { may, townsFor, type Reader } from '../accounts/access.rules.ts';
import { areaChoices } from '../directory/areas.queries.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import { proposedMapping } from './import-mapping.rules.ts';
import { joinRows, openRows, type KeptRows } from './import-kept-rows.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';

const PAGE = 25;
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
] as const satisfies (keyof ImportBatch)[];

/** An import with the names of its town and of who confirmed it; null is the command line. */
export interface BatchRow {
  batch: Pick<ImportBatch, (typeof COUNTS)[number]>;
  town: string;
  createdBy: string | null;
}

export type TownChoice = { id: string; name: string };

/** The towns whose tickets the reader may import. */
export async function importTowns(reader: Reader): Promise<TownChoice[]> {
  const choices = await areaChoices(reader, 'tickets.import');
  return choices.filter(({ villageId }) => villageId === null).map(({ id, name }) => ({ id, name }));
}

/** A page of the imports of the reader's towns, newest first. */
export async function listBatches(
  reader: Reader,
  turn: Turn,
): Promise<KeysetPage<ImportBatch> & { list: BatchRow[] }> {
  const townId = townsFor(reader, 'tickets.import').filter((id) =>
    may(reader, 'tickets.import', { townId: id }),
  );
  const query = { where: { townId, kind: 'tickets' }, attributes: [...COUNTS] };
  const page = await keysetPage(ImportBatch, 'createdAt', query, turn, PAGE, { descending: true });
  return { ...page, list: await withNames(page.rows) };
}

/** An import and a page of the tickets that it stored. @throws NotFound */
export async function findBatch(
  reader: Reader,
  batchId: string,
  turn: Turn,
): Promise<BatchRow & { tickets: KeysetPage<Ticket> }> {
  const batch = await batchInReach(reader, batchId, [...COUNTS]);
  const tickets = await keysetPage(Ticket, 'number', { where: { batchId } }, turn, PAGE);
  const [named] = await withNames([batch]);
  return { ...named!, tickets };
}

/** The faulty rows that an import kept. @throws NotFound */
export async function faultyRowsOfBatch(
  reader: Reader,
  batchId: string,
): Promise<KeptRows & { fileName: string }> {
  const { fileName } = await batchInReach(reader, batchId, ['townId', 'fileName']);
  const parts = await KeptRowsPart.findAll({ where: { batchId }, order: ['position'] });
  return { fileName, ...joinRows(parts.map(({ bytes }) => openRows(bytes))) };
}

/** How the town's last import was read, as it is proposed for the next file. */
export async function lastMapping(townId: string): Promise<TicketMapping> {
  const last = await ImportBatch.findOne({
    where: { townId, kind: 'tickets' },
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
    attributes: ['mapping'],
  });
  return last ? proposedMapping(last.mapping as TicketMapping) : NO_MAPPING;
}

async function batchInReach(reader: Reader, batchId: string, attributes: string[]): Promise<ImportBatch> {
  const batch = await ImportBatch.findOne({ where: { id: batchId, kind: 'tickets' }, attributes });
  if (!batch || !may(reader, 'tickets.import', { townId: batch.townId })) throw new NotFound();
  return batch;
}

async function withNames(batches: ImportBatch[]): Promise<BatchRow[]> {
  const userIds = batches.flatMap(({ createdById }) => createdById ?? []);
  const [users, towns] = await Promise.all([
    User.findAll({ where: { id: userIds }, attributes: ['id', 'displayName'], raw: true }),
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
  }));
}
