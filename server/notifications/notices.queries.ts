import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Notice } from '../../models/notifications.ts';
import type { Turn } from '../shared/list-address.ts';

const PAGE = 25;

/** A person's notices: the unread ones first, each of both the newest first. */
export function listNotices(userId: string, turn: Turn): Promise<KeysetPage<Notice>> {
  return keysetPage(Notice, 'unread', { where: { userId } }, turn, PAGE, { descending: true });
}
