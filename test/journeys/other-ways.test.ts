import { expect } from 'chai';
import { AuditEntry, IdempotencyKey, RoleGrant, User } from '../../models/accounts.ts';
import { CaseEvent, Claimant, DisputeCase } from '../../models/cases.ts';
import { Contact } from '../../models/mediation.ts';
import { Payment } from '../../models/settlements.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { letSignIn, PASSWORD, useProgram, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';
import { newId } from '../../server/shared/ids.ts';

describe('the other ways of a case', () => {
  const program = useProgram();
  let desk: Corner;
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;
  let deputy: Visitor;
  let mediator: Visitor;
  let colleague: Visitor;
  let time = '09:00';

  before(async () => {
    setClock(() => instantOf('2022-03-07', time));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    desk = home.own;
    const people = [home.sender, home.same.sender, ...desk.mediators];
    await letSignIn(...people);
    [dispatcher, deputy, mediator, colleague] = (await Promise.all(
      people.map((person) => program.as(person)),
    )) as [Visitor, Visitor, Visitor, Visitor];
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', time)));

  const aCase = async (stage: CaseStage): Promise<{ path: string; id: string; claimantId: string }> => {
    const { caseId, claimantId } = await aCaseAt(desk, stage);
    return { path: `/cases/${caseId!}`, id: caseId!, claimantId: claimantId! };
  };
  const row = async (id: string): Promise<DisputeCase> => (await DisputeCase.findByPk(id))!;

  it('a worker walks in: the case is registered and waits for the dispatcher', async () => {
    const typed = {
      source: '上门申请',
      areaId: '建南村',
      applied: 'yes',
      title: '拖欠1月工资',
      facts: '口头申请：2022年1月工资未付。',
      workers: '1',
      respondent1Name: '某早餐店',
      respondent1Part: '用人单位',
      claimant1Name: '吴秀兰',
      claimant1Phone: '13911112222',
      claimant1Type: '劳动报酬',
      claimant1Claimed: '4,500.50',
    };
    const wrong = await mediator.fill(
      '/cases/new',
      { ...typed, claimant1Phone: '139', workers: '0' },
      '/cases',
    );
    expect(wrong.status).to.equal(422);
    expect(Object.keys(wrong.errors)).to.have.members(['claimant1Phone', 'workers']);
    expect(wrong.value('claimant1Name'), 'what was typed is kept').to.equal('吴秀兰');
    const done = await mediator.submit('/cases', { claimant1Phone: '13911112222', workers: '1' });
    expect(done.status).to.equal(200);
    expect(done.text, 'where it went').to.include('由镇调度员分派；在分派给您以前，您看不到');
    const made = (await DisputeCase.findOne({ where: { title: '拖欠1月工资' } }))!;
    expect(made).to.include({ state: 'awaitingRouting', source: 'walkIn', claimedFen: 450_050 });
    expect(made.statutoryDueOn, '15 days from the application in person').to.equal('2022-03-22');
    const routed = await dispatcher.fill(`/cases/${made.id}/routing`, {});
    expect(routed.text).to.include('已分派');
    expect((await row(made.id)).state).to.equal('awaitingAcceptance');
  });

  it('a mediator hands a case back, and the dispatcher gives it to somebody else', async () => {
    const { path, id } = await aCase('offered');
    const unsaid = await mediator.fill(`${path}/hand-back`, { note: '申请人是亲属' });
    expect(unsaid.status).to.equal(422);
    expect(unsaid.value('note')).to.equal('申请人是亲属');
    await mediator.submit(`${path}/hand-back`, { reason: 'partyToDispute' });
    expect(await row(id)).to.include({ state: 'awaitingRouting', mediatorId: null, takenOverAt: null });
    expect((await mediator.visit(path)).status, 'it is no longer in the mediator’s room').to.equal(404);
    await dispatcher.visit(`${path}/routing`);
    const desks = dispatcher.page.form(`${path}/routing`).controls.find(({ name }) => name === 'desk')!;
    const other = desks.choices!.find(
      ({ text, value }) => text.includes('徐春梅') || value.endsWith(desk.mediators[1]!.id),
    )!;
    const again = await dispatcher.submit(`${path}/routing`, { desk: other.value, reason: '回避' });
    expect(again.text).to.include('徐春梅');
    expect((await row(id)).mediatorId).to.equal(desk.mediators[1]!.id);
  });

  it('not to accept a case takes a second person', async () => {
    const { path, id } = await aCase('taken');
    await mediator.fill(`${path}/decline`, { reason: 'partyRefuses', explanation: '单位拒绝调解' });
    expect((await row(id)).state, 'proposed only').to.equal('awaitingAcceptance');
    const page = await dispatcher.visit(path);
    expect(page.text).to.include('周国平 建议不予受理案件“拖欠工资”');
    const decided = await dispatcher.submit(page.forms.find(({ button }) => button === '同意不予受理')!);
    expect(decided.text).to.include('一方拒绝');
    expect(await row(id)).to.include({ state: 'closed', outcome: 'declined', closedOn: '2022-03-07' });
  });

  it('a case entered by mistake is void only when somebody else agrees', async () => {
    const { path, id } = await aCase('mediated');
    await dispatcher.fill(`${path}/void`, { reason: 'enteredTwice', explanation: '重复录入' });
    const own = await dispatcher.visit(path);
    expect(
      own.forms.some(({ action }) => action.endsWith('/proposal')),
      'not one’s own',
    ).to.equal(false);
    const { version } = await row(id);
    const forced = await dispatcher.send(`${path}/proposal`, {
      version: String(version),
      idempotencyKey: newId(),
      decision: 'approve',
    });
    expect(forced.status).to.equal(403);
    const page = await deputy.visit(path);
    await deputy.submit(page.forms.find(({ button }) => button === '同意作废')!);
    expect(await row(id)).to.include({ state: 'closed', outcome: 'void' });
  });

  for (const [stage, noun, filled, outcome, who] of [
    ['mediated', 'withdrawal', { reason: '不再要求处理' }, 'withdrawn', 'mediator'],
    ['mediated', 'lost-contact', { reason: '五次未接通' }, 'lostContact', 'mediator'],
    ['mediated', 'failure', { referral: 'arbitration', reason: '分歧大' }, 'failed', 'mediator'],
    ['mediated', 'transfer', { authority: '住建部门', reason: '工程款' }, 'transferred', 'dispatcher'],
    ['taken', 'not-labour', { reason: '民间借贷' }, 'notLabour', 'dispatcher'],
  ] as const) {
    it(`ends by ${noun}: asked for its reasons, then ${outcome}`, async () => {
      const { path, id } = await aCase(stage);
      const person = { mediator, dispatcher }[who];
      const empty = await person.fill(`${path}/${noun}`, {});
      expect(empty.status).to.equal(422);
      expect(empty.error('reason')).to.equal('必须填写。');
      expect((await row(id)).outcome).to.equal(null);
      await person.submit(`${path}/${noun}`, filled);
      expect(await row(id)).to.include({ state: 'closed', outcome, closedOn: '2022-03-07' });
      const late = await person.visit(`${path}/${noun}`);
      expect(late.path, 'not twice').to.equal(path);
    });
  }

  it('a transfer waits for its receipt on the dispatcher’s desk, until it is recorded once', async () => {
    const { path, id } = await aCase('transferred');
    const waiting = async (): Promise<string[]> =>
      (await dispatcher.visit('/cases?awaits=receipt')).links.map(({ href }) => href);
    expect((await dispatcher.visit('/')).text).to.include('待登记转办回执');
    expect(await waiting()).to.include(path);
    const early = await dispatcher.fill(`${path}/transfer/receipt`, { receivedOn: '2022-03-06' });
    expect(early.error('receivedOn')).to.include('2022-03-07');
    const page = await dispatcher.fill(`${path}/transfer/receipt`, {
      ...{ receivedOn: '2022-03-07', receivedBy: '监察大队窗口' },
    });
    expect(page.text).to.include('回执已登记').and.to.include('接收人：监察大队窗口');
    expect((await row(id)).transferReceiptOn).to.equal('2022-03-07');
    expect(await waiting()).to.not.include(path);
    const again = await dispatcher.visit(`${path}/transfer/receipt`);
    expect(again.path, 'not twice').to.equal(path);
  });

  it('a duplicate names the case that it repeats', async () => {
    const original = await aCase('mediated');
    await DisputeCase.update({ number: '祝劳调〔2022〕0099号' }, { where: { id: original.id } });
    const named = { number: '祝劳调〔2022〕0099号' };
    const { path, id } = await aCase('taken');
    const unknown = await dispatcher.fill(`${path}/duplicate`, { number: '祝劳调〔1999〕0001号' });
    expect(unknown.error('number')).to.include('没有找到');
    const open = await dispatcher.submit(`${path}/duplicate`, named);
    expect(open.error('number'), 'an open one is merged').to.include('并案');
    const ended = { state: 'closed', outcome: 'failed', closedOn: '2022-03-07' } as const;
    await DisputeCase.update(ended, { where: { id: original.id } });
    const page = await dispatcher.submit(`${path}/duplicate`, named);
    expect(page.text).to.include('本案已作为重复案件并入 祝劳调〔2022〕0099号');
    expect(page.links.map(({ href }) => href)).to.include(original.path);
    expect(await row(id)).to.include({
      state: 'closed',
      outcome: 'duplicate',
      mergedIntoId: original.id,
    });
  });

  it('a form sent twice is one entry with one answer; another content under its key is refused', async () => {
    const { path, id } = await aCase('taken');
    await mediator.visit(`${path}/contacts`);
    const form = mediator.page.form(`${path}/contacts`);
    const carried = Object.fromEntries(form.controls.map(({ name, value }) => [name, value]));
    const first = await mediator.request(form.action, { ...carried, note: '已电话联系' });
    const second = await mediator.request(form.action, { ...carried, note: '已电话联系' });
    expect([first, second].map(({ status, headers }) => [status, headers['location']])).to.deep.equal([
      [303, path],
      [303, path],
    ]);
    const other = await mediator.send(form.action, { ...carried, note: '另一次联系' });
    expect(other.status).to.equal(409);
    expect(other.text).to.include('这份表单已经提交过');
    expect(await Contact.count({ where: { caseId: id } })).to.equal(1);
    expect(await IdempotencyKey.count({ where: { key: carried['idempotencyKey']! } })).to.equal(1);
  });

  it('ten payments sent at once with one key are one row', async () => {
    const { caseId, instalmentId } = await aCaseAt(desk, 'paidOnce');
    const path = `/cases/${caseId!}/instalments/${instalmentId!}/payments`;
    await mediator.visit(path);
    const carried = Object.fromEntries(
      mediator.page.form(path).controls.map(({ name, value }) => [name, value]),
    );
    const filled = { ...carried, amount: '500', proof: '现金收条', manner: 'cash' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => mediator.request(path, filled)));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([303]));
    expect(await Payment.count({ where: { caseId: caseId! } }), 'one beside the one before').to.equal(2);
  });

  it('of two who change a case at once, the second is told, and what was typed is kept', async () => {
    const { path, id, claimantId } = await aCase('taken');
    const form = `${path}/claimants/${claimantId}`;
    const tab = await program.as(desk.mediators[0]!);
    await tab.visit(form);
    await mediator.fill(form, { verified1: '7000' });
    const stale = await tab.submit(form, { name: '李志强', verified1: '6000' });
    expect(stale.status).to.equal(409);
    expect(stale.text).to.include('内容已被他人修改');
    expect([stale.value('name'), stale.value('verified1')]).to.deep.equal(['李志强', '6000']);
    expect(await row(id)).to.include({ verifiedFen: 700_000 });
    expect((await Claimant.findByPk(claimantId))!.name).to.equal('李强');
    const saved = await tab.submit(form);
    expect(saved.path, 'sent again after looking').to.equal(path);
    expect(await row(id)).to.include({ verifiedFen: 600_000 });
  });

  it('the case moved on under an open form: a sentence, and nothing is done', async () => {
    const { path, id } = await aCase('mediated');
    const tab = await program.as(desk.mediators[0]!);
    await tab.visit(`${path}/failure`);
    await mediator.fill(`${path}/withdrawal`, { reason: '不再要求处理' });
    const late = await tab.submit(`${path}/failure`, { referral: 'court', reason: '分歧大' });
    expect(late.status).to.equal(409);
    expect(late.text).to.include('已有人办理了这件事');
    expect((await row(id)).outcome).to.equal('withdrawn');
    expect(await CaseEvent.count({ where: { caseId: id, action: 'fail' } })).to.equal(0);
  });

  it('a colleague of the room sees the case but does not work on it', async () => {
    const { path, id } = await aCase('mediated');
    expect((await colleague.visit(path)).status).to.equal(200);
    const { version } = await row(id);
    const fields = { version: String(version), idempotencyKey: 'k', reason: '……', referral: 'court' };
    expect((await colleague.send(`${path}/failure`, fields)).status).to.equal(403);
    expect((await row(id)).state).to.equal('inMediation');
  });

  it('a masked number is shown with a reason, once, and that is on record', async () => {
    const { path, claimantId } = await aCase('taken');
    const page = await mediator.visit(path);
    expect(page.html).to.include('138****1234').and.not.include('13800001234');
    const reveal = `${path}/claimants/${claimantId}/reveals`;
    const unsaid = await mediator.fill(reveal, { field: 'phone' });
    expect(unsaid.status).to.equal(422);
    expect(unsaid.html).to.not.include('13800001234');
    expect(await AuditEntry.count({ where: { action: 'reveal', objectId: claimantId } })).to.equal(0);
    const shown = await mediator.submit(reveal, { field: 'phone', reason: 'contactParty' });
    expect(shown.text).to.include('13800001234');
    const [entry] = await AuditEntry.findAll({ where: { action: 'reveal', objectId: claimantId } });
    expect(entry).to.include({ userId: desk.mediators[0]!.id });
    expect(entry!.detail).to.include({ field: 'phone', reason: 'contactParty' });
    expect(JSON.stringify(entry!.detail)).to.not.include('1380000');
    expect((await mediator.visit(path)).html).to.not.include('13800001234');
  });

  it('the language stays with the person', async () => {
    const person = await program.person('许志强', 'official', home.town);
    const browser = await program.as(person);
    await browser.visit('/reports');
    const english = await browser.submit(browser.page.form('/language', 'English'));
    expect(english.path, 'the same page').to.equal('/reports');
    expect(english.html).to.include('<html lang="en">');
    expect((await (await program.as(person)).visit('/')).html).to.include('<html lang="en">');
  });

  it('five wrong passwords lock the account, and the answer does not say so', async () => {
    const person = await program.person('何小明', 'official', home.town);
    const browser = program.visitor();
    const wrong = await browser.signIn(person.username, 'not the password');
    for (let times = 1; times < 5; times++) await browser.signIn(person.username, 'not the password');
    const right = await browser.signIn(person.username);
    expect(right.path).to.equal('/sign-in');
    const unknown = await browser.signIn('nobody-of-this-name', 'not the password');
    const said = (page: typeof wrong): string => page.text;
    expect([said(right), said(unknown)], 'wrong, locked and unknown look alike').to.deep.equal([
      said(wrong),
      said(wrong),
    ]);
    expect((await User.findByPk(person.id))!.lockedUntil).to.be.instanceOf(Date);
    time = '09:16';
    expect((await browser.signIn(person.username)).path, 'after a quarter of an hour').to.equal('/');
    time = '09:00';
  });

  it('too many failures from one computer are stopped before any password is looked at', async () => {
    const person = await program.person('何小红', 'official', home.town);
    const browser = program.visitor();
    const page = await browser.visit('/sign-in');
    const fields = { _csrf: page.value('_csrf')!, username: 'somebody', password: 'not the password' };
    const answers = await Promise.all(Array.from({ length: 35 }, () => browser.request('/sign-in', fields)));
    expect(answers.filter(({ status }) => status === 422)).to.have.length(30);
    expect(answers.filter(({ status }) => status === 429)).to.have.length(5);
    const right = await browser.request('/sign-in', {
      ...fields,
      username: person.username,
      password: PASSWORD,
    });
    expect(right.status, 'the right one neither').to.equal(429);
    expect((await program.as(person)).page.path, 'from another computer').to.equal('/');
  });

  it('a role that ended is gone at the next request, and so is the account', async () => {
    const person = await program.person('马丽', 'dispatcher', home.town);
    const browser = await program.as(person);
    expect((await browser.visit('/tickets')).status).to.equal(200);
    await RoleGrant.update({ endedAt: new Date() }, { where: { userId: person.id } });
    expect((await browser.visit('/tickets')).status).to.equal(404);
    await User.update({ endedAt: new Date() }, { where: { id: person.id } });
    expect((await browser.visit('/account/password')).path).to.match(/^\/sign-in/);
  });

  it('a session ends after thirty idle minutes, at sign-out, and when the password is changed elsewhere', async () => {
    const person = await program.person('林涛', 'official', home.town);
    const [first, second] = [await program.as(person), await program.as(person)];
    time = '09:31';
    expect((await first.visit('/reports')).path, 'idle').to.match(/^\/sign-in/);
    time = '09:00';
    const third = await program.as(person);
    await third.fill('/account/password', {
      ...{ current: PASSWORD, password: 'another long word 7', repeated: 'another long word 7' },
    });
    expect((await second.visit('/reports')).path, 'changed elsewhere').to.match(/^\/sign-in/);
    await third.submit(third.page.form('/sign-out'));
    expect((await third.visit('/reports')).path, 'signed out').to.match(/^\/sign-in/);
  });
});
