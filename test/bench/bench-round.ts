import type { CreationAttributes, Model, ModelStatic } from 'sequelize';
import { RoleGrant, User } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { Informant, Responsibility } from '../../models/one-duty.ts';
import { seededRandom, type Random } from '../../models/seeds/demo/random.ts';
import { insertRows } from '../../models/rows.ts';
import { WageCheck, WageFinding, WageReport } from '../../models/wage-checks.ts';
import { today } from '../../server/shared/clock.ts';
import { newId } from '../../server/shared/ids.ts';
import { addMonths, monthOf, type Month } from '../../server/wage-checks/rounds.rules.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { listKeyOf } from '../../server/wage-checks/wage-checks.rules.ts';
import { openTown } from './bench-town.ts';

const ROWS_AT_A_TIME = 500;
const FIRST_DAY = '2020-01-01';
/** The rounds before the one that is to be opened. */
export const MONTHS_BEFORE = 11;

const NO_SIGNS = { arrearsPeople: 0, arrearsFen: 0, arrearsSince: null };

/**
 * Fills a migrated database with one town of so many enterprises: an informant in every tenth, the demo's officer for two
 * whole villages, eleven rounds, and of the last two what was reported and found. The present round is not open.
 */
export async function fillBenchRound(count: number): Promise<void> {
  const random = seededRandom(20_000);
  const { town } = await openTown(random);
  const villages = await Area.findAll({ where: { parentId: town.id }, order: ['position'] });
  const enterprises = Array.from({ length: count }, (_, index) => ({
    ...{ id: newId(), townId: town.id, villageId: villages[index % villages.length]!.id },
    ...{
      name: `江阴第${index}针织有限公司`,
      normalisedName: `江阴第${index}针织`,
      industry: 'textile' as const,
    },
    headcount: random.between(5, 200),
  }));
  await store(Enterprise, enterprises);
  await nameOfficer(town.id, villages.slice(0, 2));
  const informants = await nameInformants(enterprises.filter((_, index) => index % 10 === 0));
  const present = monthOf(today());
  for (let back = MONTHS_BEFORE; back > 0; back--)
    await openRound({ day: `${addMonths(present, -back)}-01`, inTurn: inTx });
  for (const back of [2, 1]) await play(addMonths(present, -back), informants, random);
}

type Seeded = Required<Pick<CreationAttributes<Enterprise>, 'id' | 'townId' | 'villageId'>>;

async function store<M extends Model>(
  model: ModelStatic<M>,
  rows: readonly CreationAttributes<M>[],
): Promise<void> {
  await inTx(async () => {
    for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME)
      await insertRows(model, rows.slice(start, start + ROWS_AT_A_TIME));
  });
}

async function nameOfficer(townId: string, villages: Area[]): Promise<void> {
  const { id: officerId } = (await User.findOne({ where: { username: 'officer' } }))!;
  for (const { id: villageId } of villages) {
    const openKey = `${officerId}:villageCadre:${villageId}`;
    await Responsibility.create({
      ...{ townId, officerId, enterpriseId: null, villageId, kind: 'villageCadre', fromDay: FIRST_DAY },
      ...{ openKey, leadKey: null, namedById: officerId },
    });
  }
}

/** By enterprise. */
async function nameInformants(enterprises: Seeded[]): Promise<Map<string, CreationAttributes<Informant>>> {
  const informants = enterprises.map(({ id: enterpriseId, townId, villageId }, index) => ({
    ...{ id: newId(), userId: newId(), code: `B${String(index).padStart(6, '0')}`, name: '信息员' },
    ...{ townId, villageId: villageId ?? null, enterpriseId: enterpriseId, activeFrom: FIRST_DAY },
  }));
  const users = informants.map(({ userId: id, code }) => ({ id, username: code, displayName: code }));
  await store(User, users);
  await store(
    RoleGrant,
    informants.map(({ userId, townId: areaId, enterpriseId }) => ({
      ...{ userId, role: 'informant' as const, areaId, enterpriseId },
    })),
  );
  await store(
    Informant,
    informants.map((informant) => ({ ...informant, namedById: informant.userId })),
  );
  return new Map(informants.map((one) => [one.enterpriseId, { ...one, namedById: one.userId }]));
}

/** Most informants have reported, officers have looked at two thirds, and one in fifty is behind with its wages. */
async function play(
  month: Month,
  informants: ReadonlyMap<string, CreationAttributes<Informant>>,
  random: Random,
): Promise<void> {
  const { id: officerId } = (await User.findOne({ where: { username: 'officer' } }))!;
  const checks = await WageCheck.findAll({ where: { month }, raw: true });
  const [reports, findings]: [CreationAttributes<WageReport>[], CreationAttributes<WageFinding>[]] = [[], []];
  for (const { id: checkId, enterpriseId } of checks) {
    const informant = informants.get(enterpriseId);
    const [payDueOn, reportedOn, foundOn] = [`${month}-10`, `${month}-15`, `${month}-22`];
    const arrears = { arrearsPeople: 4, arrearsFen: 2_000_000, arrearsSince: payDueOn };
    const signs = random.chance(0.02) ? arrears : NO_SIGNS;
    const paidPeople = 60 - signs.arrearsPeople;
    if (informant && random.chance(0.9))
      reports.push({
        ...{ checkId, enterpriseId, source: 'informant', informantId: informant.id!, headcount: 60 },
        ...{ reporterId: informant.userId, openKey: `${checkId}:${informant.id}`, payDay: 10, payDueOn },
        ...{ paidOn: payDueOn, paidPeople, unpaidPeople: signs.arrearsPeople, ...signs, reportedOn },
      });
    if (random.chance(0.66))
      findings.push({
        ...{ checkId, enterpriseId, officerId, manner: 'visit', verdict: 'confirms', foundOn, ...signs },
        payState: signs.arrearsPeople > 0 ? 'partly' : 'paid',
      });
  }
  await store(WageReport, reports);
  await store(WageFinding, findings);
  await follow(month, new Set(findings.map(({ checkId }) => checkId)), officerId);
}

/** The columns of the checks that follow from findings. */
async function follow(month: Month, found: ReadonlySet<string>, checkedById: string): Promise<void> {
  const values = { checkedOn: `${month}-22`, checkedById, state: 'fine' as const };
  const ids = [...found];
  for (let start = 0; start < ids.length; start += ROWS_AT_A_TIME)
    await WageCheck.update(
      { ...values, payDay: 10, payDueOn: `${month}-10`, listKey: listKeyOf(0, 'fine', null) },
      { where: { id: ids.slice(start, start + ROWS_AT_A_TIME) } },
    );
}
