import type { Ticket, TicketEvent, TicketReply } from '../../models/tickets.ts';
import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { TicketHandling } from '../hotline/handling.queries.ts';
import type { Handling, TicketAction } from '../hotline/ticket-handling.rules.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import type { Translate } from '../shared/language.ts';
import { ticketWarningTag } from '../web/list-view.ts';
import type { Action, Deadline, Notice, SummaryList, Tag, Timeline, Tone } from '../web/view-model.ts';

/** What the page says of the way to the hotline's archive: clocks, buttons, answers and what happened. */
export interface ShownHandling {
  ticket: Ticket;
  handling: TicketHandling;
  key: string;
}

export function presentHandling(shown: ShownHandling, t: Translate) {
  const [deadlines, actions] = [deadlinesOf(shown, t), actionsOf(shown, t)];
  return {
    deadlines,
    actions,
    /** Whether there is anything to do or to wait for. */
    current: deadlines.length + actions.length > 0,
    replies: shown.handling.replies.map((reply) => replyView(reply, t)),
    timeline: timelineOf(shown, t),
  };
}

const TONES: Record<Handling, Tone> = {
  awaitingSigning: 'warn',
  signed: 'info',
  replied: 'good',
  closed: 'good',
  returned: 'neutral',
};

/** The tags beside the title: how far the answer is, and how often it went to and fro. */
export function handlingTags({ ticket }: ShownHandling, t: Translate): Tag[] {
  const { state, redoneOn, redoCount, pingPong } = ticket;
  const handling: Handling = ticket.handling;
  const redo = handling === 'signed' && redoneOn !== null;
  const stands: Tag = redo
    ? { text: t('handling.standings.redo'), tone: 'bad' }
    : {
        text: t(
          state === 'awaitingRouting' && handling === 'signed'
            ? 'handling.signedFor'
            : `handling.states.${handling}`,
        ),
        tone: TONES[handling],
      };
  const count = (name: 'redoCount' | 'pingPong', times: number): Tag[] =>
    times > 0 ? [{ text: t(`handling.list.${name}`, { count: times }), tone: 'neutral' }] : [];
  return [
    ...(handling === 'returned' ? [] : [stands]),
    ...count('redoCount', redoCount),
    ...count('pingPong', pingPong),
  ];
}

/** A village has asked for the return; the town decides. */
export function returnRequestNotice({ ticket, handling }: ShownHandling, t: Translate): Notice | null {
  const { returnRequest, returnReason, state } = ticket;
  if (state !== 'awaitingRouting' || returnRequest !== 'open' || returnReason === null) return null;
  const may = handling.open.has('refuseReturn');
  return {
    tone: 'warn',
    text: t('handling.requested', {
      who: handling.requestedBy ?? t('common.unknown'),
      reason: t(`tickets.returnReasons.${returnReason}`),
    }),
    ...(may
      ? {
          actions: [
            {
              label: t('handling.actions.decideReturn'),
              href: `/tickets/${ticket.id}/return-request/decision`,
            },
          ],
        }
      : {}),
  };
}

function deadlinesOf({ handling }: ShownHandling, t: Translate): Deadline[] {
  const { sign, reply, running } = handling;
  // Only the clock that runs is judged: before the signing that of the signing.
  const tagFor = (kind: 'sign' | 'reply') =>
    running?.kind === kind ? ticketWarningTag(running.warning, t) : {};
  const said = (explanation: readonly ExplanationLine[]): string[] =>
    explanation.map(({ key, values }) => t(key, values));
  const day = ({ dueOn, provisional }: { dueOn: string; provisional: boolean }): string =>
    provisional ? t('deadlines.dueProvisional', { day: dueOn }) : dueOn;
  return [
    ...(sign
      ? [
          {
            label: t('handling.clocks.names.sign'),
            text: wallClock(sign.dueAt),
            ...tagFor('sign'),
            lines: said(sign.explanation),
          },
        ]
      : []),
    ...(reply
      ? [
          {
            label: t('handling.clocks.names.reply'),
            text: day(reply),
            ...tagFor('reply'),
            lines: said(reply.explanation),
          },
        ]
      : []),
    ...(handling.return
      ? [
          {
            label: t('handling.clocks.names.return'),
            text: day(handling.return),
            lines: said(handling.return.explanation),
          },
        ]
      : []),
  ];
}

