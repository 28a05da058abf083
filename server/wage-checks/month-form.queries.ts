import { WageFinding } from '../../models/wage-checks.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { MonthForm } from './month-form.rules.ts';
import { openReports, toldBy } from './wage-checks.service.ts';
import { findCheck } from './wage-checks.queries.ts';

/** The form of a check: what the employer reported, else an informant, with what the last finding says instead. @throws NotFound */
export async function loadMonthForm(reader: Reader, checkId: string): Promise<MonthForm> {
  const check = await findCheck(reader, checkId);
  const reports = await openReports(checkId);
  const report = reports.find(({ source }) => source === 'employer') ?? reports[0];
  const finding = await WageFinding.findOne({
    where: { checkId },
    include: ['officer'],
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
  });
  const last = finding ?? report;
  const { enterprise, village, month, payDueOn } = check;
  return {
    ...{
      month,
      enterprise: enterprise!.name,
      creditCode: enterprise!.creditCode,
      village: village?.name ?? null,
    },
    headcount: report?.headcount ?? enterprise!.headcount,
    ...{ migrants: report?.migrants ?? null, women: report?.women ?? null },
    ...{ dispatched: report?.dispatched ?? null, overAge: report?.overAge ?? null },
    ...{ payDueOn, paidOn: report?.paidOn ?? null },
    ...{ grossFen: report?.grossFen ?? null, netFen: report?.netFen ?? null },
    ...{ paidPeople: report?.paidPeople ?? null, unpaidPeople: report?.unpaidPeople ?? null },
    ...{ arrearsPeople: last?.arrearsPeople ?? null, arrearsFen: last?.arrearsFen ?? null },
    arrearsSince: last?.arrearsSince ?? null,
    deferralConsent: last?.deferralConsent ?? null,
    belowMinimum: finding?.belowMinimum ?? report?.belowMinimum ?? null,
    ...{ channel: report?.channel ?? null, wageSlips: report?.wageSlips ?? null },
    protection: report?.protection ?? {},
    risks: [...new Set([...(finding?.risks ?? []), ...(report?.risks ?? [])])],
    payState: finding?.payState ?? (report ? toldBy(report).payState : null),
    ...{ reporter: report?.source ?? null, reportedOn: report?.reportedOn ?? null },
    ...{ verifier: finding?.officer?.displayName ?? null, verifiedOn: finding?.foundOn ?? null },
  };
}
