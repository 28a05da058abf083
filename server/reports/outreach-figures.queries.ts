import { asNumber, selectRows } from '../../models/dialect.ts';
import type { ReportQuestion } from './indicator.queries.ts';

/** The outreach events (宣传活动) of a period by their day, whatever the basis; those declared void are left out. */
export interface OutreachFigures {
  events: number;
  /** People reached, and materials handed out. */
  audience: number;
  materials: number;
}

export async function countOutreach({
  townIds,
  villageId,
  period,
}: Pick<ReportQuestion, 'townIds' | 'villageId' | 'period'>): Promise<OutreachFigures> {
  const inVillage = villageId === null ? '' : 'AND villageId = :villageId';
  const sql = `
    SELECT COUNT(*) AS events, SUM(audience) AS audience, SUM(materials) AS materials
    FROM outreach_events
    WHERE townId IN (:townIds) AND heldOn BETWEEN :from AND :to AND voidedAt IS NULL ${inVillage}`;
  const [row] = await selectRows<Record<keyof OutreachFigures, unknown>>(sql, {
    ...{ townIds, villageId },
    ...period,
  });
  return {
    events: asNumber(row?.events),
    audience: asNumber(row?.audience),
    materials: asNumber(row?.materials),
  };
}
