import { inTx } from '../../models/dialect.ts';
import { Notice } from '../../models/notifications.ts';
import { now } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';

const asRead = () => ({ unread: false, readAt: now() });

/** Marks a notice of one's own as read; gives the page that it leads to. @throws NotFound */
export async function readNotice(userId: string, id: string): Promise<string> {
  return inTx(async () => {
    const notice = await Notice.findOne({ where: { id, userId } });
    if (!notice) throw new NotFound();
    await Notice.update(asRead(), { where: { id, unread: true } });
    return notice.path;
  });
}

/** Marks all unread notices of one's own as read. */
export async function readAllNotices(userId: string): Promise<void> {
  await inTx(() => Notice.update(asRead(), { where: { userId, unread: true } }));
}