/** The actions that have a page of their own, the most usual first. */
const PAGES: [TicketAction, string][] = [
  ['reply', 'reply'],
  ['correctReply', 'reply/correction'],
  ['extend', 'extension'],
  ['askReturn', 'return-request'],
  ['reopen', 'reopening'],
  ['undoReturn', 'return-undoing'],
];

function actionsOf({ ticket, handling: { open }, key }: ShownHandling, t: Translate): Action[] {
  const address = `/tickets/${ticket.id}`;
  const sign: Action = {
    label: t('handling.actions.sign'),
    post: `${address}/signature`,
    version: ticket.version,
    idempotencyKey: key,
    look: 'primary',
  };
  // Who may return a ticket at once need not ask for it.
  const pages = PAGES.filter(
    ([action]) => open.has(action) && !(action === 'askReturn' && open.has('return')),
  );
  return [
    ...(open.has('sign') ? [sign] : []),
    ...pages.map(([action, path], index): Action => {
      const look = index === 0 && action === 'reply' ? 'primary' : 'plain';
      return { label: t(`handling.actions.${action}`), href: `${address}/${path}`, look };
    }),
  ];
}

function replyView(reply: TicketReply, t: Translate): SummaryList & { title: string; text: string } {
  const { round, repliedAt, contactedAt, channel, verdict, resolved, unresolvedReason, calledBackAt } = reply;
  const rows: [string, string][] = [
    ['repliedAt', `${wallClock(repliedAt)} ${reply.repliedBy?.displayName ?? ''}`.trim()],
    [
      'contactedAt',
      `${contactedAt ? wallClock(contactedAt) : ''} ${t(`mediation.channels.${channel}`)}`.trim(),
    ],
    ['verdict', t(`handling.verdicts.${verdict}`)],
    ['resolved', t(`common.${resolved ? 'yes' : 'no'}`)],
    ...(unresolvedReason ? [['unresolvedReason', withoutNumbers(unresolvedReason)] as [string, string]] : []),
    ...(calledBackAt ? [['callback', callbackWords(reply, t)] as [string, string]] : []),
  ];
  return {
    title: round === 0 ? t('handling.reply') : t('handling.replyOfRedo', { round }),
    text: withoutNumbers(reply.text),
    rows: rows.map(([name, value]) => ({ key: t(`handling.forms.${name}`), value })),
  };
}

function callbackWords(
  { calledBackAt, reached, satisfaction, calledResolved }: TicketReply,
  t: Translate,
): string {
  return [
    calledBackAt ? wallClock(calledBackAt) : '',
    t(`handling.reached.${reached ? 'yes' : 'no'}`),
    ...(satisfaction ? [t(`handling.satisfactions.${satisfaction}`)] : []),
    ...(calledResolved === null ? [] : [t(`handling.calledResolved.${calledResolved ? 'yes' : 'no'}`)]),
  ].join(t('common.comma'));
}

function timelineOf({ ticket, handling: { events } }: ShownHandling, t: Translate): Timeline {
  const arrival = {
    when: wallClock(ticket.receivedAt),
    who: '',
    title: t('handling.events.arrive'),
  };
  return {
    entries: [
      ...events.map((event) => ({
        when: wallClock(event.at),
        who: event.actor?.displayName ?? t('hotline.imports.system'),
        title: t(`handling.events.${event.action}`),
        lines: detailLines(event.detail, t),
      })),
      arrival,
    ],
    empty: { title: t('handling.events.arrive') },
  };
}

/** How a value of an event is said, by its name; values that are not here are for the record only. */
const SAY: Record<string, (value: string | number | boolean, t: Translate) => string> = {
  returnReason: (value, t) => t(`tickets.returnReasons.${String(value)}`),
  explanation: (value) => withoutNumbers(String(value)),
  replyDueOn: (value) => String(value),
  days: (value, t) => t('handling.details.daysValue', { count: Number(value) }),
  verdict: (value, t) => t(`handling.verdicts.${String(value)}`),
  resolved: (value, t) => t(`common.${value ? 'yes' : 'no'}`),
  reached: (value, t) => t(`common.${value ? 'yes' : 'no'}`),
  satisfaction: (value, t) => t(`handling.satisfactions.${String(value)}`),
};

function detailLines(detail: TicketEvent['detail'], t: Translate): string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    const say = SAY[name];
    if (!say || value === null) return [];
    return [t('common.labelled', { label: t(`handling.details.${name}`), text: say(value, t) })];
  });
}
