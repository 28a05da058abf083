import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import type { WorkItem, WorkList } from '../web/view-model.ts';
import { caseListHref, NONE, SOON_DAYS } from './case-filter.rules.ts';
import type { ListedCase } from './case-list.queries.ts';
import { dueTag } from './case-words.presenter.ts';
import type { AccountWork, CaseWork, Home, TicketWork, VillageWork } from './home.queries.ts';
import { withoutNumbers } from './privacy.rules.ts';

/** The desk of a person: the lists in which something waits, and the names of those in which nothing does. */
export function presentHome(t: Translate, home: Home, today: CalendarDay) {
  const lists = [
    ...(home.tickets ? [ticketList(t, home.tickets, today)] : []),
    ...home.cases.map((work) => caseList(t, work, today)),
    ...(home.villages ? [villageList(t, home.villages)] : []),
    ...(home.accounts ? [accountList(t, home.accounts)] : []),
  ];
  const clear = lists.filter(({ count }) => count === 0).map(({ title }) => title);
  const waiting = lists.filter(({ count }) => count > 0);
  return {
    title: t('home.title'),
    header: { title: t('home.title'), lead: t('home.date', { day: today }) },
    lists: waiting,
    nothing: waiting.length === 0 ? { title: t('home.nothing'), text: t('home.nothingHint') } : undefined,
    clear: clear.length > 0 ? t('home.clear', { lists: clear.join(t('common.comma')) }) : undefined,
  };
}

function caseList(t: Translate, { name, filter, rows, total }: CaseWork, today: CalendarDay): WorkList {
  return {
    title: t(`home.lists.${name}`, { days: SOON_DAYS }),
    count: total,
    items: rows.map((row) => caseItem(t, row, today)),
    all: { label: t('home.all', { count: total }), href: caseListHref(filter) },
    empty: t('home.nothing'),
  };
}

function caseItem(t: Translate, row: ListedCase, today: CalendarDay): WorkItem {
  const { id, title, number, respondentName, claimedFen, dueOn, dueKind } = row;
  const amount = claimedFen === null ? null : `${formatYuan(claimedFen)} ${t('common.yuan')}`;
  const due = dueKind ? t(`cases.due.kinds.${dueKind}`) : null;
  return {
    title,
    href: `/cases/${id}`,
    due: dueTag(dueOn, today, t),
    meta: [number, respondentName, amount, due].filter((text) => text).join(' · '),
  };
}

function ticketList(t: Translate, { tickets, total }: TicketWork, today: CalendarDay): WorkList {
  return {
    title: t('home.lists.tickets'),
    count: total,
    items: tickets.map(({ number, title, receivedOn, dueOn }) => ({
      title: title === null ? number : withoutNumbers(title),
      href: '/routing',
      due: dueTag(dueOn, today, t),
      meta: [number, t('home.ticketReceived', { day: receivedOn })].join(' · '),
    })),
    all: { label: t('home.all', { count: total }), href: '/routing' },
    empty: t('home.nothing'),
  };
}

function villageList(t: Translate, villages: VillageWork[]): WorkList {
  return {
    title: t('home.lists.overdueByVillage'),
    count: villages.reduce((sum, { overdue }) => sum + overdue, 0),
    items: villages.map(({ villageId, village, overdue, earliest }) => ({
      title: village ?? t('home.noVillage'),
      href: caseListHref({ state: 'open', due: 'overdue', village: villageId ?? NONE }),
      due: { text: t('home.count', { count: overdue }), tone: 'bad' },
      meta: t('home.earliest', { day: earliest }),
    })),
    all: { label: t('home.report'), href: '/reports' },
    empty: t('home.nothing'),
  };
}

function accountList(t: Translate, { users, total }: AccountWork): WorkList {
  return {
    title: t('home.lists.withoutPassword'),
    count: total,
    items: users.map(({ id, displayName, username }) => ({
      title: displayName,
      href: `/users/${id}`,
      meta: username,
    })),
    all: { label: t('home.allUsers'), href: '/users' },
    empty: t('home.nothing'),
  };
}
