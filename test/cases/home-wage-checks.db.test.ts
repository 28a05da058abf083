import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import type { Enterprise } from '../../models/directory.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { presentHome } from '../../server/cases/home.presenter.ts';
import { loadHome } from '../../server/cases/home.queries.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { recordFinding } from '../../server/wage-checks/findings.service.ts';
import { listKeyOf } from '../../server/wage-checks/wage-checks.rules.ts';
import type { WorkList } from '../../server/web/view-model.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aResponsibility, aTown, aUser, aVillage, aWageCheck } from '../support/factories.ts';

const TODAY = '2026-03-12';
const MONTH = '2026-03';

const words = (key: string, values: Record<string, string | number> = {}): string =>
  [key, ...Object.values(values)].join(' ');

const month = (year: string, number: number): string =>
  `wage-checks.monthOfYear ${year} wage-checks.months.${number}`;

describe('the desk of an officer', () => {
  useDatabase();
  let town: Area;
  let officer: User;
  let own: Enterprise;
  let colleagues: Enterprise;

  beforeEach(async () => {
    setClock(() => instantOf(TODAY, '09:00'));
    town = await aTown();
    officer = await aUser('马国栋', 'officer', town);
    const colleague = await aUser('邓红英', 'officer', town);
    own = await anEnterprise(town, '江阴宏达针织有限公司');
    colleagues = await anEnterprise(town, '江阴恒远塑业有限公司');
    await aResponsibility(officer, { enterprise: own });
    await aResponsibility(colleague, { enterprise: colleagues });
  });
  afterEach(() => setClock());

  const readerFor = async (user: User): Promise<Reader> => (await findSignedIn(user.id))!.reader;

  async function listOf(title: string, user = officer): Promise<WorkList | undefined> {
    const { lists } = presentHome(words, await loadHome(await readerFor(user)), TODAY);
    return lists.find((list) => list.title.startsWith(title));
  }

  it('shows what they have not checked this month, the most pressing first', async () => {
    const village = await aVillage(town, '建南村');
    const ofVillage = await anEnterprise(town, '江阴万顺建筑工程有限公司', {
      villageId: village.id,
      warningLevel: 'orange',
    });
    await aResponsibility(officer, { village });
    const pressing = await aWageCheck(ofVillage, MONTH, {
      listKey: listKeyOf(9, 'reported', 'orange'),
      state: 'reported',
      payDueOn: '2026-03-10',
    });
    const calm = await aWageCheck(own, MONTH, { listKey: listKeyOf(null, 'open', null) });
    await aWageCheck(own, '2026-02', { listKey: listKeyOf(null, 'open', null) });
    await aWageCheck(colleagues, MONTH);
    const checked = await anEnterprise(town, '已检查的');
    const leftOut = await anEnterprise(town, '免检的');
    await aResponsibility(officer, { enterprise: checked });
    await aResponsibility(officer, { enterprise: leftOut });
    await aWageCheck(checked, MONTH, { checkedOn: TODAY, state: 'fine' });
    await aWageCheck(leftOut, MONTH, { leftOutReason: 'seasonal', state: 'leftOut' });

    const list = await listOf('wage-checks.home.unchecked');
    expect(list?.count).to.equal(2);
    expect(list?.items.map(({ title, href, meta, tag }) => [title, href, meta, tag?.text])).to.deep.equal([
      [
        '江阴万顺建筑工程有限公司',
        `/wage-checks/${pressing.id}`,
        '建南村 · wage-checks.states.reported · wage-checks.home.payDue 2026-03-10',
        'directory.warningLevels.orange',
      ],
      ['江阴宏达针织有限公司', `/wage-checks/${calm.id}`, 'wage-checks.states.open', undefined],
    ]);
    expect(list?.all?.href).to.equal('/wage-checks');
  });

  it('shows the corrections that they wait for, whatever their month, the earliest first', async () => {
    const corrected = (enterprise: Enterprise, month: string, rectifyBy: string | null) =>
      aWageCheck(enterprise, month, { checkedOn: `${month}-05`, state: 'rectifying', rectifyBy });
    const soon = await corrected(own, MONTH, '2026-03-20');
    const late = await corrected(own, '2026-01', '2026-02-10');
    await corrected(own, '2025-12', null);
    await corrected(colleagues, MONTH, '2026-03-15');

    const list = await listOf('wage-checks.home.corrections');
    expect(list?.items.map(({ href, meta, due }) => [href, meta, due?.tone])).to.deep.equal([
      [`/wage-checks/${late.id}`, `wage-checks.home.ofMonth ${month('2026', 1)}`, 'bad'],
      [`/wage-checks/${soon.id}`, `wage-checks.home.ofMonth ${month('2026', 3)}`, 'neutral'],
    ]);
  });

  it('shows the promises that have fallen due, until somebody looks after that day', async () => {
    const owed = {
      manner: 'call',
      verdict: 'noReport',
      payState: 'partly',
      workers: [],
      note: null,
    } as const;
    const signs = { arrearsPeople: 3, arrearsFen: 90_000, arrearsSince: '2026-01-15', risks: [] };
    const others = { deferredUntil: null, deferralConsent: null, belowMinimum: null, leaversUnpaid: null };
    const finding = { ...owed, ...signs, ...others, leaversUnpaidSince: null, workers: [] };
    const reader = await readerFor(officer);
    const january = await aWageCheck(own, '2026-01');
    setClock(() => instantOf('2026-03-02', '09:00'));
    await recordFinding(reader, january.id, { ...finding, foundOn: '2026-03-02', promisedOn: TODAY });
    const titles = async () => (await listOf('wage-checks.home.promises'))?.items;
    expect(await titles()).to.equal(undefined);
    setClock(() => instantOf(TODAY, '09:00'));
    expect((await titles())?.map(({ href, meta, due }) => [href, meta, due?.tone])).to.deep.equal([
      [
        `/wage-checks/${january.id}`,
        `wage-checks.home.ofMonth ${month('2026', 1)} · wage-checks.home.owed 3 900.00`,
        'warn',
      ],
    ]);
    const february = await aWageCheck(own, '2026-02');
    const stillOwed = { ...finding, foundOn: TODAY, promisedOn: '2026-03-20' };
    await recordFinding(reader, february.id, stillOwed);
    expect(await titles()).to.equal(undefined);
    setClock(() => instantOf('2026-03-21', '09:00'));
    expect((await titles())?.map(({ href }) => href)).to.deep.equal([`/wage-checks/${february.id}`]);
    const paid = { ...stillOwed, arrearsPeople: 0, arrearsFen: 0, arrearsSince: null, promisedOn: null };
    await recordFinding(reader, february.id, { ...paid, payState: 'paid', foundOn: '2026-03-21' });
    expect(await titles()).to.equal(undefined);
  });

  it('shows an official how far the round of the month has come, the village furthest behind first', async () => {
    const official = await aUser('许志强', 'official', town);
    const coverage = () => listOf('wage-checks.home.coverage ', official);
    expect(await coverage()).to.equal(undefined);
    const village = await aVillage(town, '建南村');
    const other = await aVillage(town, '文林村');
    for (const [index, villageId] of [village.id, village.id, village.id, other.id, other.id].entries()) {
      const enterprise = await anEnterprise(town, `企业${index}`, { villageId });
      const checkedOn = index === 0 || index === 3 ? TODAY : null;
      await aWageCheck(enterprise, MONTH, { checkedOn, state: checkedOn ? 'fine' : 'open' });
      await aWageCheck(enterprise, '2026-02');
    }
    await aWageCheck(own, MONTH, { leftOutReason: 'seasonal', state: 'leftOut' });
    const list = (await coverage())!;
    expect(list.title).to.include('wage-checks.home.coverageOf 5 2 40.0');
    expect(list.count).to.equal(3);
    expect(list.items.map(({ title, href, due, meta }) => [title, href, due!.text, meta])).to.deep.equal([
      [
        '建南村',
        `/wage-checks?month=${MONTH}&show=unchecked&village=${village.id}`,
        'wage-checks.home.toCheck 2',
        'wage-checks.home.coverageOf 3 1 33.3',
      ],
      [
        '文林村',
        `/wage-checks?month=${MONTH}&show=unchecked&village=${other.id}`,
        'wage-checks.home.toCheck 1',
        'wage-checks.home.coverageOf 2 1 50.0',
      ],
    ]);
  });

  it('shows nothing to whose duty is over', async () => {
    await aWageCheck(own, MONTH);
    expect((await listOf('wage-checks.home.unchecked'))?.count).to.equal(1);
    setClock(() => instantOf('2019-12-31', '09:00'));
    await aWageCheck(own, '2019-12');
    expect(await listOf('wage-checks.home.unchecked')).to.equal(undefined);
  });
});
