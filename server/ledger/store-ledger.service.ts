import { deserialize, serialize } from 'node:v8';
import type { CreationAttributes } from 'sequelize';
import { CaseEvent, DisputeCase, Respondent } from '../../models/cases.ts';
import { inTx, isUniqueViolation, type StoredRows } from '../../models/dialect.ts';
import { insertStored, storedRows } from '../../models/rows.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import { LedgerRecovery } from '../../models/settlements.ts';
import { ImportBatch, KeptRowsPart, Ticket } from '../../models/tickets.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { loadDirectory } from '../case-routing/town.queries.ts';
import { matchEnterprise } from '../directory/enterprise-name.rules.ts';
import { rememberReading } from '../hotline/import-mappings.service.ts';
import { UNWATCHED } from '../hotline/import-progress.service.ts';
import { sealRows } from '../hotline/kept-rows.ts';
import { isCollective } from '../reports/indicators.rules.ts';
import { instantOf } from '../shared/calendar-day.ts';
import { now } from '../shared/clock.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import {
  readLedger,
  type LedgerFindings,
  type LedgerToRead,
  type PlacedCase,
  type ReadingBounds,
} from './import-ledger.service.ts';
import { performanceOf, UNKNOWN_RESPONDENT } from './ledger.rules.ts';

/** A ledger to be imported; `userId` is null for the command line. */
export interface LedgerToImport extends LedgerToRead {
  fileName: string;
  sha256: string;
  userId: string | null;
}

/** The rows of every table for some hundred cases, ready to be stored. */
interface ReadyRows {
  cases: StoredRows;
  respondents: StoredRows;
  tickets: StoredRows;
  recoveries: StoredRows;
  events: StoredRows;
}

/** A ledger that was read and compared; all that is left is to store it. */
export interface PreparedLedger {
  file: Omit<LedgerToImport, 'source'>;
  findings: LedgerFindings;
  /** Null when there is nothing to store. */
  batchId: string | null;
  /** The new cases, some hundred at a time: rows as they are stored take a tenth of the memory of objects. */
  ready: Buffer[];
  /** The faulty rows as they stand in the file, sealed. */
  faulty: Buffer[];
}

/** How often an import is begun again that somebody else overtook. */
const MOST_ATTEMPTS = 5;

/**
 * Stores every new case of a ledger as one batch or nothing; cases that are known stay as they are. Gives the batch, null
 * when there was nothing to store.
 * @throws Unacceptable when the file cannot be read
 */
