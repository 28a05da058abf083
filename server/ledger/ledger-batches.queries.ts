import { DisputeCase } from '../../models/cases.ts';
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
