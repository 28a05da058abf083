import { Op } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { among } from '../../models/dialect.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { BATCH_PAGE, namedBatch, type BatchRow } from '../hotline/batches.queries.ts';
import type { Turn } from '../shared/list-address.ts';

/** An imported ledger and a page of the cases that it stored. @throws NotFound */
export async function findLedger(
  reader: Reader,
  batchId: string,
  turn: Turn,
): Promise<BatchRow & { cases: KeysetPage<DisputeCase> }> {
  const named = await namedBatch('ledger', reader, batchId);
  const query = {
    where: { ledgerBatchId: batchId },
    attributes: ['id', 'number', 'respondentName', 'primaryType', 'outcome', 'receivedOn', 'closedOn'],
  };
  return { ...named, cases: await keysetPage(DisputeCase, 'number', query, turn, BATCH_PAGE) };
}

/** Cases of a ledger that something was done with since: how many, and the first of them. */
export interface WorkedOn {
  count: number;
  first: { number: string }[];
}

const MOST_NAMED = 5;

/** What leaves a trace: an event of the case or of its ticket, or another case that was closed as its duplicate. */
const TRACES = [
  `SELECT e.caseId FROM case_events e JOIN cases c ON c.id = e.caseId
   WHERE c.ledgerBatchId = :batchId AND e.action <> 'importLedger'`,
  `SELECT d.mergedIntoId FROM cases d JOIN cases c ON c.id = d.mergedIntoId WHERE c.ledgerBatchId = :batchId`,
  `SELECT k.caseId FROM tickets k JOIN ticket_events e ON e.ticketId = k.id WHERE k.batchId = :batchId`,
];

export async function casesWorkedOn(batchId: string): Promise<WorkedOn> {
  const traced = TRACES.map((select) => ({ id: among(select, { batchId }) }));
  const where = { ledgerBatchId: batchId, [Op.or]: traced };
  const [count, first] = await Promise.all([
    DisputeCase.count({ where }),
    DisputeCase.findAll({
      where,
      attributes: ['number'],
      order: [['number', 'ASC']],
      limit: MOST_NAMED,
      raw: true,
    }),
  ]);
  return { count, first: first.map(({ number }) => ({ number: number! })) };
}

/** An imported ledger and what keeps it from being taken back. @throws NotFound */
export async function findUndoable(
  reader: Reader,
  batchId: string,
): Promise<BatchRow & { workedOn: WorkedOn }> {
  const named = await namedBatch('ledger', reader, batchId);
  return { ...named, workedOn: await casesWorkedOn(batchId) };
}
