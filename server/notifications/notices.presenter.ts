import type { Notice } from '../../models/notifications.ts';
import type { KeysetPage } from '../../models/keyset.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { pagingOf } from '../web/list-view.ts';
import { noticeWords } from './notice-words.rules.ts';

/** A person's notices, each with the button that opens its page. */
export function presentNotices(page: KeysetPage<Notice>, unread: number, t: Translate) {
  const title = t('notifications.title');
  const settings = { label: t('notifications.settings'), href: '/account/notices', look: 'plain' as const };
  const markAll = { label: t('notifications.markAll'), post: '/notices/reading', look: 'plain' as const };
  return {
    title,
    header: {
      title,
      lead: t('notifications.lead'),
      actions: [...(unread > 0 ? [markAll] : []), settings],
    },
    notices: page.rows.map((notice) => shown(notice, t)),
    empty: { title: t('notifications.noneTitle'), text: t('notifications.noneText') },
    paging: pagingOf(page, '/notices', {}, t),
  };
}

function shown({ id, template, params, about, unread, createdAt }: Notice, t: Translate) {
  const opening = `/notices/${id}/opening`;
  const words = noticeWords(template, params, t, about);
  const told = about !== null && words.title.includes(about);
  return {
    ...words,
    unread,
    meta: [told ? null : about, wallClock(createdAt)].filter(Boolean).join(' · '),
    tag: unread ? { text: t('notifications.unread'), tone: 'info' as const } : null,
    actions: [
      {
        label: t('notifications.open'),
        post: opening,
        look: unread ? ('primary' as const) : ('plain' as const),
      },
      ...(unread
        ? [{ label: t('notifications.markRead'), post: `/notices/${id}/reading`, look: 'plain' as const }]
        : []),
    ],
  };
}
