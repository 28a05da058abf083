import { paperPath } from '../documents/paths.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { dayOf, wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { formatYuan } from '../shared/money.ts';
import { newFormKey } from '../web/form-view.ts';
import type {
  Action,
  Deadline,
  Link,
  Notice,
  SummaryList,
  SummaryRow,
  Table,
  Tag,
  Timeline,
} from '../web/view-model.ts';
import {
  ACTION_PAGES,
  actionPath,
  PAGED_ACTIONS,
  type ActionPage,
  type PagedAction,
} from './action-pages.rules.ts';
import {
  instalmentTable,
  paymentStep,
  paymentTable,
  settlementList,
  severalActions,
  withdrawnDraftLists,
} from './agreement.presenter.ts';
import { dangerNotice } from './danger.presenter.ts';
import { firstRows, firstWorkers, type ShortList } from './case-lists.presenter.ts';
import type { CasePage } from './case-page.queries.ts';
import { coMediatorRows } from './co-mediators.presenter.ts';
import { originRows } from './case-origin.presenter.ts';
import { alarmTag, dueTag, outcomeTag, performanceTag, stateTag } from './case-words.presenter.ts';
import { breachNotice, confirmationWaysOf } from './confirmation.presenter.ts';
import { eventLines, eventLinks } from './event.presenter.ts';
import { groupPanel } from './groups.presenter.ts';
import { handOverNotice } from './hand-over.presenter.ts';
import { importPath } from './import-claimants.presenter.ts';
import { ledgerNotice } from './ledger-case.presenter.ts';
import { seenName, seenText } from './privacy.rules.ts';
import { routingBasis } from './routing-basis.presenter.ts';
import { mergedNotice } from './merger.presenter.ts';
import { redoNotice } from './redo.presenter.ts';
import { respondentList } from './respondents.presenter.ts';
import { revealPath } from './reveal.presenter.ts';
import { sessionTable } from './sessions.presenter.ts';

/** A case as its page says it: what is next and until when, who wants what from whom, and what has happened. */
export function presentCasePage(page: CasePage, today: CalendarDay, t: Translate) {
  const { settlement } = page;
  const seen = (text: string): string => seenText(text, page);
  const several = severalActions(page, t);
  const steps = nextFirst(pagedActions(page, 'step'), page);
  const { title, lead } = titleOf(page, t);
  return {
    title,
    header: {
      title,
      back: backLink(page, t),
      tags: headerTags(page, today, t),
      lead,
      actions: barOf(steps, page, t),
      phoneBar: steps.length > 0,
    },
    notices: [
      dangerNotice(page, t),
      ledgerNotice(page, t),
      mergedNotice(page, t),
      handOverNotice(page, t),
      proposalNotice(page, t),
      expiryNotice(page, t),
      redoNotice(page, t),
      breachNotice(page, t),
    ].filter((notice) => notice !== null),
    deadlines: page.clocks.map((clock) => presentClock(clock, today, t)),
    group: groupPanel(page, t),
    overview: overview(page, t),
    facts: complaintText(page, t),
    respondents: respondentList(page, t),
    workers: workersPanel(page, t),
    settlement: settlement && settlementList(page, settlement, t, seen),
    confirmation: confirmationWaysOf(page, today, t),
    instalments:
      settlement &&
      withMore(firstRows(instalmentTable(page, today, t), page, 'instalments', t), several.instalments),
    payments:
      settlement && withMore(firstRows(paymentTable(page, t, seen), page, 'payments', t), several.payments),
    withdrawnDrafts: withdrawnDraftLists(page, t, seen),
    sessions: sessionTable(page, today, t, seen),
    contacts: contactTimeline(page, t),
    tickets: ticketTable(page, t),
    events: eventTimeline(page, t),
    endings: pagedActions(page, 'ending').map((action) => actionButton(page, action, false, t)),
  };
}

const withMore = ({ table, more }: ShortList, several: Action[]): ShortList => ({
  table,
  more: [...several, ...more],
});

/** What the page is called; a number of a ledger is often but a count, so that says what it is, and against whom. */
function titleOf({ disputeCase }: CasePage, t: Translate): { title: string; lead?: string } {
  const { number, title, ledgerBatchId, respondentName, primaryType } = disputeCase;
  if (!number) return { title };
  if (ledgerBatchId === null) return { title: number, lead: title };
  const values = { respondent: respondentName, type: t(`cases.types.${primaryType}`) };
  return { title: t('ledger.notice.title', { number }), lead: t('ledger.notice.lead', values) };
}

