import { DisputeCase } from '../../models/cases.ts';
import { Informant } from '../../models/one-duty.ts';
import {
  Rectification,
  WageFinding,
  WageReport,
  type RoundExemption,
  type WageCheck,
} from '../../models/wage-checks.ts';
import { Warning } from '../../models/warnings.ts';
import { may, mayEver, type Reader } from '../accounts/access.rules.ts';
import { placeOf } from '../cases/case.queries.ts';
import { whoAnswersFor } from '../directory/duties.queries.ts';
import type { Duty } from '../directory/duty.rules.ts';
import { today } from '../shared/clock.ts';
import { exemptionsOf } from './rounds.service.ts';
import { enterprisesWithInformant, findCheck } from './wage-checks.queries.ts';
import { contradict, workersOf } from './wage-checks.rules.ts';
import { toldBy } from './wage-checks.service.ts';

/** A report as the reader may know it. */
export interface KnownReport {
  report: WageReport;
  /** The informant's code; null where the reader may not know who reported. */
  code: string | null;
  /** Null where the reader may not read it, or there is none. */
  note: string | null;
  hasPhoto: boolean;
}

/** A finding with the case that came of it, where the reader may see that. */
export interface KnownFinding {
  finding: WageFinding;
  /** Who is owed wages; nobody where the reader may not know them. */
  workers: string[];
  note: string | null;
  caseHref: string | null;
}

/** Everything that the page of a check shows, as the reader may know it. */
export interface CheckDetails {
  check: WageCheck;
  duties: Duty[];
  reportDue: boolean;
  reports: KnownReport[];
  /** The reports that count do not agree. */
  reportsDiffer: boolean;
  findings: KnownFinding[];
  rectifications: Rectification[];
  exemptions: RoundExemption[];
  /** The open case of the enterprise's warning, with its page where the reader may see it; null where there is none. */
  warned: { caseHref: string | null } | null;
  may: { check: boolean; leaveOut: boolean; openCase: boolean };
}

const LATEST: [string, string][] = [
  ['createdAt', 'DESC'],
  ['id', 'DESC'],
];

/** @throws NotFound for a check out of reach */
export async function loadCheckPage(reader: Reader, checkId: string): Promise<CheckDetails> {
  const check = await findCheck(reader, checkId);
  const where = { checkId };
  const [reports, findings, rectifications, exemptions, duties, informed] = await Promise.all([
    WageReport.findAll({
      where,
      order: LATEST,
      include: [{ model: Informant, as: 'informant', attributes: ['code'] }],
    }),
    WageFinding.findAll({ where, order: LATEST, include: ['officer'] }),
    Rectification.findAll({ where, order: LATEST, include: ['issuedBy', 'closedBy'] }),
    exemptionsOf(check.enterpriseId),
    whoAnswersFor([{ id: check.enterpriseId, villageId: check.villageId }], today()),
    enterprisesWithInformant([check.enterpriseId]),
  ]);
  const open = reports.filter(({ openKey }) => openKey !== null).map(toldBy);
  const mayCheck = may(reader, 'wageChecks.check', check);
  return {
    check,
    duties: duties.get(check.enterpriseId) ?? [],
    reportDue: informed.has(check.enterpriseId),
    reports: reports.map((report) => asKnown(reader, check, report)),
    reportsDiffer: open.some((one, index) => open.slice(index + 1).some((other) => contradict(one, other))),
    findings: await asKnownFindings(reader, check, findings),
    rectifications,
    exemptions,
    warned: await openCaseOfWarning(reader, check.enterpriseId),
    may: {
      check: mayCheck,
      leaveOut: may(reader, 'wageChecks.leaveOut', check),
      openCase: mayCheck && mayEver(reader, 'cases.register'),
    },
  };
}

function asKnown(reader: Reader, check: WageCheck, report: WageReport): KnownReport {
  const readsNotes = may(reader, 'wageChecks.readNotes', check);
  const knowsWho = may(reader, 'wageChecks.seeInformant', check);
  return {
    report,
    code: knowsWho ? (report.informant?.code ?? null) : null,
    note: readsNotes ? report.note : null,
    hasPhoto: readsNotes && report.photoType !== null,
  };
}

async function openCaseOfWarning(reader: Reader, enterpriseId: string): Promise<CheckDetails['warned']> {
  const warning = await Warning.findOne({ where: { openKey: enterpriseId }, attributes: ['caseId'] });
  const disputeCase = warning?.caseId && (await DisputeCase.findByPk(warning.caseId));
  if (!disputeCase || disputeCase.state === 'closed') return null;
  return { caseHref: may(reader, 'cases.read', placeOf(disputeCase)) ? `/cases/${disputeCase.id}` : null };
}

async function asKnownFindings(
  reader: Reader,
  check: WageCheck,
  findings: WageFinding[],
): Promise<KnownFinding[]> {
  const caseIds = findings.flatMap(({ caseId }) => caseId ?? []);
  const cases = caseIds.length > 0 ? await DisputeCase.findAll({ where: { id: caseIds } }) : [];
  const seen = new Set(
    cases.filter((disputeCase) => may(reader, 'cases.read', placeOf(disputeCase))).map(({ id }) => id),
  );
  const readsNotes = may(reader, 'wageChecks.check', check);
  return findings.map((finding) => ({
    finding,
    workers: readsNotes ? workersOf(finding) : [],
    note: readsNotes ? finding.note : null,
    caseHref: finding.caseId && seen.has(finding.caseId) ? `/cases/${finding.caseId}` : null,
  }));
}
