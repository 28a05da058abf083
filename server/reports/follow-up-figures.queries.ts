import { asNumber, selectRows } from '../../models/dialect.ts';
import { SATISFIED } from '../follow-ups/follow-up.rules.ts';
import type { ReportQuestion } from './indicator.queries.ts';

/** The calls of a period after cases were closed (回访): by the day of the call, whatever the basis. */
export interface FollowUpFigures {
  /** Reached, and not declined. */
  valid: number;
  /** 满意 and 基本满意 of these. */
  satisfied: number;
  /** Calls that set off a redo (重办), and how many of these redos changed anything. */
  redone: number;
  redosHelped: number;
}

export async function countFollowUps({
  townIds,
  villageId,
  period,
}: Pick<ReportQuestion, 'townIds' | 'villageId' | 'period'>): Promise<FollowUpFigures> {
  const inVillage =
    villageId === null ? '' : 'AND f.caseId IN (SELECT id FROM cases WHERE villageId = :villageId)';
  const sql = `
    SELECT SUM(CASE WHEN f.reached = 'yes' AND f.satisfaction <> 'declined' THEN 1 ELSE 0 END) AS valid,
      SUM(CASE WHEN f.satisfaction IN (:satisfied) THEN 1 ELSE 0 END) AS satisfied,
      SUM(f.redo) AS redone, SUM(CASE WHEN f.redoHelped = 1 THEN 1 ELSE 0 END) AS redosHelped
    FROM follow_ups f
    WHERE f.state = 'done' AND f.townId IN (:townIds) AND f.calledOn BETWEEN :from AND :to ${inVillage}`;
  const [row] = await selectRows<Record<keyof FollowUpFigures, unknown>>(sql, {
    ...{ townIds, villageId, satisfied: SATISFIED },
    ...period,
  });
  return {
    valid: asNumber(row?.valid),
    satisfied: asNumber(row?.satisfied),
    redone: asNumber(row?.redone),
    redosHelped: asNumber(row?.redosHelped),
  };
}
