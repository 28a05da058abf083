import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { ImportMapping } from '../../models/imports.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { townsToImport } from './batches.queries.ts';
import { NotFound } from '../shared/errors.ts';
import { FILE_KINDS, type FileMappings, type MappedKind } from './file-kinds.rules.ts';

/** More names than a person can tell apart. */
const MOST = 100;

/** A kept mapping of a town, with who saved it; null is the command line. */
export interface SavedMapping<K extends MappedKind = MappedKind> {
  id: string;
  townId: string;
  /** Empty for how the last import was read. */
  name: string;
  headers: string;
  mapping: FileMappings[K];
  savedBy: string | null;
  savedAt: Date;
  endedAt: Date | null;
}

/** The town's mappings in use, the newest first; how its last import was read is among them, without a name. */
export async function openMappings<K extends MappedKind>(
  kind: K,
  townId: string,
): Promise<SavedMapping<K>[]> {
  return find(kind, { townId, endedAt: null });
}

/** The named mappings of the reader's towns, with the names of the towns: those in use first, then the newest. */
export async function listMappings(
  kind: MappedKind,
  reader: Reader,
): Promise<(SavedMapping & { town: string })[]> {
  const towns = await townsToImport(kind, reader);
  const named = { townId: towns.map(({ id }) => id), name: { [Op.ne]: '' } };
  const open = await find(kind, { ...named, endedAt: null });
  const ended = await find(kind, { ...named, endedAt: { [Op.ne]: null } });
  return [...open, ...ended].map((mapping) => ({
    ...mapping,
    town: towns.find(({ id }) => id === mapping.townId)!.name,
  }));
}

/** A named mapping of a town whose files of this kind the reader may import. @throws NotFound */
export async function findMapping(
  kind: MappedKind,
  reader: Reader,
  mappingId: string,
): Promise<SavedMapping> {
  const [found] = await find(kind, { id: mappingId });
  if (!found || found.name === '' || !may(reader, FILE_KINDS[kind], { townId: found.townId }))
    throw new NotFound();
  return found;
}

async function find<K extends MappedKind>(
  kind: K,
  where: WhereOptions<ImportMapping>,
): Promise<SavedMapping<K>[]> {
  const rows = await ImportMapping.findAll({
    where: { [Op.and]: [where, { kind }] },
    include: [{ model: User, as: 'savedBy', attributes: ['displayName'] }],
    order: [
      ['savedAt', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: MOST,
  });
  return rows.map(({ id, townId, name, headers, mapping, savedBy, savedAt, endedAt }) => ({
    id,
    townId,
    name,
    headers,
    mapping: mapping as FileMappings[K],
    savedBy: savedBy?.displayName ?? null,
    savedAt,
    endedAt,
  }));
}
