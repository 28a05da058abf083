import { expect } from 'chai';
import { User } from '../../models/accounts.ts';
import { DisputeCase } from '../../models/cases.ts';
import { Payment } from '../../models/settlements.ts';
import { Ticket } from '../../models/tickets.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { firstAdministratorLink } from '../../server/accounts/users.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { hotlineFile } from '../support/hotline-file.ts';
import { PASSWORD, useProgram, type Visitor } from '../support/http.ts';

describe('a year of a town, from the first account to the printed sentence', () => {
  const program = useProgram();
  const people = new Map<string, Visitor>();
  let day = '2022-03-07';
  let time = '09:00';
  beforeEach(() => setClock(() => instantOf(day, time)));

  /** Opens the link, chooses a password, and is signed in by it. */
  async function welcome(link: string): Promise<Visitor> {
    const browser = program.visitor();
    const page = await browser.visit(new URL(link, 'http://town').pathname);
    expect(page.status).to.equal(200);
    await browser.submit(/^\/welcome\//, { password: PASSWORD, repeated: PASSWORD });
    return browser;
  }

  /** Another day: sessions have ended overnight. */
  const at = (on: string, hour = '09:00'): void => {
    [day, time] = [on, hour];
    people.clear();
  };

  /** The browser of somebody, signed in for the day. */
  async function the(username: string): Promise<Visitor> {
    const browser = people.get(username) ?? (await program.as({ username }));
    people.set(username, browser);
    return browser;
  }

  /** The administrator makes an account; the answer shows the one-time link once. */
  async function hire(username: string, displayName: string, role: string, areaId: string, enterprise = '') {
    const made = await (
      await the('admin')
    ).fill('/users/new', { username, displayName, role, areaId, enterprise }, '/users');
    const link = /https?:\/\/\S+\/welcome\/[\w-]+/.exec(made.text)?.[0];
    expect(link, made.text).to.be.a('string');
    people.set(username, await welcome(link!));
  }

  /** The case of a ticket, and the browser of the mediator who has it. */
  async function deskOf(number: string): Promise<{ caseId: string; mediator: Visitor }> {
    const ticket = await Ticket.findOne({ where: { number } });
    const { id, mediatorId } = (await DisputeCase.findByPk(ticket!.caseId!))!;
    const { username } = (await User.findByPk(mediatorId!))!;
    return { caseId: id, mediator: await the(username) };
  }

  const paymentOf = async (caseId: string): Promise<string> => {
    const payment = await Payment.findOne({ where: { caseId, state: 'recorded' } });
    return `/cases/${caseId}/payments/${payment!.id}`;
  };

  it('begins with a one-time link that makes the first administrator', async () => {
    await seedReference('祝塘镇');
    const token = await firstAdministratorLink();
    const browser = program.visitor();
    const path = `/welcome/${token}`;
    const short = await browser.fill(path, {
      username: 'admin',
      displayName: '宋文斌',
      password: 'short',
      repeated: 'short',
    });
    expect(short.status).to.equal(422);
    expect(short.value('displayName')).to.equal('宋文斌');
    const home = await browser.submit(path, { password: PASSWORD, repeated: PASSWORD });
    expect(home.path).to.equal('/');
    people.set('admin', browser);
    expect((await program.visitor().visit(path)).status, 'a link works once').to.equal(404);
  });

  it('the administrator enters villages and hires the dispatcher, the official and the mediators', async () => {
    const admin = await the('admin');
    for (const [code, name] of [
      ['sf', '三房村'],
      ['wl', '文林社区'],
    ] as const) {
      const areas = await admin.fill('/areas/new', { parentId: '祝塘镇', code, name }, '/areas');
      expect(areas.path).to.equal('/areas');
    }
    await hire('dispatcher', '陈建国', 'dispatcher', '祝塘镇');
    await hire('deputy', '沈丽娟', 'dispatcher', '祝塘镇');
    await hire('official', '许志强', 'official', '祝塘镇');
    await hire('town', '王秀英', 'mediator', '祝塘镇');
    await hire('village', '周国平', 'mediator', '三房村');
    await hire('village2', '徐春梅', 'mediator', '三房村');
  });

  it('the dispatcher enters enterprises and opens rooms with mediators', async () => {
    const dispatcher = await the('dispatcher');
    const enterprise = { name: '江阴市明华纺织有限公司', areaId: '三房村', industry: '纺织' };
    const entered = await dispatcher.fill('/enterprises/new', enterprise, '/enterprises');
    expect(entered.text).to.include('江阴市明华纺织有限公司').and.include('三房村');
    for (const [name, areaId, mediators] of [
      ['祝塘镇调解中心', '祝塘镇', ['王秀英']],
      ['三房村调解室', '三房村', ['周国平', '徐春梅']],
    ] as const) {
      await dispatcher.fill('/rooms/new', { name, areaId }, '/rooms');
      for (const userId of mediators) {
        const room = await dispatcher.submit(/\/mediators$/, { userId, activeFrom: '2022-01-01' });
        expect(room.rows.map(([mediator]) => mediator!.split(' ')[0])).to.include(userId);
      }
    }
  });

  it('the hotline file is imported: looked at first, stored when it is confirmed', async () => {
    const dispatcher = await the('dispatcher');
    const minghua = '江阴市明华纺织有限公司';
    const first = { number: 'GD001', caller: '张伟', respondent: minghua, amount: '8000', village: '三房村' };
    const bytes = await hotlineFile([
      first,
      {
        number: 'GD002',
        caller: '刘芳',
        respondent: '某餐饮店',
        amount: '1.2万',
        village: '三房村',
        migrant: '否',
      },
      { number: 'GD003', caller: '赵敏', respondent: '某工地', amount: '60000', workers: '12' },
      { number: 'GD004', caller: '孙丽', respondent: '某网店', amount: '不详', village: '文林社区' },
      { number: 'GD005', category: '环境保护', title: '反映噪音扰民' },
      { number: 'GD006', receivedAt: '2022-02-30 10:00' },
      first,
    ]);
    const file = { name: '三月工单.xlsx', bytes };
    const seen = await dispatcher.fill('/imports/new', { file }, '/imports/uploads');
    expect(['新工单', '已有', '不需要', '有问题'].map((label) => seen.tile(label).value)).to.deep.equal(
      ['5', '1', '0', '1'].map((n) => `${n}`),
    );
    const labour = seen.forms.find(({ button }) => button === '按所选类别重新核对')!;
    const narrowed = await dispatcher.submit(labour, { category: '劳动和社会保障' });
    expect(['新工单', '不需要'].map((label) => narrowed.tile(label).value)).to.deep.equal(['4', '1']);
    expect(narrowed.text).to.include('没有这一天');
    expect(await Ticket.count(), 'nothing is stored before it is confirmed').to.equal(0);

    const batch = await dispatcher.submit(/\/confirmation$/);
    expect(batch.path).to.match(/^\/imports\/[\w-]{36}$/);
    expect(await Ticket.count()).to.equal(4);
    const again = await dispatcher.fill('/imports/new', { file }, '/imports/uploads');
    expect(['新工单', '已有'].map((label) => again.tile(label).value)).to.deep.equal(['0', '5']);
  });

  it('the routing table proposes where each goes, and all are confirmed at once', async () => {
    const dispatcher = await the('dispatcher');
    const table = await dispatcher.visit('/routing');
    const proposed = table.rows.map(([, number, , , where]) => [number!.slice(0, 5), where!.split(' ')[0]]);
    expect(proposed).to.have.deep.members([
      ['GD001', '三房村调解室'],
      ['GD002', '三房村调解室'],
      ['GD003', '祝塘镇调解中心'],
      ['GD004', '祝塘镇调解中心'],
    ]);
    expect(table.text).to.include('涉及12人，达到10人').and.include('该村（社区）没有在岗调解员');
    const boxes = table.form('/routing').controls.filter(({ name }) => name === 'tickets');
    const all = boxes.flatMap(({ choices = [] }) => choices.map(({ value }) => value));
    const done = await dispatcher.submit('/routing', { tickets: all });
    expect(done.text).to.include('已分派 4 张').and.include('没有待分派的工单');
    expect(await DisputeCase.count({ where: { state: 'awaitingAcceptance' } })).to.equal(4);
  });

  it('the mediator of the village takes over, calls, accepts and writes the claims down', async () => {
    at('2022-03-08');
    const { caseId, mediator } = await deskOf('GD001');
    const before = await mediator.visit(`/cases/${caseId}`);
    expect(before.html, 'nobody is named before the case is taken over').to.not.include('张伟');
    const taken = await mediator.submit(`/cases/${caseId}/take-over`);
    expect(taken.text).to.include('张伟');
    const called = await mediator.fill(`/cases/${caseId}/contacts`, {
      note: '已听取诉求。',
      mood: 'worried',
    });
    expect(called.text).to.include('已听取诉求。');
    at('2022-03-09');
    const accepted = await (
      await deskOf('GD001')
    ).mediator.fill(`/cases/${caseId}/acceptance`, bothAgreed('2022-03-09'));
    expect(accepted.text).to.include('祝劳调〔2022〕0001号').and.include('2022-03-24');
    const worker = accepted.links
      .map(({ href }) => href)
      .find((href) => /\/claimants\/[\w-]{36}$/.test(href))!;
    const claimed = await (
      await deskOf('GD001')
    ).mediator.fill(worker, { verified1: '7,500', agreed1: '7500' });
    expect(claimed.text).to.include('7,500.00');
  });

  it('the agreement is drafted and signed, and the case is closed that day', async () => {
    at('2022-03-10');
    const { caseId, mediator } = await deskOf('GD001');
    const wrong = await mediator.fill(`/cases/${caseId}/settlement`, {
      terms: '分两期付清。',
      amount1: '3000',
    });
    expect(wrong.status).to.equal(422);
    expect(wrong.value('terms'), 'what was typed is kept').to.equal('分两期付清。');
    const terms = { dueOn2: '2022-04-10', amount2: '4500' };
    const drafted = await mediator.submit(`/cases/${caseId}/settlement`, terms);
    expect(drafted.text).to.include('待签署');
    const unsigned = await mediator.fill(`/cases/${caseId}/signature`, { workerSigned: 'yes' });
    expect(Object.keys(unsigned.errors)).to.have.members(['respondentSigned', 'mediatorSigned', 'sealed']);
    const signed = await mediator.submit(`/cases/${caseId}/signature`, {
      ...{ respondentSigned: 'yes', mediatorSigned: 'yes', sealed: 'yes' },
    });
    expect(signed.text).to.include('达成协议·分期履行').and.include('待履行');
  });

  it('what is paid is recorded by the mediator and verified by the dispatcher', async () => {
    for (const [on, amount, state] of [
      ['2022-03-10', '3,000.00', '履行中'],
      ['2022-04-10', '4,500.00', '履行完毕'],
    ] as const) {
      at(on, '10:00');
      const { caseId, mediator } = await deskOf('GD001');
      const page = await mediator.visit(`/cases/${caseId}`);
      const pays = page.links
        .map(({ href }) => href)
        .filter((href) => /\/instalments\/.*\/payments$/.test(href));
      await mediator.visit(pays[0]!);
      expect(mediator.page.value('amount')).to.equal(amount);
      await mediator.submit(/\/payments$/, { proof: '银行回单' });
      const own = await mediator.visit(await paymentOf(caseId));
      expect(
        own.forms.some(({ action }) => action.endsWith('/verification')),
        'not by the one who recorded it',
      ).to.equal(false);

      const dispatcher = await the('dispatcher');
      await dispatcher.visit(await paymentOf(caseId));
      const verified = await dispatcher.submit(/\/verification$/);
      expect(verified.text).to.include(state);
    }
  });

  it('another is reconciled, one fails, one is withdrawn', async () => {
    at('2022-03-15');
    for (const number of ['GD002', 'GD003', 'GD004']) {
      const { caseId, mediator } = await deskOf(number);
      await mediator.visit(`/cases/${caseId}`);
      await mediator.submit(`/cases/${caseId}/take-over`);
      if (number === 'GD004') {
        const page = await mediator.fill(`/cases/${caseId}/withdrawal`, { reason: '不再要求处理。' });
        expect(page.text).to.include('撤回');
        continue;
      }
      await mediator.fill(`/cases/${caseId}/acceptance`, bothAgreed('2022-03-15'));
      if (number === 'GD003') {
        await mediator.fill(`/cases/${caseId}/failure`, {
          referral: 'arbitration',
          reason: '未能达成一致。',
        });
        expect(mediator.page.text).to.include('调解不成');
        continue;
      }
      await mediator.fill(`/cases/${caseId}/settlement`, {
        kind: 'reconciled',
        terms: '双方和解。',
        dueOn1: '',
        amount1: '',
      });
      const ticks = { workerSigned: 'yes', respondentSigned: 'yes', mediatorSigned: 'yes', sealed: 'yes' };
      const signed = await mediator.fill(`/cases/${caseId}/signature`, ticks);
      expect(signed.text).to.include('和解');
    }
  });

  it('the official reads the sentence of the year, and every figure opens the cases it counts', async () => {
    at('2023-01-05');
    const official = await the('official');
    const report = await official.visit('/reports?from=2022-01-01&to=2022-12-31');
    expect(report.text).to.include(
      '2022年，共接到12345劳动争议诉求件4件，调处成功率66%以上，涉及总金额7万多元',
    );
    expect(report.text).to.include('为1名劳动者追回0.75万元，其中为1名农民工追回0.75万元');
    const figures = ['办结', '调处成功率', '涉及金额', '追回'].map((label) => report.tile(label));
    expect(figures.map(({ value }) => value)).to.deep.equal(['4', '66.7', '7.95', '0.75']);
    const listed: number[] = [];
    for (const { href } of figures) listed.push((await official.visit(href!)).rows.length);
    expect(listed, 'cases behind the figures').to.deep.equal([4, 3, 4, 1]);
    const paper = await official.visit('/reports/print?from=2022-01-01&to=2022-12-31');
    expect(paper.text).to.include('调处成功率66%以上');
  });
});

function bothAgreed(on: string) {
  return { workerConsentOn: on, respondentConsentOn: on };
}
