import { asNumber, selectRows } from '../../models/dialect.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Notice, OutboxMessage } from '../../models/notifications.ts';
import type { Turn } from '../shared/list-address.ts';
import { MESSAGE_STATES, type MessageState } from './notifications.rules.ts';

const PAGE = 25;

/** What the administrator sees of the outbox: how many messages are in each state, and a page of those of one. */
export interface Outbox {
  counts: Record<MessageState, number>;
  page: KeysetPage<OutboxMessage>;
}

export async function readOutbox(state: MessageState, turn: Turn): Promise<Outbox> {
  const query = { where: { state }, include: [{ model: Notice, as: 'notice', attributes: ['template'] }] };
  const [counted, page] = await Promise.all([
    selectRows<{ state: MessageState; messages: unknown }>(
      'SELECT state, COUNT(*) AS messages FROM outbox_messages GROUP BY state',
    ),
    keysetPage(OutboxMessage, 'createdAt', query, turn, PAGE, { descending: true }),
  ]);
  const of = (wanted: MessageState): number =>
    asNumber(counted.find((row) => row.state === wanted)?.messages);
  const counts = Object.fromEntries(MESSAGE_STATES.map((each) => [each, of(each)]));
  return { counts: counts as Record<MessageState, number>, page };
}
