import { inTx } from '../../models/dialect.ts';
import { OutboxMessage } from '../../models/notifications.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { now } from '../shared/clock.ts';

/** Queues given-up and kept messages again, with all of their attempts before them; gives how many it still could. */
export async function sendAgain(userId: string, ids: readonly string[]): Promise<number> {
  return inTx(async () => {
    const [queued] = await OutboxMessage.update(
      { state: 'pending', attempts: 0, dueAt: now(), failure: null, failureCode: null },
      { where: { id: [...ids], state: ['dead', 'kept'] } },
    );
    if (queued > 0)
      await recordAudit(userId, { action: 'sendAgain', objectType: 'outbox', detail: { messages: queued } });
    return queued;
  });
}
