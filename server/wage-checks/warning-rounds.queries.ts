import { selectRows } from '../../models/dialect.ts';
import { addDays, daysBetween, type CalendarDay } from '../shared/calendar-day.ts';
import { reportedPayState } from './reports.rules.ts';
import { addMonths, monthOf } from './rounds.rules.ts';
import { owes, type PayState, type RiskSign, type WageSigns } from './wage-checks.rules.ts';
import type { WageFacts, WageMonth } from './warning.rules.ts';

/** Unpaid wages are looked for in the rounds of two years, the limitation of 劳动保障监察条例 20. */
const DAYS_BACK = 731;

/** One account of a month's wages, as a row of what was reported or found. */
interface Account extends Omit<WageSigns, 'deferralConsent' | 'belowMinimum' | 'risks'> {
  enterpriseId: string;
  month: string;
  payDueOn: CalendarDay | null;
  /** An officer found it. */
  found: boolean;
  source: 'informant' | 'employer' | null;
  /** A report that a later one corrected. */
  superseded: boolean;
  contradicted: boolean;
  toldOn: CalendarDay;
  payState: PayState;
  paidOn: CalendarDay | null;
  deferralConsent: number | null;
  belowMinimum: number | null;
  risks: string | null;
}

/** A report, whose pay state follows from whom it says to be paid. */
type Reported = Omit<Account, 'payState'> & { paidPeople: number; unpaidPeople: number };

const TOLD = `x.arrearsPeople, x.arrearsFen, x.arrearsSince, x.deferredUntil, x.deferralConsent, x.belowMinimum,
  x.leaversUnpaid, x.leaversUnpaidSince, x.risks`;
const OF_CHECKS = `JOIN wage_checks k ON k.id = x.checkId
  WHERE k.enterpriseId IN (:enterpriseIds) AND k.month BETWEEN :from AND :to AND k.leftOutReason IS NULL`;

const REPORTS = `SELECT k.enterpriseId, k.month, COALESCE(x.payDueOn, k.payDueOn) AS payDueOn, 0 AS found, x.source,
     x.openKey IS NULL AS superseded, k.contradicted, x.reportedOn AS toldOn, x.paidOn,
     x.paidPeople, x.unpaidPeople, ${TOLD}
   FROM wage_reports x ${OF_CHECKS} ORDER BY k.enterpriseId, k.month, x.createdAt, x.id`;
const FINDINGS = `SELECT k.enterpriseId, k.month, k.payDueOn, 1 AS found, NULL AS source, 0 AS superseded, k.contradicted,
     x.foundOn AS toldOn, NULL AS paidOn, x.payState, ${TOLD}
   FROM wage_findings x ${OF_CHECKS} ORDER BY k.enterpriseId, k.month, x.createdAt, x.id`;

/** What the rounds say of some enterprises on a day: what counts of each month, its history only as far as it was owed. */
export async function factsOfRounds(
  enterpriseIds: string[],
  day: CalendarDay,
): Promise<[enterpriseId: string, Partial<WageFacts>][]> {
  const values = { enterpriseIds, from: monthOf(addDays(day, -DAYS_BACK)), to: monthOf(day) };
  const rows = await selectRows<Reported>(REPORTS, values);
  const reports = rows.map((row) => ({ ...row, payState: reportedPayState(row, row.payDueOn, row.toldOn) }));
  const findings = await selectRows<Account>(FINDINGS, values);
  const byEnterprise = groupedBy([...reports, ...findings], 'enterpriseId');
  return [...byEnterprise].map(([enterpriseId, accounts]) => [enterpriseId, factsOf(accounts)]);
}

function groupedBy(accounts: Account[], key: 'enterpriseId' | 'month'): Map<string, Account[]> {
  const groups = new Map<string, Account[]>();
  for (const account of accounts) {
    const group = groups.get(account[key]);
    if (group) group.push(account);
    else groups.set(account[key], [account]);
  }
  return groups;
}

