import { asNumber, selectRows } from '../../models/dialect.ts';
import { WageSignal } from '../../models/warnings.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import { factsOfRounds, reportsOwed } from './warning-rounds.queries.ts';
import { NO_FACTS, type CaseArrears, type WageFacts, type WarningSettings } from './warning.rules.ts';

/** The types of claim that are about wages. */
const WAGES = ['wages', 'overtime'];

/** What one part of the program knows of some enterprises on a day, by the enterprise's id. */
type Source = (
  enterpriseIds: string[],
  day: CalendarDay,
  settings: WarningSettings,
) => Promise<[enterpriseId: string, Partial<WageFacts>][]>;

/** The facts of some enterprises of one town on a day, read in sets. */
export async function loadWageFacts(
  enterpriseIds: string[],
  day: CalendarDay,
  settings: WarningSettings,
): Promise<Map<string, WageFacts>> {
  const facts = new Map(enterpriseIds.map((id) => [id, { ...NO_FACTS }]));
  for (const source of SOURCES)
    for (const [enterpriseId, part] of await source(enterpriseIds, day, settings))
      addTo(facts.get(enterpriseId)!, part);
  return facts;
}

function addTo(facts: WageFacts, { verifications = 0, ...lists }: Partial<WageFacts>): void {
  facts.verifications += verifications;
  for (const [name, rows] of Object.entries(lists) as [keyof typeof lists, never[]][])
    facts[name] = [...facts[name], ...rows] as never[];
}

/** Wage complaints of the window; what was a mistake or no dispute is none, and a case that a warning opened neither. */
const complaintsOfCases: Source = async (enterpriseIds, day, { warningComplaintDays }) => {
  const rows = await selectRows<{ enterpriseId: string; receivedOn: CalendarDay }>(
    `SELECT enterpriseId, receivedOn FROM cases
     WHERE enterpriseId IN (:enterpriseIds) AND receivedOn BETWEEN :from AND :day
       AND primaryType IN (:wages) AND source <> 'wageCheck'
       AND (outcome IS NULL OR outcome NOT IN ('void', 'notLabour'))
       AND (outcome IS NULL OR outcome <> 'duplicate' OR mergedIntoId IS NOT NULL)
     ORDER BY enterpriseId, receivedOn, id`,
    { enterpriseIds, from: addDays(day, -warningComplaintDays), day, wages: WAGES },
  );
  return rows.map(({ enterpriseId, receivedOn }) => [enterpriseId, { complaints: [receivedOn] }]);
};

/** Wages that a mediator verified (核定) in a case that is open; since when they are due, the case does not say. */
const verifiedClaims: Source = async (enterpriseIds) => {
  const rows = await selectRows<{ enterpriseId: string; caseId: string; people: unknown; fen: unknown }>(
    `SELECT c.enterpriseId, c.id AS caseId, COUNT(DISTINCT l.claimantId) AS people, SUM(l.verifiedFen) AS fen
     FROM cases c JOIN claims l ON l.caseId = c.id
     WHERE c.enterpriseId IN (:enterpriseIds) AND c.state <> 'closed' AND l.type IN (:wages) AND l.verifiedFen > 0
     GROUP BY c.enterpriseId, c.id ORDER BY c.enterpriseId, c.id`,
    { enterpriseIds, wages: WAGES },
  );
  return rows.map(({ enterpriseId, caseId, people, fen }) => [
    enterpriseId,
    { cases: [{ caseId, people: asNumber(people), arrearsFen: asNumber(fen), since: null }] },
  ]);
};

