import { createHash } from 'node:crypto';
import { inTx, isUniqueViolation } from '../../models/dialect.ts';
import { ImportMapping } from '../../models/imports.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { now } from '../shared/clock.ts';
import { Conflict, Unacceptable } from '../shared/errors.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import type { FileMappings, MappedKind } from './file-kinds.rules.ts';
import { headerPrint, NO_MAPPINGS, proposedMapping, readsAlike } from './import-mapping.rules.ts';
import { findMapping, openMappings, type SavedMapping } from './import-mappings.queries.ts';
import { keepMapping, openUpload } from './uploads.service.ts';

/** The name under which a reading is kept, and whether an older mapping of that name may go. */
export interface MappingName {
  name: string;
  replace: boolean;
}

/** How a file with these headers was read, to be kept. */
interface Kept<K extends MappedKind> {
  townId: string;
  mapping: FileMappings[K];
  headers: readonly string[];
  userId: string | null;
}

/** The fingerprint by which the next file with the same headers is known. */
export function fingerprintOf(headers: readonly string[]): string {
  return createHash('sha256').update(headerPrint(headers)).digest('hex');
}

/** The headers of a file that begins with these rows, read by a mapping, and what keeps it from being read so. */
export type Recognise<K extends MappedKind> = (
  firstRows: SpreadsheetRow[],
  mapping: FileMappings[K],
) => { headers: readonly string[]; problems: readonly unknown[] };

/** The newest named mapping that was made for a file with these headers and still reads it. */
export function recognisedMapping<K extends MappedKind>(
  firstRows: SpreadsheetRow[],
  saved: readonly SavedMapping<K>[],
  recognise: Recognise<K>,
): FileMappings[K] | null {
  const fits = ({ mapping, headers: made }: SavedMapping<K>): boolean => {
    const { headers, problems } = recognise(firstRows, mapping);
    return problems.length === 0 && fingerprintOf(headers) === made;
  };
  return saved.find((one) => one.name !== '' && fits(one))?.mapping ?? null;
}

/**
 * Keeps how an upload is read under a name for its town; an open mapping of that name is replaced when that is wanted.
 * @throws NotFound, and Unacceptable beside `mappingName` when it is taken
 */
export async function saveMapping<K extends MappedKind>(
  kind: K,
  reader: Reader,
  uploadId: string,
  { name, replace }: MappingName,
  headersOf: (bytes: Uint8Array, mapping: FileMappings[K]) => Promise<readonly string[]>,
): Promise<void> {
  const { townId, mapping, bytes } = await openUpload(kind, reader, uploadId);
  const headers = await headersOf(bytes, mapping);
  const named = { ...mapping, name };
  const taken = new Unacceptable('hotline.errors.mappingNameTaken', { name }, 'mappingName');
  await inTx(async () => {
    const before = await ImportMapping.findOne({ where: { townId, kind, openName: name } });
    if (before && !replace) throw taken;
    await end(reader.userId, before);
    await create(kind, { townId, mapping: named, headers, userId: reader.userId });
    await keepMapping(kind, reader, uploadId, named);
  }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? taken : error;
  });
}

/** Ends a named mapping: files are no longer read by it. @throws NotFound, and Conflict when it is ended already */
export async function endMapping(kind: MappedKind, reader: Reader, mappingId: string): Promise<void> {
  await findMapping(kind, reader, mappingId);
  await inTx(async () => {
    const open = await ImportMapping.findOne({ where: { id: mappingId, endedAt: null } });
    if (!open || !(await end(reader.userId, open))) throw new Conflict('hotline.errors.mappingEnded');
  });
}

/** Remembers how a confirmed file was read for the next one, unless a named mapping says the same; belongs into its transaction. */
export async function rememberReading<K extends MappedKind>(
  kind: K,
  { townId, mapping, headers, userId }: Kept<K>,
): Promise<void> {
  const open = await openMappings(kind, townId);
  const reading = proposedMapping(kind, mapping);
  const isKept = ({ name, mapping: kept }: SavedMapping<K>): boolean =>
    name === mapping.name && readsAlike(kept, name === '' ? reading : mapping);
  if (open.some(isKept)) return;
  const last = open.find(({ name }) => name === '');
  if (last) await end(userId, await ImportMapping.findByPk(last.id));
  if (!readsAlike(reading, NO_MAPPINGS[kind]))
    await create(kind, { townId, mapping: reading, headers, userId });
}

async function create<K extends MappedKind>(
  kind: K,
  { townId, mapping, headers, userId }: Kept<K>,
): Promise<void> {
  const { name } = mapping;
  const { id } = await ImportMapping.create({
    townId,
    kind,
    name,
    openName: name,
    headers: fingerprintOf(headers),
    mapping,
    savedById: userId,
  });
  if (name !== '') await audit(userId, `${kind}.saveMapping`, id, { townId, name });
}

/** Whether it was this call that ended it. */
async function end(userId: string | null, mapping: ImportMapping | null): Promise<boolean> {
  if (!mapping) return false;
  const { id, townId, kind, name } = mapping;
  const [ended] = await ImportMapping.update(
    { openName: null, endedAt: now(), endedById: userId },
    { where: { id, endedAt: null } },
  );
  if (ended === 1 && name !== '') await audit(userId, `${kind}.endMapping`, id, { townId, name });
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
