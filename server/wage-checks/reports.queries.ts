import { Enterprise } from '../../models/directory.ts';
import { WageCheck, WageReport } from '../../models/wage-checks.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { currentCalendar } from '../deadlines/calendar.queries.ts';
import { activeInformant, monthsOwed, type MonthOwed } from '../directory/informants.queries.ts';
import { settingsOf } from '../directory/town-settings.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import { monthOf, payDayIn, reportDeadline } from './rounds.rules.ts';

/** How many of an informant's own months are shown. */
const MONTHS_SHOWN = 12;

/** What the informant's page shows. */
export interface ReportPage {
  enterprise: string;
  /** The month that is reported on; null where its round is not open, or the enterprise left out of it. */
  check: WageCheck | null;
  /** The report that counts so far, and the one of the month before that has one. */
  report: WageReport | null;
  last: WageReport | null;
  /** The month of `last`, which may be long ago. */
  lastMonth: string | null;
  /** The day on which wages are due this month, as far as it is known. */
  payDueOn: CalendarDay | null;
  changeableUntil: CalendarDay;
  /** The informant's own reports, the newest first, those that were corrected among them. */
  own: { report: WageReport; month: string }[];
  /** The other months that the informant can still report on. */
  owed: MonthOwed[];
}

/** The page of the present month, or of an earlier check. @throws NotFound for who is no informant, or another enterprise's */
export async function loadReportPage(reader: Reader, checkId: string | null): Promise<ReportPage> {
  const informant = await activeInformant(reader);
  if (!informant) throw new NotFound();
  const { enterpriseId, id: informantId, townId } = informant;
  const month = monthOf(today());
  const where = checkId ? { id: checkId, enterpriseId } : { enterpriseId, month };
  const check = await WageCheck.findOne({ where });
  if (checkId && (!check || !may(reader, 'wageReports.write', check))) throw new NotFound();
  const enterprise = await Enterprise.findByPk(enterpriseId, { attributes: ['name'], raw: true });
  const own = await ownReports(informantId);
  const report = check && own.find(({ report: one }) => one.checkId === check.id && one.openKey !== null);
  const last = own.find((one) => one.report.openKey !== null && one.month < (check?.month ?? month));
  const { warningReportDay } = await settingsOf(townId);
  const payDay = last?.report.payDay ?? check?.payDay ?? null;
  return {
    enterprise: enterprise?.name ?? '',
    check,
    report: report?.report ?? null,
    last: last?.report ?? null,
    lastMonth: last?.month ?? null,
    payDueOn: payDay === null ? null : payDayIn(check?.month ?? month, payDay, await currentCalendar()),
    changeableUntil: reportDeadline(check?.month ?? month, warningReportDay),
    own,
    owed: (await monthsOwed(informant)).filter((one) => one.checkId !== check?.id),
  };
}

async function ownReports(informantId: string): Promise<ReportPage['own']> {
  const reports = await WageReport.findAll({
    where: { informantId },
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: MONTHS_SHOWN * 2,
  });
  const checks = await WageCheck.findAll({
    where: { id: reports.map(({ checkId }) => checkId) },
    attributes: ['id', 'month'],
    raw: true,
  });
  const months = new Map(checks.map(({ id, month }) => [id, month]));
  return reports.map((report) => ({ report, month: months.get(report.checkId)! }));
}
