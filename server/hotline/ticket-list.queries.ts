import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { among, contains, countUpTo, matchesText } from '../../models/dialect.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { NO_DISPUTE } from '../reports/indicators.rules.ts';
import type { Turn } from '../shared/list-address.ts';
import type { TicketFilter } from './ticket-filter.rules.ts';
import { placeOfTicket, ticketReaches, ticketsWithin } from './ticket.queries.ts';

const PAGE = 50;
const MOST_COUNTED = 10_000;
/** Of a very common word the tickets of no more cases than these are found. */
const MOST_FOUND = 1000;

/** A ticket as the list shows it; the village is its case's, before that its own. */
export interface TicketListRow {
  ticket: Ticket;
  /** The reader may know who called. */
  seesCaller: boolean;
  village: string | null;
  /** Null too where the case lies out of the reader's reach. */
  disputeCase: Pick<DisputeCase, 'id' | 'number' | 'state' | 'outcome'> | null;
}

export interface TicketListPage {
  rows: TicketListRow[];
  total: number;
  /** There are more than `total`; nobody counted on. */
  more: boolean;
  newer: string | null;
  older: string | null;
  /** How many tickets wait for routing, whatever the filter. */
  waiting: number;
}

/** What waits is shown oldest first, because it is the most urgent; everything else newest first. */
interface ListOrder {
  column: 'receivedAt' | 'receivedOn';
  descending: boolean;
}

function orderOf({ state }: TicketFilter): ListOrder {
  // Each has an index: (townId, state, receivedAt, id) and (townId, receivedOn, id).
  return { column: state ? 'receivedAt' : 'receivedOn', descending: state !== 'awaitingRouting' };
}

/** A page of the tickets that the reader may see and the filter describes. */
export async function listTickets(
  reader: Reader,
  filter: TicketFilter,
  turn: Turn = {},
  size = PAGE,
): Promise<TicketListPage> {
  const reaches = ticketReaches(reader, 'tickets.list');
  const conditions = await conditionsOf(reader, filter);
  const order = orderOf(filter);
  const edgeId = turn.after ?? turn.before;
  const within = { [Op.and]: [{ [Op.or]: reaches }, ...conditions] };
  const edge = edgeId ? await Ticket.findOne({ where: { [Op.and]: [{ id: edgeId }, within] } }) : null;
  const back = edge !== null && turn.after === undefined;
  const beyond = edge ? [behind(edge, order, back)] : [];
  const found = await Promise.all(
    reaches.map((reach) => read([reach, ...conditions, ...beyond], order, back, size + 1)),
  );
  const merged = merge(found, order, back);
  const more = merged.length > size;
  const tickets = merged.slice(0, size);
  if (back) tickets.reverse();
  const [total, waiting] = await Promise.all([
    countUpTo(Ticket, within, MOST_COUNTED + 1),
    countUpTo(
      Ticket,
      { [Op.and]: [ticketsWithin(reader, 'tickets.list'), { state: 'awaitingRouting' }] },
      MOST_COUNTED,
    ),
  ]);
  return {
    rows: await withNames(reader, tickets),
    total: Math.min(total, MOST_COUNTED),
    more: total > MOST_COUNTED,
    newer: (back ? more : edge !== null) ? (tickets[0]?.id ?? null) : null,
    older: back || more ? (tickets.at(-1)?.id ?? null) : null,
    waiting,
  };
}

/** One reach at a time, because the disjunction of several would be sorted whole. */
async function read(
  conditions: WhereOptions<Ticket>[],
  { column, descending }: ListOrder,
  back: boolean,
  limit: number,
): Promise<Ticket[]> {
  const direction = descending === back ? 'ASC' : 'DESC';
  return Ticket.findAll({
    where: { [Op.and]: conditions },
    order: [
      [column, direction],
      ['id', direction],
    ],
    limit,
  });
}

/** `>= AND (> OR id >)` is a range of the index in both databases. */
function behind(edge: Ticket, { column, descending }: ListOrder, back: boolean): WhereOptions<Ticket> {
  const onward = descending === back;
  const value = edge[column];
  return {
    [column]: { [onward ? Op.gte : Op.lte]: value },
    [Op.or]: [
      { [column]: { [onward ? Op.gt : Op.lt]: value } },
      { id: { [onward ? Op.gt : Op.lt]: edge.id } },
    ],
  };
}

function merge(found: Ticket[][], { column, descending }: ListOrder, back: boolean): Ticket[] {
  if (found.length === 1) return found[0]!;
  const sign = descending === back ? 1 : -1;
  const compare = <T extends string | Date>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
  const distinct = [...new Map(found.flat().map((ticket) => [ticket.id, ticket])).values()];
  return distinct.sort((a, b) => sign * (compare(a[column], b[column]) || compare(a.id, b.id)));
}

