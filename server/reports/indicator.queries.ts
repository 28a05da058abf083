import { asNumber, selectRows } from '../../models/dialect.ts';
import type { ClaimType } from '../cases/case.rules.ts';
import type { Outcome } from '../cases/lifecycle.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import { countFollowUps, type FollowUpFigures } from './follow-up-figures.queries.ts';
import { countHotline } from './hotline-rates.queries.ts';
import { countOutreach, type OutreachFigures } from './outreach-figures.queries.ts';
import { publishedHotline, type HotlineCounts } from './hotline-rates.rules.ts';
import {
  countByGroup,
  NO_DISPUTE,
  noOutcomes,
  outcomesOf,
  successRate,
  type OutcomeCounts,
  type OutcomeGroup,
} from './indicators.rules.ts';
import { yearBefore, type Basis } from './report-period.rules.ts';
import {
  hotlineSentence,
  recoverySentence,
  type HotlineFacts,
  type Period,
  type RecoveryFacts,
} from './sentence.rules.ts';

/** What a report is about; a village is one of the single town. */
export interface ReportQuestion {
  townIds: string[];
  villageId: string | null;
  period: Period;
  basis: Basis;
}

/** The indicators of DOMAIN §3 for one area, period and basis; amounts in fen. */
export interface Indicators {
  period: Period;
  basis: Basis;
  /** 接件数 and 退单数 of the period. */
  tickets: { received: number; returned: number };
  /** 期初未结 + 新收 − 办结 = 期末未结, whatever the basis; `collective` (集体) of the received ones. */
  cases: { opening: number; received: number; closed: number; open: number; collective: number };
  /** Cases of the basis by outcome, and S, F and X of them. */
  outcomes: OutcomeCounts;
  succeeded: number;
  failed: number;
  excluded: number;
  /** 涉及金额 of the cases of the basis, without those that were no dispute of their own. */
  amountInvolvedFen: number;
  /** S closed at the level of the first routing (矛盾不上交). */
  settledAtFirstLevel: number;
  /** S that had gone up, and S+F of which a ledger does not say the level. */
  settledAbove: number;
  withoutLevel: number;
  /** Verified payments dated in the period, those of ledgers among them, and the different workers who received one. */
  recovered: Omit<RecoveryFacts, 'period'> & {
    /** Recovered money of ledgers of past years that do not say how much of it went to migrant workers. */
    shareUnknownFen: number;
  };
  hotline: HotlineFacts;
  followUps: FollowUpFigures;
  outreach: OutreachFigures;
  /** What the hotline's own rates count (DOMAIN §2). */
  handling: HotlineCounts;
}

/** Sums of one row of a table of the report; they add up to the indicators. */
export interface Sums {
  received: number;
  closed: number;
  succeeded: number;
  failed: number;
  amountInvolvedFen: number;
  recoveredFen: number;
}

/** One row per value that occurs; null is a case without a level or village. */
export interface Breakdown {
  levels: { level: Level | null; sums: Sums }[];
  villages: { townId: string; villageId: string | null; sums: Sums }[];
  types: { type: ClaimType; sums: Sums }[];
  /** By the day of each figure: received, closed or paid in that month. */
  months: { month: string; sums: Sums }[];
}

export interface Report {
  indicators: Indicators;
  /** The same days of the year before, for 同比. */
  yearBefore: Indicators;
  breakdown: Breakdown;
}

/** Everything on the page of the report. */
export async function loadReport(question: ReportQuestion): Promise<Report> {
  const [counted, before, cells] = await Promise.all([
    count(question),
    count({ ...question, period: yearBefore(question.period) }),
    loadCells(question),
  ]);
  return {
    indicators: indicatorsOf(question, counted),
    yearBefore: indicatorsOf({ ...question, period: yearBefore(question.period) }, before),
    breakdown: {
      levels: [...sumBy(cells, ({ level }) => level)].map(([level, sums]) => ({ level, sums })),
      villages: [...sumBy(cells, ({ townId, villageId }) => `${townId}/${villageId ?? ''}`)].map(
        ([key, sums]) => {
          const [townId = '', villageId] = key.split('/');
          return { townId, villageId: villageId || null, sums };
        },
      ),
      types: [...sumBy(cells, ({ type }) => type)].map(([type, sums]) => ({ type, sums })),
      months: monthsOf(question.basis, counted, cells),
    },
  };
}

