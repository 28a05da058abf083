import { selectRows } from '../../models/dialect.ts';
import { ALARMS, type Alarm } from './case-alarms.rules.ts';

/** Which of these cases were routed for danger or for a way to petition, by their ids. */
export async function alarmsAmongCases(caseIds: string[]): Promise<Map<string, Alarm>> {
  if (caseIds.length === 0) return new Map();
  const decisions = await selectRows<{ caseId: string; rule: Alarm }>(
    'SELECT caseId, rule FROM routing_decisions WHERE caseId IN (:caseIds) AND rule IN (:alarms) ORDER BY at, id',
    { caseIds, alarms: ALARMS },
  );
  return new Map(decisions.map(({ caseId, rule }) => [caseId, rule]));
}
