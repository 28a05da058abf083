import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise, Room } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { ContactCard } from '../../models/net.ts';
import { Informant } from '../../models/one-duty.ts';
import { townsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import { whoAnswersFor } from './duties.queries.ts';
import type { Duty } from './duty.rules.ts';
import { MOST_PRINTED } from './cards.rules.ts';
import { mediatorsToday } from './enterprises.queries.ts';
import { withinReach } from './reach.queries.ts';

/** Which contact cards a list shows; without `state` those in force. */
export interface CardFilter {
  /** A part of the name of the enterprise or the village. */
  q?: string;
  /** A village by its id, with the enterprises in it. */
  village?: string;
  /** One enterprise by its id. */
  enterprise?: string;
  state?: 'revoked' | 'all';
}

const PAGE = 50;
/** More enterprises than this are not looked through for one search; a longer text finds fewer. */
const MOST_NAMED = 500;
const MANAGE: Action = 'cards.manage';

/** Of an informant the code alone. */
const WITH_OBJECT = [
  { model: Area, as: 'town', attributes: ['id', 'name'] },
  { model: Enterprise, as: 'enterprise', attributes: ['id', 'name'] },
  { model: Area, as: 'village', attributes: ['id', 'name'] },
  { model: Informant, as: 'informant', attributes: ['id', 'code'] },
];

/** A page of the cards that are the reader's to make, the latest first. */
export async function listCards(
  reader: Reader,
  filter: CardFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<ContactCard>> {
  const named = filter.q ? await ofName(reader, filter.q) : {};
  const where = { [Op.and]: [withinReach(reader, MANAGE, 'villageId'), asked(filter), named] };
  return keysetPage(ContactCard, 'madeAt', { where, include: WITH_OBJECT }, turn, size, {
    descending: true,
  });
}

function asked({ village, enterprise, state }: CardFilter): WhereOptions {
  return {
    [Op.and]: [
      village ? { villageId: village } : {},
      enterprise ? { enterpriseId: enterprise } : {},
      state === 'all' ? {} : { revokedAt: state === 'revoked' ? { [Op.ne]: null } : null },
    ],
  };
}

async function ofName(reader: Reader, text: string): Promise<WhereOptions> {
  const townId = townsFor(reader, MANAGE);
  const [enterprises, villages] = await Promise.all([
    Enterprise.findAll({
      where: { [Op.and]: [{ townId }, contains('Enterprise.name', text)] },
      attributes: ['id'],
      limit: MOST_NAMED,
    }),
    Area.findAll({
      where: { [Op.and]: [{ parentId: townId }, contains('Area.name', text)] },
      attributes: ['id'],
    }),
  ]);
  return {
    [Op.or]: [
      { enterpriseId: enterprises.map(({ id }) => id) },
      { enterpriseId: null, villageId: villages.map(({ id }) => id) },
    ],
  };
}

/** The cards in force of a list's filter, as many as are printed at once; `more` where there are further ones. */
export async function cardsToPrint(
  reader: Reader,
  filter: Omit<CardFilter, 'state'>,
): Promise<{ cards: ContactCard[]; more: boolean }> {
  const { rows, older } = await listCards(reader, filter, {}, MOST_PRINTED);
  return { cards: rows, more: older !== null };
}

/** A card with what it is for. @throws NotFound, the same for absent and for out of reach */
export async function findCard(reader: Reader, id: string): Promise<ContactCard> {
  const card = await ContactCard.findOne({
    where: { [Op.and]: [{ id }, withinReach(reader, MANAGE, 'villageId')] },
    include: WITH_OBJECT,
  });
  if (!card) throw new NotFound();
  return card;
}

/** The card of an address, whoever asks; null for an address that is no card's. */
export async function cardOfToken(token: string): Promise<ContactCard | null> {
  return ContactCard.findOne({ where: { token }, include: WITH_OBJECT });
}

/** Where the worker of a card can go: the room of the village, else of the town, with its mediators of today. */
export async function roomsOfCards(cards: readonly ContactCard[]): Promise<Map<string, Room>> {
  const areaIds = [...new Set(cards.flatMap(({ townId, villageId }) => [townId, villageId ?? townId]))];
  const rooms = await Room.findAll({
    where: { areaId: areaIds, enterpriseId: null, active: true },
    include: [mediatorsToday()],
    order: [
      ['name', 'ASC'],
      ['id', 'ASC'],
    ],
  });
  const roomIn = (areaId: string | null) => rooms.find((room) => room.areaId === areaId);
  return new Map(
    cards.flatMap(({ id, townId, villageId }) => {
      const room = roomIn(villageId) ?? roomIn(townId);
      return room ? [[id, room] as const] : [];
    }),
  );
}

/** Who answers on a day for what a card is for, the lead first. */
export async function dutiesOfCard(
  { enterpriseId, villageId }: ContactCard,
  day: CalendarDay,
): Promise<Duty[]> {
  // A village has no duties but its own: what names an enterprise is not asked for.
  const object = enterpriseId ?? villageId!;
  return (await whoAnswersFor([{ id: object, villageId }], day)).get(object) ?? [];
}
