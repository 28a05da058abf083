import { col, fn, Op, where, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { among, contains, countUpTo, matchesText } from '../../models/dialect.ts';
import { behind, merge, orderBy, turned, type ListOrder } from '../../models/keyset.ts';
import { Ticket } from '../../models/tickets.ts';
import { may, townsFor, type Reader } from '../accounts/access.rules.ts';
import { daysLateToRoute, lastLateReceipts } from '../deadlines/late-tickets.queries.ts';
import { NO_DISPUTE } from '../reports/indicators.rules.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import type { Turn } from '../shared/list-address.ts';
import { now, today } from '../shared/clock.ts';
import { runningClocks } from './handling.queries.ts';
import { COUNTED } from './ticket-counts.rules.ts';
import type { CountedTickets, MissedTickets, TicketFilter, TicketStanding } from './ticket-filter.rules.ts';
import type { RunningTicketClock } from './ticket-clocks.rules.ts';
import { OPEN_HANDLINGS } from './ticket-handling.rules.ts';
import { alarmsOf, placeOfTicket, ticketReaches, ticketsWithin } from './ticket.queries.ts';

const PAGE = 50;
const MOST_COUNTED = 10_000;
/** Of a very common word the tickets of no more cases than these are found. */
const MOST_FOUND = 1000;
/** Fewer characters than these are no end of a number, because too many numbers end so. */
const SHORTEST_END = 3;

/** A ticket as the list shows it; the village is its case's, before that its own. */
export interface TicketListRow {
  ticket: Ticket;
  /** The reader may know who called. */
  seesCaller: boolean;
  village: string | null;
  /** Null too where the case lies out of the reader's reach. */
  disputeCase: Pick<DisputeCase, 'id' | 'number' | 'state' | 'outcome'> | null;
  /** While the ticket waits: danger and the like. */
  alarms: ExplanationLine[];
  /** The clock that it is judged by now. */
  clock: RunningTicketClock | null;
  /** By how many days its routing is late. */
  routingLate: number;
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

const BY_DUE_DAY: readonly (TicketStanding | undefined)[] = [
  'awaitingSigning',
  'signed',
  'redo',
  'returnAsked',
];

/**
 * What waits is shown oldest first, because it is the most urgent, and what has a clock by its due day; everything else
 * newest first.
 */
function orderOf({
  state,
  handling,
  due,
}: TicketFilter): ListOrder<'receivedAt' | 'receivedOn' | 'replyDueOn'> {
  // (townId, handling, replyDueOn, id)
  if (due || BY_DUE_DAY.includes(handling)) return { column: 'replyDueOn', descending: false };
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
  const beyond = edge ? [behind({ value: edge[order.column], id: edge.id }, order, back)] : [];
  const limit = size + 1;
  // One reach at a time, because the disjunction of several would be sorted whole.
  const found = await Promise.all(
    reaches.map((reach) =>
      Ticket.findAll({
        where: { [Op.and]: [reach, ...conditions, ...beyond] },
        order: orderBy(order, back),
        limit,
      }),
    ),
  );
  const [total, waiting] = await Promise.all([
    countUpTo(Ticket, within, MOST_COUNTED + 1),
    countUpTo(
      Ticket,
      { [Op.and]: [ticketsWithin(reader, 'tickets.list'), { state: 'awaitingRouting' }] },
      MOST_COUNTED,
    ),
  ]);
  const { rows, newer, older } = turned(merge(found, order, back), edge !== null, back, size);
  return {
    rows: await withNames(reader, rows),
    total: Math.min(total, MOST_COUNTED),
    more: total > MOST_COUNTED,
    newer,
    older,
    waiting,
  };
}

async function conditionsOf(reader: Reader, filter: TicketFilter): Promise<WhereOptions<Ticket>[]> {
  const { state, handling, due, counted: figure, late, valid, receivedFrom, receivedTo, area, text } = filter;
  return [
    ...(state ? [{ state }] : []),
    ...(handling ? [STANDINGS[handling]] : []),
    ...(due ? [{ [Op.or]: [overdueHandling(), await overdue(reader)] }] : []),
    ...(figure ? [countedTickets(reader, figure, filter)] : []),
    ...(receivedFrom ? [{ receivedOn: { [Op.gte]: receivedFrom } }] : []),
    ...(receivedTo ? [{ receivedOn: { [Op.lte]: receivedTo } }] : []),
    ...(late ? [await overdue(reader)] : []),
    ...(valid ? [counted()] : []),
    ...(area ? [await withinArea(area)] : []),
    ...(text ? [await withText(reader, text)] : []),
  ];
}

const STANDINGS: Record<TicketStanding, WhereOptions<Ticket>> = {
  awaitingSigning: { handling: 'awaitingSigning' },
  signed: { handling: 'signed' },
  redo: { handling: 'signed', redoneOn: { [Op.ne]: null } },
  replied: { handling: 'replied' },
  toExport: { handling: 'replied', exportedAt: null },
  closed: { handling: 'closed' },
  returnAsked: { handling: [...OPEN_HANDLINGS], state: 'awaitingRouting', returnRequest: 'open' },
};

/** Not signed for within its hours, or not answered by its day. */
function overdueHandling(): WhereOptions<Ticket> {
  return {
    [Op.or]: [
      { handling: [...OPEN_HANDLINGS], replyDueOn: { [Op.lt]: today() } },
      { handling: 'awaitingSigning', signDueAt: { [Op.lt]: now() } },
    ],
  };
}

/** What a figure of the report counts; the days of the filter bound what is looked through. */
function countedTickets(
  reader: Reader,
  counted: CountedTickets | MissedTickets,
  { receivedFrom = '0000-01-01', receivedTo = '9999-12-31' }: TicketFilter,
): WhereOptions<Ticket> {
  const sql = `SELECT t.id FROM tickets t
    WHERE t.townId IN (:townIds) AND t.receivedOn BETWEEN :receivedFrom AND :receivedTo AND ${COUNTED[counted]}`;
  const townIds = townsFor(reader, 'tickets.list');
  return { id: among(sql, { townIds, receivedFrom, receivedTo, today: today(), now: now() }) };
}

/** What waits for routing longer than its town allows. */
async function overdue(reader: Reader): Promise<WhereOptions<Ticket>> {
  const towns = await lastLateReceipts(townsFor(reader, 'tickets.list'));
  const late = towns.map(({ townId, lastDay }) => ({ townId, receivedOn: { [Op.lte]: lastDay } }));
  return { state: 'awaitingRouting', [Op.or]: late };
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
 * The tickets that a text means. Figures and Latin letters are a number. Words are looked up in the
 * text index of the cases, which knows their tickets; of the tickets without a case, which are few, in their own
 * respondent and, where the reader may know the callers, title and caller: what is found confirms who is named there.
 */
async function withText(reader: Reader, text: string): Promise<WhereOptions<Ticket>> {
  if (/^[\w-]+$/.test(text)) return withNumber(reader, text);
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

/** By the beginning of a number, which has an index; where none begins so, by its end or that of its case's number. */
async function withNumber(reader: Reader, text: string): Promise<WhereOptions<Ticket>> {
  const spellings = [...new Set([text, text.toUpperCase()])];
  const townId = townsFor(reader, 'tickets.list');
  const begins = {
    [Op.or]: spellings.map((spelling) => ({
      number: { [Op.gte]: spelling, [Op.lt]: `${spelling}\uffff` },
    })),
  };
  const known = await Ticket.findOne({ where: { townId, ...begins }, attributes: ['id'], raw: true });
  if (known || text.length < SHORTEST_END) return begins;
  const ofCases = { caseId: await casesEndingWith(reader, text) };
  // The index of the town's numbers is read through, without its tickets.
  const ending = await Ticket.findAll({
    where: {
      [Op.and]: [{ townId }, where(fn('substr', col('number'), -text.length), { [Op.in]: spellings })],
    },
    attributes: ['id'],
    limit: MOST_FOUND,
    raw: true,
  });
  return { [Op.or]: [{ id: ending.map(({ id }) => id) }, ofCases] };
}

/** The cases in whose numbers a text stands before the last sign, as in 祝劳调〔2026〕0113号. */
async function casesEndingWith(reader: Reader, text: string): Promise<string[]> {
  const found = await DisputeCase.findAll({
    where: { [Op.and]: [{ [Op.or]: ticketReaches(reader, 'tickets.list') }, contains('number', text)] },
    attributes: ['id', 'number'],
    limit: MOST_FOUND,
    raw: true,
  });
  const ending = new RegExp(`${text}[^0-9a-z]*$`, 'iu');
  return found.filter(({ number }) => ending.test(number ?? '')).map(({ id }) => id);
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
  const [alarms, clocks, late] = await Promise.all([
    alarmsOf(tickets),
    runningClocks(tickets),
    daysLateToRoute(
      tickets.map(({ townId, receivedOn, state }) => ({
        townId,
        receivedOn,
        waits: state === 'awaitingRouting',
      })),
    ),
  ]);
  return rows.map(({ ticket, disputeCase, villageId }, index) => ({
    ticket,
    seesCaller: may(reader, 'tickets.seeCaller', placeOfTicket(ticket)),
    disputeCase,
    village: villages.find(({ id }) => id === villageId)?.name ?? null,
    alarms: alarms[index]!,
    clock: clocks[index]!,
    routingLate: late[index]!,
  }));
}

function distinct(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
