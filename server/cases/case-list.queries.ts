import { Op, type WhereOptions } from 'sequelize';
import { DisputeCase } from '../../models/cases.ts';
import { byIndex, countUpTo, selectRows } from '../../models/dialect.ts';
import { behind, merge, orderBy } from '../../models/keyset.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { alarmsAmongCases } from './case-alarms.queries.ts';
import type { Alarm } from './case-alarms.rules.ts';
import { conditionsOf, type CaseConditions } from './case-conditions.queries.ts';
import {
  CASE_SORTS,
  type CaseFilter,
  type CaseSort,
  type Cursor,
  type ListPlace,
} from './case-filter.rules.ts';

const PAGE_ROWS = 50;
const MOST_COUNTED = 10_000;

const ATTRIBUTES = [
  'id',
  'number',
  'hasTicket',
  'title',
  'respondentName',
  'primaryType',
  'claimedFen',
  'level',
  'roomId',
  'mediatorId',
  'villageId',
  'state',
  'outcome',
  'performance',
  'receivedOn',
  'closedOn',
  'dueOn',
  'dueKind',
] as const satisfies (keyof DisputeCase)[];

export type ListedCase = Pick<DisputeCase, (typeof ATTRIBUTES)[number]>;

/** A case as a list shows it: no word about its workers. */
export interface CaseListRow extends ListedCase {
  /** The first ticket's number, where the case has none of its own yet. */
  ticketNumber: string | null;
  room: string | null;
  mediator: string | null;
  village: string | null;
  /** Danger and the like, while it lasts. */
  alarm: Alarm | null;
}

export interface CaseListPage {
  rows: CaseListRow[];
  total: number;
  /** There are more than `total`; nobody counted on. */
  more: boolean;
  newer: Cursor | null;
  older: Cursor | null;
}

/** A page of the cases that the reader may see and the filter describes. */
export async function listCases(
  reader: Reader,
  filter: CaseFilter,
  { sort = 'due', after = null, before = null }: ListPlace = {},
  size = PAGE_ROWS,
): Promise<CaseListPage> {
  const conditions = await conditionsOf(reader, filter);
  const backwards = before !== null && (await read(conditions, sort, before, true, size + 1));
  // Where the beginning is near, the first page is shown whole.
  if (backwards && backwards.length > size) {
    const rows = backwards.slice(0, size).reverse();
    return pageOf(conditions, sort, rows, { newer: true, older: true }, size);
  }
  const start = before === null ? after : null;
  const rows = await read(conditions, sort, start, false, size + 1);
  return pageOf(
    conditions,
    sort,
    rows.slice(0, size),
    { newer: start !== null, older: rows.length > size },
    size,
  );
}

/** The first cases of a list and how many there are in all. */
export async function beginningOf(
  reader: Reader,
  filter: CaseFilter,
  sort: CaseSort,
  size: number,
): Promise<{ rows: ListedCase[]; total: number }> {
  const conditions = await conditionsOf(reader, filter);
  const rows = await read(conditions, sort, null, false, size + 1);
  return {
    rows: rows.slice(0, size),
    total: rows.length > size ? await countCases(conditions) : rows.length,
  };
}

async function pageOf(
  conditions: CaseConditions,
  sort: CaseSort,
  rows: ListedCase[],
  further: { newer: boolean; older: boolean },
  size: number,
): Promise<CaseListPage> {
  const whole = !further.newer && !further.older;
  const [named, counted] = await Promise.all([withNames(rows), whole ? rows.length : countCases(conditions)]);
  const { column } = CASE_SORTS[sort];
  const cursorAt = (row: ListedCase | undefined): Cursor | null =>
    row ? { value: row[column], id: row.id } : null;
  return {
    rows: named,
    total: Math.min(counted, MOST_COUNTED),
    more: counted > Math.max(MOST_COUNTED, size),
    newer: further.newer ? cursorAt(rows[0]) : null,
    older: further.older ? cursorAt(rows.at(-1)) : null,
  };
}

async function countCases({ reaches, where, townWide, filter }: CaseConditions): Promise<number> {
  if (reaches.length === 0) return 0;
  const index = townWide && filter.due === undefined ? COUNT_INDEX : null;
  const condition = { [Op.and]: [{ [Op.or]: reaches }, ...where] };
  return countUpTo(DisputeCase, condition, MOST_COUNTED + 1, byIndex('cases', index));
}

/** The index of the migration that holds what lists filter by. */
const COUNT_INDEX = ['townId', 'closedOn', 'receivedOn', 'primaryType', 'level', 'firstLevel', 'source'];

/** The index that holds a town's cases in the order of the list; null where the database is to choose. */
function indexFor({ townWide, filter }: CaseConditions, sort: CaseSort): string[] | null {
  if (!townWide) return null;
  const { state, due, openOn, receivedFrom, receivedTo, closedFrom, closedTo } = filter;
  const ofReceipt = (receivedFrom ?? receivedTo) !== undefined;
  const ofClosing = (closedFrom ?? closedTo) !== undefined;
  if (openOn) return COUNT_INDEX;
  if (sort === 'due' && state === 'open') return ['townId', 'closedOn', 'dueOn', 'id'];
  if (sort === 'due' && state && state !== 'closed') return ['townId', 'state', 'dueOn', 'id'];
  // Open cases are few: whatever finds them, they are quickly sorted.
  if ((state && state !== 'closed') || (due && sort !== 'due')) return null;
  if ((ofReceipt && sort !== 'received') || (ofClosing && sort !== 'closed')) return null;
  return ['townId', CASE_SORTS[sort].column, 'id'];
}

