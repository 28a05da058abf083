import { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import { findRow } from '../../models/rows.ts';
import type { Role } from '../accounts/roles.rules.ts';

/**
 * The accounts that hold a role where something stands: in the town, in what it belongs to, and of a thing in a village
 * in that village. Roles that are bound to one enterprise are left out.
 */
export async function holdersOf(
  role: Role,
  { townId, villageId = null }: { townId: string; villageId?: string | null },
): Promise<string[]> {
  const town = await findRow(Area, { id: townId });
  const areaIds = [...(town?.path.split('/') ?? []), villageId].filter(Boolean) as string[];
  const rows = await selectRows<{ userId: string }>(
    `SELECT DISTINCT g.userId FROM role_grants g JOIN users u ON u.id = g.userId
     WHERE g.areaId IN (:areaIds) AND g.role = :role AND g.endedAt IS NULL
       AND g.enterpriseId IS NULL AND u.endedAt IS NULL`,
    { areaIds, role },
  );
  return rows.map(({ userId }) => userId);
}
