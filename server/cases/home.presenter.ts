import type { CalendarDay } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { alarmsTag, ticketDueTag, warningTag } from '../web/list-view.ts';
import type { Empty, WorkItem, WorkList } from '../web/view-model.ts';
import { answeredHref } from '../directory/enterprise-filter.rules.ts';
import type { EnterpriseWork } from '../directory/unanswered.queries.ts';
import { followUpListHref } from '../follow-ups/follow-up-filter.rules.ts';
import { ticketListHref } from '../hotline/ticket-filter.rules.ts';
import { warningListHref } from '../wage-checks/warning-filter.rules.ts';
import { actionPath } from './action-pages.rules.ts';
import { caseListHref, LATE_CASES, NONE, SOON_DAYS, type CaseFilter } from './case-filter.rules.ts';
import { alarmTag, dueTag } from './case-words.presenter.ts';
import type { LeftBehind, NewAccount, Roomless, StaffWork, Unreached } from './home-staff.queries.ts';
import type { FollowUpWork } from './home-follow-ups.queries.ts';
import type { HandOverWork } from './home-hand-overs.queries.ts';
import type { MergerWork } from './home-mergers.queries.ts';
import type { HandledTicket, HandlingWork } from './home-handling.queries.ts';
import type { TicketWork, WaitingTicket } from './home-tickets.queries.ts';
import {
  correctionList,
  coverageList,
  promiseList,
  REPORT,
  reportList,
  uncheckedList,
} from './home-wage-checks.presenter.ts';
import type { WarningWork } from './home-warnings.queries.ts';
import type { CaseWork, Home, LateGroup } from './home.queries.ts';
import { withoutNumbers, withoutPersonalData } from './privacy.rules.ts';

/** The desk of a person: the lists in which something waits, and the names of those in which nothing does. */
export function presentHome(t: Translate, home: Home, today: CalendarDay) {
  const { tickets, lateTickets, lateness, leftBehind, roomless, accounts } = home;
  const lists = [
    ...(home.toReport ? [reportList(t, home.toReport, today)] : []),
    ...(tickets ? [ticketList(t, 'tickets', '/routing', tickets, today)] : []),
    ...home.handling.map((work) => handlingList(t, work)),
    ...(lateTickets ? [ticketList(t, 'lateTickets', LATE_TICKETS, lateTickets, today)] : []),
    ...(home.followUps ? [followUpList(t, home.followUps, today)] : []),
    ...home.handOvers.map((work) => handOverList(t, work, today)),
    ...(home.warnings ? [warningList(t, home.warnings, today)] : []),
    ...(home.promises ? [promiseList(t, home.promises, today)] : []),
    ...(home.corrections ? [correctionList(t, home.corrections, today)] : []),
    ...(home.unchecked ? [uncheckedList(t, home.unchecked)] : []),
    ...(home.coverage && home.coverage.due > 0 ? [coverageList(t, home.coverage)] : []),
    ...home.cases.map((work) => caseList(t, work, today)),
    ...(home.mergers ? [mergerList(t, home.mergers)] : []),
    ...(lateness ? latenessLists(t, lateness) : []),
    ...(leftBehind ? [leftBehindList(t, leftBehind)] : []),
    ...(home.undelivered ? [undeliveredList(t, home.undelivered)] : []),
    ...(home.answered ? [enterpriseList(t, 'mine', home.answered)] : []),
    ...(home.nobodys ? [enterpriseList(t, 'unanswered', home.nobodys)] : []),
    ...(roomless ? [roomlessList(t, roomless)] : []),
    ...(accounts ? [accountList(t, accounts)] : []),
  ];
  const clear = lists.filter(({ count }) => count === 0).map(({ title }) => title);
  const waiting = lists.filter(({ count }) => count > 0);
  return {
    title: t('home.title'),
    header: { title: t('home.title'), lead: t('home.date', { day: today }) },
    lists: waiting,
    nothing: waiting.length === 0 ? nothingOn(home, t) : undefined,
    clear: clear.length > 0 ? t('home.clear', { lists: clear.join(t('common.comma')) }) : undefined,
  };
}

/** Who reports from within an enterprise is told how they are protected; everybody else, that nothing waits. */
function nothingOn({ toReport }: Home, t: Translate): Empty {
  if (!toReport) return { title: t('home.nothing'), text: t('home.nothingHint') };
  return {
    title: t('duties.home.informant'),
    text: t('duties.home.informantHint'),
    action: { label: t('wage-checks.home.reported'), href: REPORT },
  };
}

const ENTERPRISES = {
  mine: { answered: 'me', all: 'allMine' },
  unanswered: { answered: 'nobody', all: 'allUnanswered' },
} as const;

