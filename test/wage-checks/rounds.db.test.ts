import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { Area } from '../../models/areas.ts';
import { currentDatabase, inTx, selectRows } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { RoundExemption, WageCheck } from '../../models/wage-checks.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { setClock } from '../../server/shared/clock.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { leaveOut, openRound, openRoundByHand, takeBack } from '../../server/wage-checks/rounds.service.ts';
import { coverageByOfficer, loadBoard } from '../../server/wage-checks/board.queries.ts';
import { recordFinding, type FindingValues } from '../../server/wage-checks/findings.service.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aReader, aResponsibility, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const FOUND: FindingValues = {
  ...{ manner: 'visit', foundOn: '2026-11-21', verdict: 'noReport', payState: 'paid' },
  ...{ arrearsPeople: 0, arrearsFen: 0, arrearsSince: null, deferredUntil: null, deferralConsent: null },
  ...{
    belowMinimum: null,
    leaversUnpaid: null,
    leaversUnpaidSince: null,
    risks: [],
    promisedOn: null,
    workers: [],
    note: null,
  },
};

describe('the monthly round', () => {
  useDatabase();
  let town: Area;
  let dispatcher: Reader;
  let enterprises: Enterprise[];

  before(async () => {
    setClock(() => instantOf('2026-11-21', '10:00'));
    town = await aTown();
    const village = await aVillage(town, '建南村', 1);
    dispatcher = await aReader(['dispatcher', town]);
    enterprises = [
      await anEnterprise(town, '江阴明华纺织有限公司', { villageId: village.id }),
      await anEnterprise(town, '江阴永利机械有限公司', { villageId: village.id, warningLevel: 'red' }),
      await anEnterprise(town, '江阴顺达物流有限公司'),
    ];
    await anEnterprise(town, '江阴已停用有限公司', { active: false });
  });
  beforeEach(() => setClock(() => instantOf('2026-11-21', '10:00')));
  after(() => setClock());

  const open = (day: string) => openRound({ day, inTurn: inTx });
  const checkOf = async (index: number, month: string): Promise<WageCheck> =>
    (await WageCheck.findOne({ where: { enterpriseId: enterprises[index]!.id, month } }))!;

  it('opens one check per active enterprise and month, however often it runs', async () => {
    expect(await open('2026-10-01')).to.deep.equal({ checksOpened: 3 });
    expect(await open('2026-10-31')).to.deep.equal({ checksOpened: 0 });
    const both = await Promise.all([open('2026-11-01'), open('2026-11-01')]);
    expect(both.reduce((sum, { checksOpened }) => sum + checksOpened, 0)).to.equal(3);
    expect(await WageCheck.count()).to.equal(6);
    expect((await checkOf(1, '2026-11')).listKey < (await checkOf(0, '2026-11')).listKey).to.equal(true);
  });

  it('knows the pay day of the month before', async () => {
    await WageCheck.update({ payDay: 15 }, { where: { enterpriseId: enterprises[0]!.id, month: '2026-11' } });
    await anEnterprise(town, '江阴新开有限公司');
    expect(await open('2026-12-01')).to.deep.equal({ checksOpened: 4 });
    expect(await checkOf(0, '2026-12')).to.include({ payDay: 15, payDueOn: '2026-12-15' });
    expect(await checkOf(2, '2026-12')).to.include({ payDay: null, payDueOn: null });
  });

  it('is opened by hand for months past, by who answers for the town, with an audit line', async () => {
    expect(await openRoundByHand(dispatcher, { townId: town.id, month: '2026-09' })).to.equal(4);
    const line = await AuditEntry.findOne({ where: { action: 'openRound' } });
    expect(line!.detail).to.deep.equal({ month: '2026-09', opened: 4 });
    expect(await refusal(openRoundByHand(dispatcher, { townId: town.id, month: '2026-12' }))).to.equal(
      'month: wage-checks.errors.monthToCome',
    );
    expect(await refusal(openRoundByHand(dispatcher, { townId: town.id, month: '2020-01' }))).to.equal(
      'month: wage-checks.errors.monthTooOld',
    );
    const stranger = await aReader(['dispatcher', await aTown('青阳镇')]);
    expect(await refusal(openRoundByHand(stranger, { townId: town.id, month: '2026-08' }))).to.equal(
      'errors.notFound',
    );
  });

  it('leaves an enterprise out from a month on, and takes it back', async () => {
    const november = await checkOf(2, '2026-11');
    await leaveOut(dispatcher, november.id, { reason: 'seasonal', explanation: '冬季停工' });
    expect(await checkOf(2, '2026-10')).to.include({ state: 'open', leftOutReason: null });
    expect(await checkOf(2, '2026-12')).to.include({ state: 'leftOut', leftOutReason: 'seasonal' });
    expect(
      await refusal(leaveOut(dispatcher, november.id, { reason: 'dormant', explanation: null })),
    ).to.equal('wage-checks.errors.leftOutAlready');
    expect(await refusal(recordFinding(dispatcher, november.id, FOUND))).to.equal(
      'wage-checks.errors.leftOut',
    );
    await openRoundByHand(dispatcher, { townId: town.id, month: '2026-08' });
    expect((await checkOf(2, '2026-08')).state).to.equal('open');
    await takeBack(dispatcher, (await checkOf(2, '2026-12')).id);
    expect([(await checkOf(2, '2026-11')).state, (await checkOf(2, '2026-12')).state]).to.deep.equal([
      'leftOut',
      'open',
    ]);
    expect(await RoundExemption.findOne()).to.include({ toMonth: '2026-12', openKey: null });
    expect(await refusal(takeBack(dispatcher, november.id))).to.equal('wage-checks.errors.notLeftOut');
  });

  it('covers what was checked of what is due: what is left out is not due, and a report is no check', async () => {
    await recordFinding(dispatcher, (await checkOf(0, '2026-11')).id, FOUND);
    const board = await loadBoard(dispatcher, { year: 2026, page: 1 });
    const november = board.villages.map(({ name, byMonth }) => [name, byMonth.get('2026-11')]);
    expect(november).to.deep.equal([
      ['建南村', { due: 2, checked: 1 }],
      // The one that is left out is not due; nobody opened a check of the new one for November.
      [null, undefined],
    ]);
    expect(board.total).to.equal(4);
    expect(board.rows.find(({ id }) => id === enterprises[0]!.id)!.checks.get('2026-11')!.state).to.equal(
      'fine',
    );
  });

  it('is covered by who answers: an enterprise once, alone or with its village, as long as the duty runs', async () => {
    const [whole, single, gone] = [await aUser('高明'), await aUser('周敏'), await aUser('钱进')];
    const [village] = await Area.findAll({ where: { name: '建南村' } });
    await aResponsibility(whole, { village: village! });
    await aResponsibility(whole, { enterprise: enterprises[0]! });
    await aResponsibility(whole, { enterprise: enterprises[2]! });
    await aResponsibility(whole, { enterprise: enterprises[2]!, kind: 'union' });
    await aResponsibility(single, { enterprise: enterprises[0]! });
    await aResponsibility(single, { village: village!, toDay: '2026-11-20' });
    await aResponsibility(gone, { village: village!, toDay: '2026-11-20' });
    await recordFinding(dispatcher, (await checkOf(0, '2026-10')).id, FOUND);
    const onDay = (day: string) => coverageByOfficer([town.id], '2026-10', day);
    expect([...(await onDay('2026-11-21'))].sort()).to.deep.equal(
      [
        [whole.id, { due: 3, checked: 1 }],
        [single.id, { due: 1, checked: 1 }],
      ].sort(),
    );
    expect((await onDay('2026-11-20')).get(gone.id)).to.deep.equal({ due: 2, checked: 1 });
    expect((await onDay('2026-11-20')).get(single.id)).to.deep.equal({ due: 2, checked: 1 });
  });

  it('reads its lists by an index', async () => {
    if (currentDatabase().getDialect() !== 'sqlite') return;
    const plan = async (sql: string): Promise<string> =>
      (await selectRows<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, { townId: town.id }))
        .map(({ detail }) => detail)
        .join('\n');
    const list = await plan(
      "SELECT * FROM wage_checks WHERE townId = :townId AND month = '2026-11' ORDER BY listKey, id LIMIT 50",
    );
    expect(list).to.include('townId=? AND month=?').and.not.include('TEMP B-TREE');
    const coverage = await plan(
      "SELECT month, villageId, COUNT(*), COUNT(checkedOn) FROM wage_checks WHERE townId IN (:townId) AND month IN ('2026-10', '2026-11') AND leftOutReason IS NULL GROUP BY month, villageId",
    );
    expect(coverage).to.include('COVERING INDEX');
  });
});
