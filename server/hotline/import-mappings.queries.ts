import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { ImportMapping } from '../../models/imports.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { townsToImport } from './batches.queries.ts';
import { NotFound } from '../shared/errors.ts';
import type { TicketMapping } from './mapping.rules.ts';

export const TICKETS = 'tickets';
/** More names than a person can tell apart. */
const MOST = 100;

/** A kept mapping of a town, with who saved it; null is the command line. */
export interface SavedMapping {
  id: string;
  townId: string;
  /** Empty for how the last import was read. */
  name: string;
  headers: string;
  mapping: TicketMapping;
  savedBy: string | null;
  savedAt: Date;
  endedAt: Date | null;
}

/** The town's mappings in use, the newest first; how its last import was read is among them, without a name. */
export async function openMappings(townId: string): Promise<SavedMapping[]> {
  return find({ townId, endedAt: null });
}

/** The named mappings of the reader's towns, with the names of the towns: those in use first, then the newest. */
export async function listMappings(reader: Reader): Promise<(SavedMapping & { town: string })[]> {
  const towns = await townsToImport('tickets', reader);
  const named = { townId: towns.map(({ id }) => id), name: { [Op.ne]: '' } };
  const open = await find({ ...named, endedAt: null });
  const ended = await find({ ...named, endedAt: { [Op.ne]: null } });
  return [...open, ...ended].map((mapping) => ({
    ...mapping,
    town: towns.find(({ id }) => id === mapping.townId)!.name,
  }));
}

/** A named mapping of a town whose tickets the reader may import. @throws NotFound */
export async function findMapping(reader: Reader, mappingId: string): Promise<SavedMapping> {
  const [found] = await find({ id: mappingId });
  if (!found || found.name === '' || !may(reader, 'tickets.import', { townId: found.townId }))
    throw new NotFound();
  return found;
}

async function find(where: WhereOptions<ImportMapping>): Promise<SavedMapping[]> {
  const rows = await ImportMapping.findAll({
    where: { [Op.and]: [where, { kind: TICKETS }] },
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
    mapping: mapping as TicketMapping,
    savedBy: savedBy?.displayName ?? null,
    savedAt,
    endedAt,
  }));
}
