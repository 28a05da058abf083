import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import type { DisputeCase } from '../../models/cases.ts';
import { among } from '../../models/dialect.ts';
import { grantsFor, type Reader } from '../accounts/access.rules.ts';
import { NEVER } from '../deadlines/case-deadlines.rules.ts';
import { ENDED_DESKS } from '../directory/ended-desks.queries.ts';
import { outcomesOf } from '../reports/indicators.rules.ts';
import { addDays } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
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
  const [area, enterprise, text] = await Promise.all([
    filter.area ? withinArea(filter.area) : null,
    filter.enterprise ? ofEnterprise(reader, filter.enterprise) : {},
    filter.text ? withText(reader, filter.text) : {},
  ]);
  const { village, room, mediator, mine, awaits, paidFrom, paidTo, paidMigrant } = filter;
  return {
    filter,
    reaches: area ? reaches.filter((reach) => canLieIn(reach, area)) : reaches,
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
  if (due === 'pressing') conditions.push({ dueOn: { [Op.lte]: addDays(today(), SOON_DAYS) } });
  if (due === 'soon') conditions.push({ dueOn: { [Op.between]: [today(), addDays(today(), SOON_DAYS)] } });
  return conditions;
}

const PAID =
  "SELECT p.caseId FROM payments p WHERE p.state = 'verified' AND p.paidOn BETWEEN :paidFrom AND :paidTo";
const PAID_TO_MIGRANTS = `SELECT p.caseId FROM payments p JOIN claimants w ON w.id = p.claimantId
  WHERE p.state = 'verified' AND p.paidOn BETWEEN :paidFrom AND :paidTo AND w.migrant = 1`;

/** Cases that have work left for a mediator who is no longer in their room; few desks are, so that they are found by them. */
export const LEFT_BEHIND = `SELECT c.id FROM (${ENDED_DESKS}) d
  JOIN cases c ON c.mediatorId = d.userId AND c.roomId = d.roomId
  WHERE c.closedOn IS NULL OR c.redoOn IS NOT NULL OR c.performance <> 'fulfilled'`;

/** Collective cases of which the county was told. */
const REPORTED = 'SELECT g.caseId FROM group_cases g WHERE g.reportedOn IS NOT NULL';

/** Gone up to where nobody mediates: the dispatcher gives it to somebody. */
const NOBODYS = {
  mediatorId: null,
  closedOn: null,
  state: { [Op.ne]: 'awaitingRouting' as const },
};

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
    case 'redo':
      return { closedOn: { [Op.ne]: null }, redoOn: { [Op.ne]: null } };
    case 'countyReport':
      return { collective: true, closedOn: null, [Op.not]: { id: among(REPORTED) } };
    case 'receipt':
      return { outcome: 'transferred', transferReceiptOn: null, ledgerBatchId: null };
    case 'reassignment':
      return { [Op.or]: [{ id: among(LEFT_BEHIND, { today: today() }) }, NOBODYS] };
    case 'verification':
      return {
        id: among(
          "SELECT p.caseId FROM payments p WHERE p.state = 'recorded' AND p.recordedById <> :userId",
          { userId },
        ),
      };
  }
}

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
