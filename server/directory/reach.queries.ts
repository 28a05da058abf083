import { Op, type WhereOptions } from 'sequelize';
import { grantsFor, type Action, type Reader } from '../accounts/access.rules.ts';

/**
 * The condition that holds for exactly the rows of the directory to which the reader may do this; `village` is the
 * column that a village's grant is compared with. A grant within one enterprise opens nothing of the directory.
 */
export function withinReach(reader: Reader, action: Action, village: 'villageId' | 'areaId'): WhereOptions {
  const reach = grantsFor(reader, action)
    .filter(({ grant }) => grant.enterpriseId === null)
    .map(({ grant }) => ({
      townId: grant.townIds,
      ...(grant.villageId ? { [village]: grant.villageId } : {}),
    }));
  return reach.length === 0 ? { id: [] } : { [Op.or]: reach };
}