/** The enterprises that the reader answers for, or for which nobody does. */
function enterpriseList(
  t: Translate,
  name: keyof typeof ENTERPRISES,
  { enterprises, total }: EnterpriseWork,
): WorkList {
  const { answered, all } = ENTERPRISES[name];
  return {
    title: t(`duties.home.${name}`),
    count: total,
    items: enterprises.map(({ id, name: enterprise, village }) => ({
      title: enterprise,
      href: `/enterprises/${id}`,
      meta: village ?? t('duties.home.noVillage'),
    })),
    all: { label: t(`duties.home.${all}`, { count: total }), href: answeredHref(answered) },
    empty: t('home.nothing'),
  };
}

function caseList(t: Translate, work: CaseWork, today: CalendarDay): WorkList {
  const { name, filter, rows, total } = work;
  const item = name === 'reassignment' ? orphanItem : caseItem;
  return {
    title: t(`home.lists.${name}`, { days: SOON_DAYS }),
    count: total,
    items: rows.map((row) => item(t, row, today)),
    all: { label: t('home.all', { count: total }), href: caseListHref(filter) },
    empty: t('home.nothing'),
  };
}

function caseItem(t: Translate, row: CaseWork['rows'][number], today: CalendarDay): WorkItem {
  const { id, alarm, title, number, respondentName, claimedFen, dueOn, dueKind } = row;
  const amount = claimedFen === null ? null : `${formatYuan(claimedFen)} ${t('common.yuan')}`;
  const due = dueKind ? t(`cases.due.kinds.${dueKind}`) : null;
  return {
    title,
    href: `/cases/${id}`,
    ...(alarm ? { tag: alarmTag(alarm, t) } : {}),
    due: dueTag(dueOn, today, t),
    meta: [number, respondentName, amount, due].filter((text) => text).join(' · '),
  };
}

/** A case whose mediator is gone leads to where it changes hands. */
function orphanItem(t: Translate, row: CaseWork['rows'][number], today: CalendarDay): WorkItem {
  return {
    ...caseItem(t, row, today),
    href: `/cases/${row.id}/routing`,
    tag: { text: t('home.mediatorGone'), tone: 'bad' },
  };
}

const LATE_TICKETS = ticketListHref({ state: 'awaitingRouting', late: 'yes' });

function ticketList(
  t: Translate,
  name: 'tickets' | 'lateTickets',
  href: string,
  { tickets, total }: TicketWork,
  today: CalendarDay,
): WorkList {
  return {
    title: t(`home.lists.${name}`),
    count: total,
    items: tickets.map((ticket) => ticketItem(t, ticket, today)),
    all: { label: t('home.all', { count: total }), href },
    empty: t('home.nothing'),
  };
}

function ticketItem(t: Translate, ticket: WaitingTicket, today: CalendarDay): WorkItem {
  const { id, number, title, hiddenName, receivedOn, dueOn, alarms } = ticket;
  return {
    title: title === null ? number : withoutPersonalData(title, hiddenName ? [hiddenName] : []),
    href: `/tickets/${id}`,
    ...alarmsTag(alarms, t),
    due: dueTag(dueOn, today, t),
    meta: [number, t('home.ticketReceived', { day: receivedOn })].join(' · '),
  };
}

function followUpList(t: Translate, { followUps, total }: FollowUpWork, today: CalendarDay): WorkList {
  return {
    title: t('home.lists.followUps'),
    count: total,
    items: followUps.map(({ id, dueOn, round, attempts, number, title, respondentName }) => ({
      title: withoutNumbers(title),
      href: `/follow-ups/${id}`,
      due: dueTag(dueOn, today, t),
      ...(round > 1 ? { tag: { text: t('follow-ups.round', { round }), tone: 'warn' as const } } : {}),
      meta: [number, respondentName, attempts > 0 ? t('follow-ups.attempts', { count: attempts }) : null]
        .filter((text) => text)
        .join(' · '),
    })),
    all: { label: t('home.all', { count: total }), href: followUpListHref({ state: 'due' }) },
    empty: t('home.nothing'),
  };
}

/** Offers lead to where they are answered; those that nobody answered, to the case. */
function handOverList(t: Translate, { name, offers, total }: HandOverWork, today: CalendarDay): WorkList {
  return {
    title: t(`home.lists.${name}`),
    count: total,
    items: offers.map(({ caseId, number, title, respondentName, dueOn, from, to, offeredOn }) => ({
      title: withoutNumbers(title),
      href: `/cases/${caseId}`,
      due: dueTag(dueOn, today, t),
      meta: [number, respondentName, t('home.handOver', { from, to, day: offeredOn })]
        .filter((text) => text)
        .join(' · '),
    })),
    ...(name === 'handOvers' ? { all: { label: t('home.all', { count: total }), href: '/hand-overs' } } : {}),
    empty: t('home.nothing'),
  };
}

function warningList(t: Translate, { warnings, total }: WarningWork, today: CalendarDay): WorkList {
  return {
    title: t('warnings.home.list'),
    count: total,
    items: warnings.map(({ id, enterprise, level, dueOn, next }) => ({
      title: enterprise,
      href: `/warnings/${id}`,
      tag: warningTag(level, t),
      due: dueTag(dueOn, today, t),
      ...(next
        ? { meta: t('warnings.home.due', { action: t(`warnings.actions.${next}`), day: dueOn }) }
        : {}),
    })),
    all: {
      label: t('warnings.home.all', { count: total }),
      href: warningListHref({ pressing: 'redOrOverdue' }),
    },
    empty: t('home.nothing'),
  };
}

