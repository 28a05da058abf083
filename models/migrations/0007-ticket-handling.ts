import { createTable, dropTable } from '../dialect.ts';
import { bytes, code, count, flag, id, instant, longText, optional, ref, text } from './columns.ts';

/** What happened to tickets, how the hotline was answered, and the rows of its files, which the answers go back in. */
export async function up(): Promise<void> {
  await createTable(
    'ticket_events',
    {
      id: id(),
      ticketId: ref('tickets'),
      at: instant(),
      actorId: ref('users', optional),
      action: code(40),
      fromHandling: code(20),
      toHandling: code(20),
      detail: longText(optional),
    },
    { indexes: [['ticketId', 'at', 'id']] },
  );
  await createTable(
    'ticket_replies',
    {
      id: id(),
      ticketId: ref('tickets'),
      round: count(),
      text: longText(),
      contactedAt: instant(optional),
      channel: code(20),
      verdict: code(20),
      resolved: flag(),
      unresolvedReason: text(500, optional),
      repliedById: ref('users'),
      repliedAt: instant(),
      calledBackAt: instant(optional),
      reached: flag(optional),
      satisfaction: code(20, optional),
      calledResolved: flag(optional),
      callbackBatchId: ref('import_batches', optional),
    },
    { unique: [['ticketId', 'round']], indexes: [['callbackBatchId']] },
  );
  await createTable(
    'import_source_rows',
    { batchId: ref('import_batches'), position: count(), bytes: bytes() },
    { primaryKey: ['batchId', 'position'] },
  );
}

export async function down(): Promise<void> {
  for (const table of ['import_source_rows', 'ticket_replies', 'ticket_events']) await dropTable(table);
}
