import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { contains } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { Informant } from '../../models/one-duty.ts';
import { WageCheck, WageReport } from '../../models/wage-checks.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import { addMonths, reportDeadline } from '../wage-checks/rounds.rules.ts';
import { withinReach } from './reach.queries.ts';
import { settingsOf } from './town-settings.queries.ts';

/** Which informants a list shows; without `state` those who serve or will. */
export interface InformantFilter {
  /** A part of the code. */
  q?: string;
  /** A village by its id. */
  village?: string;
  state?: 'ended' | 'all';
}

const PAGE = 50;
const WITH_ENTERPRISE = {
  model: Enterprise,
  as: 'enterprise',
  attributes: ['id', 'name'],
  include: [{ model: Area, as: 'village', attributes: ['name'] }],
};
/** Without the name and the phone, which no list needs. */
const WITHOUT_SECRETS = { exclude: ['name', 'phone'] };

/** A page of the informants whom the reader may know, by code; without name and phone. */
export async function listInformants(
  reader: Reader,
  filter: InformantFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<Informant>> {
  const where = { [Op.and]: [withinReach(reader, 'informants.manage', 'villageId'), asked(filter)] };
  const query = { where, include: [WITH_ENTERPRISE], attributes: WITHOUT_SECRETS };
  return keysetPage(Informant, 'code', query, turn, size);
}

function asked({ q, village, state }: InformantFilter): WhereOptions {
  return {
    [Op.and]: [
      q ? contains('Informant.code', q) : {},
      village ? { villageId: village } : {},
      state === 'all' ? {} : { activeTo: state === 'ended' ? { [Op.lt]: today() } : servingOn(today()) },
    ],
  };
}

function servingOn(day: CalendarDay) {
  return { [Op.or]: [null, { [Op.gte]: day }] };
}

/** An informant with name and phone. @throws NotFound, the same for absent and for out of reach */
export async function findInformant(reader: Reader, id: string): Promise<Informant> {
  const informant = await Informant.findOne({
    where: { [Op.and]: [{ id }, withinReach(reader, 'informants.manage', 'villageId')] },
    include: [WITH_ENTERPRISE],
  });
  if (!informant) throw new NotFound();
  return informant;
}

/** The informant that a reader is today; null for anybody else. */
export async function activeInformant({ userId }: Reader): Promise<Informant | null> {
  const day = today();
  return Informant.findOne({
    where: { userId, activeFrom: { [Op.lte]: day }, activeTo: servingOn(day) },
  });
}

/** A month that an informant has still to report on, and the last day for it. */
export interface MonthOwed {
  checkId: string;
  month: string;
  dueOn: CalendarDay;
}

/** What an informant has not reported of what fell due since they serve, of the last twelve months, the newest first. */
export async function monthsOwed(informant: Informant): Promise<MonthOwed[]> {
  const { id: informantId, enterpriseId, activeFrom } = informant;
  const month = today().slice(0, 7);
  const checks = await WageCheck.findAll({
    where: {
      ...{ enterpriseId, leftOutReason: null },
      month: { [Op.gt]: addMonths(month, -12), [Op.lte]: month },
    },
    attributes: ['id', 'month'],
    order: [['month', 'DESC']],
    raw: true,
  });
  const reports = await WageReport.findAll({
    where: { informantId, checkId: checks.map(({ id }) => id), openKey: { [Op.ne]: null } },
    attributes: ['checkId'],
    raw: true,
  });
  const reported = new Set(reports.map(({ checkId }) => checkId));
  const { warningReportDay } = await settingsOf(informant.townId);
  return checks
    .map(({ id: checkId, month: one }) => ({
      ...{ checkId, month: one, dueOn: reportDeadline(one, warningReportDay) },
    }))
    .filter(({ checkId, dueOn }) => !reported.has(checkId) && dueOn >= activeFrom);
}

/** An informant as everybody may know of them. */
export interface ActiveInformant {
  id: string;
  userId: string;
  code: string;
  /** The last day; null while no end is known. */
  activeTo: CalendarDay | null;
}

/** Who reports from each of these enterprises on a day; an enterprise without anybody is not in it. */
export async function activeInformants(
  enterpriseIds: readonly string[],
  day: CalendarDay,
): Promise<Map<string, ActiveInformant[]>> {
  const rows = await Informant.findAll({
    where: {
      enterpriseId: [...enterpriseIds],
      activeFrom: { [Op.lte]: day },
      activeTo: servingOn(day),
    },
    attributes: ['id', 'userId', 'code', 'activeTo', 'enterpriseId'],
    order: [['code', 'ASC']],
  });
  const active = new Map<string, ActiveInformant[]>();
  for (const { id, userId, code, activeTo, enterpriseId } of rows)
    active.set(enterpriseId, [...(active.get(enterpriseId) ?? []), { id, userId, code, activeTo }]);
  return active;
}
