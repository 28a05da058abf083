import { dayOf, wallClock } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import type { Translate } from '../shared/language.ts';
import { listHref, type Turn } from '../shared/list-address.ts';
import type { Action, Filters, Link, Paging, Tabs, Tag } from './view-model.ts';

/** What of a page of a list the line below it says; `newer` and `older` are the rows to turn from. */
interface ListPage {
  rows: readonly unknown[];
  total: number;
  newer: string | null;
  older: string | null;
}

/** The line below a list: how many, and the links to turn the page; nothing below an empty one. */
export function pagingOf(
  { rows, total, newer, older }: ListPage,
  path: string,
  filter: object,
  t: Translate,
): Paging | null {
  if (total === 0) return null;
  const link = (label: string, turn: Turn): Link => ({
    label: t(label),
    href: listHref(path, { ...filter, ...turn }),
  });
  return {
    text: t('common.paging.shown', { shown: rows.length, total }),
    ...(newer ? { newer: link('common.paging.newer', { before: newer }) } : {}),
    ...(older ? { older: link('common.paging.older', { after: older }) } : {}),
  };
}

/** The chips of the conditions in use; `words` says each by the name of its field. */
export function chipsOf<F extends object>(
  path: string,
  filter: F,
  words: { [K in keyof F]-?: (value: string) => string },
): Pick<Filters, 'chips' | 'clearHref'> {
  const chips = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      label: words[name as keyof F](value as string),
      href: listHref(path, { ...filter, [name]: undefined }),
    }));
  return chips.length > 0 ? { chips, clearHref: path } : { chips };
}

/** What must not be overlooked in a row, as one red tag; nothing where there is nothing. */
export function alarmsTag(alarms: readonly ExplanationLine[], t: Translate): { tag?: Tag } {
  const text = alarms.map(({ key, values }) => t(key, values)).join(t('common.comma'));
  return text === '' ? {} : { tag: { text, tone: 'bad' } };
}

const WARNING_TONES = { none: 'neutral', half: 'info', nearly: 'warn', over: 'bad' } as const;

/** The deadline of signing or answering a ticket, coloured by how much of its time has passed; none without a clock. */
export function ticketDueTag(
  clock: { kind: 'sign' | 'reply'; dueAt: Date; warning: keyof typeof WARNING_TONES } | null,
  t: Translate,
): { tag?: Tag } {
  if (!clock) return {};
  const { kind, dueAt, warning } = clock;
  const over = warning === 'over' ? 'Over' : '';
  // Without the year, so that it fits a card on a phone.
  const time = (kind === 'sign' ? wallClock(dueAt) : dayOf(dueAt)).slice(5);
  return { tag: { text: t(`handling.due.${kind}${over}`, { time }), tone: WARNING_TONES[warning] } };
}

/** How much of a clock's time has passed, where its deadline stands beside it; none before the half. */
export function ticketWarningTag(warning: keyof typeof WARNING_TONES, t: Translate): { tag?: Tag } {
  if (warning === 'none') return {};
  return { tag: { text: t(`handling.warnings.${warning}`), tone: WARNING_TONES[warning] } };
}

const LEVEL_TONES = { blue: 'info', yellow: 'warn', orange: 'alert', red: 'bad' } as const;

/** The level of a wage warning (DOMAIN §6). */
export function warningTag(level: keyof typeof LEVEL_TONES, t: Translate): Tag {
  return { text: t(`directory.warningLevels.${level}`), tone: LEVEL_TONES[level] };
}

/** The link by which a list is saved as .xlsx, with the conditions of its address; none while it is empty. */
export function exportAction(listAddress: string, total: number, t: Translate): Action[] {
  if (total === 0) return [];
  return [
    { label: t('common.export.action'), href: listAddress.replace(/(\?|$)/, '/export$1'), look: 'plain' },
  ];
}

const ADMINISTRATION = ['users', 'areas', 'calendar', 'jobs', 'outbox'] as const;

/** The tabs of the administrator's pages. */
export function administrationTabs(current: (typeof ADMINISTRATION)[number], t: Translate): Tabs {
  return {
    label: t('layout.administration.label'),
    tabs: ADMINISTRATION.map((page) => ({
      label: t(`layout.administration.${page}`),
      href: `/${page}`,
      ...(page === current ? { current: true } : {}),
    })),
  };
}

/** Who has a case and how to reach them: the person, the room and its telephone, as far as there are any. */
export function receiverWords(
  { name, room, phone }: { name: string | null; room: string | null; phone: string | null },
  t: Translate,
): string {
  const person = name ?? t('cases.done.somebody');
  if (!room) return person;
  return phone
    ? t('cases.done.receiver', { name: person, room, phone })
    : t('cases.done.receiverAt', { name: person, room });
}
