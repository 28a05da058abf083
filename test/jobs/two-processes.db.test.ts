import { expect } from 'chai';
import { Op } from 'sequelize';
import { EncryptionKey, Session, type User } from '../../models/accounts.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { JobRun } from '../../models/job-runs.ts';
import { Notice, NoticeAddress, OutboxMessage } from '../../models/notifications.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { Warning, WarningAction, WarningEvaluation } from '../../models/warnings.ts';
import { JOB_NAMES, JOBS } from '../../jobs/schedule.ts';
import { addDays, instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import {
  anEnterprise,
  anInformant,
  aResponsibility,
  aUser,
  aWageCheck,
  aWageReport,
} from '../support/factories.ts';
import { JobProcess, type JobAnswer } from '../support/job-process.ts';
import { MailServer } from '../support/mail-server.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

const [FIRST, LAST] = ['2022-03-13', '2022-03-22'];
const HOURS = ['00', '08', '09', '17', '23'];
const EACH = 5;

describe('two processes with all jobs on one database, for ten days', function () {
  this.timeout(600_000);
  const database = useDatabase();
  const mail = new MailServer();
  const processes: JobProcess[] = [];
  const answers: JobAnswer[] = [];
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let cases: Record<'unanswered' | 'mediated' | 'unpaid', string[]>;
  let silent: string[];
  let officer: User;

  before(async () => {
    setClock(() => instantOf(FIRST, '00:01'));
    await mail.open();
    await settle();
    const environment = {
      ...{ SMTP_URL: mail.url.href, MAIL_FROM: '三个一 <notice@three-ones.example>' },
      PUBLIC_URL: 'https://three-ones.example',
    };
    processes.push(...(await Promise.all([1, 2].map(() => JobProcess.start(database.url, environment)))));
    for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
      const times = HOURS.flatMap((hour) => [`${day} ${hour}:30`]);
      answers.push(...(await Promise.all(processes.map((one) => one.run({ times, jobs: JOB_NAMES })))));
    }
  });
  after(async () => {
    setClock();
    await Promise.all(processes.map((one) => one.stop()));
    await mail.close();
  });

  /** A town where something falls due for every job. */
  async function settle(): Promise<void> {
    home = await aTownAtWork('祝塘镇');
    const many = async (stage: CaseStage) => {
      const ids: string[] = [];
      for (let index = 0; index < EACH; index++) ids.push((await aCaseAt(home.own, stage))['caseId']!);
      return ids;
    };
    cases = {
      unanswered: await many('offered'),
      mediated: await many('mediated'),
      unpaid: await many('paidOnce'),
    };
    await DisputeCase.update({ statutoryDueOn: '2022-03-17' }, { where: { id: cases.mediated } });
    await DisputeCase.update({ dueOn: '2022-03-10', dueKind: 'instalment' }, { where: { id: cases.unpaid } });
    officer = await aUser('钱志远', 'officer', home.town);
    silent = [];
    for (let index = 0; index < 2 * EACH; index++) {
      const enterprise = await anEnterprise(home.town, `企业${index}`, { villageId: home.own.village.id });
      await aResponsibility(officer, { enterprise, isLead: true });
      const informant = await anInformant(enterprise);
      if (index % 2 === 0) silent.push(informant.userId);
      else await aWageReport(await aWageCheck(enterprise, '2022-03'), informant);
    }
    const people = [home.sender, home.same.sender, ...home.own.mediators, officer];
    for (const [index, { id: userId }] of people.entries())
      await NoticeAddress.create({ userId, mail: `p${index}@example.cn` });
    await Session.create({ sid: 'old', expires: instantOf('2022-03-12'), data: '{}' });
  }

  const eventsOf = async (ids: string[], action: string): Promise<string[]> =>
    (await CaseEvent.findAll({ where: { caseId: ids, action }, raw: true }))
      .map(({ caseId }) => caseId)
      .sort();
  const told = async (template: string): Promise<string[]> =>
    (await Notice.findAll({ where: { template }, raw: true })).map(({ userId }) => userId).sort();
  const countOf = (what: string): number => answers.reduce((sum, { counts }) => sum + (counts[what] ?? 0), 0);

  it('start at once, and keep the id of their one key once', async () => {
    expect(await EncryptionKey.count()).to.equal(1);
  });

  it('run every job at every minute once, without a failure', async () => {
    const runs = await JobRun.findAll({ raw: true });
    expect(runs.filter(({ state }) => state !== 'done')).to.deep.equal([]);
    const slots = 10 * HOURS.length;
    for (const name of JOB_NAMES) {
      const own = runs.filter((run) => run.name === name).map(({ slot }) => slot);
      expect(new Set(own), name).to.have.length(own.length);
      const often = 'often' in JOBS[name];
      expect(own.length, name).to.be.within(often ? 1 : slots * 0.8, slots);
    }
    const states = answers.map((one) => one.states);
    expect(
      states.every((one) => (one['done'] ?? 0) > 0),
      'both had something to do',
    ).to.equal(true);
    expect(
      states.some((one) => (one['elsewhere'] ?? 0) > 0),
      'and met each other',
    ).to.equal(true);
  });

  it('take every case up, draft every failure and mark every default once', async () => {
    const wanted = [...cases.unanswered, ...cases.mediated].sort();
    expect(await eventsOf(wanted, 'goUp')).to.deep.equal(wanted);
    expect(await eventsOf(cases.mediated, 'draftFailure')).to.deep.equal([...cases.mediated].sort());
    expect(await eventsOf(cases.unpaid, 'markBreached')).to.deep.equal([...cases.unpaid].sort());
    expect([countOf('goneUp'), countOf('drafted'), countOf('breached')]).to.deep.equal([
      2 * EACH,
      EACH,
      EACH,
    ]);
  });

  it('open every follow-up call once', async () => {
    const opened = await FollowUp.findAll({ attributes: ['caseId'], raw: true });
    expect(opened.map(({ caseId }) => caseId).sort()).to.deep.equal([...cases.unpaid].sort());
  });

  it('open one wage check for every enterprise', async () => {
    const checks = await WageCheck.findAll({ attributes: ['enterpriseId', 'month'], raw: true });
    expect(checks.map(({ month }) => month)).to.deep.equal(checks.map(() => '2022-03'));
    expect(new Set(checks.map(({ enterpriseId }) => enterpriseId))).to.have.length(2 * EACH + 2);
    expect(checks).to.have.length(2 * EACH + 2);
    expect(countOf('checksOpened')).to.equal(EACH + 2);
  });

  it('remind every silent informant on the 15th and on the 19th, and the officer on the 21st', async () => {
    expect(await told('round.report')).to.deep.equal([...silent, ...silent].sort());
    expect(await told('round.unchecked')).to.deep.equal([officer.id]);
  });

  it('keep one open warning for what is owed and for every report that is missing, and tell of it once', async () => {
    const open = await Warning.findAll({ where: { endedOn: null } });
    expect(open.map(({ level }) => level).sort()).to.deep.equal([
      ...silent.map(() => 'blue'),
      // Fifteen workers of the cases against one enterprise.
      'orange',
    ]);
    expect(new Set(open.map(({ enterpriseId }) => enterpriseId))).to.have.length(open.length);
    expect(
      await WarningEvaluation.count({ where: { latestKey: open.map((one) => one.enterpriseId) } }),
    ).to.equal(open.length);
    const raised = await told('warning.raised');
    expect(raised.filter((id) => id === officer.id)).to.have.length(silent.length);
  });

  it('tell of what is late once, to its person and to the dispatchers', async () => {
    const late = await WarningAction.findAll({
      where: { openKey: { [Op.ne]: null }, dueOn: { [Op.lt]: LAST } },
    });
    expect(late.map(({ lateToldOn }) => lateToldOn)).to.not.include(null);
    const wanted = late.flatMap(({ assigneeId }) => [
      ...new Set([assigneeId!, home.sender.id, home.same.sender.id]),
    ]);
    expect(wanted.length).to.be.greaterThan(2);
    expect(await told('warning.late')).to.deep.equal(wanted.sort());
  });

  it('send every message once, and one digest a morning to whoever waits for one', async () => {
    const messages = await OutboxMessage.findAll({ raw: true });
    expect(messages.filter(({ state }) => state !== 'sent')).to.deep.equal([]);
    expect(messages.length).to.be.greaterThan(3 * EACH);
    const ids = mail.received.map(({ messageId }) => /<([^@]+)@/.exec(messageId)![1]!);
    expect(ids.sort()).to.deep.equal(messages.map(({ id }) => id).sort());
    const mornings = messages
      .filter(({ digestOn }) => digestOn !== null)
      .map((one) => `${one.userId} ${one.digestOn}`);
    expect(new Set(mornings)).to.have.length(mornings.length);
    expect(await Notice.count({ where: { waiting: true } })).to.equal(0);
  });

  it('remove an expired sign-in', async () => {
    expect([await Session.count(), countOf('ended')]).to.deep.equal([0, 1]);
  });
});
