import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Notice, NoticeAddress, OutboxMessage } from '../../models/notifications.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { useChannels } from '../../server/notifications/channels.ts';
import { deliverOutbox } from '../../server/notifications/delivery.service.ts';
import { dailyDigest } from '../../server/notifications/digest.service.ts';
import { draftFailures } from '../../server/mediation/expiry.service.ts';
import { markBreaches } from '../../server/settlements/default.service.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { tell } from '../../server/notifications/tell.service.ts';
import { newId } from '../../server/shared/ids.ts';
import { translator } from '../../server/web/language.ts';
import { letSignIn, useProgram, type Page, type Visitor } from '../support/http.ts';
import { bodyOf, MailServer, subjectOf } from '../support/mail-server.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

const UNSET = { mail: null, webhook: null, outboxAttempts: 8, publicUrl: null };

describe('people are told', () => {
  const program = useProgram();
  const mail = new MailServer();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let away: Awaited<ReturnType<typeof aTownAtWork>>;
  let administrator: User;
  let mediatorId: string;
  let browsers: Record<'dispatcher' | 'deputy' | 'stranger' | 'mediator' | 'colleague' | 'admin', Visitor>;

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    away = await aTownAtWork('青阳镇');
    administrator = await program.person('钱进', 'administrator', home.town);
    mediatorId = home.own.mediators[0]!.id;
    await letSignIn(home.sender, home.same.sender, away.sender, ...home.own.mediators);
    await mail.open();
  });
  after(async () => {
    await mail.close();
    useChannels(UNSET, translator);
  });
  beforeEach(async () => {
    await OutboxMessage.destroy({ where: {} });
    await Notice.destroy({ where: {} });
    mail.received.length = 0;
    mail.manner = 'take';
    await onDay('2022-03-07');
  });

  async function onDay(day: CalendarDay, time = '09:00'): Promise<void> {
    setClock(() => instantOf(day, time));
    const people = {
      ...{ dispatcher: home.sender, deputy: home.same.sender, stranger: away.sender },
      ...{ mediator: home.own.mediators[0]!, colleague: home.own.mediators[1]!, admin: administrator },
    };
    const signedIn = Object.entries(people).map(async ([name, person]) => [name, await program.as(person)]);
    browsers = Object.fromEntries(await Promise.all(signedIn)) as typeof browsers;
  }
  function withMail(): void {
    const from = { name: '三个一', address: 'notice@three-ones.example' };
    const server = { server: mail.url, from };
    useChannels({ ...UNSET, mail: server, publicUrl: new URL('https://three-ones.example') }, translator);
  }

  const aCase = async (
    stage: CaseStage,
  ): Promise<{ path: string; id: string; ids: Record<string, string> }> => {
    const ids = await aCaseAt(home.own, stage);
    return { path: `/cases/${ids['caseId']!}`, id: ids['caseId']!, ids };
  };
  const unread = ({ html }: Page): string =>
    /<span class="badge" aria-hidden="true">([^<]*)</.exec(html)?.[1] ?? '';
  const noticesOf = async (browser: Visitor): Promise<string[]> =>
    [...(await browser.visit('/notices')).html.matchAll(/<p class="notice-title">([^<]*)/g)].map(([, text]) =>
      text!.trim(),
    );
  const inTurn = inTx;

  it('of a case that is given to them: counted on every page, opened once, read', async () => {
    const { dispatcher, mediator } = browsers;
    const { path, id } = await aCase('waiting');
    expect(unread(await mediator.visit('/'))).to.equal('');
    const page = await dispatcher.visit(`${path}/routing`);
    const desk = page.form(`${path}/routing`).controls.find(({ name }) => name === 'desk')!;
    const to = desk.choices!.find(({ text }) => text.includes('周国平'))!;
    await dispatcher.submit(`${path}/routing`, { desk: to.value, reason: '就近' });
    expect(await noticesOf(dispatcher), 'not who did it').to.deep.equal([]);

    for (const address of ['/', '/cases', '/notices'])
      expect(unread(await mediator.visit(address)), address).to.equal('1');
    expect(await noticesOf(mediator)).to.deep.equal(['案件交给您办理：祝塘镇明华纺织有限公司一案']);
    const opened = await mediator.submit(mediator.page.form(/\/opening$/));
    expect([opened.status, opened.path]).to.deep.equal([200, path]);
    expect(unread(opened)).to.equal('');
    expect(await CaseEvent.count({ where: { caseId: id, action: 'route' } })).to.equal(1);
    const again = await mediator.visit('/notices');
    expect(again.text).to.not.include('全部标为已读');
    expect(again.forms.filter(({ action }) => action.endsWith('/reading'))).to.have.length(0);
  });

  it('of what waits for their decision, the dispatchers of the town and nobody else', async () => {
    const { mediator, dispatcher, deputy, stranger, colleague } = browsers;
    const { path } = await aCase('taken');
    await mediator.fill(`${path}/void`, { reason: 'enteredTwice', explanation: '李强重复录入' });
    const expected = ['等您决定：祝塘镇明华纺织有限公司一案'];
    expect([await noticesOf(dispatcher), await noticesOf(deputy)]).to.deep.equal([expected, expected]);
    for (const other of [mediator, stranger, colleague]) expect(await noticesOf(other)).to.deep.equal([]);
    const done = await deputy.visit('/notices').then(() => deputy.submit('/notices/reading'));
    expect(done.text).to.include('全部消息已标为已读');
    expect([unread(await deputy.visit('/')), unread(await dispatcher.visit('/'))]).to.deep.equal(['', '1']);
  });

  it('of danger, at once; and a case that goes up by itself tells who receives it', async () => {
    const { mediator, dispatcher } = browsers;
    const { path } = await aCase('taken');
    await mediator.fill(`${path}/contacts`, { time: '8:50', risk: 'violence' });
    expect(await noticesOf(dispatcher)).to.include('有人身危险：祝塘镇明华纺织有限公司一案');
    expect(await Notice.count({ where: { template: 'case.goneUp' } })).to.be.greaterThan(0);
  });

  it('of an overdue instalment and of the end of the days, the mediator', async () => {
    const [late, over] = [await aCase('paidOnce'), await aCase('mediated')];
    await DisputeCase.update({ dueKind: 'instalment', dueOn: '2022-03-10' }, { where: { id: late.id } });
    await DisputeCase.update({ statutoryDueOn: '2022-03-17' }, { where: { id: over.id } });
    for (let twice = 0; twice < 2; twice++) {
      await markBreaches({ day: '2022-04-20', inTurn });
      await draftFailures({ day: '2022-04-20', inTurn });
    }
    const told = await Notice.findAll({ where: { userId: mediatorId }, order: [['id', 'ASC']] });
    expect(told.map(({ template, params, path }) => [template, params.day, path])).to.deep.equal([
      ['case.breached', '2022-03-10', late.path],
      ['case.failureDrafted', undefined, over.path],
    ]);
  });

  it('of a payment that waits for its second person, those who verify it', async () => {
    const { mediator, deputy } = browsers;
    const { path, ids } = await aCase('paidOnce');
    const paid = { amount: '500', proof: '现金收条', manner: 'cash', paidOn: '2022-03-06' };
    const form = `${path}/instalments/${ids['instalmentId']!}/payments`;
    await mediator.visit(form);
    const names = mediator.page.form(form).controls.map(({ name }) => name);
    const filled = Object.fromEntries(Object.entries(paid).filter(([name]) => names.includes(name)));
    await mediator.submit(form, filled);
    expect(await noticesOf(deputy)).to.deep.equal(['等您核实款项：祝塘镇明华纺织有限公司一案']);
  });

  it('of an offer, who is to answer it', async () => {
    const { mediator, colleague } = browsers;
    const { path } = await aCase('mediated');
    await mediator.fill(`${path}/hand-over`, { desk: '徐春梅', reason: '案件过多', explanation: '外出' });
    expect(await noticesOf(colleague)).to.deep.equal(['有案件移交给您：祝塘镇明华纺织有限公司一案']);
  });

  it('page through many of them, the unread ones first', async () => {
    const { mediator } = browsers;
    const about = { template: 'case.offered', path: '/cases', params: { number: '2022-1' } } as const;
    for (let i = 0; i < 60; i++)
      await inTx(() => tell([mediatorId], { ...about, subject: { type: 'case', id: newId() } }));
    const all = await Notice.findAll({ where: { userId: mediatorId }, order: [['id', 'ASC']] });
    const read = all.slice(20, 50).map(({ id }) => id);
    await Notice.update({ unread: false, readAt: new Date() }, { where: { id: read } });
    const newest = [...all].reverse().map(({ id }) => id);
    const expected = [
      ...newest.filter((id) => !read.includes(id)),
      ...newest.filter((id) => read.includes(id)),
    ];
    const seen: string[] = [];
    for (let page = await mediator.visit('/notices'); ; page = await mediator.visit(page.link('下一页'))) {
      seen.push(...page.forms.flatMap(({ action }) => /^\/notices\/(.*)\/opening$/.exec(action)?.[1] ?? []));
      if (!page.text.includes('下一页')) break;
    }
    expect(seen).to.deep.equal(expected);
    expect(unread(mediator.page)).to.equal('30');
  });

  it('keep their notices to themselves', async () => {
    const { mediator, colleague } = browsers;
    const { path } = await aCase('mediated');
    await mediator.fill(`${path}/hand-over`, { desk: '徐春梅', reason: '案件过多', explanation: '外出' });
    await noticesOf(colleague);
    const { action } = colleague.page.form(/\/opening$/);
    expect((await mediator.send(action)).status).to.equal(404);
    expect((await mediator.send(action.replace('opening', 'reading'))).status).to.equal(404);
    expect((await mediator.send(`/notices/${newId()}/opening`)).status).to.equal(404);
    expect(unread(await colleague.visit('/'))).to.equal('1');
  });

  it('say where and when they want to hear; what must be told at once has no choice', async () => {
    const { mediator } = browsers;
    const page = await mediator.visit('/account/notices');
    expect(page.text).to.include('尚未设置发信服务').and.to.include('法定期限由此计算');
    const names = page.form('/account/notices').controls.map(({ name }) => name);
    expect(names).to.include('case.offered').and.not.include('case.routed').and.not.include('gateway');
    const wrong = await mediator.submit('/account/notices', {
      mail: '李强 <a@b.cn>, c@d.cn',
      'case.offered': 'off',
    });
    expect([wrong.status, wrong.error('mail')]).to.deep.equal([
      422,
      '电子邮箱的格式不对，例如 zhang@example.cn。',
    ]);
    expect(wrong.value('mail')).to.equal('李强 <a@b.cn>, c@d.cn');
    const saved = await mediator.submit('/account/notices', {
      mail: 'zhou@example.cn',
      'case.offered': 'off',
    });
    expect([saved.status, saved.value('mail')]).to.deep.equal([200, 'zhou@example.cn']);
    const chosen = saved
      .form('/account/notices')
      .controls.find(({ name, value }) => name === 'case.offered' && value);
    expect(chosen?.value).to.equal('off');
    const [address] = await NoticeAddress.findAll({ where: { userId: mediatorId }, raw: true });
    expect(address!.mail, 'encrypted in the table').to.not.include('zhou');
    await mediator.submit('/account/notices', { mail: '', 'case.offered': 'now' });
    expect((await NoticeAddress.findByPk(mediatorId))!.mail).to.equal(null);
  });

  it('get mails that hold nobody’s name, number or firm', async () => {
    withMail();
    const { mediator } = browsers;
    for (const [userId, to] of [
      [mediatorId, 'zhou@example.cn'],
      [home.sender.id, 'chen@example.cn'],
    ] as const)
      await NoticeAddress.upsert({ userId, mail: to, gateway: null });
    const { path } = await aCase('taken');
    await mediator.fill(`${path}/contacts`, {
      time: '8:50',
      risk: 'violence',
      note: '李强 13800001234 情绪激动',
    });
    await mediator.fill((await aCase('mediated')).path + '/void', {
      reason: 'enteredTwice',
      explanation: '李强',
    });
    await onDay('2022-03-08');
    await dailyDigest({ day: '2022-03-08', inTurn });
    await deliverOutbox({ day: '2022-03-08', inTurn });
    expect(mail.received.map(({ to }) => to)).to.include.members(['chen@example.cn']);
    expect(mail.received.map(subjectOf).join())
      .to.include('有人身危险')
      .and.to.include('2022-03-08 的消息汇总');
    for (const one of mail.received) {
      const words = `${one.raw}${subjectOf(one)}${bodyOf(one)}`;
      for (const secret of ['李强', '13800001234', '明华纺织', '周国平', '陈建国', '情绪激动'])
        expect(words, secret).to.not.include(secret);
    }
  });

  it('the administrator sees what was given up, why and whose it is, not the address, and sends it again', async () => {
    withMail();
    await NoticeAddress.upsert({ userId: mediatorId, mail: 'wrong@example.cn', gateway: null });
    const { admin, dispatcher, mediator } = browsers;
    expect((await admin.visit('/outbox')).text).to.include('这里没有消息');
    expect((await mediator.visit('/outbox')).status).to.equal(404);
    const { path } = await aCase('waiting');
    const page = await dispatcher.visit(`${path}/routing`);
    const desk = page.form(`${path}/routing`).controls.find(({ name }) => name === 'desk')!;
    await dispatcher.submit(`${path}/routing`, {
      desk: desk.choices!.find(({ text }) => text.includes('周国平'))!.value,
      reason: '就近',
    });
    mail.manner = 'refuse';
    await deliverOutbox({ day: '2022-03-07', inTurn });
    const dead = await admin.visit('/outbox');
    expect(dead.rows).to.have.length(1);
    expect(dead.text).to.include('对方拒收（550）').and.to.include('案件交给您办理');
    const { username } = home.own.mediators[0]!;
    expect(dead.link('周国平')).to.equal(`/users/${mediatorId}`);
    expect(dead.text).to.include(username);
    for (const secret of ['wrong@example.cn', '李强', path]) expect(dead.html).to.not.include(secret);
    const begin = await admin.visit('/');
    expect(begin.text).to.include('有消息没送达的账户').and.not.include('wrong@example.cn');
    expect(begin.link('周国平')).to.equal(`/users/${mediatorId}`);
    expect((await admin.visit(begin.link('打开发件箱'))).rows).to.have.length(1);
    expect((await admin.submit('/outbox/sending', {})).text).to.include('请先勾选');
    useChannels(UNSET, translator);
    const [{ id: still }] = (await OutboxMessage.findAll()) as [OutboxMessage];
    await admin.visit('/outbox');
    expect((await admin.submit('/outbox/sending', { message: still })).text)
      .to.include('不会发出；消息留在系统内查看')
      .and.not.include('一分钟');
    withMail();
    await OutboxMessage.update({ state: 'dead' }, { where: { id: still } });
    await admin.visit('/outbox');
    const [{ id: message }] = (await OutboxMessage.findAll()) as [OutboxMessage];
    const queued = await admin.submit('/outbox/sending', { message });
    expect(queued.text).to.include('1 封消息已重新排队');
    mail.manner = 'take';
    await deliverOutbox({ day: '2022-03-07', inTurn });
    expect(mail.received).to.have.length(1);
    expect((await admin.visit('/outbox?state=sent')).rows).to.have.length(1);
    expect((await admin.visit('/jobs')).status).to.equal(200);
  });
});
