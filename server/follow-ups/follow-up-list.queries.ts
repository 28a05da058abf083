import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { among } from '../../models/dialect.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { placeOf } from '../cases/case.queries.ts';
import { privacyFor, type Privacy } from '../cases/privacy.rules.ts';
import type { Turn } from '../shared/list-address.ts';
import type { FollowUpFilter } from './follow-up-filter.rules.ts';
import { followUpsWithin } from './follow-up.queries.ts';
import { DISCONTENT } from './follow-up.rules.ts';

const PAGE = 50;

/** A follow-up as a list shows it. */
export interface FollowUpRow {
  followUp: FollowUp;
  disputeCase: DisputeCase;
  mediator: string | null;
  /** The workers, the first one by name. */
  worker: string | null;
  privacy: Privacy;
}

export interface FollowUpListPage extends Omit<KeysetPage<FollowUp>, 'rows'> {
  rows: FollowUpRow[];
  /** How many are due, whatever the filter. */
  due: number;
}

/** A page of the follow-ups that the reader may see: what is due the longest ago first, what was called newest first. */
export async function listFollowUps(
  reader: Reader,
  filter: FollowUpFilter,
  turn: Turn,
  size = PAGE,
): Promise<FollowUpListPage> {
  const reach = followUpsWithin(reader, 'followUps.list');
  const where = { [Op.and]: [reach, ...(await conditionsOf(filter))] };
  const include = [{ model: DisputeCase, as: 'disputeCase', required: true }];
  const called = filter.state === 'done';
  const page = await keysetPage(FollowUp, called ? 'calledOn' : 'dueOn', { where, include }, turn, size, {
    descending: filter.state !== 'due',
  });
  const due = await FollowUp.count({ where: { [Op.and]: [reach, { state: 'due' }] } });
  return { ...page, rows: await named(reader, page.rows), due };
}

async function conditionsOf(filter: FollowUpFilter): Promise<WhereOptions<FollowUp>[]> {
  const { area, state, satisfaction, valid, discontent, redo, helped, calledFrom, calledTo } = filter;
  return [
    ...(state ? [{ state }] : []),
    ...(satisfaction ? [{ satisfaction }] : []),
    ...(valid ? [{ reached: 'yes' as const, satisfaction: { [Op.ne]: 'declined' as const } }] : []),
    ...(discontent ? [{ reached: 'yes' as const, satisfaction: DISCONTENT }] : []),
    ...(redo ? [{ redo: true }] : []),
    ...(helped ? [{ redoHelped: true }] : []),
    ...(calledFrom ? [{ calledOn: { [Op.gte]: calledFrom } }] : []),
    ...(calledTo ? [{ calledOn: { [Op.lte]: calledTo } }] : []),
    ...(area ? [await withinArea(area)] : []),
  ];
}

async function withinArea(areaId: string): Promise<WhereOptions<FollowUp>> {
  const area = await Area.findByPk(areaId, { attributes: ['kind', 'path'], raw: true });
  if (!area) return { id: [] };
  if (area.kind === 'village')
    return { caseId: among('SELECT id FROM cases WHERE villageId = :villageId', { villageId: areaId }) };
  const where = { kind: 'town', path: { [Op.startsWith]: area.path } };
  const towns = await Area.findAll({ where, attributes: ['id'], raw: true });
  return { townId: towns.map(({ id }) => id) };
}

async function named(reader: Reader, followUps: FollowUp[]): Promise<FollowUpRow[]> {
  const cases = followUps.map(({ disputeCase }) => disputeCase!);
  const [workers, mediators] = await Promise.all([
    Claimant.findAll({
      where: { caseId: cases.map(({ id }) => id), position: 1 },
      attributes: ['caseId', 'name'],
    }),
    User.findAll({
      where: { id: cases.flatMap(({ mediatorId }) => mediatorId ?? []) },
      attributes: ['id', 'displayName'],
      raw: true,
    }),
  ]);
  return followUps.map((followUp) => {
    const disputeCase = followUp.disputeCase!;
    return {
      followUp,
      disputeCase,
      mediator: mediators.find(({ id }) => id === disputeCase.mediatorId)?.displayName ?? null,
      worker: workers.find(({ caseId }) => caseId === disputeCase.id)?.name ?? null,
      privacy: privacyFor(reader, placeOf(disputeCase), disputeCase.takenOverAt !== null),
    };
  });
}
