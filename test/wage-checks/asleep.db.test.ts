import { expect } from 'chai';
import { pino } from 'pino';
import type { Area } from '../../models/areas.ts';
import { Notice } from '../../models/notifications.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { Warning } from '../../models/warnings.ts';
import { runJob } from '../../jobs/run.ts';
import { JOBS, type JobName } from '../../jobs/schedule.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock, today } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, anInformant, aResponsibility, aTown, aUser } from '../support/factories.ts';

const log = pino({ level: 'silent' });

/** Months end on the 28th, the 29th, the 30th and the 31st, and years with them. */
describe('the round and its reminders', () => {
  useDatabase();
  let town: Area;
  let informantId: string;
  let officerId: string;
  let enterpriseId: string;

  before(async () => {
    town = await aTown();
    const enterprise = await anEnterprise(town, '江阴明华纺织有限公司');
    enterpriseId = enterprise.id;
    informantId = (await anInformant(enterprise)).userId;
    const officer = await aUser('钱志远', 'officer', town);
    officerId = officer.id;
    await aResponsibility(officer, { enterprise, isLead: true });
  });
  after(() => setClock());

  /** The process is awake at this minute only, and runs these jobs by the schedule. */
  async function awakeAt(slot: string, ...names: JobName[]): Promise<void> {
    setClock(() => instantOf(slot.slice(0, 10), slot.slice(11)));
    for (const name of names) await runJob(name, JOBS[name], { slot, day: today() }, log);
  }
  const months = async (): Promise<string[]> =>
    (await WageCheck.findAll({ order: ['month'], raw: true })).map(({ month }) => month);
  const told = async (userId: string, template: string): Promise<(string | undefined)[]> =>
    (await Notice.findAll({ where: { userId, template }, order: ['id'] })).map(({ params }) => params.month);

  for (const [last, first, month] of [
    ['2027-02-28', '2027-03-01', '2027-03'],
    ['2028-02-29', '2028-03-01', '2028-03'],
    ['2028-04-30', '2028-05-01', '2028-05'],
    ['2028-12-31', '2029-01-01', '2029-01'],
  ] as const) {
    it(`opens ${month} in its first minute by the town’s clock, and not before`, async () => {
      await awakeAt(`${last} 23:59`, 'openRound');
      expect(await months())
        .to.include(last.slice(0, 7))
        .and.not.include(month);
      await awakeAt(`${first} 00:00`, 'openRound');
      expect(await months()).to.include(month);
    });
  }

  it('opens the month at last when the process slept over midnight and the whole first', async () => {
    await awakeAt('2029-01-31 22:22', 'openRound');
    await awakeAt('2029-02-03 06:22', 'openRound');
    await awakeAt('2029-02-03 07:22', 'openRound');
    const opened = await months();
    expect(opened.filter((month) => month === '2029-02')).to.have.length(1);
  });

  it('reminds once after a sleep over both days, and tells of an overdue report on the first night awake', async () => {
    await awakeAt('2029-02-14 23:35', 'remindInformants', 'warnings');
    expect(await told(informantId, 'round.report')).to.deep.equal([]);
    await awakeAt('2029-02-20 08:35', 'remindInformants', 'warnings');
    await awakeAt('2029-02-20 09:35', 'remindInformants', 'warnings');
    expect(await told(informantId, 'round.report')).to.deep.equal(['2029-02']);
    expect((await Warning.findOne({ where: { openKey: enterpriseId } }))?.openedOn, 'for January').to.equal(
      '2029-02-14',
    );
  });

  it('reminds the officer of February in March when it slept over the end of the month, once', async () => {
    await awakeAt('2029-02-20 08:40', 'remindOfficers');
    const before = await told(officerId, 'round.unchecked');
    await awakeAt('2029-03-01 00:40', 'openRound', 'remindOfficers');
    expect(await told(officerId, 'round.unchecked'), 'not at night').to.deep.equal(before);
    await awakeAt('2029-03-01 08:40', 'openRound', 'remindOfficers');
    await awakeAt('2029-03-02 08:40', 'openRound', 'remindOfficers');
    expect(await told(officerId, 'round.unchecked')).to.deep.equal([...before, '2029-02']);
  });
});
