import type { OutboxMessage } from '../../models/notifications.ts';
import { wallClock } from '../shared/calendar-day.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import { administrationTabs, pagingOf } from '../web/list-view.ts';
import type { Cell, Notice, Row, Table, Tabs, Tone } from '../web/view-model.ts';
import { CHANNELS, MESSAGE_STATES, type Channel, type MessageState } from './notifications.rules.ts';
import type { Outbox } from './outbox.queries.ts';

const TONES: Record<MessageState, Tone> = {
  pending: 'info',
  sending: 'info',
  sent: 'good',
  dead: 'bad',
  kept: 'neutral',
};

/** The outbox for the administrator: whose account, but never the address, and nothing of the content but its kind. */
export function presentOutbox(
  { counts, page, managed }: Outbox,
  state: MessageState,
  inUse: Record<Channel, boolean>,
  t: Translate,
) {
  const title = t('notifications.outbox.title');
  const again = page.rows.length > 0 && (state === 'dead' || state === 'kept');
  return {
    title,
    header: { title, lead: t('notifications.outbox.lead') },
    tabs: administrationTabs('outbox', t),
    notices: CHANNELS.filter((channel) => !inUse[channel]).map((channel): Notice => ({
      tone: 'info',
      text: t(`notifications.outbox.without.${channel}`),
    })),
    states: stateTabs(counts, state, t),
    table: tableOf(page.rows, managed, again, t),
    form: again
      ? {
          action: '/outbox/sending',
          hint: t('notifications.outbox.againHint'),
          submit: { label: t('notifications.outbox.again') },
        }
      : null,
    paging: pagingOf(page, '/outbox', { state }, t),
  };
}

/** What is said of messages that were queued again: by what is not set up, nothing goes out. */
export function queuedSentence(inUse: Record<Channel, boolean>): 'again' | 'againPartly' | 'againKept' {
  if (CHANNELS.every((channel) => inUse[channel])) return 'again';
  return CHANNELS.some((channel) => inUse[channel]) ? 'againPartly' : 'againKept';
}

function stateTabs(counts: Outbox['counts'], current: MessageState, t: Translate): Tabs {
  return {
    label: t('notifications.outbox.counts'),
    tabs: MESSAGE_STATES.map((state) => ({
      label: t(`notifications.states.${state}`),
      href: listHref('/outbox', { state }),
      count: counts[state],
      ...(state === current ? { current: true } : {}),
    })),
  };
}

function tableOf(
  messages: readonly OutboxMessage[],
  managed: Outbox['managed'],
  ticked: boolean,
  t: Translate,
): Table {
  return {
    caption: t('notifications.outbox.title'),
    captionHidden: true,
    columns: [
      { label: t('notifications.outbox.made') },
      { label: t('notifications.outbox.kind'), look: 'wide' },
      { label: t('notifications.outbox.receiver') },
      { label: t('notifications.outbox.channel') },
      { label: t('notifications.outbox.attempts'), look: 'number' },
      { label: t('notifications.state') },
    ],
    rows: messages.map((message) => rowOf(message, receiverCell(message, managed, t), ticked, t)),
    empty: { title: t('notifications.outbox.none'), text: t('notifications.outbox.noneText') },
    ...(ticked ? { select: { name: 'message', label: t('notifications.outbox.again') } } : {}),
  };
}

/** Who was to have it, as the list of accounts has them; where that is no account of theirs, that alone. */
function receiverCell({ user }: OutboxMessage, managed: Outbox['managed'], t: Translate): Cell {
  const { id, username, displayName } = user!;
  if (!managed.has(id)) return { text: t('notifications.outbox.elsewhere') };
  return {
    text: displayName,
    href: `/users/${id}`,
    ...(username === displayName ? {} : { secondary: username }),
  };
}

function rowOf(message: OutboxMessage, receiver: Cell, ticked: boolean, t: Translate): Row {
  const { id, notice, channel, attempts, createdAt } = message;
  const kind = notice
    ? t(`notifications.templates.${notice.template}.name`)
    : t('notifications.outbox.digest');
  const time = wallClock(createdAt);
  return {
    cells: [
      { text: time },
      { text: kind },
      receiver,
      { text: t(`notifications.channels.${channel}`) },
      { text: String(attempts) },
      stateCell(message, t),
    ],
    ...(ticked
      ? { select: { value: id, label: t('notifications.outbox.rowLabel', { kind, time }), checked: false } }
      : {}),
  };
}

function stateCell({ state, failure, failureCode, dueAt, sentAt }: OutboxMessage, t: Translate): Cell {
  const word = failure && t(`notifications.failures.${failure}`);
  const reason =
    word && (failureCode ? t('notifications.failureCode', { failure: word, code: failureCode }) : word);
  const when =
    state === 'sent' && sentAt
      ? t('notifications.outbox.sentAt', { time: wallClock(sentAt) })
      : state === 'pending' && failure
        ? t('notifications.outbox.next', { time: wallClock(dueAt) })
        : null;
  const secondary = [reason, when].filter(Boolean).join(t('common.comma'));
  return {
    text: '',
    tag: { text: t(`notifications.states.${state}`), tone: TONES[state as MessageState] },
    ...(secondary ? { secondary } : {}),
  };
}