/** The indicators alone. */
export async function loadIndicators(question: ReportQuestion): Promise<Indicators> {
  return indicatorsOf(question, await count(question));
}

/** The indicators as the command line prints them: these keys in this order. */
export function publishedIndicators(indicators: Indicators) {
  const {
    period,
    basis,
    tickets,
    cases,
    outcomes,
    succeeded,
    failed,
    excluded,
    amountInvolvedFen,
    recovered,
  } = indicators;
  const { fen, workers, migrantFen, migrantWorkers } = recovered;
  return {
    period,
    basis,
    tickets,
    cases,
    outcomes,
    succeeded,
    failed,
    excluded,
    successRate: successRate(succeeded, failed),
    amountInvolvedFen,
    recovered: { fen, workers, migrantFen, migrantWorkers },
    hotline: publishedHotline(indicators.handling),
    outreach: indicators.outreach,
    sentences: {
      hotline: hotlineSentence(indicators.hotline),
      recovery: recoverySentence({ period, ...recovered }),
    },
  };
}

// Counting

type DayColumn = 'receivedOn' | 'closedOn';
const DAY_OF: Record<Basis, DayColumn> = { received: 'receivedOn', closed: 'closedOn' };

/** The cases of one month, outcome and source, by the day that a query looks at. */
interface OutcomeRow {
  inMonth: string;
  outcome: Outcome | null;
  hasTicket: number;
  caseCount: unknown;
  collective: unknown;
  atFirstLevel: unknown;
  goneUp: unknown;
  withoutLevel: unknown;
  involvedFen: unknown;
}

interface Counted {
  received: OutcomeRow[];
  closed: OutcomeRow[];
  opening: { caseCount: number; withTicket: number };
  tickets: Indicators['tickets'];
  recovered: Indicators['recovered'];
  followUps: FollowUpFigures;
  outreach: OutreachFigures;
  handling: HotlineCounts;
}

async function count(question: ReportQuestion): Promise<Counted> {
  const [received, closed, opening, tickets, recovered, followUps, outreach, handling] = await Promise.all([
    casesByOutcome(question, 'receivedOn'),
    casesByOutcome(question, 'closedOn'),
    openBefore(question),
    countTickets(question),
    sumPayments(question),
    countFollowUps(question),
    countOutreach(question),
    countHotline(question),
  ]);
  return { received, closed, opening, tickets, recovered, followUps, outreach, handling };
}

function indicatorsOf({ period, basis }: ReportQuestion, counted: Counted): Indicators {
  const { tickets, recovered, opening, followUps, outreach, handling } = counted;
  const ofBasis = counted[basis];
  const outcomes = outcomesIn(ofBasis);
  const groups = countByGroup(outcomes);
  const received = total(counted.received, 'caseCount');
  const closed = total(counted.closed, 'caseCount');
  const succeeded = inGroup(ofBasis, 'succeeded');
  const withTicket = ofBasis.filter(({ hasTicket }) => hasTicket);
  const hotline = countByGroup(outcomesIn(withTicket));
  return {
    period,
    basis,
    tickets,
    cases: {
      opening: opening.caseCount,
      received,
      closed,
      open: opening.caseCount + received - closed,
      collective: total(counted.received, 'collective'),
    },
    outcomes,
    ...groups,
    amountInvolvedFen: total(ofBasis, 'involvedFen'),
    settledAtFirstLevel: total(succeeded, 'atFirstLevel'),
    settledAbove: total(succeeded, 'goneUp'),
    withoutLevel: total([...succeeded, ...inGroup(ofBasis, 'failed')], 'withoutLevel'),
    recovered,
    followUps,
    outreach,
    handling,
    hotline: {
      period,
      received: tickets.received,
      succeeded: hotline.succeeded,
      failed: hotline.failed,
      open: basis === 'received' ? undecided(withTicket) : openWithTicket(counted),
      amountInvolvedFen: total(withTicket, 'involvedFen'),
    },
  };
}