/** Each leads to the choice of what it is merged with. */
function mergerList(t: Translate, { cases, total }: MergerWork): WorkList {
  return {
    title: t('home.lists.mergers'),
    count: total,
    items: cases.map(({ id, number, title, respondentName, together }) => ({
      title: withoutNumbers(title),
      href: actionPath(id, 'merge'),
      meta: [number, respondentName, t('home.together', { count: together })]
        .filter((text) => text)
        .join(' · '),
    })),
    empty: t('home.nothing'),
  };
}

function handlingList(t: Translate, { standing, tickets, total }: HandlingWork): WorkList {
  return {
    title: t(`home.lists.handling.${standing}`),
    count: total,
    items: tickets.map((ticket) => handledItem(t, standing, ticket)),
    all: { label: t('home.all', { count: total }), href: ticketListHref({ handling: standing }) },
    empty: t('home.nothing'),
  };
}

/** Where the next step is taken: an answer is written, a return decided; signing is a button of the ticket's page. */
function handledItem(
  t: Translate,
  standing: HandlingWork['standing'],
  { id, number, title, hiddenName, receivedOn, clock }: HandledTicket,
): WorkItem {
  const { tag } = ticketDueTag(clock, t);
  return {
    title: title === null ? number : withoutPersonalData(title, hiddenName ? [hiddenName] : []),
    href: standing === 'returnAsked' ? `/tickets/${id}/return-request/decision` : `/tickets/${id}`,
    ...(tag ? { due: tag } : {}),
    meta: [number, t('home.ticketReceived', { day: receivedOn })].join(' · '),
  };
}

function latenessLists(t: Translate, { mediators, villages }: NonNullable<Home['lateness']>): WorkList[] {
  const list = (
    name: string,
    groups: LateGroup[],
    nobody: string,
    of: (id: string | null) => CaseFilter,
  ): WorkList => {
    const count = groups.reduce((sum, { overdue }) => sum + overdue, 0);
    return {
      title: t(`home.lists.${name}`),
      count,
      items: groups.map((group) => ({
        title: group.name ?? nobody,
        href: caseListHref({ ...LATE_CASES, ...of(group.id) }),
        due: { text: t('home.count', { count: group.overdue }), tone: 'bad' },
        meta: t('home.earliest', { day: group.earliest }),
      })),
      all: { label: t('home.all', { count }), href: caseListHref(LATE_CASES) },
      empty: t('home.nothing'),
    };
  };
  return [
    list('overdueByMediator', mediators, t('home.noMediator'), (id) =>
      id === null ? { state: 'awaitingRouting' } : { mediator: id },
    ),
    list('overdueByVillage', villages, t('home.noVillage'), (id) => ({ village: id ?? NONE })),
  ];
}

function leftBehindList(t: Translate, { people, total }: StaffWork<LeftBehind>): WorkList {
  return {
    title: t('home.lists.leftBehind'),
    count: total,
    items: people.map(({ id, displayName, cases }) => ({
      title: displayName,
      href: `/users/${id}`,
      due: { text: t('home.count', { count: cases }), tone: 'bad' },
      meta: t('home.leftBehindHint'),
    })),
    all: { label: t('home.allUsers'), href: '/users' },
    empty: t('home.nothing'),
  };
}

/** Each leads to the account, where a wrong address is put right. */
function undeliveredList(t: Translate, { people, total }: StaffWork<Unreached>): WorkList {
  return {
    title: t('home.lists.undelivered'),
    count: total,
    items: people.map(({ id, displayName, messages }) => ({
      title: displayName,
      href: `/users/${id}`,
      due: { text: t('home.messages', { count: messages }), tone: 'bad' },
      meta: t('home.undeliveredHint'),
    })),
    all: { label: t('home.openOutbox'), href: '/outbox' },
    empty: t('home.nothing'),
  };
}

function roomlessList(t: Translate, { people, total }: StaffWork<Roomless>): WorkList {
  return {
    title: t('home.lists.roomless'),
    count: total,
    items: people.map(({ displayName, roomId }) => ({
      title: displayName,
      href: roomId ? `/rooms/${roomId}` : '/rooms',
      meta: t('home.roomlessHint'),
    })),
    all: { label: t('home.allRooms'), href: '/rooms' },
    empty: t('home.nothing'),
  };
}

function accountList(t: Translate, { people, total }: StaffWork<NewAccount>): WorkList {
  return {
    title: t('home.lists.withoutPassword'),
    count: total,
    items: people.map(({ id, displayName, username }) => ({
      title: displayName,
      href: `/users/${id}`,
      meta: username,
    })),
    all: { label: t('home.allUsers'), href: '/users' },
    empty: t('home.nothing'),
  };
}
