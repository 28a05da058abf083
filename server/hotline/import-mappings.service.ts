import { createHash } from 'node:crypto';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { ImportMapping } from '../../models/imports.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { now } from '../shared/clock.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import { headerPrint, proposedMapping, readsAlike } from './import-mapping.rules.ts';
import { findMapping, openMappings, TICKETS, type SavedMapping } from './import-mappings.queries.ts';
import { NO_MAPPING, type TicketMapping } from './mapping.rules.ts';
import { lookAt, recogniseTickets, type TicketFile } from './ticket-file.ts';
import { keepMapping, openUpload } from './uploads.service.ts';

/** How a file with these headers was read, to be kept. */
interface Kept {
  townId: string;
  mapping: TicketMapping;
  headers: readonly string[];
  userId: string | null;
}

/** The fingerprint by which the next file with the same headers is known. */
export function fingerprintOf(headers: readonly string[]): string {
  return createHash('sha256').update(headerPrint(headers)).digest('hex');
}

/** The newest named mapping that was made for a file with these headers and still reads it. */
export function recognisedMapping(
  firstRows: TicketFile['firstRows'],
  saved: readonly SavedMapping[],
): TicketMapping | null {
  const fits = ({ mapping, headers }: SavedMapping): boolean => {
    const { layout, problems } = recogniseTickets(firstRows, mapping);
    return problems.length === 0 && fingerprintOf(layout.headers) === headers;
  };
  return saved.find((one) => one.name !== '' && fits(one))?.mapping ?? null;
}

/**
 * Keeps how an upload is read under a name for its town; an open mapping of that name is replaced when that is wanted.
 * @throws NotFound, and Unacceptable beside `mappingName` when it is taken
 */
export async function saveMapping(
  reader: Reader,
  uploadId: string,
  { name, replace }: { name: string; replace: boolean },
): Promise<void> {
  const { townId, mapping, bytes } = await openUpload('tickets', reader, uploadId);
  const { headers } = (await lookAt(bytes, mapping)).layout;
  const named = { ...mapping, name };
  const taken = new Unacceptable('hotline.errors.mappingNameTaken', { name }, 'mappingName');
  await inTx(async () => {
    const before = await ImportMapping.findOne({ where: { townId, kind: TICKETS, openName: name } });
    if (before && !replace) throw taken;
    await end(reader.userId, before);
    await create({ townId, mapping: named, headers, userId: reader.userId });
    await keepMapping('tickets', reader, uploadId, named);
  }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? taken : error;
  });
}

/** Ends a named mapping: files are no longer read by it. @throws NotFound, and Conflict when it is ended already */
export async function endMapping(reader: Reader, mappingId: string): Promise<void> {
  await findMapping(reader, mappingId);
  await inTx(async () => {
    const open = await ImportMapping.findOne({ where: { id: mappingId, endedAt: null } });
    if (!open || !(await end(reader.userId, open))) throw new Conflict('hotline.errors.mappingEnded');
  });
}

/** Remembers how a confirmed file was read for the next one, unless a named mapping says the same; belongs into its transaction. */
export async function rememberReading({ townId, mapping, headers, userId }: Kept): Promise<void> {
  const open = await openMappings(townId);
  const reading = proposedMapping(mapping);
  const isKept = ({ name, mapping: kept }: SavedMapping): boolean =>
    name === mapping.name && readsAlike(kept, name === '' ? reading : mapping);
  if (open.some(isKept)) return;
  const last = open.find(({ name }) => name === '');
  if (last) await end(userId, await ImportMapping.findByPk(last.id));
  if (!readsAlike(reading, NO_MAPPING)) await create({ townId, mapping: reading, headers, userId });
}

async function create({ townId, mapping, headers, userId }: Kept): Promise<void> {
  const { name } = mapping;
  const { id } = await ImportMapping.create({
    townId,
    kind: TICKETS,
    name,
    openName: name,
    headers: fingerprintOf(headers),
    mapping,
    savedById: userId,
  });
  if (name !== '') await audit(userId, 'tickets.saveMapping', id, { townId, name });
}

/** Whether it was this call that ended it. */
async function end(userId: string | null, mapping: ImportMapping | null): Promise<boolean> {
  if (!mapping) return false;
  const { id, townId, name } = mapping;
  const [ended] = await ImportMapping.update(
    { openName: null, endedAt: now(), endedById: userId },
    { where: { id, endedAt: null } },
  );
  if (ended === 1 && name !== '') await audit(userId, 'tickets.endMapping', id, { townId, name });
  return ended === 1;
}

async function audit(
  userId: string | null,
  action: string,
  objectId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await recordAudit(userId, { action, objectType: 'importMapping', objectId, detail });
}
