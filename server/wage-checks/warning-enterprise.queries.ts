import { User } from '../../models/accounts.ts';
import { DisputeCase } from '../../models/cases.ts';
import { asNumber, selectRows } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Informant } from '../../models/one-duty.ts';
import { WageCheck, WageFinding, WageReport } from '../../models/wage-checks.ts';
import { Warning, WarningEvaluation, WarningEvent, WageSignal } from '../../models/warnings.ts';
import { may, type Place, type Reader } from '../accounts/access.rules.ts';
import { placeOf } from '../cases/case.queries.ts';
import { findEnterprise } from '../directory/enterprises.queries.ts';
import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';

/** One thing that happened to an enterprise, as its time line has it. */
export type CourseEntry = { day: CalendarDay } & (
  | { kind: 'warning'; event: WarningEvent }
  | { kind: 'caseReceived' | 'caseClosed'; disputeCase: DisputeCase; readable: boolean }
  | { kind: 'payments'; amountFen: number; count: number }
  | { kind: 'signal' | 'signalEnded'; signal: WageSignal }
  | { kind: 'report'; report: WageReport; month: string; code: string | null }
  | { kind: 'finding'; finding: WageFinding; month: string }
);

/** What happened around the wages of an enterprise. */
export interface EnterpriseCourse {
  enterprise: Enterprise;
  warning: Warning | null;
  withSource: boolean;
  signals: WageSignal[];
  /** The newest first. */
  entries: CourseEntry[];
  mayHandle: boolean;
}

/** No more cases, events and days of payment than these are looked at. */
const MOST = 200;
/** What of a warning's history belongs on the time line. */
const STEPS = ['raised', 'lowered', 'ended'] as const;

const WITH_PEOPLE = [
  { model: User, as: 'recordedBy', attributes: ['displayName'] },
  { model: User, as: 'endedBy', attributes: ['displayName'] },
];

/** Reports, findings, warnings, signals, cases and payments of an enterprise on one line. @throws NotFound */
export async function loadEnterpriseCourse(reader: Reader, enterpriseId: string): Promise<EnterpriseCourse> {
  const enterprise = await findEnterprise(reader, enterpriseId, 'warnings.read');
  const place = { townId: enterprise.townId, villageId: enterprise.villageId, enterpriseId };
  const [warning, signals, ...parts] = await Promise.all([
    Warning.findOne({
      where: { openKey: enterpriseId },
      include: [{ model: WarningEvaluation, as: 'evaluation', required: true }],
    }),
    WageSignal.findAll({
      where: { enterpriseId },
      include: WITH_PEOPLE,
      order: [['since', 'DESC']],
      limit: MOST,
    }),
    warningEntries(enterpriseId),
    caseEntries(reader, enterpriseId),
    paymentEntries(enterpriseId),
    roundEntries(reader, place),
  ]);
  const entries = [...parts.flat(), ...signals.flatMap(signalEntries)];
  entries.sort((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0));
  return {
    ...{ enterprise, warning, signals, entries },
    withSource: may(reader, 'wageChecks.seeInformant', place),
    mayHandle: may(reader, 'warnings.handle', place),
  };
}

/** An enterprise whose warnings the reader handles. @throws NotFound */
export async function findHandledEnterprise(reader: Reader, enterpriseId: string): Promise<Enterprise> {
  return findEnterprise(reader, enterpriseId, 'warnings.handle');
}

async function warningEntries(enterpriseId: string): Promise<CourseEntry[]> {
  const warnings = await Warning.findAll({ where: { enterpriseId }, attributes: ['id'], raw: true });
  const events = await WarningEvent.findAll({
    where: { warningId: warnings.map(({ id }) => id), action: [...STEPS] },
    include: [{ model: WarningEvaluation, as: 'evaluation', required: true }],
    order: [
      ['at', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: MOST,
  });
  return events.map((event) => ({ day: event.evaluation!.day, kind: 'warning', event }));
}

async function caseEntries(reader: Reader, enterpriseId: string): Promise<CourseEntry[]> {
  const cases = await DisputeCase.findAll({
    where: { enterpriseId },
    order: [
      ['receivedOn', 'DESC'],
      ['id', 'DESC'],
    ],
    limit: MOST,
  });
  return cases.flatMap((disputeCase): CourseEntry[] => {
    const told = { disputeCase, readable: may(reader, 'cases.read', placeOf(disputeCase)) };
    const { closedOn, receivedOn } = disputeCase;
    return [
      ...(closedOn ? [{ day: closedOn, kind: 'caseClosed' as const, ...told }] : []),
      { day: receivedOn, kind: 'caseReceived', ...told },
    ];
  });
}

/** Verified payments of each day together. */
async function paymentEntries(enterpriseId: string): Promise<CourseEntry[]> {
  const rows = await selectRows<{ day: CalendarDay; amountFen: unknown; payments: unknown }>(
    `SELECT p.paidOn AS day, SUM(p.amountFen) AS amountFen, COUNT(*) AS payments
     FROM cases c JOIN payments p ON p.caseId = c.id
     WHERE c.enterpriseId = :enterpriseId AND p.state = 'verified'
     GROUP BY p.paidOn ORDER BY p.paidOn DESC LIMIT 200`,
    { enterpriseId },
  );
  return rows.map(({ day, amountFen, payments }) => ({
    ...{ day, kind: 'payments', amountFen: asNumber(amountFen), count: asNumber(payments) },
  }));
}

/** What was reported and found in the monthly rounds; who reported, by a code and only where the reader may know it. */
async function roundEntries(reader: Reader, place: Place & { enterpriseId: string }): Promise<CourseEntry[]> {
  if (!may(reader, 'wageChecks.read', place)) return [];
  const { enterpriseId } = place;
  const [checks, reports, findings] = await Promise.all([
    WageCheck.findAll({ where: { enterpriseId }, attributes: ['id', 'month'], raw: true }),
    WageReport.findAll({
      where: { enterpriseId },
      attributes: { exclude: ['note'] },
      include: [{ model: Informant, as: 'informant', attributes: ['code'] }],
      order: LATEST,
      limit: MOST,
    }),
    WageFinding.findAll({
      where: { enterpriseId },
      attributes: { exclude: ['note', 'workers'] },
      include: ['officer'],
      order: LATEST,
      limit: MOST,
    }),
  ]);
  const months = new Map(checks.map(({ id, month }) => [id, month]));
  const knowsWho = may(reader, 'wageChecks.seeInformant', place);
  return [
    ...findings.map((finding) => ({
      ...{ day: finding.foundOn, kind: 'finding' as const, finding, month: months.get(finding.checkId)! },
    })),
    ...reports.map((report) => ({
      ...{ day: report.reportedOn, kind: 'report' as const, report, month: months.get(report.checkId)! },
      code: knowsWho ? (report.informant?.code ?? null) : null,
    })),
  ];
}

const LATEST: [string, string][] = [
  ['createdAt', 'DESC'],
  ['id', 'DESC'],
];

function signalEntries(signal: WageSignal): CourseEntry[] {
  const { endedOn, recordedAt } = signal;
  return [
    ...(endedOn ? [{ day: endedOn, kind: 'signalEnded' as const, signal }] : []),
    { day: dayOf(recordedAt), kind: 'signal', signal },
  ];
}
