import { User } from '../../models/accounts.ts';
import { asNumber, selectRows } from '../../models/dialect.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Notice, OutboxMessage } from '../../models/notifications.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { managedAmong } from '../accounts/users.queries.ts';
import type { Turn } from '../shared/list-address.ts';
import { MESSAGE_STATES, type MessageState } from './notifications.rules.ts';

const PAGE = 25;

/**
 * What the administrator sees of the outbox: how many messages are in each state, a page of those of one, and which of
 * their receivers' accounts are the administrator's to manage.
 */
export interface Outbox {
  counts: Record<MessageState, number>;
  page: KeysetPage<OutboxMessage>;
  managed: ReadonlySet<string>;
}

export async function readOutbox(reader: Reader, state: MessageState, turn: Turn): Promise<Outbox> {
  const query = {
    where: { state },
    include: [
      { model: Notice, as: 'notice', attributes: ['template'] },
      { model: User, as: 'user', attributes: ['id', 'username', 'displayName'] },
    ],
  };
  const [counted, page] = await Promise.all([
    selectRows<{ state: MessageState; messages: unknown }>(
      'SELECT state, COUNT(*) AS messages FROM outbox_messages GROUP BY state',
    ),
    keysetPage(OutboxMessage, 'createdAt', query, turn, PAGE, { descending: true }),
  ]);
  const of = (wanted: MessageState): number =>
    asNumber(counted.find((row) => row.state === wanted)?.messages);
  const counts = Object.fromEntries(MESSAGE_STATES.map((each) => [each, of(each)]));
  const receivers = new Set(page.rows.map(({ userId }) => userId));
  const managed = await managedAmong(reader, [...receivers]);
  return { counts: counts as Record<MessageState, number>, page, managed };
}
