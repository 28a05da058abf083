import { LostRace, requireTx } from '../../models/dialect.ts';
import { Rectification, WageCheck, WageFinding, WageReport } from '../../models/wage-checks.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { today } from '../shared/clock.ts';
import { listKeyFor } from './check-order.service.ts';
import { reportedPayState } from './reports.rules.ts';
import { payDayIn } from './rounds.rules.ts';
import { isContradicted, owes, stateOf, type Told } from './wage-checks.rules.ts';
import { evaluateEnterprise } from './warning.service.ts';

/** Brings a check to what its reports, findings and request for correction say by now, and the warning after it. */
export async function refreshCheck(checkId: string): Promise<WageCheck> {
  requireTx();
  const check = await WageCheck.findByPk(checkId, { rejectOnEmpty: true });
  const values = await valuesOf(check);
  const [changed] = await WageCheck.update(
    { ...values, version: check.version + 1 },
    { where: { id: checkId, version: check.version } },
  );
  if (changed === 0) throw new LostRace();
  check.set({ ...values, version: check.version + 1 });
  await evaluateEnterprise(check.enterpriseId, today(), check.checkedOn === null ? 'report' : 'finding');
  return check;
}

async function valuesOf(check: WageCheck) {
  const checkId = check.id;
  const finding = await WageFinding.findOne({ where: { checkId }, order: LATEST });
  const open = await Rectification.findOne({ where: { openKey: checkId }, raw: true });
  const reports = await openReports(checkId);
  const told = reports.map((report) => toldBy(report));
  const [latest] = reports;
  const payDay = reports.find((report) => report.payDay !== null)?.payDay ?? check.payDay;
  const facts = { leftOut: check.leftOutReason !== null, rectifying: open !== null, finding, reports: told };
  const last: Told | undefined = finding ?? told[0];
  const state = stateOf(facts);
  return {
    state,
    listKey: await listKeyFor(check, state),
    payDay,
    payDueOn: payDay === null ? null : payDayIn(check.month, payDay, await currentCalendar()),
    reportedOn: latest?.reportedOn ?? null,
    contradicted: isContradicted(facts),
    checkedOn: finding?.foundOn ?? null,
    checkedById: finding?.officerId ?? null,
    payState: last?.payState ?? null,
    arrearsPeople: last?.arrearsPeople ?? 0,
    arrearsFen: last?.arrearsFen ?? 0,
    rectifyBy: open?.dueOn ?? null,
    promisedOn: finding && owes(finding) ? finding.promisedOn : null,
  };
}

const LATEST: [string, string][] = [
  ['createdAt', 'DESC'],
  ['id', 'DESC'],
];

/** The reports of a check that count, the latest first. */
export async function openReports(checkId: string): Promise<WageReport[]> {
  const reports = await WageReport.findAll({ where: { checkId }, order: LATEST });
  return reports.filter(({ openKey }) => openKey !== null);
}

/** What a report says of the wages as rules compare it. */
export function toldBy(report: WageReport): Told {
  const { payDueOn, reportedOn, arrearsPeople, arrearsFen } = report;
  return { payState: reportedPayState(report, payDueOn, reportedOn), arrearsPeople, arrearsFen };
}
