import { selectRows } from '../../models/dialect.ts';
import { isAlarm, type Alarm } from './case-alarms.rules.ts';

/** Which of these cases were last routed for danger or for a way to petition, by their ids. */
export async function alarmsAmongCases(caseIds: string[]): Promise<Map<string, Alarm>> {
  if (caseIds.length === 0) return new Map();
  const decisions = await selectRows<{ caseId: string; rule: string }>(
    'SELECT caseId, rule FROM routing_decisions WHERE caseId IN (:caseIds) ORDER BY at, id',
    { caseIds },
  );
  const last = new Map(decisions.map(({ caseId, rule }) => [caseId, rule]));
  return new Map([...last].flatMap(([caseId, rule]) => (isAlarm(rule) ? [[caseId, rule]] : [])));
}
