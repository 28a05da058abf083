import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import { AuditEntry } from '../../models/accounts.ts';
import { Room } from '../../models/directory.ts';
import { selectRows } from '../../models/dialect.ts';
import { ContactCard } from '../../models/net.ts';
import { Informant } from '../../models/one-duty.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { anEnterprise, anInformant, aResponsibility, aUser } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { readQr } from '../support/qr.ts';
import { saved } from '../support/saved.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

const INFORMANT = '司徒银杏';
const ORIGIN = 'http://cases.example.cn';

describe('contact cards', () => {
  const program = useProgram({ PUBLIC_URL: ORIGIN });
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let union: User;
  let enforcer: User;

  const setToday = (day = '2026-11-20') => setClock(() => instantOf(day, '09:00'));
  beforeEach(() => setToday());

  before(async () => {
    setToday();
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    union = await aUser('欧阳会', 'officer', home.town);
    enforcer = await aUser('马监察', 'officer', home.town);
    await letSignIn(home.sender, union, enforcer, ...home.own.mediators);
    const { enterprise, village, room } = home.own;
    await aResponsibility(enforcer, { enterprise, isLead: true, toDay: '2026-11-30' });
    await aResponsibility(union, { village, kind: 'union' });
    await Room.update(
      {
        ...{ address: '建南村 1 号', openingHours: '周一至周五', phone: '0510-86123456' },
        mapLink: 'https://maps.example/?a=1&b=2',
      },
      { where: { id: room.id } },
    );
    await anInformant(enterprise, { name: INFORMANT, code: 'X4711' });
    dispatcher = await program.as(home.sender);
  });

  /** Where the code that is printed on a page leads to, as a path. */
  const scanned = (html: string): string => {
    const address = readQr(html);
    expect(address).to.match(/^http:\/\/cases\.example\.cn\/c\/[\w-]{22}$/);
    return new URL(address).pathname;
  };

  it('the dispatcher is told what is wrong, makes a card, and finds it in the list', async () => {
    const empty = await dispatcher.visit('/cards');
    expect(empty.text).to.include('还没有联系卡');
    const nothing = await dispatcher.fill('/cards/new', {}, '/cards');
    expect(nothing.status).to.equal(422);
    expect(nothing.error('enterprise')).to.include('请填写企业');
    const unknown = await dispatcher.submit('/cards', { enterprise: '没有的公司' });
    expect(unknown.error('enterprise')).to.include('名录中没有');
    const both = await dispatcher.submit('/cards', {
      enterprise: home.own.enterprise.name,
      villageId: '建南村',
    });
    expect(both.error('villageId')).to.include('只能填一项');
    const card = await dispatcher.submit('/cards', { enterprise: home.own.enterprise.name, villageId: '' });
    expect(card.path).to.match(/^\/cards\/[\w-]{36}$/);
    expect(card.text).to.include('在用').and.include('马同志').and.include('欧阳同志');
    const again = await dispatcher.fill('/cards/new', { enterprise: home.own.enterprise.name }, '/cards');
    expect(again.error('enterprise')).to.include('已经有在用的联系卡');
    const list = await dispatcher.visit(`/cards?q=${encodeURIComponent('明华')}`);
    expect(list.rows).to.deep.equal([[home.own.enterprise.name, '建南村', '—', '2026-11-20', '在用']]);
    expect((await dispatcher.visit('/cards?q=%25')).rows).to.deep.equal([]);
  });

  it('every enterprise of a village gets one, with the informants’ codes when asked, and none twice', async () => {
    const other = await anEnterprise(home.town, '第二家有限公司', { villageId: home.own.village.id });
    await anEnterprise(home.town, '已停用有限公司', { villageId: home.own.village.id, active: false });
    const list = await dispatcher.fill(
      '/cards/new',
      { villageId: '建南村', everyEnterprise: 'yes', informants: 'yes' },
      '/cards',
    );
    expect(list.rows.map(([name, , code]) => [name, code])).to.have.deep.members([
      [home.own.enterprise.name, '—'],
      [home.own.enterprise.name, 'X4711'],
      [other.name, '—'],
      ['建南村', '—'],
    ]);
    const { rows } = await saved(dispatcher, '/cards/export');
    expect(rows.flat()).to.include.members(['X4711', '第二家有限公司']);
    expect(JSON.stringify(rows)).to.not.include(INFORMANT);
  });

  it('a sheet has ten cards, each with a code that leads to its address; a page has one', async () => {
    const list = await dispatcher.visit('/cards');
    const all = await dispatcher.visit(list.link('打印'));
    expect(all.html.match(/class="contact-card"/g)).to.have.lengthOf(4);
    expect(all.html.match(/class="card-sheet"/g)).to.have.lengthOf(1);
    expect(all.text).to.include(`二维码指向 ${ORIGIN}`).and.include('信息员代号：X4711');
    expect(all.html).to.not.include(INFORMANT).and.not.include('马监察');
    for (const words of ['12345', '12333', '12351', '12348', '建南村 1 号', '周一至周五', '0510-86123456'])
      expect(all.text, words).to.include(words);
    const single = await dispatcher.visit(all.link('一张一页'));
    expect(single.html.match(/class="card-sheet single"/g)).to.have.lengthOf(4);
    const card = (await ContactCard.findOne({
      where: { villageId: home.own.village.id, enterpriseId: null },
    }))!;
    const sheet = await dispatcher.visit(`/cards/${card.id}/print`);
    expect(sheet.html.match(/class="contact-card"/g)).to.have.lengthOf(10);
    expect(scanned(sheet.html)).to.equal(`/c/${card.token}`);
  });

  it('who scans it sees the room, the lines and the surnames of today, without an account', async () => {
    const card = await dispatcher.visit((await dispatcher.visit('/cards')).link(home.own.enterprise.name));
    const path = scanned(card.html);
    const worker = program.visitor();
    const page = await worker.visit(path);
    expect(page.status).to.equal(200);
    expect(page.headers['x-robots-tag']).to.include('noindex');
    expect(page.headers['cache-control']).to.equal('no-store');
    expect(page.text).to.include('周一至周五').and.include('劳动监察 马同志').and.include('欧阳同志');
    expect(page.link('0510-86123456')).to.equal('tel:051086123456');
    expect(page.link('12351')).to.equal('tel:12351');
    expect(page.html).to.include(
      '<a href="https://maps.example/?a&#x3D;1&amp;b&#x3D;2" target="_blank" rel="noopener noreferrer">',
    );
    for (const name of ['马监察', '欧阳会', '周国平', 'X4711', INFORMANT])
      expect(page.html, name).to.not.include(name);
    setToday('2026-12-01');
    const later = await worker.visit(path);
    expect(later.text).to.include('欧阳同志').and.not.include('马同志');
    await worker.send('/language', { language: 'en', returnTo: path, _csrf: later.value('_csrf')! });
    expect((await worker.visit(path)).text).to.include('Who is responsible today');
  });

  it('where there is no room and nobody answers, the lines remain', async () => {
    const { enterprise } = home.same;
    const card = await dispatcher.fill('/cards/new', { enterprise: enterprise.name }, '/cards');
    const page = await program.visitor().visit(scanned(card.html));
    expect(page.text).to.include('还没有调解室').and.include('没有登记责任人').and.include('12348');
  });

  it('the card of a village names each of its officers once', async () => {
    const card = (await ContactCard.findOne({ where: { enterpriseId: null } }))!;
    const page = await program.visitor().visit(`/c/${card.token}`);
    expect(page.text).to.include('建南村');
    expect(page.text.match(/欧阳同志/g)).to.have.lengthOf(1);
  });

  it('an address that is no card’s has the lines to ring, and does not send to the sign-in', async () => {
    const page = await program.visitor().visit('/c/AAAAAAAAAAAAAAAAAAAAAA');
    expect(page.status).to.equal(404);
    expect(page.text).to.include('没有这张联系卡').and.include('12333');
    expect(page.link('12345')).to.equal('tel:12345');
    expect(page.text).to.not.include('回到首页');
  });

  it('a revoked card says so calmly, gives the lines alone, and its successor has another address', async () => {
    const list = await dispatcher.visit(`/cards?q=${encodeURIComponent('第二家')}`);
    const card = await dispatcher.visit(list.link('第二家有限公司'));
    const old = scanned(card.html);
    const form = await dispatcher.visit(card.link('停用'));
    const refused = await dispatcher.submit(form.form(/revocation$/), {});
    expect(refused.error('reason')).to.exist;
    const successor = await dispatcher.submit(/revocation$/, { reason: '遗失' });
    expect(successor.text).to.include('旧卡已停用').and.include('在用');
    expect(scanned(successor.html)).to.not.equal(old);
    const page = await program.visitor().visit(old);
    expect(page.status).to.equal(200);
    expect(page.text).to.include('这张联系卡已停用').and.include('12345');
    expect(page.text).to.not.include('第二家').and.not.include('同志').and.not.include('0510');
    const twice = await dispatcher.visit(`${card.path}/revocation`);
    expect((await dispatcher.submit(twice.form(/revocation$/), { reason: '遗失' })).status).to.equal(409);
    expect((await dispatcher.visit(`${card.path}/print`)).status).to.equal(409);
    expect((await dispatcher.visit(card.path)).html).to.not.include('class="qr"');
    const revoked = await dispatcher.visit('/cards?state=revoked');
    expect(revoked.rows.map(([name]) => name)).to.deep.equal(['第二家有限公司']);
    expect(await AuditEntry.count({ where: { action: 'revokeCard' } })).to.equal(1);
  });

  it('an officer makes cards for what they answer for, and sees no other', async () => {
    const officer = await program.as(enforcer);
    const list = await officer.visit('/cards');
    expect(list.rows.map(([name]) => name)).to.deep.equal(Array(2).fill(home.own.enterprise.name));
    const form = await officer.visit('/cards/new');
    expect(form.value('villageId')).to.equal(undefined);
    const foreign = await officer.fill('/cards/new', { enterprise: home.same.enterprise.name }, '/cards');
    expect(foreign.error('enterprise')).to.include('不在您的范围内');
    const ofVillage = await program.as(union);
    const choices = (await ofVillage.visit('/cards/new')).form('/cards').controls;
    expect(choices.find(({ name }) => name === 'villageId')!.choices!.map(({ text }) => text)).to.deep.equal([
      '不选，按上面填写的企业',
      '建南村',
    ]);
    expect((await ofVillage.visit('/cards?state=all')).rows).to.have.lengthOf(5);
  });

  it('the card with an informant’s code goes with the informant', async () => {
    const { id } = (await Informant.findOne({ where: { code: 'X4711' } }))!;
    const card = (await ContactCard.findOne({ where: { informantId: id } }))!;
    expect(card.revokedAt).to.equal(null);
    await dispatcher.fill(`/informants/${id}/end`, { confirmed: 'yes' });
    expect((await program.visitor().visit(`/c/${card.token}`)).text).to.include('这张联系卡已停用');
    expect((await dispatcher.visit('/cards')).html).to.not.include('X4711');
    const audit = (await AuditEntry.findOne({ where: { action: 'revokeCard', objectId: card.id } }))!;
    expect(audit).to.deep.include({ userId: home.sender.id, detail: { reason: 'closed' } });
    const again = { enterprise: home.own.enterprise.name, informants: 'yes' };
    const refused = await dispatcher.fill('/cards/new', again, '/cards');
    expect(refused.error('enterprise')).to.include('已经有在用的联系卡');
  });

  it('an address that nobody made is not there, and who tries many is stopped', async () => {
    const visitor = program.visitor();
    expect((await visitor.visit('/c/AAAAAAAAAAAAAAAAAAAAAA')).status).to.equal(404);
    const statuses: number[] = [];
    for (let asked = 0; asked < 300; asked++) statuses.push((await visitor.agent.get('/c/none')).status);
    expect(statuses.slice(0, 299)).to.not.include(429);
    expect(statuses.at(-1)).to.equal(429);
    const sessions = await selectRows<{ n: number }>('SELECT COUNT(*) AS n FROM sessions');
    expect(Number(sessions[0]!.n)).to.be.lessThan(30);
  });
});
