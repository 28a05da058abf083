import { Op } from 'sequelize';
import { User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { asNumber, contains, selectRows } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { townsFor, type Reader } from '../accounts/access.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { withinReach } from '../directory/reach.queries.ts';
import { today } from '../shared/clock.ts';
import { monthsBetween } from './rounds.rules.ts';
import { areaGrants, answeredFor } from './wage-checks.queries.ts';
import type { Coverage } from './wage-checks.rules.ts';

/** How many enterprises a page of the board has. */
const PAGE = 40;

export interface BoardFilter {
  year: number;
  village?: string;
  officer?: string;
  q?: string;
  /** Counted from 1. */
  page: number;
}

/** One enterprise with the checks of the year by month. */
export interface BoardRow {
  id: string;
  name: string;
  village: string | null;
  checks: Map<string, Pick<WageCheck, 'id' | 'state'>>;
}

export interface Board {
  months: string[];
  rows: BoardRow[];
  total: number;
  from: number;
  villages: { id: string | null; name: string | null; byMonth: Map<string, Coverage> }[];
  /** The coverage of one month by who answers. */
  officers: { id: string; name: string; coverage: Coverage }[];
  officersMonth: string;
}

/** A page of the board with the coverage of its year; for an officer what they answer for alone. */
export async function loadBoard(reader: Reader, filter: BoardFilter): Promise<Board> {
  const { year, page } = filter;
  const months = monthsBetween(`${year}-01`, `${year}-12`);
  const { rows, count } = await Enterprise.findAndCountAll({
    where: {
      [Op.and]: [withinReach(reader, 'wageChecks.read', 'villageId', 'id'), ...(await asked(reader, filter))],
    },
    include: [{ model: Area, as: 'village', attributes: ['name', 'position'] }],
    attributes: ['id', 'name'],
    order: [
      [{ model: Area, as: 'village' }, 'position', 'ASC'],
      ['normalisedName', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: PAGE,
    offset: (page - 1) * PAGE,
  });
  const checks = await WageCheck.findAll({
    where: { enterpriseId: rows.map(({ id }) => id), month: months },
    attributes: ['id', 'enterpriseId', 'month', 'state'],
    raw: true,
  });
  const officersMonth = lastMonthOf(year);
  const [villages, officers] = await Promise.all([
    coverageByVillage(reader, months),
    officersCoverage(reader, officersMonth),
  ]);
  return {
    ...{ months, total: count, from: (page - 1) * PAGE + 1, villages, officers, officersMonth },
    rows: rows.map(({ id, name, village }) => ({
      ...{ id, name, village: village?.name ?? null },
      checks: new Map(
        checks.filter(({ enterpriseId }) => enterpriseId === id).map((check) => [check.month, check]),
      ),
    })),
  };
}

function lastMonthOf(year: number): string {
  const month = today().slice(0, 7);
  return month.startsWith(String(year)) ? month : `${year}-12`;
}

async function asked(reader: Reader, { village, officer, q }: BoardFilter) {
  return [
    { active: true },
    ...(village ? [{ villageId: village }] : []),
    ...(officer ? [await answeredFor(officer === 'me' ? reader.userId : officer, 'id')] : []),
    ...(q ? [contains('Enterprise.name', q)] : []),
  ];
}

const BY_VILLAGE = `
  SELECT c.month, c.villageId, COUNT(*) AS due, COUNT(c.checkedOn) AS checked
  FROM wage_checks c
  WHERE c.townId IN (:townIds) AND c.month IN (:months) AND c.leftOutReason IS NULL
  GROUP BY c.month, c.villageId`;

/** What was checked of what was due, by village and month; only for who looks at whole areas. */
async function coverageByVillage(reader: Reader, months: string[]): Promise<Board['villages']> {
  const grants = areaGrants(reader, 'wageChecks.read');
  if (grants.length === 0) return [];
  const townIds = [...new Set(grants.flatMap((grant) => grant.townIds))];
  const found = await selectRows<{ month: string; villageId: string | null; due: unknown; checked: unknown }>(
    BY_VILLAGE,
    { townIds, months },
  );
  const ids = [...new Set(found.flatMap(({ villageId }) => villageId ?? []))];
  const areas = await Area.findAll({
    where: { id: ids },
    attributes: ['id', 'name', 'parentId'],
    order: [['position', 'ASC']],
    raw: true,
  });
  const seen = (townId: string | null, villageId: string | null): boolean =>
    grants.some(
      (grant) =>
        (grant.villageId === null || grant.villageId === villageId) &&
        (townId === null || grant.townIds.includes(townId)),
    );
  const villages: Board['villages'] = [
    ...areas
      .filter(({ id, parentId }) => seen(parentId, id))
      .map(({ id, name }) => ({ id, name, byMonth: new Map<string, Coverage>() })),
    ...(seen(null, null) ? [{ id: null, name: null, byMonth: new Map<string, Coverage>() }] : []),
  ];
  for (const { month, villageId, due, checked } of found)
    villages
      .find(({ id }) => id === villageId)
      ?.byMonth.set(month, { due: asNumber(due), checked: asNumber(checked) });
  return villages.filter(({ byMonth }) => byMonth.size > 0);
}

const ANSWERED_VILLAGES = `
  SELECT DISTINCT r.officerId, r.villageId FROM responsibilities r
  WHERE r.townId IN (:townIds) AND r.villageId IS NOT NULL
    AND r.fromDay <= :day AND (r.toDay IS NULL OR r.toDay >= :day)`;

const BY_SINGLE_ENTERPRISES = `
  SELECT r.officerId, COUNT(DISTINCT c.id) AS due,
    COUNT(DISTINCT CASE WHEN c.checkedOn IS NOT NULL THEN c.id END) AS checked
  FROM responsibilities r JOIN wage_checks c ON c.enterpriseId = r.enterpriseId AND c.month = :month
  WHERE r.townId IN (:townIds) AND r.fromDay <= :day AND (r.toDay IS NULL OR r.toDay >= :day)
    AND c.leftOutReason IS NULL AND NOT EXISTS (
      SELECT 1 FROM responsibilities v WHERE v.officerId = r.officerId AND v.villageId = c.villageId
        AND v.fromDay <= :day AND (v.toDay IS NULL OR v.toDay >= :day))
  GROUP BY r.officerId`;

/**
 * What was checked of what was due in a month, by who answers for it on a day: villages as a whole, and single enterprises
 * where the same officer does not answer for their village.
 */
export async function coverageByOfficer(
  townIds: string[],
  month: string,
  day: CalendarDay,
): Promise<Map<string, Coverage>> {
  const question = { townIds, month, day };
  type Counted<Key extends string> = Record<Key, string> & Record<keyof Coverage, unknown>;
  const [villages, answered, single] = await Promise.all([
    selectRows<Counted<'villageId'>>(BY_VILLAGE, { townIds, months: [month] }),
    selectRows<{ officerId: string; villageId: string }>(ANSWERED_VILLAGES, question),
    selectRows<Counted<'officerId'>>(BY_SINGLE_ENTERPRISES, question),
  ]);
  const ofVillages = answered.flatMap(({ officerId, villageId }) =>
    villages.filter((village) => village.villageId === villageId).map((found) => ({ ...found, officerId })),
  );
  const coverage = new Map<string, Coverage>();
  for (const { officerId, due, checked } of [...ofVillages, ...single]) {
    const before = coverage.get(officerId) ?? { due: 0, checked: 0 };
    coverage.set(officerId, {
      due: before.due + asNumber(due),
      checked: before.checked + asNumber(checked),
    });
  }
  return coverage;
}

/** The same as the reader may see it: an officer sees their own. */
async function officersCoverage(reader: Reader, month: string): Promise<Board['officers']> {
  const whole = areaGrants(reader, 'wageChecks.read').some(({ villageId }) => villageId === null);
  const found = await coverageByOfficer(townsFor(reader, 'wageChecks.read'), month, today());
  const shown = [...found].filter(([officerId]) => whole || officerId === reader.userId);
  const users = await User.findAll({
    where: { id: shown.map(([officerId]) => officerId) },
    attributes: ['id', 'displayName'],
    raw: true,
  });
  return shown
    .map(([id, coverage]) => ({
      ...{ id, coverage },
      name: users.find((user) => user.id === id)?.displayName ?? '',
    }))
    .sort((one, other) => share(one.coverage) - share(other.coverage) || (one.name < other.name ? -1 : 1));
}

function share({ due, checked }: Coverage): number {
  return due === 0 ? 1 : checked / due;
}
