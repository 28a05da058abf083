import { col, fn, Op } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { asNumber } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { WageCheck, WageFinding } from '../../models/wage-checks.ts';
import type { Reader } from '../accounts/access.rules.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';
import { activeInformant, monthsOwed, type MonthOwed } from '../directory/informants.queries.ts';
import { answeredBy, withinReach } from '../directory/reach.queries.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { today } from '../shared/clock.ts';
import type { CheckState } from '../wage-checks/wage-checks.rules.ts';

/** A check of this month that nobody has made yet. */
export interface UncheckedMonth {
  id: string;
  enterprise: string;
  village: string | null;
  level: WarningLevel | null;
  state: CheckState;
  payDueOn: CalendarDay | null;
}

/** A check whose request for correction (整改) is open. */
export interface CheckToCorrect {
  id: string;
  enterprise: string;
  village: string | null;
  month: string;
  rectifyBy: CalendarDay;
}

export interface CheckWork<T> {
  checks: T[];
  total: number;
}

/** What the officer answers for, and may check. */
const theirs = (reader: Reader) => ({
  [Op.and]: [
    withinReach(reader, 'wageChecks.check', 'villageId'),
    answeredBy(reader, false, 'villageId', 'enterpriseId'),
  ],
});

const NAMED = [
  { model: Enterprise, as: 'enterprise', attributes: ['name', 'warningLevel'], required: true },
  { model: Area, as: 'village', attributes: ['name'] },
];

/** This month's checks that the officer has still to make, the most pressing first (the last part of their `listKey`). */
export async function uncheckedThisMonth(reader: Reader, most: number): Promise<CheckWork<UncheckedMonth>> {
  const { rows, count } = await WageCheck.findAndCountAll({
    where: {
      [Op.and]: [theirs(reader), { month: today().slice(0, 7), checkedOn: null, leftOutReason: null }],
    },
    include: NAMED,
    order: [
      [fn('SUBSTR', col('listKey'), 5), 'ASC'],
      ['payDueOn', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: most,
  });
  return {
    total: count,
    checks: rows.map(({ id, enterprise, village, state, payDueOn }) => ({
      ...{ id, enterprise: enterprise!.name, village: village?.name ?? null },
      ...{ level: enterprise!.warningLevel, state, payDueOn: payDueOn ?? null },
    })),
  };
}

/** The checks of the officer, of any month, whose correction is awaited, the earliest due first. */
export async function correctionsAwaited(reader: Reader, most: number): Promise<CheckWork<CheckToCorrect>> {
  const { rows, count } = await WageCheck.findAndCountAll({
    where: { [Op.and]: [theirs(reader), { rectifyBy: { [Op.ne]: null } }] },
    include: NAMED,
    order: [
      ['rectifyBy', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: most,
  });
  return {
    total: count,
    checks: rows.map(({ id, enterprise, village, month, rectifyBy }) => ({
      ...{ id, enterprise: enterprise!.name, village: village?.name ?? null, month },
      rectifyBy: rectifyBy!,
    })),
  };
}

/** Arrears that were promised to be paid by a day that has come. */
export interface PromiseDue {
  id: string;
  enterprise: string;
  village: string | null;
  month: string;
  promisedOn: CalendarDay;
  people: number;
  amountFen: number;
}

/** No more promises are looked through for those that nobody followed up. */
const MOST_PROMISES = 200;

/** The promises to the officer that have fallen due, as long as nobody has looked at the enterprise since that day. */
export async function promisesDue(reader: Reader, most: number): Promise<CheckWork<PromiseDue>> {
  const rows = await WageCheck.findAll({
    where: { [Op.and]: [theirs(reader), { promisedOn: { [Op.lte]: today() } }] },
    include: NAMED,
    order: [
      ['promisedOn', 'ASC'],
      ['id', 'ASC'],
    ],
    limit: MOST_PROMISES,
  });
  const findings = await WageFinding.findAll({
    where: {
      enterpriseId: rows.map(({ enterpriseId }) => enterpriseId),
      foundOn: { [Op.gte]: rows[0]?.promisedOn ?? today() },
    },
    attributes: ['checkId', 'enterpriseId', 'foundOn'],
    raw: true,
  });
  const due = rows.filter(
    ({ id, enterpriseId, promisedOn }) =>
      !findings.some(
        (one) => one.enterpriseId === enterpriseId && one.checkId !== id && one.foundOn >= promisedOn!,
      ),
  );
  return {
    total: due.length,
    checks: due.slice(0, most).map((check) => ({
      ...{ id: check.id, month: check.month, promisedOn: check.promisedOn! },
      ...{ enterprise: check.enterprise!.name, village: check.village?.name ?? null },
      ...{ people: check.arrearsPeople, amountFen: check.arrearsFen },
    })),
  };
}

/** What the reader has still to report as an informant, the newest month first. */
export async function reportsToSend(reader: Reader): Promise<MonthOwed[]> {
  const informant = await activeInformant(reader);
  return informant ? monthsOwed(informant) : [];
}

/** How far the round of this month has come, and in which villages most is unchecked. */
export interface MonthCoverage {
  month: string;
  due: number;
  checked: number;
  villages: { id: string | null; name: string | null; due: number; checked: number }[];
}

/** What was checked this month of what was due, in the areas that the reader looks at. */
export async function coverageThisMonth(reader: Reader, most: number): Promise<MonthCoverage> {
  const month = today().slice(0, 7);
  const rows = (await WageCheck.findAll({
    where: {
      [Op.and]: [withinReach(reader, 'wageChecks.read', 'villageId'), { month, leftOutReason: null }],
    },
    attributes: ['villageId', [fn('COUNT', col('id')), 'due'], [fn('COUNT', col('checkedOn')), 'checked']],
    group: ['villageId'],
    raw: true,
  })) as unknown as { villageId: string | null; due: unknown; checked: unknown }[];
  const places = await Area.findAll({
    where: { id: rows.flatMap(({ villageId }) => villageId ?? []) },
    attributes: ['id', 'name'],
    raw: true,
  });
  const names = new Map(places.map(({ id, name }) => [id, name]));
  const villages = rows.map(({ villageId: id, due, checked }) => ({
    ...{ id, name: names.get(id ?? '') ?? null, due: asNumber(due), checked: asNumber(checked) },
  }));
  const unchecked = (one: { due: number; checked: number }): number => one.due - one.checked;
  villages.sort(
    (one, other) => unchecked(other) - unchecked(one) || (one.id ?? '').localeCompare(other.id ?? ''),
  );
  return {
    month,
    due: villages.reduce((sum, { due }) => sum + due, 0),
    checked: villages.reduce((sum, { checked }) => sum + checked, 0),
    villages: villages.filter((one) => unchecked(one) > 0).slice(0, most),
  };
}