async function conditionsOf(reader: Reader, filter: TicketFilter): Promise<WhereOptions<Ticket>[]> {
  const { state, valid, receivedFrom, receivedTo, area, text } = filter;
  return [
    ...(state ? [{ state }] : []),
    ...(receivedFrom ? [{ receivedOn: { [Op.gte]: receivedFrom } }] : []),
    ...(receivedTo ? [{ receivedOn: { [Op.lte]: receivedTo } }] : []),
    ...(valid ? [counted()] : []),
    ...(area ? [await withinArea(area)] : []),
    ...(text ? [await withText(reader, text)] : []),
  ];
}

function counted(): WhereOptions<Ticket> {
  const undisputed = among('SELECT id FROM cases WHERE outcome IN (:outcomes)', {
    outcomes: [...NO_DISPUTE],
  });
  return {
    state: { [Op.ne]: 'returned' },
    [Op.or]: [{ caseId: null }, { [Op.not]: { caseId: undisputed } }],
  };
}

/** A ticket lies where its case lies; before it has one, or where the case lies nowhere, where the ticket itself says. */
async function withinArea(areaId: string): Promise<WhereOptions<Ticket>> {
  const area = await Area.findByPk(areaId);
  if (!area) return { id: [] };
  if (area.kind !== 'village') {
    const towns = await Area.findAll({
      where: { kind: 'town', path: { [Op.startsWith]: area.path } },
      attributes: ['id'],
    });
    return { townId: towns.map(({ id }) => id) };
  }
  const villageId = area.id;
  const here = among('SELECT id FROM cases WHERE villageId = :villageId', { villageId });
  const nowhere = among('SELECT id FROM cases WHERE villageId IS NULL');
  return {
    [Op.or]: [{ caseId: here }, { villageId, [Op.or]: [{ caseId: null }, { caseId: nowhere }] }],
  };
}

/**
 * The tickets that a text means. Figures are the beginning of a number, which has an index. Words are looked up in the
 * text index of the cases, which knows their tickets; of the tickets without a case, which are few, in their own
 * respondent and, where the reader may know the callers, title and caller: what is found confirms who is named there.
 */
async function withText(reader: Reader, text: string): Promise<WhereOptions<Ticket>> {
  if (/^[\w-]+$/.test(text)) return { number: { [Op.gte]: text, [Op.lt]: `${text}\uffff` } };
  const cases = /[\p{L}\p{N}]/u.test(text) ? await casesWith(reader, text) : [];
  const callersSeen = ticketsWithin(reader, 'tickets.seeCaller');
  const ofWorker = { caseId: among('SELECT caseId FROM claimants WHERE name = :text', { text }) };
  const withoutCase = { state: ['awaitingRouting', 'returned'] };
  const naming = { [Op.or]: [contains('title', text), contains('callerName', text)] };
  return {
    [Op.or]: [
      { caseId: cases.map(({ id }) => id) },
      { [Op.and]: [callersSeen, ofWorker] },
      { [Op.and]: [withoutCase, contains('respondentText', text)] },
      { [Op.and]: [withoutCase, callersSeen, naming] },
    ],
  };
}

async function casesWith(reader: Reader, text: string): Promise<{ id: string }[]> {
  return DisputeCase.findAll({
    where: {
      [Op.and]: [
        { [Op.or]: ticketReaches(reader, 'tickets.list') },
        matchesText('DisputeCase', 'cases', text),
      ],
    },
    attributes: ['id'],
    limit: MOST_FOUND,
    raw: true,
  });
}

async function withNames(reader: Reader, tickets: Ticket[]): Promise<TicketListRow[]> {
  const cases = await DisputeCase.findAll({
    where: { id: distinct(tickets.map(({ caseId }) => caseId)) },
    attributes: [
      'id',
      'number',
      'state',
      'outcome',
      ...['townId', 'villageId', 'enterpriseId', 'roomId', 'mediatorId', 'level'],
    ],
    raw: true,
  });
  const seen = cases.filter((disputeCase) => may(reader, 'cases.read', disputeCase));
  const rows = tickets.map((ticket) => {
    const disputeCase = seen.find(({ id }) => id === ticket.caseId) ?? null;
    return { ticket, disputeCase, villageId: disputeCase?.villageId ?? ticket.villageId };
  });
  const villages = await Area.findAll({
    where: { id: distinct(rows.map(({ villageId }) => villageId)) },
    attributes: ['id', 'name'],
    raw: true,
  });
  return rows.map(({ ticket, disputeCase, villageId }) => ({
    ticket,
    seesCaller: may(reader, 'tickets.seeCaller', placeOfTicket(ticket)),
    disputeCase,
    village: villages.find(({ id }) => id === villageId)?.name ?? null,
  }));
}

function distinct(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