function factsOf(accounts: Account[]): Partial<WageFacts> {
  const months = [...groupedBy(accounts, 'month')].sort(([one], [other]) => (one < other ? -1 : 1));
  const read = months.map(([month, told]) => readMonth(month, told));
  const latest = read.at(-1)!.counts;
  return {
    months: read.flatMap(({ wages }) => wages ?? []),
    verifications: read.filter(({ verified }) => verified).length,
    leavers: latest.leaversUnpaid
      ? [{ leftOn: latest.leaversUnpaidSince ?? latest.toldOn, people: latest.leaversUnpaid }]
      : [],
    deferrals: read.flatMap(({ counts, wages }) => (wages && !wages.verifiedOn ? deferralOf(counts) : [])),
    signals: risksOf(latest).map((kind) => ({ kind, since: latest.toldOn })),
  };
}

/** The account of a month that counts: the last finding, else the informant's, else the employer's. */
function readMonth(
  month: string,
  told: Account[],
): { counts: Account; wages: WageMonth | null; verified: boolean } {
  const finding = told.findLast(({ found }) => found);
  const standing = told.filter(({ found, superseded }) => !found && !superseded);
  const counts =
    finding ?? standing.find(({ source }) => source === 'informant') ?? standing[0] ?? told.at(-1)!;
  const owedNow = owes(counts);
  const owedBefore = told.some((account) => account !== counts && owes(account));
  const verified = Boolean(finding) && !owedNow && owedBefore;
  const belowMinimum = Boolean(counts.belowMinimum);
  const contradicted = Boolean(counts.contradicted) && !finding;
  if (!owedNow && !owedBefore && !belowMinimum && !contradicted) return { counts, wages: null, verified };
  const worst = owedNow ? counts : (told.findLast((account) => owes(account)) ?? counts);
  const paidOn = owedNow ? null : (counts.paidOn ?? counts.toldOn);
  const wages: WageMonth = {
    month,
    payDay: worst.arrearsSince ?? counts.payDueOn ?? `${month}-28`,
    people: worst.arrearsPeople,
    arrearsFen: Number(worst.arrearsFen),
    toldOn: worst.toldOn,
    paidOn,
    verifiedOn: owedNow || (owedBefore && !verified) ? null : counts.toldOn,
    ...{ belowMinimum, contradicted },
  };
  return { counts, wages, verified };
}

function deferralOf({ deferredUntil, payDueOn, deferralConsent }: Account): WageFacts['deferrals'] {
  if (!deferredUntil || !payDueOn || deferredUntil <= payDueOn) return [];
  return [
    { since: payDueOn, days: daysBetween(payDueOn, deferredUntil), consentFiled: Boolean(deferralConsent) },
  ];
}

function risksOf({ risks }: Account): RiskSign[] {
  return risks ? (JSON.parse(risks) as RiskSign[]) : [];
}

/**
 * The reports that informants owe of the month of a day and the one before it, where one was active on the day by which it
 * is due.
 */
export async function reportsOwed(
  enterpriseIds: string[],
  day: CalendarDay,
  { warningReportDay }: { warningReportDay: number },
): Promise<[enterpriseId: string, Partial<WageFacts>][]> {
  const months = [monthOf(day), addMonths(monthOf(day), -1)];
  const rows = await selectRows<{ enterpriseId: string; month: string; reportedOn: CalendarDay | null }>(
    `SELECT k.enterpriseId, k.month, MIN(r.reportedOn) AS reportedOn
     FROM wage_checks k LEFT JOIN wage_reports r ON r.checkId = k.id AND r.source = 'informant'
     WHERE k.enterpriseId IN (:enterpriseIds) AND k.month IN (:months) AND k.leftOutReason IS NULL
       AND EXISTS (SELECT 1 FROM informants i WHERE i.enterpriseId = k.enterpriseId
         AND i.activeFrom <= CONCAT(k.month, '-', :dueDay)
         AND (i.activeTo IS NULL OR i.activeTo >= CONCAT(k.month, '-', :dueDay)))
     GROUP BY k.enterpriseId, k.month ORDER BY k.enterpriseId, k.month`,
    { enterpriseIds, months, dueDay: String(warningReportDay).padStart(2, '0') },
  );
  return rows.map(({ enterpriseId, month, reportedOn }) => [
    enterpriseId,
    { reports: [{ month, reportedOn }] },
  ]);
}
