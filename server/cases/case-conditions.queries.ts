import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { among, selectRows } from '../../models/dialect.ts';
import { grantsFor, may, townsFor, type Reader } from '../accounts/access.rules.ts';
import { NEVER } from '../deadlines/case-deadlines.rules.ts';
import { ENDED_DESKS } from '../directory/ended-desks.queries.ts';
import { outcomesOf } from '../reports/indicators.rules.ts';
import { addDays } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { alarmsAmongCases } from './case-alarms.queries.ts';
import { ALARMS, RISK_ALARMS } from './case-alarms.rules.ts';
import { NONE, SOON_DAYS, type Awaited as AwaitedAct, type CaseFilter } from './case-filter.rules.ts';
import { ofEnterprise, withText } from './case-search.queries.ts';
import { reachesOf } from './case.queries.ts';

/** What a list of cases asks of the database. */
export interface CaseConditions {
  filter: CaseFilter;
  reaches: WhereOptions<DisputeCase>[];
  where: WhereOptions<DisputeCase>[];
  /** Every reach is a whole town, and nothing in the filter finds its cases better than the order of the list. */
  townWide: boolean;
}

/** The conditions of a filter within the reader's reach. */
export async function conditionsOf(reader: Reader, filter: CaseFilter): Promise<CaseConditions> {
  const ownOnly = filter.mine && grantsFor(reader, 'cases.list').some(({ scope }) => scope === 'room');
  const reaches = ownOnly ? [{ mediatorId: reader.userId }] : reachesOf(reader, 'cases.list');
  const [area, found, enterprise, text] = await Promise.all([
    filter.area ? withinArea(filter.area) : null,
    filter.awaits && isFoundFirst(filter.awaits) ? findAwaiting(filter.awaits, reader) : null,
    filter.enterprise ? ofEnterprise(reader, filter.enterprise) : {},
    filter.text ? withText(reader, filter.text) : {},
  ]);
  const { village, room, mediator, mine, awaits, paidFrom, paidTo, paidMigrant } = filter;
  return {
    filter,
    reaches: found ?? (area ? reaches.filter((reach) => canLieIn(reach, area)) : reaches),
    townWide:
      !(
        area?.villageId ??
        village ??
        room ??
        mediator ??
        mine ??
        awaits ??
        paidFrom ??
        paidTo ??
        paidMigrant
      ) &&
      !(filter.enterprise ?? filter.text) &&
      reaches.every((reach) => Object.keys(reach).join() === 'townId'),
    where: [plainConditions(reader, filter), ...dayConditions(filter), area ?? {}, enterprise, text],
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
  if (filter.awaits && !isFoundFirst(filter.awaits)) conditions.push(CONDITIONS[filter.awaits]);
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
  if (due === 'pressing') conditions.push({ dueOn: { [Op.lte]: addDays(today(), SOON_DAYS) } });
  if (due === 'soon') conditions.push({ dueOn: { [Op.between]: [today(), addDays(today(), SOON_DAYS)] } });
  return conditions;
}

const PAID =
  "SELECT p.caseId FROM payments p WHERE p.state = 'verified' AND p.paidOn BETWEEN :paidFrom AND :paidTo";
const PAID_TO_MIGRANTS = `SELECT p.caseId FROM payments p JOIN claimants w ON w.id = p.claimantId
  WHERE p.state = 'verified' AND p.paidOn BETWEEN :paidFrom AND :paidTo AND w.migrant = 1`;

/**
 * Cases that have work left for a mediator who is no longer in their room; few desks are, so that they are found by them
 * (SQLite takes the tables of a CROSS JOIN in the order in which they are written).
 */
export const LEFT_BEHIND = `SELECT c.id FROM (${ENDED_DESKS}) d
  CROSS JOIN cases c ON c.mediatorId = d.userId AND c.roomId = d.roomId
  WHERE c.closedOn IS NULL OR c.redoOn IS NOT NULL OR c.performance <> 'fulfilled'`;

/** Collective cases of which the county was told. */
const REPORTED = 'SELECT g.caseId FROM group_cases g WHERE g.reportedOn IS NOT NULL';

/** Those left behind, and those that went up to where nobody mediates: the dispatcher gives them to somebody. */
const NOBODYS = `${LEFT_BEHIND} UNION SELECT c.id FROM cases c
  WHERE c.mediatorId IS NULL AND c.closedOn IS NULL AND c.state <> 'awaitingRouting'`;

/** The open cases of some towns and those to be done again: few among many, each of the two found by an index. */
const ALIVE = `SELECT id FROM cases WHERE townId IN (:townIds) AND closedOn IS NULL
  UNION ALL SELECT id FROM cases
  WHERE townId IN (:townIds) AND dueOn < :never AND closedOn IS NOT NULL AND redoOn IS NOT NULL`;

/**
 * Acts that few cases among many wait for: those are found first, because in the order of a list SQLite would read a whole
 * town for them.
 */
const FOUND_FIRST = {
  // Where an alarm was ever sounded; whether it still sounds, `alarmsAmongCases` says.
  alarm: `SELECT c.id FROM (${ALIVE}) c CROSS JOIN routing_decisions r ON r.caseId = c.id
      WHERE r.rule IN (:alarms) OR r.inputs LIKE '%"petition"%'
    UNION SELECT c.id FROM (${ALIVE}) c CROSS JOIN contacts k ON k.caseId = c.id WHERE k.risk IN (:risks)
    UNION SELECT c.id FROM (${ALIVE}) c CROSS JOIN cases m ON m.mergedIntoId = c.id
      CROSS JOIN contacts k ON k.caseId = m.id WHERE k.risk IN (:risks)
    UNION SELECT c.id FROM (${ALIVE}) c CROSS JOIN follow_ups f ON f.caseId = c.id WHERE f.risk IN (:risks)`,
  decision: `SELECT p.openKey AS id FROM case_proposals p
    WHERE p.openKey IS NOT NULL AND p.proposedById <> :userId`,
  receipt: `SELECT c.id FROM cases c WHERE c.townId IN (:townIds) AND c.outcome = 'transferred'
    AND c.transferReceiptOn IS NULL AND c.ledgerBatchId IS NULL`,
  reassignment: NOBODYS,
  verification: `SELECT p.caseId AS id FROM payments p
    WHERE p.state = 'recorded' AND p.recordedById <> :userId`,
} as const satisfies Partial<Record<AwaitedAct, string>>;
type FoundFirst = keyof typeof FOUND_FIRST;
const isFoundFirst = (act: AwaitedAct): act is FoundFirst => act in FOUND_FIRST;

const TAKEN_OVER = { state: 'awaitingAcceptance', closedOn: null, takenOverAt: { [Op.ne]: null } };

/** The cases that the reader may list and that wait for an act, as a reach of their own. */
async function findAwaiting(act: FoundFirst, reader: Reader): Promise<WhereOptions<DisputeCase>[]> {
  const values = {
    userId: reader.userId,
    townIds: townsFor(reader, 'cases.list'),
    today: today(),
    never: NEVER,
    alarms: [...ALARMS],
    risks: Object.keys(RISK_ALARMS),
  };
  const found = await selectRows<{ id: string }>(FOUND_FIRST[act], values);
  const ids = [...new Set(found.map(({ id }) => id))];
  const rows = await DisputeCase.findAll({
    where: { id: act === 'alarm' ? [...(await alarmsAmongCases(ids)).keys()] : ids },
    attributes: ['id', 'townId', 'villageId', 'enterpriseId', 'roomId', 'mediatorId', 'level'],
    raw: true,
  });
  return [{ id: rows.filter((row) => may(reader, 'cases.list', row)).map(({ id }) => id) }];
}

const INSTALMENT = { closedOn: { [Op.ne]: null }, dueOn: { [Op.lt]: NEVER }, dueKind: 'instalment' };

/** The other acts; a decision and a verification above are for another person than the one who asked. */
const CONDITIONS: Record<Exclude<AwaitedAct, FoundFirst>, WhereOptions<DisputeCase>> = {
  takeOver: { closedOn: null, takenOverAt: null, mediatorId: { [Op.ne]: null } },
  firstContact: { ...TAKEN_OVER, firstContactAt: null },
  acceptance: { ...TAKEN_OVER, firstContactAt: { [Op.ne]: null } },
  instalment: INSTALMENT,
  breach: { ...INSTALMENT, performance: 'breached' },
  redo: { closedOn: { [Op.ne]: null }, dueOn: { [Op.lt]: NEVER }, redoOn: { [Op.ne]: null } },
  countyReport: { collective: true, closedOn: null, [Op.not]: { id: among(REPORTED) } },
};

/** The places of an area: a village, or the towns at or below it; nowhere when there is none. */
async function withinArea(areaId: string): Promise<{ villageId?: string; townId?: string[] }> {
  const area = await Area.findByPk(areaId, { attributes: ['kind', 'path'], raw: true });
  if (area?.kind === 'village') return { villageId: areaId };
  if (!area) return { townId: [] };
  const where = { kind: 'town', path: { [Op.startsWith]: area.path } };
  const towns = await Area.findAll({ where, attributes: ['id'], raw: true });
  return { townId: towns.map(({ id }) => id) };
}

/** A reach of another town has no case of the area, and need not be read. */
function canLieIn(reach: WhereOptions<DisputeCase>, { townId: towns }: { townId?: string[] }): boolean {
  const { townId } = reach as { townId?: unknown };
  return !towns || typeof townId !== 'string' || towns.includes(townId);
}
