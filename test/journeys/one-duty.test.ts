import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import { AuditEntry } from '../../models/accounts.ts';
import { DisputeCase } from '../../models/cases.ts';
import { selectRows } from '../../models/dialect.ts';
import { Informant, LeaderVisit, Responsibility } from '../../models/one-duty.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { everyPageOf } from '../support/crawl.ts';
import { aUser } from '../support/factories.ts';
import { letSignIn, PASSWORD, useProgram, type Page, type Visitor } from '../support/http.ts';
import { saved } from '../support/saved.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

/** What of an informant must not turn up where it does not belong. */
const NAME = '司徒银杏';
const PHONE = '13966660456';

describe('one duty: officers, informants and leaders’ visits', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let union: User;
  let enforcer: User;
  let code: string;

  const setToday = () => setClock(() => instantOf('2026-11-20', '09:00'));
  beforeEach(setToday);

  before(async () => {
    setToday();
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    [union, enforcer] = [
      await aUser('钱工会', 'officer', home.town),
      await aUser('马监察', 'officer', home.town),
    ];
    await letSignIn(home.sender, union, enforcer, ...home.own.mediators, ...home.same.mediators);
    dispatcher = await program.as(home.sender);
  });

  it('the dispatcher sees who has nobody, names an officer, and is told what is wrong beside the field', async () => {
    const start = await dispatcher.visit('/');
    expect(start.text).to.include('没有责任人的企业').and.include(home.same.enterprise.name);
    const list = await dispatcher.visit(start.link('全部 2 家'));
    expect(list.rows).to.have.lengthOf(2);
    const enterprise = await dispatcher.visit(list.link(home.same.enterprise.name));
    expect(enterprise.text).to.include('没有人负责检查这家企业的工资支付');
    await dispatcher.visit(enterprise.link('新增责任人'));
    const refused = await dispatcher.submit('/responsibilities', {
      officerId: '钱工会',
      fromDay: '2026-13-01',
    });
    expect(refused.status).to.equal(422);
    expect(Object.keys(refused.errors)).to.have.members(['kind', 'fromDay']);
    expect(refused.value('enterprise')).to.equal(home.same.enterprise.name);
    const done = await dispatcher.submit('/responsibilities', {
      ...{ officerId: '钱工会', kind: '工会', fromDay: '2026-01-01', isLead: 'yes' },
    });
    expect(done.path).to.equal('/responsibilities');
    expect(done.rows[0]).to.include.members(['钱工会', '2026-01-01']);
    const second = await dispatcher.fill(
      '/responsibilities/new',
      {
        ...{ officerId: '马监察', kind: '劳动监察', isLead: 'yes', fromDay: '2026-11-20' },
        enterprise: home.same.enterprise.name,
      },
      '/responsibilities',
    );
    expect(second.error('isLead')).to.include('钱工会 从 2026-01-01 起是牵头责任人');
  });

  it('an officer opens the enterprises that are theirs, and cannot name anybody', async () => {
    const officer = await program.as(union);
    const start = await officer.visit('/');
    expect(start.text).to.include('我负责的企业').and.include(home.same.enterprise.name);
    expect((await officer.visit(start.link('全部 1 家'))).rows).to.have.lengthOf(1);
    expect((await officer.visit('/responsibilities/new')).status).to.equal(404);
  });

  it('everything passes to a successor in one act, and the page of the enterprise knows both days', async () => {
    const query = `fromId=${union.id}&toId=${enforcer.id}&day=2026-12-01`;
    const preview = await dispatcher.visit(`/responsibilities/hand-over?${query}`);
    expect(preview.text).to.include('将移交 1 项').and.include(home.same.enterprise.name);
    const done = await dispatcher.submit(
      preview.form('/responsibilities/hand-over', '确认移交 1 项给 马监察'),
    );
    expect(done.path).to.equal(`/responsibilities?officer=${enforcer.id}`);
    expect(done.rows).to.have.lengthOf(1);
    const page = `/enterprises/${home.same.enterprise.id}`;
    expect((await dispatcher.visit(`${page}?on=2026-11-30`)).text).to.include(
      '2026-11-30：钱工会（工会，牵头）。',
    );
    expect((await dispatcher.visit(`${page}?on=2026-12-01`)).text).to.include('2026-12-01：马监察');
    expect((await dispatcher.visit(`${page}?on=2025-12-31`)).text).to.include('2025-12-31：没有责任人。');
    expect((await dispatcher.visit(`${page}?on=2025-02-30`)).error('on')).to.include('没有这一天');
    // As it was, for what follows.
    await Responsibility.update({ toDay: null, openKey: 'again' }, { where: { officerId: union.id } });
    expect(await AuditEntry.count({ where: { action: 'handOverPatch' } })).to.equal(1);
  });

  it('an informant gets an account by a code, sets a password by the link, and sees nothing but their own', async () => {
    const officer = await program.as(union);
    await officer.visit(`/enterprises/${home.same.enterprise.id}`);
    await officer.visit(officer.page.link('新增信息员'));
    const unknown = await officer.submit('/informants', { enterprise: home.own.enterprise.name, name: NAME });
    expect(unknown.error('enterprise')).to.include('不在您的范围内');
    const made = await officer.submit('/informants', {
      enterprise: home.same.enterprise.name,
      phone: PHONE,
    });
    expect(made.status).to.equal(200);
    expect(made.html).to.not.include(NAME).and.not.include(PHONE);
    const [, token] = /\/welcome\/([\w-]+)/.exec(made.text)!;
    const informant = (await Informant.findOne({ where: { enterpriseId: home.same.enterprise.id } }))!;
    code = informant.code;

    const browser = program.visitor();
    const start = await browser.fill(`/welcome/${token}`, { password: PASSWORD, repeated: PASSWORD });
    expect(start.text).to.include('您以代号登录，企业看不到您是谁');
    expect(start.html).to.include(code).and.not.include(NAME);
    for (const path of ['/enterprises', '/informants', '/responsibilities', '/cases', '/visits', '/users'])
      expect((await browser.visit(path)).status, path).to.equal(404);
  });

  it('name and phone are shown to the dispatcher one at a time, with a reason', async () => {
    const { id } = (await Informant.findOne({ where: { code } }))!;
    const masked = await dispatcher.visit(`/informants/${id}`);
    expect(masked.text).to.include('司**').and.include('139****0456');
    expect(masked.html).to.not.include(NAME).and.not.include(PHONE);
    const nothing = await dispatcher.fill(`/informants/${id}/reveals`, { field: 'name' });
    expect(nothing.error('reason')).to.include('必须填写');
    expect(nothing.html).to.not.include(NAME);
    const shown = await dispatcher.submit(`/informants/${id}/reveals`, {
      field: 'name',
      reason: 'checkIdentity',
    });
    expect(shown.text).to.include(NAME);
    expect(shown.path).to.equal(`/informants/${id}/reveals`);
    expect((await dispatcher.visit(`/informants/${id}`)).html).to.not.include(NAME);
    const { rows } = await saved(dispatcher, '/informants/export');
    expect(JSON.stringify(rows))
      .to.include(code)
      .and.not.include('司徒')
      .and.not.include('司*')
      .and.not.include('139');
  });

  /** The canaries that pages print. */
  const found = (pages: Page[], canaries: string[]): string[] =>
    pages.flatMap(({ path, html }) =>
      canaries.filter((canary) => html.includes(canary)).map((canary) => `${path}: ${canary}`),
    );

  const OTHERS: Record<string, (browser: typeof program) => Promise<User>> = {
    'the mediator of the enterprise’s own committee': async () => home.same.mediators[0]!,
    'a mediator of a village': async () => home.own.mediators[0]!,
    'the official': ({ person }) => person('许领导', 'official', home.town),
    'the administrator': ({ person }) => person('宋管理', 'administrator', home.town),
  };
  const SEARCHES = ['/cases?text=', '/enterprises?q=', '/people?q=', '/users?q=', '/rooms?q=', '/tickets?q='];
  const FILES = ['cases', 'enterprises', 'people', 'rooms', 'responsibilities', 'visits', 'informants'];

  for (const [who, personOf] of Object.entries(OTHERS))
    it(`${who} never meets the informant: on no page, in no list, search or file`, async () => {
      // Who sits or works where the informant does learns not even the code.
      const canaries = [NAME, PHONE, ...(who.includes('mediator') ? [code] : [])];
      const browser = await program.as(await personOf(program));
      const pages = await everyPageOf(browser, ['/', `/enterprises/${home.same.enterprise.id}`]);
      expect(pages.length).to.be.greaterThan(2);
      expect(found(pages, canaries)).to.deep.equal([]);
      for (const search of SEARCHES)
        expect((await browser.visit(search + encodeURIComponent(NAME))).rows, search).to.deep.equal([]);
      for (const list of FILES) {
        const answer = await browser.visit(`/${list}`);
        if (answer.status !== 200) continue;
        const { sheets } = await saved(browser, `/${list}/export`);
        const words = JSON.stringify(sheets);
        expect(
          canaries.filter((canary) => words.includes(canary)),
          list,
        ).to.deep.equal([]);
      }
    });

  it('the administrator sees the account by its code, and cannot give the role', async () => {
    const administrator = await program.as(await program.person('宋网管', 'administrator', home.town));
    const list = await administrator.visit(`/users?q=${code}`);
    expect(list.rows[0]).to.include(code);
    const account = await administrator.visit(list.link(new RegExp(`^${code}$`)));
    expect(account.html).to.include('职工信息员').and.not.include(NAME);
    const roles = account.form(/\/roles$/).controls.find(({ name }) => name === 'role')!;
    expect(roles.choices!.map(({ value }) => value))
      .to.include('officer')
      .and.not.include('informant');
    const forced = await administrator.send(`${account.path}/roles`, {
      ...{ role: 'informant', areaId: home.town.id, idempotencyKey: (await aUser()).id },
    });
    expect(forced.status).to.equal(422);
  });

  it('no name or phone is left in the logs, the audit, the sessions or the idempotency keys', async () => {
    const stored = [
      await selectRows('SELECT * FROM audit_entries'),
      await selectRows('SELECT * FROM sessions'),
      await selectRows('SELECT * FROM idempotency_keys'),
      await selectRows('SELECT * FROM informants'),
      await selectRows('SELECT * FROM users'),
    ];
    for (const canary of [NAME, PHONE]) {
      expect(JSON.stringify(stored)).to.not.include(canary);
      expect(program.log.join('\n')).to.not.include(canary);
    }
  });

  it('an informant who ends is signed out at once', async () => {
    const browser = await program.as({ username: code });
    const { id } = (await Informant.findOne({ where: { code } }))!;
    const unticked = await dispatcher.fill(`/informants/${id}/end`, {});
    expect(unticked.error('confirmed')).to.include('请勾选确认');
    const ended = await dispatcher.submit(`/informants/${id}/end`, { confirmed: 'yes' });
    expect(ended.text).to.include('已结束');
    expect((await browser.visit('/')).path).to.include('/sign-in');
    expect((await browser.signIn(code)).path).to.equal('/sign-in');
  });

  it('a leader’s visit at the town itself says so, on its page and in the list', async () => {
    const page = await dispatcher.fill(
      '/visits/new',
      {
        ...{ visitedOn: '2026-11-17', leaders: '许志强', place: '政府广场', areaId: home.town.id },
        ...{ enterprise: '', issue: '咨询工资发放。' },
      },
      '/visits',
    );
    expect(page.text).to.include(`企业、村或镇 ${home.town.name}`);
    const row = (await dispatcher.visit('/visits')).rows.find(([day]) => day === '2026-11-17')!;
    expect(row[2]).to.include('政府广场').and.include(home.town.name);
  });

  it('a leader’s visit opens one case, which says where it came from', async () => {
    const page = await dispatcher.fill(
      '/visits/new',
      {
        ...{ visitedOn: '2026-11-18', leaders: '许志强', place: '厂区食堂', areaId: home.town.id },
        ...{ enterprise: home.own.enterprise.name, issue: '三名职工反映拖欠工资，电话13955550123。' },
      },
      '/visits',
    );
    expect(page.text).to.include('三名职工').and.include('139****0123').and.not.include('13955550123');
    const visit = (await LeaderVisit.findOne({ where: { place: '厂区食堂' } }))!;
    expect(visit.villageId).to.equal(home.own.village.id);
    await dispatcher.visit(page.link('据此立案'));
    const form = dispatcher.page.form('/cases');
    const value = (field: string) => form.controls.find(({ name }) => name === field && name)?.value;
    expect([value('visitId'), value('respondent1Name'), value('receivedOn')]).to.deep.equal([
      visit.id,
      home.own.enterprise.name,
      '2026-11-18',
    ]);
    const claimant = {
      ...{ title: '拖欠工资', claimant1Name: '李强', claimant1Type: 'wages', claimant1Claimed: '8000' },
    };
    const wrong = await dispatcher.submit('/cases', { ...claimant, title: '' });
    expect(wrong.value('visitId')).to.equal(visit.id);
    const opened = await dispatcher.submit('/cases', claimant);
    expect(opened.text).to.include('领导下访');
    const disputeCase = (await DisputeCase.findByPk((await visit.reload()).caseId!))!;
    expect([disputeCase.source, disputeCase.workerConsentOn]).to.deep.equal(['leaderVisit', null]);
    const after = await dispatcher.visit(`/visits/${visit.id}`);
    expect(after.links.some(({ href }) => href === `/cases/${disputeCase.id}`)).to.equal(true);
    expect(after.links.some(({ text }) => text.includes('据此立案'))).to.equal(false);
    await dispatcher.visit(`/cases/new?visit=${visit.id}`);
    const again = await dispatcher.submit('/cases', claimant);
    expect(again.status).to.equal(409);
    expect(again.text).to.include('已经立过案');
    expect(await DisputeCase.count({ where: { source: 'leaderVisit' } })).to.equal(1);
    const { rows } = await saved(dispatcher, '/visits/export?opened=yes');
    expect(rows).to.have.lengthOf(3);
    expect(JSON.stringify(rows)).to.include('已立案').and.not.include('13955550123');
  });

  it('a visit is put right by its form, keeps the number that nobody sees, and is never overwritten', async () => {
    const visit = (await LeaderVisit.findOne({ where: { place: '厂区食堂' } }))!;
    const union1 = await program.as(union);
    await dispatcher.visit(`/visits/${visit.id}/edit`);
    await union1.visit(`/visits/${visit.id}/edit`);
    expect(dispatcher.page.html).to.include('139****0123').and.not.include('13955550123');
    const page = await dispatcher.submit(`/visits/${visit.id}/edit`, {
      leaders: '许志强、陆建华',
      answer: '已约企业负责人面谈',
    });
    expect([page.path, page.text.includes('许志强、陆建华')]).to.deep.equal([`/visits/${visit.id}`, true]);
    const { issue, enterpriseId, version } = await visit.reload();
    expect([issue, enterpriseId, version]).to.deep.equal([
      '三名职工反映拖欠工资，电话13955550123。',
      home.own.enterprise.id,
      1,
    ]);
    const late = await union1.submit(`/visits/${visit.id}/edit`, { leaders: '别人' });
    expect(late.status).to.equal(409);
    expect(late.text).to.include('现在保存的是：许志强、陆建华');
    const { detail } = (await AuditEntry.findOne({ where: { action: 'editVisit' } }))!;
    expect(detail).to.deep.equal({
      leaders: { before: '许志强', after: '许志强、陆建华' },
      answer: { before: null, after: '…' },
    });
    const tomorrow = await dispatcher.fill(`/visits/${visit.id}/edit`, { visitedOn: '2026-11-21' });
    expect(tomorrow.error('visitedOn')).to.include('不能晚于 2026-11-20');
  });

  it('a visit is put right when its enterprise is gone, and stays where its case is', async () => {
    const visit = (await LeaderVisit.findOne({ where: { place: '厂区食堂' } }))!;
    const { enterprise, village } = home.own;
    const edit = `/visits/${visit.id}/edit`;
    await enterprise.update({ active: false });
    const page = await dispatcher.fill(edit, { leaders: '许志强、陆建国' });
    expect([page.path, page.text.includes('陆建国')]).to.deep.equal([`/visits/${visit.id}`, true]);
    expect(await visit.reload()).to.include({ enterpriseId: enterprise.id, villageId: village.id });
    await enterprise.update({ active: true });
    const other = await dispatcher.fill(edit, { enterprise: home.same.enterprise.name });
    expect(other.error('enterprise')).to.include('已经立过案');
    const elsewhere = await dispatcher.fill(edit, { enterprise: '', areaId: home.same.village.id });
    expect(elsewhere.error('areaId')).to.include('已经立过案');
    expect(await visit.reload()).to.include({ enterpriseId: enterprise.id, villageId: village.id });
    await visit.update({ caseId: null });
    await dispatcher.fill(edit, { enterprise: home.same.enterprise.name });
    expect((await visit.reload()).enterpriseId).to.equal(home.same.enterprise.id);
    await visit.update({ enterpriseId: enterprise.id, villageId: village.id });
  });

  it('a visit is not there for who may not read visits, and lies within its village', async () => {
    const visit = (await LeaderVisit.findOne())!;
    const mediator = await program.as(home.own.mediators[0]!);
    const [page, edit] = [`/visits/${visit.id}`, `/visits/${visit.id}/edit`];
    for (const path of ['/visits', page, edit, `/cases/new?visit=${visit.id}`])
      expect((await mediator.visit(path)).status, path).to.equal(404);
    const nextDoor = await program.as(await program.person('邻村官', 'official', home.same.village));
    expect((await nextDoor.visit('/visits')).rows).to.deep.equal([]);
    expect((await nextDoor.visit(`/visits/${visit.id}`)).status).to.equal(404);
    const late = await dispatcher.fill(
      '/visits/new',
      { visitedOn: '2026-11-21', leaders: '甲', place: '乙', areaId: home.town.id, issue: '丙' },
      '/visits',
    );
    expect(late.error('visitedOn')).to.include('不能晚于 2026-11-20');
  });
});
