import { Claimant, type DisputeCase } from '../../models/cases.ts';
import { GroupCase } from '../../models/groups.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { Unacceptable } from '../shared/errors.ts';
import { actOnCase } from './case-action.service.ts';
import type { ReportWay } from './groups.rules.ts';

export interface Election {
  /** Three to five workers of the case. */
  representatives: string[];
  powers: string;
}

/**
 * Records whom the workers elected, in place of whoever stood there before (劳动争议调解仲裁法 7; 办案规则 63).
 * @throws Unacceptable for somebody who is not in the case
 */
export function electRepresentatives(
  reader: Reader,
  caseId: string,
  version: number,
  { representatives, powers }: Election,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'electRepresentatives', version, async () => {
    const elected = { id: representatives, caseId };
    if ((await Claimant.count({ where: elected })) !== representatives.length)
      throw new Unacceptable('group.errors.notInCase', {}, 'representatives');
    await Claimant.update({ representative: false }, { where: { caseId, representative: true } });
    await Claimant.update({ representative: true }, { where: elected });
    await keep(caseId, { powers });
    return { detail: { elected: representatives.length } };
  });
}

export interface Report {
  reportedOn: CalendarDay;
  reportedTo: string;
  reportedBy: ReportWay;
}

/** Records that the county's labour authority was told (DOMAIN §5, routing 2). @throws Unacceptable for a day that cannot be */
export function recordCountyReport(
  reader: Reader,
  caseId: string,
  version: number,
  report: Report,
): Promise<DisputeCase> {
  return actOnCase(reader, caseId, 'reportToCounty', version, async (disputeCase) => {
    checkReportDay(report, disputeCase);
    await keep(caseId, report);
    return { detail: { ...report } };
  });
}

/** @throws Unacceptable for a day that is to come, or before the complaint */
export function checkReportDay({ reportedOn }: Report, { receivedOn }: DisputeCase): void {
  if (reportedOn > today()) throw new Unacceptable('errors.dayAfter', { day: today() }, 'reportedOn');
  if (reportedOn < receivedOn) throw new Unacceptable('errors.dayBefore', { day: receivedOn }, 'reportedOn');
}

/** The row of a collective case; the case itself is held by its action. */
async function keep(caseId: string, values: Partial<GroupCase['_creationAttributes']>): Promise<void> {
  const row = await GroupCase.findByPk(caseId);
  await (row ? row.update(values) : GroupCase.create({ caseId, ...values }));
}
