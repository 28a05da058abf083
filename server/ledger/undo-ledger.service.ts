import { DisputeCase } from '../../models/cases.ts';
import { holdRow, inTx, isReferenced, runStatement } from '../../models/dialect.ts';
import { ImportBatch } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { namedBatch } from '../hotline/batches.queries.ts';
import { now } from '../shared/clock.ts';
import { Conflict, NotFound } from '../shared/errors.ts';
import { casesWorkedOn } from './ledger-batches.queries.ts';

/**
 * What a ledger brought, the rows that lead to others first. An event that somebody adds meanwhile stays, and keeps its
 * case (`isReferenced`).
 */
const BROUGHT = [
  `DELETE FROM case_events WHERE action = 'importLedger'
   AND caseId IN (SELECT id FROM cases WHERE ledgerBatchId = :batchId)`,
  'DELETE FROM respondents WHERE caseId IN (SELECT id FROM cases WHERE ledgerBatchId = :batchId)',
  'DELETE FROM ledger_recoveries WHERE caseId IN (SELECT id FROM cases WHERE ledgerBatchId = :batchId)',
  'DELETE FROM tickets WHERE batchId = :batchId',
  'DELETE FROM cases WHERE ledgerBatchId = :batchId',
];

/**
 * Takes a ledger that the reader may import back as a whole; gives how many cases went.
 * @throws NotFound, Conflict once a case of it was worked on, or when it was taken back already
 */
export function undoLedger(reader: Reader, batchId: string, wish: { reason: string }): Promise<number> {
  return inTx(async () => {
    await namedBatch('ledger', reader, batchId);
    return takeBack(batchId, reader.userId, wish.reason);
  });
}

/** The same from the command line, where nobody is asked who they are. @throws NotFound, Conflict */
export function undoLedgerAsSystem(batchId: string, reason: string | null): Promise<number> {
  return inTx(async () => {
    if ((await ImportBatch.count({ where: { id: batchId, kind: 'ledger' } })) === 0) throw new NotFound();
    return takeBack(batchId, null, reason);
  });
}

/**
 * The rows go, because their numbers must be free for the right ledger and nothing was ever done with them; the import
 * itself stays on record with its file, its counts, and who took it back and why.
 */
async function takeBack(batchId: string, userId: string | null, reason: string | null): Promise<number> {
  await holdRow('import_batches', batchId);
  const [undone] = await ImportBatch.update(
    { undoneAt: now(), undoneById: userId, undoReason: reason },
    { where: { id: batchId, undoneAt: null } },
  );
  if (undone === 0) throw new Conflict('ledger.undo.errors.undone');
  const { count } = await casesWorkedOn(batchId);
  if (count > 0) throw new Conflict('ledger.undo.errors.workedOn', { count });
  const cases = await DisputeCase.count({ where: { ledgerBatchId: batchId } });
  await removeBrought(batchId);
  const { townId, fileName, sha256 } = await ImportBatch.findByPk(batchId, { rejectOnEmpty: true });
  await recordAudit(userId, {
    action: 'ledger.undo',
    objectType: 'importBatch',
    objectId: batchId,
    detail: { townId, fileName, sha256, cases, reason },
  });
  return cases;
}

async function removeBrought(batchId: string): Promise<void> {
  try {
    for (const statement of BROUGHT) await runStatement(statement, { batchId });
  } catch (error) {
    // Something else of the town's records leads to one of the cases, as a visit of the leadership does.
    throw isReferenced(error) ? new Conflict('ledger.undo.errors.referenced') : error;
  }
}
