import { expect } from 'chai';
import { inTx } from '../../models/dialect.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { Warning, WarningAction, WarningEvaluation } from '../../models/warnings.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { evaluateWarnings } from '../../server/wage-checks/warning-night.service.ts';
import type { Hit } from '../../server/wage-checks/warning.rules.ts';
import { aResponsibility, aWageCheck } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { saved } from '../support/saved.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

describe('a warning on its pages', () => {
  const program = useProgram();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let officer: Visitor;
  let dispatcher: Visitor;
  let official: Visitor;
  let committee: Visitor;
  let wages: string;
  let page: string;

  const at = (day: string): void => setClock(() => instantOf(day, '09:00'));
  before(async () => {
    at('2022-03-07');
    await seedReference('江阴市');
    town = await aTownAtWork('祝塘镇');
    const user = await program.person('钱志远', 'officer', town.town);
    for (const { enterprise } of [town.own, town.same])
      await aResponsibility(user, { enterprise, kind: 'enforcement', isLead: true });
    await letSignIn(town.sender, town.same.mediators[0]!);
    officer = await program.as(user);
    dispatcher = await program.as(town.sender);
    official = await program.as(await program.person('许志强', 'official', town.town));
    committee = await program.as(town.same.mediators[0]!);
    wages = `/enterprises/${town.same.enterprise.id}/wages`;
  });
  beforeEach(() => at('2022-03-07'));
  after(() => setClock());

  const signals = (): string => `/enterprises/${town.same.enterprise.id}/signals`;
  const SIGNAL = { kind: 'stopped', since: '2022-03-04', note: '车间已停，大门上锁' };

  it('an empty list says so', async () => {
    expect((await dispatcher.visit('/warnings')).text).to.include('目前没有预警');
    expect((await dispatcher.visit(wages)).text)
      .to.include('目前没有预警')
      .and.to.include('没有登记现场情况');
  });

  it('a form that is wrong says it beside the field, and keeps what was typed', async () => {
    const empty = await officer.fill(signals(), { ...SIGNAL, kind: null, note: '' });
    expect(empty.errors).to.have.keys('kind', 'note');
    const days = await officer.fill(signals(), { ...SIGNAL, kind: 'deferral' });
    expect(days.error('days')).to.equal('延期支付要填写天数。');
    expect(days.html).to.include('车间已停，大门上锁');
    const notDeferral = await officer.fill(signals(), { ...SIGNAL, days: '10' });
    expect(notDeferral.error('days')).to.equal('只有延期支付才填写天数和同意手续。');
    const later = await officer.fill(signals(), { ...SIGNAL, since: '2022-03-08' });
    expect(later.error('since')).to.include('2022-03-07');
    expect(await Warning.count()).to.equal(0);
  });

  it('what the officer saw makes it red, opens a case and asks for a report today', async () => {
    const seen = await officer.fill(signals(), SIGNAL);
    expect(seen.path).to.equal(wages);
    expect(seen.text).to.include('已登记，预警已重新评估').and.to.include('红色预警：2022-03-04起停产');
    page = seen.link('查看预警')!;
    const shown = await dispatcher.visit(page);
    expect(shown.text)
      .to.include('上报县级人社部门')
      .and.to.include('今天到期')
      .and.to.include('江阴市人力资源和社会保障局：祝塘镇永利机械有限公司（文林村）');
    const disputeCase = await dispatcher.visit(shown.link('打开案件'));
    expect(disputeCase.text).to.include('欠薪红色预警').and.to.include('预警原因：停产');
    expect(disputeCase.link('红色预警')).to.equal(page);
    for (const person of [dispatcher, officer, official])
      expect((await person.visit('/')).text).to.include('欠薪预警：红色或有逾期任务');
    const again = await officer.fill(signals(), SIGNAL);
    expect(again.error('kind')).to.equal('这种情况已经登记，还没有结束。');
  });

  it('the check of the month says that there is a case already, and leads to it who may read it', async () => {
    const check = await aWageCheck(town.same.enterprise, '2022-03');
    const shown = await dispatcher.visit(`/wage-checks/${check.id}`);
    expect(shown.text).to.include('已因欠薪预警立案');
    expect((await dispatcher.visit(shown.link('打开案件'))).text).to.include('欠薪红色预警');
    const other = await aWageCheck(town.own.enterprise, '2022-03');
    expect((await dispatcher.visit(`/wage-checks/${other.id}`)).text).to.not.include('立案');
    await check.destroy();
    await other.destroy();
  });

  it('an action is recorded as done once, by who may', async () => {
    const action = await WarningAction.findOne({ where: { kind: 'countyReport' } });
    const path = `${page}/actions/${action!.id}/completion`;
    expect((await official.visit(path)).status).to.equal(404);
    expect((await official.visit(page)).links.map(({ href }) => href)).to.not.include(path);
    expect((await dispatcher.visit(page)).links.map(({ href }) => href)).to.include(path);
    const early = await dispatcher.fill(path, { doneOn: '2022-03-01', note: '已报' });
    expect(early.error('doneOn')).to.include('2022-03-07');
    const done = await dispatcher.fill(path, { doneOn: '2022-03-07', note: '已电话和书面报告' });
    expect(done.path).to.equal(page);
    expect(done.text).to.include('办理完毕').and.to.include('已电话和书面报告');
    expect(done.text).to.not.include('上报县级的内容');
    expect((await dispatcher.visit(path)).path).to.equal(page);
  });

  it('the list narrows, is bookmarked and saved', async () => {
    expect((await dispatcher.visit('/warnings?level=red')).text).to.include('永利机械');
    const none = await dispatcher.visit('/warnings?level=blue');
    expect(none.text).to.include('没有符合条件的预警');
    const late = await dispatcher.visit('/warnings?pressing=overdue');
    expect(late.text).to.not.include('永利机械');
    const file = await saved(dispatcher, '/warnings/export?level=red');
    expect(file.rows.flat().join(' ')).to.include('祝塘镇永利机械有限公司').and.to.include('停产');
  });

  it('what is late is listed as late', async () => {
    at('2022-03-10');
    const later = await program.as(town.sender);
    expect((await later.visit('/warnings?pressing=overdue')).text)
      .to.include('永利机械')
      .and.to.include('超期2天');
  });

  it('nobody of the enterprise’s committee reaches any of it', async () => {
    for (const path of ['/warnings', '/warnings/export', page, wages, signals()])
      expect((await committee.visit(path)).status, path).to.equal(404);
  });

  it('who may not know an informant reads a sentence without the source', async () => {
    const hits: Hit[] = [
      { rule: 'reportMissing', level: 'blue', cause: 'other', params: { month: '2022-02', dueDay: 20 } },
    ];
    const warning = (await Warning.findOne({ where: { openKey: town.same.enterprise.id } }))!;
    await WarningEvaluation.update({ hits }, { where: { id: warning.evaluationId } });
    for (const path of ['/warnings', page, wages]) {
      expect((await dispatcher.visit(path)).text, path).to.include('职工信息员没有在20日前上报');
      const read = (await official.visit(path)).html;
      expect(read, path).to.include('工资支付情况尚未核实').and.not.include('信息员没有');
    }
    const rows = (await saved(official, '/warnings/export')).rows.flat().join(' ');
    expect(rows).to.not.include('信息员');
  });

  it('ends the signal, is watched, and ends after six months', async () => {
    const list = await officer.visit(wages);
    const end = list.links.find(({ href }) => href.endsWith('/end'))!.href;
    const ended = await officer.fill(end, { endedOn: '2022-03-07', endReason: '已恢复生产' });
    expect(ended.text).to.include('蓝色关注').and.to.include('至2022-09-07').and.to.include('已恢复生产');
    expect((await officer.visit(end)).path).to.equal(wages);
    await evaluateWarnings({ day: '2022-09-07', inTurn: inTx });
    at('2022-09-07');
    const later = await program.as(town.sender);
    expect((await later.visit(page)).text).to.include('预警已于2022-09-07解除');
    expect((await later.visit('/warnings?state=ended')).text).to.include('永利机械');
    expect((await later.visit('/warnings')).text).to.not.include('永利机械');
  });

  it('speaks English too', async () => {
    const clerk = await program.as(await program.person('Reader', 'official', town.town));
    await clerk.fill('/warnings', {}, '/language');
    for (const path of [page, wages, '/warnings?state=all'])
      expect((await clerk.visit(path)).text, path)
        .to.match(/warning|signal/i)
        .and.not.include('预警：');
  });
});
