import { Op, type WhereOptions } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { among } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Informant, Responsibility } from '../../models/one-duty.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { grantsFor, may, townsFor, type Action, type Grant, type Reader } from '../accounts/access.rules.ts';
import { whoAnswersFor } from '../directory/duties.queries.ts';
import type { Duty } from '../directory/duty.rules.ts';
import { answeredBy, withinReach } from '../directory/reach.queries.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { CheckFilter } from './wage-checks-filter.rules.ts';

const PAGE = 50;

/** The grants by which a reader looks at the whole of an area, not only at what they answer for. */
export function areaGrants(reader: Reader, action: Action): Grant[] {
  return grantsFor(reader, action).flatMap(({ grant, scope }) => (scope === 'area' ? [grant] : []));
}

/** A check as a list shows it. */
export interface CheckRow {
  check: WageCheck;
  /** Who answers for the enterprise today, the lead first. */
  duties: Duty[];
  /** An active informant owes a report. */
  reportDue: boolean;
}

export interface CheckPage extends Omit<KeysetPage<WageCheck>, 'rows'> {
  rows: CheckRow[];
}

const WITH_NAMES = [
  {
    model: Enterprise,
    as: 'enterprise',
    attributes: ['id', 'name', 'headcount', 'warningLevel', 'creditCode'],
  },
  { model: Area, as: 'village', attributes: ['id', 'name'] },
  { model: User, as: 'checkedBy', attributes: ['displayName'] },
];

/** A page of a month's checks that the reader may see, by village and the most pressing first. */
export async function listChecks(
  reader: Reader,
  filter: CheckFilter,
  turn: Turn,
  size = PAGE,
): Promise<CheckPage> {
  const where = {
    [Op.and]: [withinReach(reader, 'wageChecks.read', 'villageId'), ...(await conditionsOf(reader, filter))],
  };
  const page = await keysetPage(WageCheck, 'listKey', { where, include: WITH_NAMES }, turn, size);
  return { ...page, rows: await withDuties(page.rows) };
}

async function conditionsOf(reader: Reader, filter: CheckFilter): Promise<WhereOptions[]> {
  const { month, village, show, officer, level } = filter;
  return [
    { month },
    ...(village ? [{ villageId: village }] : []),
    ...(show === 'unchecked' ? [{ checkedOn: null, leftOutReason: null }] : []),
    ...(show === 'checked' ? [{ checkedOn: { [Op.ne]: null } }] : []),
    ...(show && !['unchecked', 'checked', 'all'].includes(show) ? [{ state: show }] : []),
    ...(officer ? [await answeredFor(officer === 'me' ? reader.userId : officer)] : []),
    ...(level
      ? [{ enterpriseId: among('SELECT id FROM enterprises WHERE warningLevel = :level', { level }) }]
      : []),
  ];
}

/** The condition of what somebody answers for today; `enterprise` is the column of the enterprise. */
export async function answeredFor(
  officerId: string,
  enterprise: 'id' | 'enterpriseId' = 'enterpriseId',
): Promise<WhereOptions> {
  const day = today();
  const answers = await Responsibility.findAll({
    where: { officerId, fromDay: { [Op.lte]: day }, toDay: { [Op.or]: [null, { [Op.gte]: day }] } },
    attributes: ['enterpriseId', 'villageId', 'kind'],
    raw: true,
  });
  return answeredBy({ answers }, false, 'villageId', enterprise);
}

async function withDuties(checks: WageCheck[]): Promise<CheckRow[]> {
  const asked = checks.map(({ enterpriseId, villageId }) => ({ id: enterpriseId, villageId }));
  const [duties, informed] = await Promise.all([
    whoAnswersFor(asked, today()),
    enterprisesWithInformant(checks.map(({ enterpriseId }) => enterpriseId)),
  ]);
  return checks.map((check) => ({
    check,
    duties: duties.get(check.enterpriseId) ?? [],
    reportDue: informed.has(check.enterpriseId),
  }));
}

/** Of these enterprises those where an informant is active today. */
export async function enterprisesWithInformant(enterpriseIds: string[]): Promise<Set<string>> {
  const day = today();
  const rows = await Informant.findAll({
    where: {
      enterpriseId: enterpriseIds,
      activeFrom: { [Op.lte]: day },
      activeTo: { [Op.or]: [null, { [Op.gte]: day }] },
    },
    attributes: ['enterpriseId'],
    raw: true,
  });
  return new Set(rows.map(({ enterpriseId }) => enterpriseId));
}

/** A check with its names. @throws NotFound, the same for absent and for out of reach */
export async function findCheck(
  reader: Reader,
  checkId: string,
  action: Action = 'wageChecks.read',
): Promise<WageCheck> {
  const check = await WageCheck.findByPk(checkId, { include: WITH_NAMES });
  if (!check || !may(reader, action, check)) throw new NotFound();
  return check;
}

/** Who answers for an enterprise or village of the reader's towns today, by name. */
export async function officersIn(reader: Reader): Promise<{ id: string; name: string }[]> {
  const day = today();
  const duties = await Responsibility.findAll({
    where: {
      townId: townsFor(reader, 'wageChecks.read'),
      fromDay: { [Op.lte]: day },
      toDay: { [Op.or]: [null, { [Op.gte]: day }] },
    },
    attributes: ['officerId'],
    group: ['officerId'],
    raw: true,
  });
  const users = await User.findAll({
    where: { id: duties.map(({ officerId }) => officerId) },
    attributes: ['id', 'displayName'],
    order: [['displayName', 'ASC']],
    raw: true,
  });
  return users.map(({ id, displayName }) => ({ id, name: displayName }));
}
