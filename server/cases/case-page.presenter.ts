import type { CalendarDay } from '../shared/calendar-day.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';
import type {
  Action,
  Cell,
  Deadline,
  Notice,
  Row,
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
import type { CasePage } from './case-page.queries.ts';
import { dueTag, outcomeTag, performanceTag, stateTag } from './case-words.presenter.ts';
import { eventLines } from './event.presenter.ts';
import { seenName, withoutNumbers } from './privacy.rules.ts';

/** A case as its page says it: what is next and until when, who wants what from whom, and what has happened. */
export function presentCasePage(page: CasePage, today: CalendarDay, t: Translate) {
  const { disputeCase } = page;
  const steps = pagedActions(page, 'step');
  const title = disputeCase.number ?? disputeCase.title;
  return {
    title,
    header: {
      title,
      back: { label: t('cases.page.back'), href: '/cases' },
      tags: headerTags(page, today, t),
      lead: disputeCase.number ? disputeCase.title : undefined,
      actions: steps.map((action, index) => actionButton(page, action, index === 0, t)),
      phoneBar: true,
    },
    proposal: proposalNotice(page, t),
    deadlines: page.clocks.map((clock) => presentClock(clock, today, t)),
    overview: overview(page, t),
    facts: disputeCase.facts && seenText(disputeCase.facts, page),
    factsTitle: t('cases.page.facts'),
    respondents: respondentList(page, t),
    workers: workersTable(page, t),
    settlement: page.settlement && settlementList(page, t),
    instalments: page.settlement && instalmentTable(page, today, t),
    payments: page.settlement && paymentTable(page, t),
    contacts: contactTimeline(page, t),
    tickets: ticketTable(page, t),
    events: eventTimeline(page, t),
    endings: pagedActions(page, 'ending').map((action) => actionButton(page, action, false, t)),
  };
}

function pagedActions(page: CasePage, group: 'step' | 'ending'): PagedAction[] {
  return PAGED_ACTIONS.filter((action) => {
    const { group: own, opens = action }: ActionPage = ACTION_PAGES[action];
    return own === group && page.actions.has(opens);
  });
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
    ? { label, look, post: address, version: disputeCase.version }
    : { label, look, href: address };
}

function headerTags({ disputeCase }: CasePage, today: CalendarDay, t: Translate): Tag[] {
  const { state, outcome, performance, collective, dueOn } = disputeCase;
  const due = dueTag(dueOn, today, t);
  return [
    outcome ? outcomeTag(outcome, t) : stateTag(state, t),
    ...(performance ? [performanceTag(performance, t)] : []),
    ...(collective ? [{ text: t('cases.page.collective'), tone: 'warn' as const }] : []),
    ...(due ? [due] : []),
  ];
}

function proposalNotice({ proposal, disputeCase, actions }: CasePage, t: Translate): Notice | null {
  if (!proposal) return null;
  const decision = { version: disputeCase.version };
  const path = `/cases/${disputeCase.id}/proposal`;
  return {
    tone: 'warn',
    text: t(`cases.page.proposal.${proposal.action}`, { who: proposal.proposedBy?.displayName ?? '' }),
    lines: [t(`cases.reasons.${proposal.reason}`), withoutNumbers(proposal.explanation)],
    actions: actions.has('refuseProposal')
      ? [
          {
            label: t('cases.page.proposal.approve'),
            look: 'primary',
            post: path,
            ...decision,
            hidden: [{ name: 'decision', value: 'approve' }],
          },
          {
            label: t('cases.page.proposal.refuse'),
            look: 'plain',
            post: path,
            ...decision,
            hidden: [{ name: 'decision', value: 'refuse' }],
          },
        ]
      : [],
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
  const { disputeCase: c } = page;
  const amount = (fen: number | null): string =>
    fen === null ? t('common.unknown') : t('cases.page.yuan', { amount: formatYuan(fen) });
  const rows: (SummaryRow | null)[] = [
    { key: t('cases.page.source'), value: t(`cases.sources.${c.source}`) },
    { key: t('cases.page.received'), value: wallClock(c.receivedAt) },
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
    page.village ? { key: t('cases.page.village'), value: page.village } : null,
    page.room && c.level
      ? {
          key: t('cases.page.room'),
          value: page.room,
          lines: [t(`cases.levels.${c.level}`)],
          actions: reassignLink(page, t),
        }
      : null,
    page.mediator
      ? {
          key: t('cases.page.mediator'),
          value: page.mediator,
          lines: [t(c.takenOverAt ? 'cases.page.takenOver' : 'cases.page.notTakenOver')],
        }
      : null,
    { key: t('cases.page.workerConsent'), value: c.workerConsentOn ?? t('cases.page.notRecorded') },
    { key: t('cases.page.respondentConsent'), value: c.respondentConsentOn ?? t('cases.page.notRecorded') },
    c.acceptedOn ? { key: t('cases.page.accepted'), value: c.acceptedOn } : null,
    c.closedOn ? { key: t('cases.page.closed'), value: c.closedOn } : null,
    page.routing
      ? {
          key: t('cases.page.rule'),
          value: t(`routing.rules.${page.routing.rule}`),
          lines: page.routing.reason ? [page.routing.reason] : [],
        }
      : null,
  ];
  return { rows: rows.filter((row) => row !== null) };
}

function reassignLink({ disputeCase, actions }: CasePage, t: Translate) {
  return actions.has('reassign')
    ? [{ label: t('cases.actions.reassign'), href: actionPath(disputeCase.id, 'reassign') }]
    : [];
}

function respondentList({ respondents }: CasePage, t: Translate): SummaryList {
  return {
    rows: respondents.map((respondent) => ({
      key: t(`cases.parts.${respondent.part}`),
      value: respondent.name,
      lines:
        respondent.enterprise && respondent.enterprise.name !== respondent.name
          ? [respondent.enterprise.name]
          : [],
    })),
  };
}

function workersTable(page: CasePage, t: Translate): Table & { notice?: string } {
  const { claimants, privacy, actions, disputeCase } = page;
  return {
    caption: t('cases.page.workersTitle'),
    captionHidden: true,
    columns: [
      { label: t('cases.page.worker') },
      { label: t('cases.page.contact') },
      { label: t('cases.page.claim') },
      { label: t('cases.page.claimedFen'), look: 'number' },
      { label: t('cases.page.verifiedFen'), look: 'number' },
      { label: t('cases.page.agreedFen'), look: 'number' },
    ],
    rows: claimants.flatMap((claimant, index): Row[] => {
      const name = seenName(claimant.name, privacy) ?? t('cases.page.hiddenWorker', { number: index + 1 });
      const href =
        actions.has('recordClaims') && privacy === 'open'
          ? `/cases/${disputeCase.id}/claimants/${claimant.id}`
          : undefined;
      const claims = claimant.claims ?? [];
      const worker: Cell = { text: name, href, secondary: workerNotes(claimant, t) };
      const amounts = (claim: (typeof claims)[number]): Cell[] =>
        [claim.claimedFen, claim.verifiedFen, claim.agreedFen].map((fen) => ({
          text: fen === null ? t('common.none') : formatYuan(fen),
        }));
      const contact = contactCell(claimant, page, t);
      if (claims.length === 0)
        return [
          {
            cells: [
              worker,
              contact,
              { text: t('common.none') },
              ...Array.from({ length: 3 }, () => ({ text: t('common.none') })),
            ],
          },
        ];
      return claims.map((claim, row) => ({
        cells: [
          row === 0 ? worker : { text: name },
          row === 0 ? contact : { text: '' },
          { text: t(`cases.types.${claim.type}`) },
          ...amounts(claim),
        ],
      }));
    }),
    empty: { title: t('cases.page.noWorkers') },
  };
}

function workerNotes(claimant: CasePage['claimants'][number], t: Translate): string {
  return [
    claimant.gender && t(`cases.genders.${claimant.gender}`),
    claimant.migrant === true && t('cases.page.migrant'),
    claimant.overRetirementAge && t('cases.page.overRetirementAge'),
  ]
    .filter(Boolean)
    .join(t('common.comma'));
}

/** The phone masked, and the way to see it; a reader who may not see names sees neither. */
function contactCell(
  claimant: CasePage['claimants'][number],
  { privacy, disputeCase }: CasePage,
  t: Translate,
): Cell {
  if (privacy === 'hidden') return { text: t('cases.page.afterTakeOver') };
  const phone = claimant.phone && maskPhone(claimant.phone);
  const idNumber = claimant.idNumber && maskIdNumber(claimant.idNumber);
  const text = phone ?? t('common.none');
  const revealable = privacy === 'open' && (phone || idNumber);
  return {
    text: revealable ? t('cases.page.reveal', { text: phone ?? idNumber ?? '' }) : text,
    href: revealable ? `/cases/${disputeCase.id}/claimants/${claimant.id}/reveals` : undefined,
    secondary: phone && idNumber ? idNumber : undefined,
  };
}

function seenText(text: string, { privacy }: CasePage): string {
  return privacy === 'open' ? text : withoutNumbers(text);
}

function settlementList({ settlement }: CasePage, t: Translate): SummaryList {
  const { kind, totalFen, terms, signedOn } = settlement!;
  return {
    rows: [
      { key: t('settlements.kind'), value: t(`cases.outcomes.${kind}`) },
      {
        key: t('settlements.total'),
        value: t('cases.page.yuan', { amount: formatYuan(totalFen) }),
        lines: [amountInWords(totalFen)],
      },
      { key: t('settlements.terms'), value: terms },
      { key: t('settlements.signedOn'), value: signedOn ?? t('settlements.notSigned') },
    ],
  };
}

function instalmentTable(page: CasePage, today: CalendarDay, t: Translate): Table {
  const { instalments, disputeCase, actions, privacy } = page;
  return {
    caption: t('settlements.instalments'),
    captionHidden: true,
    columns: [
      { label: t('settlements.dueOn') },
      { label: t('cases.page.worker') },
      { label: t('settlements.amount'), look: 'number' },
      { label: t('settlements.recovered'), look: 'number' },
      { label: t('settlements.outstanding'), look: 'number' },
      { label: t('settlements.state') },
    ],
    rows: instalments.map((instalment): Row => {
      const verified = sum(instalment.payments, ['verified']);
      const recorded = sum(instalment.payments, ['recorded', 'verified']);
      const outstanding = instalment.amountFen - verified;
      const due =
        outstanding > 0
          ? dueTag(instalment.dueOn, today, t)
          : { text: t('settlements.paid'), tone: 'good' as const };
      const payable = actions.has('recordPayment') && recorded < instalment.amountFen;
      return {
        cells: [
          { text: instalment.dueOn },
          {
            text:
              seenName(instalment.claimant?.name ?? '', privacy) ??
              t('cases.page.hiddenWorker', { number: instalment.claimant?.position ?? 1 }),
          },
          { text: formatYuan(instalment.amountFen) },
          { text: formatYuan(verified) },
          { text: formatYuan(outstanding) },
          {
            text: payable ? t('settlements.recordPayment') : '',
            href: payable ? `/cases/${disputeCase.id}/instalments/${instalment.id}/payments` : undefined,
            tag: due ?? undefined,
          },
        ],
      };
    }),
    empty: { title: t('settlements.noInstalments') },
  };
}

function paymentTable(page: CasePage, t: Translate): Table {
  const { instalments, disputeCase, actions, readerId } = page;
  const payments = instalments.flatMap(({ payments: list = [] }) => list);
  return {
    caption: t('settlements.payments'),
    captionHidden: true,
    columns: [
      { label: t('settlements.paidOn') },
      { label: t('settlements.amount'), look: 'number' },
      { label: t('settlements.manner') },
      { label: t('settlements.proof'), look: 'wide' },
      { label: t('settlements.recordedBy') },
      { label: t('settlements.state') },
    ],
    rows: payments.map((payment): Row => {
      const decidable =
        payment.state === 'recorded' && actions.has('verifyPayment') && payment.recordedById !== readerId;
      const tone = payment.state === 'verified' ? 'good' : payment.state === 'rejected' ? 'bad' : 'warn';
      return {
        cells: [
          { text: payment.paidOn },
          { text: formatYuan(payment.amountFen) },
          { text: t(`settlements.manners.${payment.manner}`) },
          { text: withoutNumbers(payment.proof) },
          { text: payment.recordedBy?.displayName ?? '', secondary: payment.decidedBy?.displayName },
          {
            text: decidable ? t('settlements.verify') : '',
            href: decidable ? `/cases/${disputeCase.id}/payments/${payment.id}` : undefined,
            tag: { text: t(`settlements.states.${payment.state}`), tone },
          },
        ],
      };
    }),
    empty: { title: t('settlements.noPayments') },
  };
}

function sum(payments: { amountFen: number; state: string }[] | undefined, states: string[]): number {
  return (payments ?? [])
    .filter(({ state }) => states.includes(state))
    .reduce((total, { amountFen }) => total + amountFen, 0);
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
        contact.note && seenText(contact.note, page),
        contact.mood && t('mediation.moodLine', { mood: t(`mediation.moods.${contact.mood}`) }),
        contact.risk &&
          contact.risk !== 'none' &&
          t('mediation.riskLine', { risk: t(`mediation.risks.${contact.risk}`) }),
      ].filter((line) => typeof line === 'string' && line !== '') as string[],
      tone: contact.risk === 'violence' ? ('bad' as const) : undefined,
    })),
    empty: { title: t('mediation.noContacts') },
  };
}

function ticketTable({ tickets }: CasePage, t: Translate): Table {
  return {
    caption: t('cases.page.tickets'),
    captionHidden: true,
    columns: [
      { label: t('cases.page.ticketNumber') },
      { label: t('cases.page.received') },
      { label: t('cases.page.ticketTitle'), look: 'wide' },
    ],
    rows: tickets.map((ticket) => ({
      cells: [
        { text: ticket.number },
        { text: wallClock(ticket.receivedAt) },
        { text: withoutNumbers(ticket.title ?? ticket.content?.slice(0, 60) ?? '') },
      ],
    })),
    empty: { title: t('cases.page.noTickets') },
  };
}

function eventTimeline({ events }: CasePage, t: Translate): Timeline {
  return {
    entries: events.map((event) => ({
      when: wallClock(event.at),
      who: event.actor?.displayName ?? t('cases.page.system'),
      title: t(`cases.events.${event.action}`),
      lines: eventLines(event.detail, t),
    })),
    empty: { title: t('cases.page.noEvents') },
  };
}
