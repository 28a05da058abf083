import { countUpTo } from '../../models/dialect.ts';
import { Notice } from '../../models/notifications.ts';
import { MOST_COUNTED } from '../notifications/notifications.rules.ts';
import type { Translate } from '../shared/language.ts';
import type { Chrome } from './view-model.ts';

/** How many unread notices a person has, counted a little further than the header says. */
export function countUnread(userId: string): Promise<number> {
  return countUpTo(Notice, { userId, unread: true }, MOST_COUNTED + 1);
}

/** What the header says of them; nothing when there are none. */
export function unreadInWords(count: number, t: Translate): Chrome['unread'] {
  if (count === 0) return null;
  return count > MOST_COUNTED
    ? { figure: `${MOST_COUNTED}+`, words: t('notifications.headerMany', { count: MOST_COUNTED }) }
    : { figure: String(count), words: t('notifications.headerCount', { count }) };
}