function inGroup(rows: OutcomeRow[], group: OutcomeGroup): OutcomeRow[] {
  const outcomes = outcomesOf(group);
  return rows.filter(({ outcome }) => outcome !== null && outcomes.includes(outcome));
}

/** Of the cases received in the period, those that have no outcome today. */
function undecided(rows: OutcomeRow[]): number {
  return total(
    rows.filter(({ outcome }) => outcome === null),
    'caseCount',
  );
}

/** 期末未结 of the cases with a ticket. */
function openWithTicket({ opening, received, closed }: Counted): number {
  const ofTickets = (rows: OutcomeRow[]) =>
    total(
      rows.filter(({ hasTicket }) => hasTicket),
      'caseCount',
    );
  return opening.withTicket + ofTickets(received) - ofTickets(closed);
}

function outcomesIn(rows: OutcomeRow[]): OutcomeCounts {
  const counts = noOutcomes();
  for (const { outcome, caseCount } of rows) if (outcome) counts[outcome] += asNumber(caseCount);
  return counts;
}

function total<K extends string>(rows: Record<K, unknown>[], column: K): number {
  return rows.reduce((sum, row) => sum + asNumber(row[column]), 0);
}

// Tables

/** What a query adds to a row: the sums of the cases, or payments, that stand in one place of every table. */
interface Cell {
  townId: string;
  villageId: string | null;
  level: Level | null;
  type: ClaimType;
  inMonth?: string;
  sums: Sums;
}

const NOTHING: Sums = {
  received: 0,
  closed: 0,
  succeeded: 0,
  failed: 0,
  amountInvolvedFen: 0,
  recoveredFen: 0,
};

async function loadCells(question: ReportQuestion): Promise<Cell[]> {
  const groups = await Promise.all([
    casesByPlace(question, 'received'),
    casesByPlace(question, 'closed'),
    paymentsByPlace(question),
  ]);
  return groups.flat();
}

function monthsOf(basis: Basis, { received, closed }: Counted, cells: Cell[]): Breakdown['months'] {
  const rows = [
    ...received.map((row) => ({ inMonth: row.inMonth, sums: sumsOfOutcome(row, 'received', basis) })),
    ...closed.map((row) => ({ inMonth: row.inMonth, sums: sumsOfOutcome(row, 'closed', basis) })),
    ...cells.flatMap(({ inMonth, sums }) => (inMonth ? [{ inMonth, sums }] : [])),
  ];
  const months = [...sumBy(rows, ({ inMonth }) => inMonth)].map(([month, sums]) => ({ month, sums }));
  return months.sort((a, b) => (a.month < b.month ? -1 : 1));
}

function sumsOfOutcome(row: OutcomeRow, by: Basis, basis: Basis): Sums {
  const cases = asNumber(row.caseCount);
  const sums = { ...NOTHING, [by]: cases };
  if (by !== basis) return sums;
  const counts = countByGroup({ ...noOutcomes(), ...(row.outcome ? { [row.outcome]: cases } : {}) });
  const { succeeded, failed } = counts;
  return { ...sums, succeeded, failed, amountInvolvedFen: asNumber(row.involvedFen) };
}

function sumBy<T extends { sums: Sums }, K>(rows: T[], keyOf: (row: T) => K): Map<K, Sums> {
  const byKey = new Map<K, Sums>();
  for (const row of rows) {
    const key = keyOf(row);
    const sums = byKey.get(key) ?? { ...NOTHING };
    for (const name of Object.keys(NOTHING) as (keyof Sums)[]) sums[name] += row.sums[name];
    byKey.set(key, sums);
  }
  return byKey;
}

// Statements