/** Instalments of a wage agreement that are late and not paid in full by verified payments. */
const overdueInstalments: Source = async (enterpriseIds, day) => {
  const rows = await selectRows<{
    enterpriseId: string;
    caseId: string;
    claimantId: string;
    dueOn: CalendarDay;
    owedFen: unknown;
  }>(
    `SELECT c.enterpriseId, i.caseId, i.claimantId, i.dueOn, i.amountFen - COALESCE(SUM(p.amountFen), 0) AS owedFen
     FROM cases c JOIN settlements s ON s.openKey = c.id AND s.signedOn IS NOT NULL
     JOIN instalments i ON i.settlementId = s.id AND i.dueOn < :day
     LEFT JOIN payments p ON p.instalmentId = i.id AND p.state = 'verified'
     WHERE c.enterpriseId IN (:enterpriseIds) AND c.primaryType IN (:wages)
       AND c.performance IN ('pending', 'performing', 'breached')
     GROUP BY c.enterpriseId, i.caseId, i.claimantId, i.dueOn, i.amountFen, i.id
     ORDER BY c.enterpriseId, i.caseId, i.dueOn`,
    { enterpriseIds, day, wages: WAGES },
  );
  const byCase = new Map<string, { enterpriseId: string; workers: Set<string>; arrears: CaseArrears }>();
  for (const { enterpriseId, caseId, claimantId, dueOn, owedFen } of rows) {
    if (asNumber(owedFen) <= 0) continue;
    const known = byCase.get(caseId) ?? {
      ...{ enterpriseId, workers: new Set() },
      arrears: { caseId, people: 0, arrearsFen: 0, since: dueOn },
    };
    known.workers.add(claimantId);
    known.arrears.people = known.workers.size;
    known.arrears.arrearsFen += asNumber(owedFen);
    byCase.set(caseId, known);
  }
  return [...byCase.values()].map(({ enterpriseId, arrears }) => [enterpriseId, { cases: [arrears] }]);
};

/** Verified payments in the cases that a check or a warning led to: what was told of before is paid by them. */
const paymentsForMonths: Source = async (enterpriseIds) => {
  const rows = await selectRows<{ enterpriseId: string; paidOn: CalendarDay; fen: unknown }>(
    `SELECT c.enterpriseId, p.paidOn, SUM(p.amountFen) AS fen
     FROM cases c JOIN payments p ON p.caseId = c.id AND p.state = 'verified'
     WHERE c.enterpriseId IN (:enterpriseIds) AND c.primaryType IN (:wages)
       AND (c.source = 'wageCheck' OR EXISTS (SELECT 1 FROM warnings w WHERE w.caseId = c.id))
     GROUP BY c.enterpriseId, p.paidOn ORDER BY c.enterpriseId, p.paidOn`,
    { enterpriseIds, wages: WAGES },
  );
  return rows.map(({ enterpriseId, paidOn, fen }) => [
    enterpriseId,
    { payments: [{ paidOn, amountFen: asNumber(fen) }] },
  ]);
};

const verifiedPayments: Source = async (enterpriseIds) => {
  return counted(
    `SELECT c.enterpriseId, COUNT(*) AS rowCount FROM cases c JOIN payments p ON p.caseId = c.id
     WHERE c.enterpriseId IN (:enterpriseIds) AND p.state = 'verified' GROUP BY c.enterpriseId`,
    enterpriseIds,
  );
};

/** What the dispatcher confirmed as paid where no case and no finding says it. */
const clearances: Source = async (enterpriseIds) => {
  return counted(
    `SELECT w.enterpriseId, COUNT(*) AS rowCount FROM warnings w JOIN warning_events e ON e.warningId = w.id
     WHERE w.enterpriseId IN (:enterpriseIds) AND e.action = 'clear' GROUP BY w.enterpriseId`,
    enterpriseIds,
  );
};

async function counted(sql: string, enterpriseIds: string[]): ReturnType<Source> {
  const rows = await selectRows<{ enterpriseId: string; rowCount: unknown }>(sql, { enterpriseIds });
  return rows.map(({ enterpriseId, rowCount }) => [enterpriseId, { verifications: asNumber(rowCount) }]);
}

const signals: Source = async (enterpriseIds) => {
  const rows = await WageSignal.findAll({
    where: { enterpriseId: enterpriseIds, endedOn: null },
    order: [
      ['since', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  return rows.map(({ enterpriseId, kind, since, days, consentFiled }) => [
    enterpriseId,
    kind === 'deferral'
      ? { deferrals: [{ since, days: days!, consentFiled: consentFiled === true }] }
      : { signals: [{ kind, since }] },
  ]);
};

/** Everything that the rules look at, from wherever it is known; a new source is one more line. */
const SOURCES: Source[] = [
  complaintsOfCases,
  verifiedClaims,
  overdueInstalments,
  paymentsForMonths,
  verifiedPayments,
  signals,
  clearances,
  factsOfRounds,
  reportsOwed,
];
