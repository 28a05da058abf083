import type { Room } from '../../models/directory.ts';
import type { ContactCard } from '../../models/net.ts';
import type { Translate } from '../shared/language.ts';
import { listHref } from '../shared/list-address.ts';
import type { QrCode } from '../shared/qr-code.ts';
import type { Action, Notice, SummaryRow } from '../web/view-model.ts';
import {
  CARDS_ON_A_SHEET,
  HOTLINES,
  inSheets,
  PRINT_FORMATS,
  surnameOf,
  type PrintFormat,
} from './cards.rules.ts';
import type { Duty } from './duty.rules.ts';

/** What a card is for, by its name. */
export function objectName({ enterprise, village }: ContactCard): string {
  return enterprise?.name ?? village!.name;
}

interface Printed {
  cards: ContactCard[];
  /** The code of each card, by its id. */
  codes: ReadonlyMap<string, QrCode>;
  /** The room of each card that has one, by its id. */
  rooms: ReadonlyMap<string, Room>;
  format: PrintFormat;
  /** Where the codes lead to. */
  origin: string;
  /** Of one card its id: a sheet is full of it. */
  alone?: string;
  /** There are further cards. */
  more?: boolean;
  /** The conditions of the list whose cards are printed. */
  filter?: object;
}

/** The cards as they are printed, in the words of `paper`; `t` is the language of the page around them. */
export function presentPrint(t: Translate, paper: Translate, printed: Printed) {
  const { cards, format, origin, alone, more = false, filter = {} } = printed;
  const sorted = [...cards].sort((a, b) => objectName(a).localeCompare(objectName(b), 'zh-CN'));
  const copies = alone && format === 'sheet' ? CARDS_ON_A_SHEET : 1;
  const faces = sorted.flatMap((card) =>
    Array.from({ length: copies }, () => cardFace(card, printed, paper)),
  );
  const back = alone ? `/cards/${alone}` : '/cards';
  const here = `${back}/print`;
  const formats: Action[] = PRINT_FORMATS.filter((other) => other !== format).map((other) => ({
    label: t(`cards.print.${other}`),
    href: listHref(here, { ...filter, format: other }),
  }));
  return {
    title: t('cards.print.title'),
    back: { label: t('directory.tabs.cards'), href: back },
    notes: [
      t('cards.print.leadsTo', { origin }),
      ...(more ? [t('cards.print.more', { count: cards.length })] : []),
    ],
    actions: formats,
    nothing: cards.length === 0 ? t('cards.print.nothing') : '',
    single: format === 'single',
    sheets: inSheets(faces, format === 'single' ? 1 : undefined).map((cardsOfSheet) => ({ cardsOfSheet })),
  };
}

/** One card: where to go, whom to ring, and the code that says who is responsible today. */
function cardFace(card: ContactCard, { codes, rooms }: Printed, t: Translate) {
  const room = rooms.get(card.id);
  const lines = room ? [room.address, room.openingHours, room.phone] : [];
  return {
    heading: t('cards.face.heading', { town: card.town!.name }),
    name: objectName(card),
    room: room?.name ?? '',
    lines: lines.filter((line) => line !== null),
    code: codes.get(card.id)!,
    scan: t('cards.face.scan'),
    informant: card.informant ? t('cards.face.informant', { code: card.informant.code }) : '',
    hotlines: HOTLINES.map((number) => ({ number, name: t(`cards.hotlines.${number}`) })),
  };
}

interface PublicCard {
  card: ContactCard;
  room: Room | null;
  duties: Duty[];
}

/** What a card's address says: the room, the lines, and the surnames of those who are responsible today. */
export function presentPublicCard(t: Translate, { card, room, duties }: PublicCard) {
  if (card.revokedAt) return linesAlone('revoked', t);
  const title = objectName(card);
  return {
    title,
    header: { title, lead: t('cards.public.lead') },
    parts: [
      { title: t('cards.public.room'), ...roomOf(room, t) },
      { title: t('cards.public.responsible'), ...responsible(duties, room, t) },
      linesPart(t),
    ],
  };
}

/** What an address says that is no card's: who mistyped it or has half of a card still needs somebody to ring. */
export function presentUnknownCard(t: Translate) {
  return linesAlone('unknown', t);
}

function linesAlone(why: 'revoked' | 'unknown', t: Translate) {
  const title = t(`cards.public.${why}`);
  const notice: Notice = { tone: 'info', text: t(`cards.public.${why}Hint`) };
  return { title, header: { title }, notice, parts: [linesPart(t)] };
}

const linesPart = (t: Translate) => ({ title: t('cards.public.lines'), list: { rows: hotlineRows(t) } });

function roomOf(room: Room | null, t: Translate) {
  if (!room) return { none: t('cards.public.noRoom') };
  const { name, address, openingHours, mapLink, phone } = room;
  const rows: SummaryRow[] = [
    { key: t('directory.rooms.name'), value: name },
    ...(address || mapLink
      ? [
          {
            key: t('directory.rooms.address'),
            value: address ?? '',
            ...(mapLink
              ? { actions: [{ label: t('directory.rooms.openMap'), href: mapLink, outside: true }] }
              : {}),
          },
        ]
      : []),
    ...(openingHours ? [{ key: t('directory.rooms.openingHours'), value: openingHours }] : []),
    ...(phone
      ? [{ key: t('directory.phone'), value: phone, href: `tel:${phone.replace(/[^\d+]/g, '')}` }]
      : []),
  ];
  return { list: { rows } };
}

/** Officers and mediators of today by office and surname; how to reach them is the telephone of the room. */
export function responsible(duties: readonly Duty[], room: Room | null, t: Translate) {
  const mediators = (room?.mediators ?? []).map(({ user }) => user!.displayName);
  const rows: SummaryRow[] = [
    ...duties.map(({ kind, officer, isLead }) => ({
      key: t(`duties.kinds.${kind}`),
      value: person(officer, t),
      ...(isLead ? { tag: { text: t('duties.leads'), tone: 'info' as const } } : {}),
    })),
    ...(mediators.length > 0
      ? [
          {
            key: t('directory.rooms.mediators'),
            value: mediators.map((name) => person(name, t)).join(t('common.comma')),
          },
        ]
      : []),
  ];
  return rows.length > 0 ? { list: { rows } } : { none: t('cards.public.nobody') };
}

function person(name: string, t: Translate): string {
  return t('cards.public.person', { surname: surnameOf(name) });
}

function hotlineRows(t: Translate): SummaryRow[] {
  return HOTLINES.map((number) => ({
    key: t(`cards.hotlines.${number}`),
    value: number,
    href: `tel:${number}`,
  }));
}
