import type { DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { actOnCase } from './case-action.service.ts';
import { checkReportDay, type Report } from './groups.service.ts';

/** Records that the police, and whoever else must know of a danger, were told (人民调解法 25). */
export function recordPoliceTold(
  reader: Reader,
  caseId: string,
  version: number,
  report: Report,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'tellPolice', version, (disputeCase) => {
    checkReportDay(report, disputeCase);
    return { detail: { ...report } };
  });
}