// Reading in order

/**
 * Up to `limit` cases behind a cursor, in the order of the list or (`backwards`) against it. Each reach is read by its
 * own index in that order and the answers are merged, because a disjunction would be sorted whole.
 */
async function read(
  conditions: CaseConditions,
  sort: CaseSort,
  cursor: Cursor | null,
  backwards: boolean,
  limit: number,
): Promise<ListedCase[]> {
  const { reaches, where } = conditions;
  const options = byIndex('cases', indexFor(conditions, sort));
  const found: ListedCase[] = [];
  for (const stretch of stretchesOf(sort, cursor, backwards)) {
    if (found.length >= limit) break;
    const answers = await Promise.all(
      reaches.map((reach) =>
        readStretch([reach, ...where], stretch, sort, backwards, { ...options, limit: limit - found.length }),
      ),
    );
    found.push(...merge(answers, CASE_SORTS[sort], backwards).slice(0, limit - found.length));
  }
  return found;
}

async function readStretch(
  conditions: WhereOptions<DisputeCase>[],
  { where, lacking }: Stretch,
  sort: CaseSort,
  backwards: boolean,
  options: ReturnType<typeof byIndex> & { limit: number },
): Promise<ListedCase[]> {
  const order = orderBy(CASE_SORTS[sort], backwards);
  return DisputeCase.findAll({
    attributes: [...ATTRIBUTES],
    where: { [Op.and]: [...conditions, where] },
    // MariaDB would sort by a column that is null throughout.
    order: lacking ? order.slice(1) : order,
    raw: true,
    ...options,
  });
}

/** A part of the order that one range of an index holds. */
interface Stretch {
  where: WhereOptions<DisputeCase>;
  /** Its cases lack the value, so that their ids alone order them. */
  lacking?: true;
}

/** The stretches of the order to be read one after the other: cases that lack the value stand last. */
function stretchesOf(sort: CaseSort, cursor: Cursor | null, backwards: boolean): Stretch[] {
  const { column, descending } = CASE_SORTS[sort];
  const canLack = column === 'closedOn' || column === 'claimedFen';
  const known: Stretch = { where: { [column]: { [Op.ne]: null } } };
  const lacking = (rest = {}): Stretch => ({ where: { [column]: null, ...rest }, lacking: true });
  const beyond = descending === backwards ? Op.gt : Op.lt;
  if (cursor === null)
    return !canLack ? [{ where: {} }] : backwards ? [lacking(), known] : [known, lacking()];
  if (cursor.value === null) {
    const rest = lacking({ id: { [beyond]: cursor.id } });
    return backwards ? [rest, known] : [rest];
  }
  const further: Stretch = { where: behind(cursor, CASE_SORTS[sort], backwards) };
  return canLack && !backwards ? [further, lacking()] : [further];
}

// Names

async function withNames(rows: ListedCase[]): Promise<CaseListRow[]> {
  const unnumbered = rows.filter(({ number, hasTicket }) => number === null && hasTicket).map(({ id }) => id);
  const [names, tickets, alarms] = await Promise.all([
    namesIn(rows),
    ticketNumbersOf(unnumbered),
    alarmsAmongCases(rows.map(({ id }) => id)),
  ]);
  return rows.map((row) => ({
    ...row,
    ticketNumber: tickets.get(row.id) ?? null,
    room: names.get(row.roomId ?? '') ?? null,
    mediator: names.get(row.mediatorId ?? '') ?? null,
    village: names.get(row.villageId ?? '') ?? null,
    alarm: alarms.get(row.id) ?? null,
  }));
}

/** The names of the rooms, people and villages in the rows, by their ids, which no two things share. */
async function namesIn(rows: ListedCase[]): Promise<Map<string, string>> {
  const idsIn = (column: 'roomId' | 'mediatorId' | 'villageId'): string[] => [
    ...new Set(rows.flatMap((row) => row[column] ?? [])),
  ];
  const named = await selectRows<{ id: string; name: string }>(
    `SELECT id, name FROM rooms WHERE id IN (:rooms)
     UNION ALL SELECT id, displayName FROM users WHERE id IN (:mediators)
     UNION ALL SELECT id, name FROM areas WHERE id IN (:villages)`,
    { rooms: idsIn('roomId'), mediators: idsIn('mediatorId'), villages: idsIn('villageId') },
  );
  return new Map(named.map(({ id, name }) => [id, name]));
}

/** The number of each case's first ticket, by the case's id. */
async function ticketNumbersOf(caseIds: string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map();
  const tickets = await Ticket.findAll({
    where: { caseId: caseIds },
    attributes: ['caseId', 'number'],
    order: [['receivedAt', 'DESC']],
    raw: true,
  });
  return new Map(tickets.map(({ caseId, number }) => [caseId!, number]));
}