/** A ledger mostly knows the day alone. */
function receivedText({ ledgerBatchId, receivedAt }: CasePage['disputeCase']): string {
  const [day = '', time] = wallClock(receivedAt).split(' ');
  return ledgerBatchId !== null && time === '00:00' ? day : `${day} ${time}`;
}

/** To the list from which this reader comes. */
function backLink({ privacy }: CasePage, t: Translate): Link {
  return privacy === 'call'
    ? { label: t('follow-ups.back'), href: '/follow-ups' }
    : { label: t('cases.page.back'), href: '/cases' };
}

/** The first workers, the way to all, and what is done for many at once. */
function workersPanel(page: CasePage, t: Translate): ShortList {
  const { table, more } = firstWorkers(page, t);
  const { disputeCase, claimants, actions } = page;
  if (!actions.has('recordClaims')) return { table, more };
  const list = { label: t('group.import.title'), href: importPath(disputeCase.id) };
  const agreed = { label: t('cases.actions.fillAgreed'), href: `/cases/${disputeCase.id}/claimants/agreed` };
  return { table, more: [...more, list, ...(claimants.length > 1 ? [agreed] : [])] };
}

/** What comes next first; beside the signature the paper that is to be signed, which says what it still lacks. */
function barOf(steps: PagedAction[], page: CasePage, t: Translate): Action[] {
  const { disputeCase, settlement, actions } = page;
  const pay = steps[0] === 'recordContact' ? paymentStep(page, t) : null;
  const buttons = steps.map((action, index) => actionButton(page, action, index === 0 && !pay, t));
  if (pay) return [pay, ...buttons];
  if (!actions.has('sign') || !settlement) return buttons;
  const form = settlement.kind === 'reconciled' ? 'reconciliation' : 'agreement';
  const print: Action = {
    label: t('cases.page.printAgreement'),
    href: paperPath(disputeCase.id, form, null),
  };
  return [...buttons.slice(0, 1), print, ...buttons.slice(1)];
}

function pagedActions(page: CasePage, group: 'step' | 'ending'): PagedAction[] {
  return PAGED_ACTIONS.filter((action) => {
    const { group: own, opens = action }: ActionPage = ACTION_PAGES[action];
    return own === group && page.actions.has(opens);
  });
}

/** As long as nobody was reached, the first contact is what comes next (DOMAIN §5). */
function nextFirst(steps: PagedAction[], { disputeCase }: CasePage): PagedAction[] {
  if (disputeCase.firstContactAt !== null || !steps.includes('recordContact')) return steps;
  return ['recordContact', ...steps.filter((step) => step !== 'recordContact')];
}

function actionButton(
  { disputeCase }: CasePage,
  action: PagedAction,
  primary: boolean,
  t: Translate,
): Action {
  const label = t(`cases.actions.${action}`);
  const look = primary ? 'primary' : 'plain';
  const address = actionPath(disputeCase.id, action);
  return ACTION_PAGES[action].kind === 'button'
    ? { label, look, post: address, version: disputeCase.version, idempotencyKey: newFormKey() }
    : { label, look, href: address };
}

function headerTags({ disputeCase, alarms }: CasePage, today: CalendarDay, t: Translate): Tag[] {
  const { state, outcome, performance, collective, dueOn } = disputeCase;
  const due = dueTag(dueOn, today, t);
  return [
    ...alarms.map(({ alarm }) => alarmTag(alarm, t)),
    outcome ? outcomeTag(outcome, t) : stateTag(state, t),
    ...(performance ? [performanceTag(performance, t)] : []),
    ...(collective ? [{ text: t('cases.page.collective'), tone: 'warn' as const }] : []),
    ...(due ? [due] : []),
  ];
}

