import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { Turn } from '../shared/list-address.ts';
import { BATCH_PAGE, namedBatch, type BatchRow } from './batches.queries.ts';

/** An import and a page of the tickets that it stored. @throws NotFound */
export async function findBatch(
  reader: Reader,
  batchId: string,
  turn: Turn,
): Promise<BatchRow & { tickets: KeysetPage<Ticket> }> {
  const named = await namedBatch('tickets', reader, batchId);
  return { ...named, tickets: await keysetPage(Ticket, 'number', { where: { batchId } }, turn, BATCH_PAGE) };
}
