import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { among, byIndex, contains, countUpTo, matchesText, selectRows } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Ticket } from '../../models/tickets.ts';
import { grantsFor, townsFor, type Reader } from '../accounts/access.rules.ts';
import { NEVER } from '../deadlines/case-deadlines.rules.ts';
import { outcomesOf } from '../reports/indicators.rules.ts';
import { addDays } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { isId } from '../shared/ids.ts';
import {
  CASE_SORTS,
  NONE,
  SOON_DAYS,
  type Awaited as AwaitedAct,
  type CaseFilter,
  type CaseSort,
  type Cursor,
  type ListPlace,
} from './case-filter.rules.ts';
import { reachesOf } from './case.queries.ts';

const PAGE_ROWS = 50;
const MOST_COUNTED = 10_000;
/** More cases than this behind a number or a name, and the text is searched by its words instead. */
const MOST_FOUND_DIRECTLY = 200;

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
}

export interface CaseListPage {
  rows: CaseListRow[];
  total: number;
  /** There are more than `total`; nobody counted on. */
  more: boolean;
  newer: Cursor | null;
  older: Cursor | null;
}

interface Conditions {
  filter: CaseFilter;
  reaches: WhereOptions<DisputeCase>[];
  where: WhereOptions<DisputeCase>[];
  /** Every reach is a whole town, and nothing in the filter finds its cases better than the order of the list. */
  townWide: boolean;
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
  conditions: Conditions,
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

async function countCases({ reaches, where, townWide, filter }: Conditions): Promise<number> {
  if (reaches.length === 0) return 0;
  const index = townWide && filter.due === undefined ? COUNT_INDEX : null;
  const condition = { [Op.and]: [{ [Op.or]: reaches }, ...where] };
  return countUpTo(DisputeCase, condition, MOST_COUNTED + 1, byIndex('cases', index));
}

/** The index of the migration that holds what lists filter by. */
const COUNT_INDEX = ['townId', 'closedOn', 'receivedOn', 'primaryType', 'level', 'firstLevel', 'source'];

/** The index that holds a town's cases in the order of the list; null where the database is to choose. */
function indexFor({ townWide, filter }: Conditions, sort: CaseSort): string[] | null {
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
  conditions: Conditions,
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
    found.push(...merge(answers, sort, backwards).slice(0, limit - found.length));
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
  const { column, descending } = CASE_SORTS[sort];
  const direction = descending === backwards ? 'ASC' : 'DESC';
  return DisputeCase.findAll({
    attributes: [...ATTRIBUTES],
    where: { [Op.and]: [...conditions, where] },
    // MariaDB would sort by a column that is null throughout.
    order: lacking
      ? [['id', direction]]
      : [
          [column, direction],
          ['id', direction],
        ],
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

/**
 * The stretches of the order to be read one after the other: cases that lack the value stand last. `>= AND (> OR id >)`
 * is a range of the index in both databases; a comparison of pairs is none in MariaDB.
 */
function stretchesOf(sort: CaseSort, cursor: Cursor | null, backwards: boolean): Stretch[] {
  const { column, descending } = CASE_SORTS[sort];
  const canLack = column === 'closedOn' || column === 'claimedFen';
  const known: Stretch = { where: { [column]: { [Op.ne]: null } } };
  const lacking = (rest = {}): Stretch => ({ where: { [column]: null, ...rest }, lacking: true });
  const onward = descending === backwards;
  const beyond = onward ? Op.gt : Op.lt;
  if (cursor === null)
    return !canLack ? [{ where: {} }] : backwards ? [lacking(), known] : [known, lacking()];
  if (cursor.value === null) {
    const rest = lacking({ id: { [beyond]: cursor.id } });
    return backwards ? [rest, known] : [rest];
  }
  const behind: Stretch = {
    where: {
      [column]: { [onward ? Op.gte : Op.lte]: cursor.value },
      [Op.or]: [{ [column]: { [beyond]: cursor.value } }, { id: { [beyond]: cursor.id } }],
    },
  };
  return canLack && !backwards ? [behind, lacking()] : [behind];
}

function merge(answers: ListedCase[][], sort: CaseSort, backwards: boolean): ListedCase[] {
  const [only] = answers;
  if (answers.length === 1) return only!;
  const { column, descending } = CASE_SORTS[sort];
  const sign = descending === backwards ? 1 : -1;
  const distinct = [...new Map(answers.flat().map((row) => [row.id, row])).values()];
  return distinct.sort((a, b) => sign * (compare(a[column], b[column]) || compare(a.id, b.id)));
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

// Conditions

async function conditionsOf(reader: Reader, filter: CaseFilter): Promise<Conditions> {
  const ownOnly = filter.mine && grantsFor(reader, 'cases.list').some(({ scope }) => scope === 'room');
  const wholeReaches = ownOnly ? [{ mediatorId: reader.userId }] : reachesOf(reader, 'cases.list');
  const [reaches, enterprise, text] = await Promise.all([
    filter.area ? withinArea(wholeReaches, filter.area) : wholeReaches,
    filter.enterprise ? ofEnterprise(reader, filter.enterprise) : {},
    filter.text ? withText(reader, filter.text) : {},
  ]);
  const { village, room, mediator, mine, awaits, paidFrom, paidTo, paidMigrant } = filter;
  return {
    filter,
    reaches,
    townWide:
      !(village ?? room ?? mediator ?? mine ?? awaits ?? paidFrom ?? paidTo ?? paidMigrant) &&
      !(filter.enterprise ?? filter.text) &&
      reaches.every((reach) => Object.keys(reach).join() === 'townId'),
    where: [plainConditions(reader, filter), ...dayConditions(filter), enterprise, text],
  };
}

function plainConditions(reader: Reader, filter: CaseFilter): WhereOptions<DisputeCase> {
  const { village, level, type, room, mediator, source, outcome, outcomeGroup, wentUp } = filter;
  const conditions: WhereOptions<DisputeCase>[] = [];
  if (village) conditions.push({ villageId: village === NONE ? null : village });
  if (level) conditions.push({ level: level === NONE ? null : level });
  if (type) conditions.push({ primaryType: type });
  if (room) conditions.push({ roomId: room });
  if (mediator) conditions.push({ mediatorId: mediator });
  if (filter.mine) conditions.push({ mediatorId: reader.userId });
  if (source) conditions.push({ source });
  if (filter.collective) conditions.push({ collective: true });
  if (filter.hasTicket) conditions.push({ hasTicket: true });
  if (filter.state) conditions.push(inState(filter.state));
  if (outcome) conditions.push({ outcome });
  if (outcomeGroup) {
    const outcomes =
      outcomeGroup === 'decided'
        ? [...outcomesOf('succeeded'), ...outcomesOf('failed')]
        : outcomesOf(outcomeGroup);
    conditions.push({ outcome: outcomes });
  }
  if (filter.valid) conditions.push({ [Op.or]: [{ outcome: null }, { outcome: { [Op.ne]: 'void' } }] });
  if (wentUp)
    conditions.push({
      level: { [wentUp === 'yes' ? Op.ne : Op.eq]: { [Op.col]: 'DisputeCase.firstLevel' } },
    });
  if (filter.awaits) conditions.push(awaiting(filter.awaits, reader));
  return { [Op.and]: conditions };
}

/** A case is open until it has a closing day, and that is what the indexes hold. */
function inState(state: NonNullable<CaseFilter['state']>): WhereOptions<DisputeCase> {
  if (state === 'open') return { closedOn: null };
  return state === 'closed' ? { closedOn: { [Op.ne]: null } } : { state, closedOn: null };
}

function dayConditions(filter: CaseFilter): WhereOptions<DisputeCase>[] {
  const { receivedFrom, receivedTo, closedFrom, closedTo, openOn, paidFrom, paidTo, paidMigrant, due } =
    filter;
  const conditions: WhereOptions<DisputeCase>[] = [];
  if (receivedFrom) conditions.push({ receivedOn: { [Op.gte]: receivedFrom } });
  if (receivedTo) conditions.push({ receivedOn: { [Op.lte]: receivedTo } });
  if (closedFrom) conditions.push({ closedOn: { [Op.gte]: closedFrom } });
  if (closedTo) conditions.push({ closedOn: { [Op.lte]: closedTo } });
  if (openOn) {
    conditions.push({ receivedOn: { [Op.lte]: openOn } });
    conditions.push({ [Op.or]: [{ closedOn: null }, { closedOn: { [Op.gt]: openOn } }] });
  }
  if (paidFrom || paidTo || paidMigrant) {
    const days = { paidFrom: paidFrom ?? '0000-01-01', paidTo: paidTo ?? '9999-12-31' };
    conditions.push({ id: paidMigrant ? among(PAID_TO_MIGRANTS, days) : among(PAID, days) });
  }
  if (due === 'overdue') conditions.push({ dueOn: { [Op.lt]: today() } });
  if (due === 'soon') conditions.push({ dueOn: { [Op.between]: [today(), addDays(today(), SOON_DAYS)] } });
  return conditions;
}

const PAID =
  "SELECT p.caseId FROM payments p WHERE p.state = 'verified' AND p.paidOn BETWEEN :paidFrom AND :paidTo";
const PAID_TO_MIGRANTS = `SELECT p.caseId FROM payments p JOIN claimants w ON w.id = p.claimantId
  WHERE p.state = 'verified' AND p.paidOn BETWEEN :paidFrom AND :paidTo AND w.migrant = 1`;

const TAKEN_OVER = { state: 'awaitingAcceptance', closedOn: null, takenOverAt: { [Op.ne]: null } };

/** What waits for somebody; a decision and a verification are for another person than the one who asked. */
function awaiting(act: AwaitedAct, { userId }: Reader): WhereOptions<DisputeCase> {
  switch (act) {
    case 'takeOver':
      return { closedOn: null, takenOverAt: null, mediatorId: { [Op.ne]: null } };
    case 'firstContact':
      return { ...TAKEN_OVER, firstContactAt: null };
    case 'acceptance':
      return { ...TAKEN_OVER, firstContactAt: { [Op.ne]: null } };
    case 'instalment':
      return { closedOn: { [Op.ne]: null }, dueOn: { [Op.lt]: NEVER }, dueKind: 'instalment' };
    case 'decision':
      return {
        id: among(
          'SELECT p.openKey FROM case_proposals p WHERE p.openKey IS NOT NULL AND p.proposedById <> :userId',
          {
            userId,
          },
        ),
      };
    case 'verification':
      return {
        id: among(
          "SELECT p.caseId FROM payments p WHERE p.state = 'recorded' AND p.recordedById <> :userId",
          { userId },
        ),
      };
  }
}

/** The parts of the reaches that lie in an area. */
async function withinArea(
  reaches: WhereOptions<DisputeCase>[],
  areaId: string,
): Promise<WhereOptions<DisputeCase>[]> {
  const area = await Area.findByPk(areaId, { attributes: ['kind', 'path'], raw: true });
  if (area?.kind === 'village') return reaches.map((reach) => ({ ...reach, villageId: areaId }));
  const where = { kind: 'town', path: { [Op.startsWith]: area?.path ?? '/' } };
  const towns = (await Area.findAll({ where, attributes: ['id'], raw: true })).map(({ id }) => id);
  return reaches.flatMap((reach) => {
    const townId = (reach as { townId?: string }).townId;
    return townId === undefined ? { ...reach, townId: towns } : towns.includes(townId) ? reach : [];
  });
}

async function ofEnterprise(reader: Reader, text: string): Promise<WhereOptions<DisputeCase>> {
  const known: boolean = isId(text);
  if (known) return { enterpriseId: text };
  const enterprises = await Enterprise.findAll({
    where: {
      townId: townsFor(reader, 'cases.list'),
      [Op.or]: [{ creditCode: text.toUpperCase() }, contains('name', text)],
    },
    attributes: ['id'],
    limit: MOST_FOUND_DIRECTLY,
    raw: true,
  });
  return { enterpriseId: enterprises.map(({ id }) => id) };
}

/**
 * The cases that a text means: by the beginning of a case or ticket number, by a worker (only where the reader may see
 * every name), else by the words of title, respondents and numbers.
 */
async function withText(reader: Reader, text: string): Promise<WhereOptions<DisputeCase>> {
  const numbered = /\d/.test(text) ? await idsByNumber(reader, text) : [];
  if (numbered.length > 0) return { id: numbered };
  const ofWorkers = await idsByWorker(reader, text);
  if (ofWorkers.length > 0) return { id: ofWorkers };
  return matchesText('DisputeCase', 'cases', text);
}

async function idsByNumber(reader: Reader, text: string): Promise<string[]> {
  const begins = [...new Set([text, text.toUpperCase()])].map((beginning) => ({
    number: { [Op.gte]: beginning, [Op.lt]: `${beginning}\uffff` },
  }));
  const where = { townId: townsFor(reader, 'cases.list'), [Op.or]: begins };
  const limit = MOST_FOUND_DIRECTLY + 1;
  const [cases, tickets] = await Promise.all([
    DisputeCase.findAll({ where, attributes: ['id'], limit, raw: true }),
    Ticket.findAll({ where, attributes: ['caseId'], limit, raw: true }),
  ]);
  if (cases.length === limit || tickets.length === limit) return [];
  return [...new Set([...cases.map(({ id }) => id), ...tickets.flatMap(({ caseId }) => caseId ?? [])])];
}

async function idsByWorker(reader: Reader, text: string): Promise<string[]> {
  const reaches = namesReaches(reader);
  if (reaches.length === 0) return [];
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  const workers = await Claimant.findAll({
    where: /^\d{7,}$/.test(digits) ? { phoneHash: lookupHash(digits) } : { name: text },
    attributes: ['caseId'],
    limit: 5 * MOST_FOUND_DIRECTLY,
    raw: true,
  });
  if (workers.length === 0) return [];
  const cases = await DisputeCase.findAll({
    where: { [Op.and]: [{ id: workers.map(({ caseId }) => caseId) }, { [Op.or]: reaches }] },
    attributes: ['id'],
    raw: true,
  });
  return cases.map(({ id }) => id);
}

/** The cases whose workers' names the reader sees in full, as `privacyFor` says of one case: finding confirms a name. */
function namesReaches(reader: Reader): WhereOptions<DisputeCase>[] {
  const takenOver = { takenOverAt: { [Op.ne]: null } };
  return grantsFor(reader, 'cases.reveal').flatMap(({ grant, scope }) =>
    reachesOf({ ...reader, grants: [grant] }, 'cases.reveal').map((reach) =>
      scope === 'area' ? reach : { [Op.and]: [reach, takenOver] },
    ),
  );
}

// Names

async function withNames(rows: ListedCase[]): Promise<CaseListRow[]> {
  const unnumbered = rows.filter(({ number, hasTicket }) => number === null && hasTicket).map(({ id }) => id);
  const [names, tickets] = await Promise.all([namesIn(rows), ticketNumbersOf(unnumbered)]);
  return rows.map((row) => ({
    ...row,
    ticketNumber: tickets.get(row.id) ?? null,
    room: names.get(row.roomId ?? '') ?? null,
    mediator: names.get(row.mediatorId ?? '') ?? null,
    village: names.get(row.villageId ?? '') ?? null,
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
