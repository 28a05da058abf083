/** A role of somebody, as far as an administrator's reach looks at it. */
interface Held {
  areaId: string;
  endedAt: Date | null;
}

/**
 * Whether somebody is an administrator's to see: a role in force lies in the administrator's areas; of somebody
 * without any role in force, one that has ended.
 */
export function isWithinReach(grants: readonly Held[], areaIds: ReadonlySet<string>): boolean {
  const inForce = grants.filter(({ endedAt }) => endedAt === null);
  return (inForce.length > 0 ? inForce : grants).some(({ areaId }) => areaIds.has(areaId));
}

/** Whether all roles in force lie in the administrator's areas. */
export function isWhollyWithinReach(grants: readonly Held[], areaIds: ReadonlySet<string>): boolean {
  return grants.every(({ areaId, endedAt }) => endedAt !== null || areaIds.has(areaId));
}