function proposalNotice(page: CasePage, t: Translate): Notice | null {
  const { proposal, disputeCase, actions } = page;
  if (!proposal) return null;
  const answer = (decision: 'approve' | 'refuse', look: 'primary' | 'plain'): Action => ({
    label: t(`cases.page.proposal.${decision}.${proposal.action}`),
    look,
    post: `/cases/${disputeCase.id}/proposal`,
    version: disputeCase.version,
    idempotencyKey: newFormKey(),
    hidden: [{ name: 'decision', value: decision }],
  });
  return {
    tone: 'warn',
    text: t(`cases.page.proposal.${proposal.action}`, {
      who: proposal.proposedBy?.displayName ?? '',
      case: disputeCase.number ?? disputeCase.title,
    }),
    lines: [t(`cases.reasons.${proposal.reason}`), seenText(proposal.explanation, page)],
    actions: actions.has('refuseProposal') ? [answer('approve', 'primary'), answer('refuse', 'plain')] : [],
  };
}

/** The days are over: a person confirms the failure, or goes on with what was agreed. */
function expiryNotice({ disputeCase, actions }: CasePage, t: Translate): Notice | null {
  const { id, state, failureDraftedOn, extendedTo, statutoryDueOn } = disputeCase;
  if (state !== 'inMediation' || failureDraftedOn === null) return null;
  const label = t('cases.page.confirmFailure');
  return {
    tone: 'warn',
    text: t('cases.page.failureDrafted', { day: (extendedTo ?? statutoryDueOn)! }),
    actions: actions.has('fail') ? [{ label, look: 'primary', href: actionPath(id, 'fail') }] : [],
  };
}

function presentClock(clock: CasePage['clocks'][number], today: CalendarDay, t: Translate): Deadline {
  return {
    label: t(`cases.due.kinds.${clock.kind}`),
    text: clock.provisional ? t('deadlines.dueProvisional', { day: clock.dueOn }) : clock.dueOn,
    tag: dueTag(clock.dueOn, today, t) ?? undefined,
    lines: clock.explanation.map((line) => t(line.key, line.values)),
  };
}

function overview(page: CasePage, t: Translate): SummaryList {
  const rows = [...disputeRows(page, t), ...deskRows(page, t), ...progressRows(page, t)];
  return { rows: rows.filter((row) => row !== null) };
}

/** What the dispute is: whence, about what, for how many, over how much. */
function disputeRows({ disputeCase: c, village, origin }: CasePage, t: Translate): (SummaryRow | null)[] {
  const amount = (fen: number | null): string =>
    fen === null ? t('common.unknown') : t('cases.page.yuan', { amount: formatYuan(fen) });
  return [
    ...originRows(c, origin, t),
    { key: t('cases.page.received'), value: receivedText(c) },
    { key: t('cases.page.type'), value: t(`cases.types.${c.primaryType}`) },
    { key: t('cases.page.workers'), value: t('cases.page.people', { count: c.workers }) },
    {
      key: t('cases.page.amounts'),
      value: t('cases.page.claimed', { amount: amount(c.claimedFen) }),
      lines: [
        t('cases.page.verified', { amount: amount(c.verifiedFen) }),
        t('cases.page.agreed', { amount: amount(c.agreedFen) }),
      ],
    },
    village ? { key: t('cases.page.village'), value: village } : null,
  ];
}

/** Who has it. */
function deskRows(page: CasePage, t: Translate): (SummaryRow | null)[] {
  const { room, mediator, disputeCase: c } = page;
  return [
    room && c.level
      ? {
          key: t('cases.page.room'),
          value: room,
          lines: [t(`cases.levels.${c.level}`)],
          actions: reassignLink(page, t),
        }
      : null,
    mediator
      ? {
          key: t('cases.page.mediator'),
          value: mediator,
          lines: [t(c.takenOverAt ? 'cases.page.takenOver' : 'cases.page.notTakenOver')],
        }
      : null,
    ...coMediatorRows(page, t),
  ];
}

/** How far it is, and why it came here. */
function progressRows(page: CasePage, t: Translate): (SummaryRow | null)[] {
  const { disputeCase: c } = page;
  return [
    { key: t('cases.page.workerConsent'), value: c.workerConsentOn ?? t('cases.page.notRecorded') },
    { key: t('cases.page.respondentConsent'), value: c.respondentConsentOn ?? t('cases.page.notRecorded') },
    c.acceptedOn ? { key: t('cases.page.accepted'), value: c.acceptedOn } : null,
    c.closedOn ? { key: t('cases.page.closed'), value: c.closedOn } : null,
    c.transferReceiptOn ? { key: t('cases.page.receipt'), value: c.transferReceiptOn } : null,
    c.archivedOn ? { key: t('cases.page.archived'), value: c.archivedOn } : null,
    c.reopenedOn ? { key: t('cases.page.reopened'), value: c.reopenedOn } : null,
    routingBasis(page, t),
  ];
}