const IN_AREA = 'c.townId IN (:townIds)';
const IN_VILLAGE = `${IN_AREA} AND c.villageId = :villageId`;
/** 涉及金额: of each case the verified amount, else the claimed one; a void case was a mistake and has none. */
const INVOLVED = "SUM(CASE WHEN c.outcome = 'void' THEN 0 ELSE COALESCE(c.verifiedFen, c.claimedFen, 0) END)";
/** The cases that were no dispute of their own. */
const NO_DISPUTES = 'SELECT n.id FROM cases n WHERE n.townId IN (:townIds) AND n.outcome IN (:noDispute)';
/** The same worker in several cases is one where the ID number is known. */
const WORKER = 'COALESCE(w.idNumberHash, w.id)';

function reach({ villageId }: ReportQuestion): string {
  return villageId === null ? IN_AREA : IN_VILLAGE;
}

function values({ townIds, villageId, period }: ReportQuestion): Record<string, unknown> {
  return {
    townIds,
    villageId,
    ...period,
    noDispute: NO_DISPUTE,
    succeeded: outcomesOf('succeeded'),
    failed: outcomesOf('failed'),
  };
}

async function casesByOutcome(question: ReportQuestion, day: DayColumn): Promise<OutcomeRow[]> {
  const sql = `
    SELECT SUBSTR(c.${day}, 1, 7) AS inMonth, c.outcome, c.hasTicket, COUNT(*) AS caseCount,
      SUM(c.collective) AS collective, SUM(CASE WHEN c.level = c.firstLevel THEN 1 ELSE 0 END) AS atFirstLevel,
      SUM(CASE WHEN c.level <> c.firstLevel THEN 1 ELSE 0 END) AS goneUp,
      SUM(CASE WHEN c.firstLevel IS NULL THEN 1 ELSE 0 END) AS withoutLevel,
      ${INVOLVED} AS involvedFen
    FROM cases c WHERE ${reach(question)} AND c.${day} BETWEEN :from AND :to
    GROUP BY SUBSTR(c.${day}, 1, 7), c.outcome, c.hasTicket`;
  return selectRows<OutcomeRow>(sql, values(question));
}

/** Cases open at the end of the day before the period: not closed yet, or closed since. */
async function openBefore(question: ReportQuestion): Promise<Counted['opening']> {
  // The day of receipt is no condition, so that the closing day chooses the index: few are open, few closed since.
  const columns = `
    SELECT SUM(CASE WHEN c.receivedOn < :from THEN 1 ELSE 0 END) AS caseCount,
      SUM(CASE WHEN c.receivedOn < :from THEN c.hasTicket ELSE 0 END) AS withTicket
    FROM cases c WHERE ${reach(question)}`;
  const sql = `${columns} AND c.closedOn IS NULL UNION ALL ${columns} AND c.closedOn >= :from`;
  const rows = await selectRows<Record<'caseCount' | 'withTicket', unknown>>(sql, values(question));
  return { caseCount: total(rows, 'caseCount'), withTicket: total(rows, 'withTicket') };
}

async function countTickets(question: ReportQuestion): Promise<Indicators['tickets']> {
  // A ticket lies where its case lies; before it has one, where the ticket itself says.
  const inVillage = `LEFT JOIN cases c ON c.id = t.caseId
    WHERE COALESCE(c.villageId, t.villageId) = :villageId AND`;
  // The few cases that are taken off are found first: a join would look up the case of every ticket.
  const sql = `
    SELECT
      SUM(CASE WHEN t.state = 'returned' OR t.caseId IN (${NO_DISPUTES}) THEN 0 ELSE 1 END) AS received,
      SUM(CASE WHEN t.state = 'returned' THEN 1 ELSE 0 END) AS returned
    FROM tickets t ${question.villageId === null ? 'WHERE' : inVillage}
      t.townId IN (:townIds) AND t.receivedOn BETWEEN :from AND :to`;
  const [row] = await selectRows<Record<'received' | 'returned', unknown>>(sql, values(question));
  return { received: asNumber(row?.received), returned: asNumber(row?.returned) };
}

