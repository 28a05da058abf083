import { expect } from 'chai';
import { inTx } from '../../models/dialect.ts';
import { DisputeCase } from '../../models/cases.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { openFollowUps } from '../../server/follow-ups/opening.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { saved } from '../support/saved.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

const HEARD = {
  ...{ reached: 'yes', performance: 'nothingAgreed', retaliation: 'no', hiddenRisk: 'no' },
  ...{ mood: 'angry', risk: 'petition', note: '没有给我解释清楚' },
};

describe('after the case: closed, called, done again, called again, archived', () => {
  const program = useProgram();
  let clerk: Visitor;
  let second: Visitor;
  let mediator: Visitor;
  let dispatcher: Visitor;
  let official: Visitor;
  let caseId: string;
  let claimantId: string;

  const on = async (day: string): Promise<void> => {
    setClock(() => instantOf(day, '09:00'));
    await openFollowUps({ day, inTurn: inTx });
  };
  const followUp = async (round: number): Promise<string> => {
    const found = await FollowUp.findOne({ where: { caseId, round } });
    return `/follow-ups/${found!.id}`;
  };

  before(async () => {
    await on('2022-03-07');
    await seedReference('江阴市');
    const home = await aTownAtWork('祝塘镇');
    const [theMediator] = home.own.mediators;
    await letSignIn(home.sender, theMediator!);
    const ids = await aCaseAt(home.own, 'mediated');
    [caseId, claimantId] = [ids['caseId']!, ids['claimantId']!];
    const atFirst = await program.as(theMediator!);
    await atFirst.fill(`/cases/${caseId}/contacts`, {
      ...{ channel: 'call', party: 'worker', reached: 'yes', mood: 'furious', risk: 'groupIncident' },
      note: '听取诉求',
    });
    await atFirst.fill(`/cases/${caseId}/failure`, { referral: 'arbitration', reason: '分歧大' });
    await on('2022-03-13');
    expect(await FollowUp.count({ where: { caseId } })).to.equal(0);
    await on('2022-03-14');
    mediator = await program.as(theMediator!);
    dispatcher = await program.as(home.sender);
    clerk = await program.as(await program.person('冯玉兰', 'callbackClerk', home.town));
    second = await program.as(await program.person('邵红', 'callbackClerk', home.town));
    official = await program.as(await program.person('许志强', 'official', home.town));
  });
  beforeEach(() => setClock(() => instantOf('2022-03-14', '09:00')));
  after(() => setClock());

  it('is on the clerk’s list on the seventh day, and on an official’s without the name', async () => {
    expect((await clerk.visit('/')).link('拖欠工资')).to.equal(await followUp(1));
    expect((await clerk.visit('/follow-ups')).text)
      .to.include('今天到期')
      .and.to.include('李强');
    expect((await official.visit('/follow-ups')).text)
      .to.include('李*')
      .and.to.not.include('李强');
  });

  it('saves what each of them is shown, and nothing more', async () => {
    expect((await clerk.visit('/follow-ups')).link('导出Excel')).to.equal('/follow-ups/export?state=due');
    const [ofClerk, ofOfficial] = [
      await saved(clerk, '/follow-ups/export?state=due'),
      await saved(official, '/follow-ups/export?state=due'),
    ];
    expect(ofClerk.rows).to.have.length(3);
    expect(ofClerk.rows[2]).to.include('李强');
    expect(ofOfficial.rows[2]).to.include('李*').and.not.to.include('李强');
    expect((await clerk.visit('/follow-ups?state=done')).text).to.not.include('导出Excel');
  });

  it('shows how the worker came, and the phone for a reason only', async () => {
    const page = await clerk.visit(await followUp(1));
    expect(page.text).to.include('激动失控').and.to.include('群体性事件').and.to.include('138****1234');
    expect(page.html).to.not.include('13800001234');
    const reveals = `/cases/${caseId}/claimants/${claimantId}/reveals`;
    expect(page.links.map(({ href }) => href)).to.include(reveals);
    const revealed = await clerk.fill(reveals, { field: 'phone', reason: 'contactParty' });
    expect(revealed.html).to.include('13800001234');
  });

  it('a form left half empty says what is missing, and keeps what was said', async () => {
    const path = await followUp(1);
    const page = await clerk.fill(
      path,
      { ...HEARD, satisfaction: 'unsatisfied', mood: null, risk: null },
      `${path}/call`,
    );
    expect(page.status).to.equal(422);
    expect(Object.keys(page.errors)).to.have.members(['mood', 'risk']);
    expect(page.value('note')).to.equal('没有给我解释清楚');
  });

  it('an unsatisfied worker: the case goes back to its mediator, once', async () => {
    const path = await followUp(1);
    await second.visit(path);
    await clerk.fill(path, { ...HEARD, satisfaction: 'unsatisfied' }, `${path}/call`);
    expect(clerk.page.text).to.include('已交 周国平 重办');
    const late = await second.submit(`${path}/call`, { ...HEARD, satisfaction: 'satisfied' });
    expect(late.status).to.equal(409);
    expect(late.text).to.include('已由别人登记');
    expect((await clerk.visit(`/cases/${caseId}`)).status).to.equal(404);
    const page = await mediator.visit(`/cases/${caseId}`);
    expect(page.text).to.include('2022-03-17').and.to.include('交办重办').and.to.include('答复重办');
    expect(page.text).to.include('没有给我解释清楚');
    expect((await official.visit(`/cases/${caseId}`)).rows.flat().join()).to.not.include('李强');
    expect((await mediator.visit('/')).text).to.include('待重办');
  });

  it('the mediator answers, and the clerk calls again: it helped, and the case is archived', async () => {
    const before = await mediator.fill(`/cases/${caseId}/redo`, { answer: '重新说明了仲裁的办法' });
    expect(before.text).to.include('重办情况已答复');
    const path = await followUp(2);
    expect((await clerk.visit(path)).text).to.include('重新说明了仲裁的办法');
    const content = { ...HEARD, satisfaction: 'mostlySatisfied', mood: 'calm', risk: 'none' };
    const page = await clerk.fill(path, content, `${path}/call`);
    expect(page.text).to.include('案件已于 2022-03-14 归档');
    expect((await clerk.visit(await followUp(1))).text).to.include('评价有改善');
    const { state, outcome } = (await DisputeCase.findByPk(caseId))!;
    expect({ state, outcome }).to.deep.equal({ state: 'closed', outcome: 'failed' });
  });

  it('the papers tell both calls, and the order of the town while the redo was open', async () => {
    const words = (await mediator.visit(`/cases/${caseId}/documents/followUp`)).text;
    for (const heard of [
      '2022年3月14日',
      '冯玉兰',
      '不满意',
      '没有给我解释清楚',
      '基本满意',
      '重新说明了仲裁的办法',
    ])
      expect(words).to.include(heard);
    expect((await mediator.visit(`/cases/${caseId}/documents/supervision`)).status).to.equal(404);
  });

  it('the report counts two valid calls and one redo that helped, each with its list', async () => {
    const report = await official.visit('/reports?from=2022-03-01&to=2022-03-31');
    const tile = report.tile('回访满意率');
    expect(tile.value).to.equal('50.0');
    expect((await official.visit(tile.href!)).rows).to.have.length(2);
    expect(report.text).to.include('重办后有改善');
    const empty = (await official.visit('/reports?from=2021-03-01&to=2021-03-31')).tile('回访满意率');
    expect(empty).to.deep.equal({ value: '—', href: undefined });
  });

  it('with new facts the town opens it again, and it keeps its history', async () => {
    expect((await mediator.visit(`/cases/${caseId}/reopening`)).status).to.equal(404);
    const page = await dispatcher.fill(`/cases/${caseId}/reopening`, { explanation: '劳动者找到了工资条' });
    expect(page.text).to.include('案件已重开').and.to.include('劳动者找到了工资条').and.to.include('回访');
    expect((await DisputeCase.findByPk(caseId))!.state).to.equal('awaitingRouting');
  });
});