export async function importLedger(
  file: LedgerToImport,
  bounds: { mostFaults?: number } = {},
): Promise<{ batchId: string | null; findings: LedgerFindings }> {
  for (let attempt = 1; ; attempt++) {
    const prepared = await prepareLedger(file, bounds);
    const { batchId, findings } = prepared;
    try {
      await inTx(() => storeLedger(prepared));
      return { batchId, findings };
    } catch (error) {
      if (!(error instanceof Stale) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/**
 * Reads a ledger, compares it, and makes its rows ready: whatever takes time, and no transaction is open meanwhile.
 * @throws Unacceptable when the file cannot be read, Stale when it holds something else than was `shown`
 */
export async function prepareLedger(
  { source, ...file }: LedgerToImport,
  { shown, ...bounds }: ReadingBounds & { shown?: string } = {},
): Promise<PreparedLedger> {
  const { settings, enterprises, index } = await loadDirectory(file.townId);
  const batchId = newId();
  const ready: Buffer[] = [];
  const faulty: Buffer[] = [];
  const findings = await readLedger(
    { ...file, source },
    (sorted, { headers }) => {
      const rows = sorted.fresh.map((row) => {
        const match = matchEnterprise(index, { creditCode: null, text: row.draft.enterprise });
        const enterprise = match ? (enterprises.get(match.enterpriseId) ?? null) : null;
        return rowsOf(row, { townId: file.townId, batchId, enterprise, groupWorkers: settings.groupWorkers });
      });
      if (rows.length > 0) ready.push(serialize(asStored(rows)));
      if (sorted.faulty.length > 0) faulty.push(sealRows({ headers, faultyRows: sorted.faulty }));
    },
    bounds,
  );
  const [problem] = findings.problems;
  if (problem) throw new Unacceptable(problem.sentence, problem.values, 'file');
  if (shown !== undefined && shown !== findings.fingerprint) throw new Stale();
  return { file, findings, batchId: ready.length === 0 ? null : batchId, ready, faulty };
}

interface CaseRows {
  disputeCase: CreationAttributes<DisputeCase>;
  respondent: CreationAttributes<Respondent>;
  ticket: CreationAttributes<Ticket> | null;
  recovery: CreationAttributes<LedgerRecovery> | null;
  event: CreationAttributes<CaseEvent>;
}

const TITLE = '历年台账案件';

function rowsOf(
  { draft, villageId, rowHash }: PlacedCase,
  {
    townId,
    batchId,
    enterprise,
    groupWorkers,
  }: {
    townId: string;
    batchId: string;
    enterprise: { id: string; name: string; villageId: string | null } | null;
    groupWorkers: number;
  },
): CaseRows {
  const caseId = newId();
  const { number, receivedOn, closedOn, outcome, level, workers, source } = draft;
  const respondentName = enterprise?.name ?? draft.enterprise ?? UNKNOWN_RESPONDENT;
  const receivedAt = instantOf(receivedOn, '00:00');
  const hasTicket = source === 'hotline';
  const place = { townId, villageId: enterprise?.villageId ?? villageId };
  return {
    disputeCase: {
      ...{ id: caseId, ...place, number, source, level, firstLevel: level, outcome, workers, hasTicket },
      ...{ receivedAt, receivedOn, closedOn, respondentName, title: TITLE, primaryType: draft.type },
      ...{ enterpriseId: enterprise?.id ?? null, state: 'closed', performance: performanceOf(draft) },
      ...{ claimedFen: draft.claimedFen, agreedFen: draft.agreedFen, createdById: null },
      collective: isCollective(workers, groupWorkers),
      ledgerBatchId: batchId,
      ledgerRowHash: rowHash,
      searchTokens: searchTokens(TITLE, respondentName, number),
    },
    respondent: {
      ...{ id: newId(), caseId, position: 1, part: 'employer' as const },
      ...{ enterpriseId: enterprise?.id ?? null, name: respondentName },
    },
    ticket: hasTicket
      ? {
          ...{
            id: newId(),
            ...place,
            batchId,
            caseId,
            number,
            state: 'linked' as const,
            receivedAt,
            receivedOn,
          },
          ...{
            title: TITLE,
            respondentText: draft.enterprise,
            workers,
            amountFen: draft.claimedFen,
            rowHash,
          },
        }
      : null,
    recovery: draft.recoveredOn
      ? {
          ...{ id: newId(), caseId, paidOn: draft.recoveredOn, amountFen: draft.recoveredFen!, workers },
          ...{ migrantWorkers: draft.migrantWorkers, migrantFen: draft.migrantFen },
        }
      : null,
    event: {
      ...{ id: newId(), caseId, at: now(), actorId: null, action: 'importLedger' as const },
      ...{ fromState: null, toState: 'closed' as const, detail: { source } },
    },
  };
}

function asStored(rows: CaseRows[]): ReadyRows {
  return {
    cases: storedRows(
      DisputeCase,
      rows.map(({ disputeCase }) => disputeCase),
    ),
    respondents: storedRows(
      Respondent,
      rows.map(({ respondent }) => respondent),
    ),
    tickets: storedRows(
      Ticket,
      rows.flatMap(({ ticket }) => ticket ?? []),
    ),
    recoveries: storedRows(
      LedgerRecovery,
      rows.flatMap(({ recovery }) => recovery ?? []),
    ),
    events: storedRows(
      CaseEvent,
      rows.map(({ event }) => event),
    ),
  };
}

/**
 * Stores a prepared ledger as one batch; belongs into a transaction.
 * @throws Stale when one of its numbers was stored by somebody else meanwhile
 */
export async function storeLedger(
  { file, findings, batchId, ready, faulty }: PreparedLedger,
  report = UNWATCHED,
): Promise<void> {
  if (batchId === null) return;
  const { townId, fileName, sha256, mapping, userId } = file;
  const { counts, changedCount } = findings;
  await ImportBatch.create({
    ...{ id: batchId, townId, kind: 'ledger', fileName, sha256, mapping, createdById: userId },
    ...{ rowCount: counts.rows, newCount: counts.new, knownCount: counts.known, changedCount: 0 },
    ...{ unwantedCount: counts.unwanted, faultyCount: counts.faulty },
  });
  await rememberReading('ledger', { ...file, headers: findings.layout.headers });
  let stored = 0;
  for (const part of ready) {
    const rows = deserialize(part) as ReadyRows;
    await storeCases(rows);
    report.stored((stored += rows.cases.length));
  }
  for (const [position, bytes] of faulty.entries()) await KeptRowsPart.create({ batchId, position, bytes });
  await recordAudit(userId, {
    action: 'ledger.import',
    objectType: 'importBatch',
    objectId: batchId,
    detail: { townId, fileName, sha256, ...counts, changed: changedCount },
  });
}

async function storeCases({ cases, respondents, tickets, recoveries, events }: ReadyRows): Promise<void> {
  try {
    await insertStored(DisputeCase, cases);
    await insertStored(Respondent, respondents);
    await insertStored(Ticket, tickets);
    await insertStored(LedgerRecovery, recoveries);
    await insertStored(CaseEvent, events);
  } catch (error) {
    throw isUniqueViolation(error) ? new Stale() : error;
  }
}