async function sumPayments(question: ReportQuestion): Promise<Indicators['recovered']> {
  const sql = `
    SELECT SUM(p.amountFen) AS fen, COUNT(DISTINCT ${WORKER}) AS workers,
      SUM(CASE WHEN w.migrant = 1 THEN p.amountFen ELSE 0 END) AS migrantFen,
      COUNT(DISTINCT CASE WHEN w.migrant = 1 THEN ${WORKER} END) AS migrantWorkers
    FROM payments p JOIN cases c ON c.id = p.caseId JOIN claimants w ON w.id = p.claimantId
    WHERE p.state = 'verified' AND p.paidOn BETWEEN :from AND :to AND ${reach(question)}`;
  // A ledger of past years names no workers: they are counted as often as it counts them.
  const ledger = `
    SELECT SUM(p.amountFen) AS fen, SUM(p.workers) AS workers, SUM(p.migrantFen) AS migrantFen,
      SUM(p.migrantWorkers) AS migrantWorkers,
      SUM(CASE WHEN p.migrantFen IS NULL THEN p.amountFen ELSE 0 END) AS shareUnknownFen
    FROM ledger_recoveries p JOIN cases c ON c.id = p.caseId
    WHERE p.paidOn BETWEEN :from AND :to AND ${reach(question)}`;
  type Row = Record<keyof Indicators['recovered'], unknown>;
  const rows = [
    ...(await selectRows<Row>(sql, values(question))),
    ...(await selectRows<Row>(ledger, values(question))),
  ];
  return {
    fen: total(rows, 'fen'),
    workers: total(rows, 'workers'),
    migrantFen: total(rows, 'migrantFen'),
    migrantWorkers: total(rows, 'migrantWorkers'),
    shareUnknownFen: total(rows, 'shareUnknownFen'),
  };
}

interface Place {
  townId: string;
  villageId: string | null;
  level: Level | null;
  type: ClaimType;
}

const PLACE = 'c.townId, c.villageId, c.level, c.primaryType';

async function casesByPlace(question: ReportQuestion, by: Basis): Promise<Cell[]> {
  const sql = `
    SELECT ${PLACE} AS type, COUNT(*) AS caseCount,
      SUM(CASE WHEN c.outcome IN (:succeeded) THEN 1 ELSE 0 END) AS succeeded,
      SUM(CASE WHEN c.outcome IN (:failed) THEN 1 ELSE 0 END) AS failed,
      ${INVOLVED} AS involvedFen
    FROM cases c WHERE ${reach(question)} AND c.${DAY_OF[by]} BETWEEN :from AND :to
    GROUP BY ${PLACE}`;
  type PlaceRow = Place & Record<'caseCount' | 'succeeded' | 'failed' | 'involvedFen', unknown>;
  const rows = await selectRows<PlaceRow>(sql, values(question));
  return rows.map(({ townId, villageId, level, type, ...row }) => {
    const sums = { ...NOTHING, [by]: asNumber(row.caseCount) };
    const ofBasis = {
      succeeded: asNumber(row.succeeded),
      failed: asNumber(row.failed),
      amountInvolvedFen: asNumber(row.involvedFen),
    };
    return { townId, villageId, level, type, sums: by === question.basis ? { ...sums, ...ofBasis } : sums };
  });
}

async function paymentsByPlace(question: ReportQuestion): Promise<Cell[]> {
  const sql = `
    SELECT ${PLACE} AS type, SUBSTR(p.paidOn, 1, 7) AS inMonth, SUM(p.amountFen) AS fen
    FROM payments p JOIN cases c ON c.id = p.caseId
    WHERE p.state = 'verified' AND p.paidOn BETWEEN :from AND :to AND ${reach(question)}
    GROUP BY ${PLACE}, SUBSTR(p.paidOn, 1, 7)
    UNION ALL
    SELECT ${PLACE} AS type, SUBSTR(p.paidOn, 1, 7) AS inMonth, SUM(p.amountFen) AS fen
    FROM ledger_recoveries p JOIN cases c ON c.id = p.caseId
    WHERE p.paidOn BETWEEN :from AND :to AND ${reach(question)}
    GROUP BY ${PLACE}, SUBSTR(p.paidOn, 1, 7)`;
  const rows = await selectRows<Place & { inMonth: string; fen: unknown }>(sql, values(question));
  return rows.map(({ fen, ...place }) => ({ ...place, sums: { ...NOTHING, recoveredFen: asNumber(fen) } }));
}