function reassignLink({ disputeCase, actions }: CasePage, t: Translate) {
  return actions.has('reassign')
    ? [{ label: t('cases.actions.reassign'), href: actionPath(disputeCase.id, 'reassign') }]
    : [];
}

/** The complaint as the worker told it; numbers written in it are seen like any other, with a reason. */
function complaintText(page: CasePage, t: Translate): { text: string; more: Link | null } | null {
  const { id: caseId, facts } = page.disputeCase;
  if (!facts) return null;
  const text = seenText(facts, page);
  const href = revealPath({ caseId, part: 'complaint', id: caseId });
  const more = page.privacy === 'open' && text !== facts ? { label: t('cases.page.showText'), href } : null;
  return { text, more };
}

function contactTimeline(page: CasePage, t: Translate): Timeline {
  return {
    entries: page.contacts.map((contact) => ({
      when: wallClock(contact.at),
      who: contact.by?.displayName ?? '',
      title: t('mediation.contactTitle', {
        channel: t(`mediation.channels.${contact.channel}`),
        party: t(`mediation.parties.${contact.party}`),
        reached: t(`mediation.reached.${contact.reached}`),
      }),
      lines: [
        contact.claimant && aboutWorker(contact.claimant, page, t),
        dayOf(contact.at) < dayOf(contact.createdAt) &&
          t('mediation.enteredLater', { day: dayOf(contact.createdAt) }),
        contact.note && seenText(contact.note, page),
        contact.mood && t('mediation.moodLine', { mood: t(`mediation.moods.${contact.mood}`) }),
        contact.risk &&
          contact.risk !== 'none' &&
          t('mediation.riskLine', { risk: t(`mediation.risks.${contact.risk}`) }),
      ].filter((line) => typeof line === 'string' && line !== '') as string[],
      links: carriedFrom(contact, page, t),
      tone: contact.risk === 'violence' ? ('bad' as const) : undefined,
    })),
    empty: { title: t('mediation.noContacts') },
  };
}

function aboutWorker({ name }: { name: string }, { privacy }: CasePage, t: Translate): string | null {
  const seen = seenName(name, privacy);
  return seen && t('mediation.aboutWorker', { name: seen });
}

/** Where an entry was made that a worker who was split off brought along. */
function carriedFrom({ fromCaseId }: { fromCaseId: string | null }, page: CasePage, t: Translate): Link[] {
  const from = fromCaseId && page.linkedCases.get(fromCaseId);
  return from ? [{ label: t('group.carried', { case: from }), href: `/cases/${fromCaseId}` }] : [];
}

function ticketTable(page: CasePage, t: Translate): Table {
  return {
    caption: t('cases.page.tickets'),
    captionHidden: true,
    columns: [
      { label: t('cases.page.ticketNumber') },
      { label: t('cases.page.received') },
      { label: t('cases.page.ticketTitle'), look: 'wide' },
    ],
    rows: page.tickets.map((ticket) => ({
      cells: [
        {
          text: ticket.number,
          href: page.readableTickets.has(ticket.id) ? `/tickets/${ticket.id}` : undefined,
        },
        { text: wallClock(ticket.receivedAt) },
        { text: seenText(ticket.title ?? ticket.content?.slice(0, 60) ?? '', page) },
      ],
    })),
    empty: { title: t('cases.page.noTickets') },
  };
}

function eventTimeline(page: CasePage, t: Translate): Timeline {
  return {
    entries: page.events.map((event) => ({
      when: wallClock(event.at),
      who: event.actor?.displayName ?? t('cases.page.system'),
      title: t(`cases.events.${event.action}`),
      lines: [
        ...inMerged(page, event.caseId, t),
        ...eventLines(event.detail, t, (text) => seenText(text, page)),
      ],
      links: eventLinks(event.detail, page.linkedCases, t),
    })),
    empty: { title: t('cases.page.noEvents') },
  };
}

/** What happened in a case that was merged into this one stands under its own number. */
function inMerged({ mergedCases }: CasePage, caseId: string, t: Translate): string[] {
  const merged = mergedCases.get(caseId);
  return merged ? [t('merger.inMerged', { case: merged })] : [];
}
