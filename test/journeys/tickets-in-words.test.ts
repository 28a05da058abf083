import { expect } from 'chai';
import { CaseEvent, Claimant, DisputeCase, RoutingDecision } from '../../models/cases.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import type { Ticket } from '../../models/tickets.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { aRoom, aTicket } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

const DAY = '2022-03-07';

/** Files of the hotline often have no columns for people and amounts: the words say it. */
describe('tickets that say it in words', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Visitor;

  before(async () => {
    setClock(() => instantOf(DAY, '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    await aRoom(home.town, home.town, ['顾永年']);
    await letSignIn(home.sender);
    dispatcher = await program.as(home.sender);
  });
  beforeEach(() => setClock(() => instantOf(DAY, '09:00')));
  after(() => setClock());

  const aGroup = (): Promise<Ticket> =>
    aTicket(home.town, DAY, {
      callerName: '李建军等12人',
      title: '集体讨薪',
      content: '拖欠12名农民工工资合计23.6万元',
      respondentText: '某某劳务公司',
    });
  const caseOf = async (ticket: Ticket): Promise<DisputeCase> =>
    (await DisputeCase.findByPk((await ticket.reload()).caseId!))!;

  it('is a group’s when its words say so, in the list, on its page and as a case', async () => {
    const ticket = await aGroup();
    const words = '李建军等12人（据内容识别）';
    expect((await dispatcher.visit('/tickets')).text)
      .to.include(words)
      .and.include('236,000.00');
    expect((await dispatcher.visit('/routing')).text)
      .to.include(words)
      .and.include('236,000.00元（据内容识别）')
      .and.include('涉及12人，达到10人')
      .and.include('拒不支付劳动报酬罪数额标准');
    const page = await dispatcher.visit(`/tickets/${ticket.id}`);
    expect(page.text).to.include('12（据内容识别）').and.include('推举3至5名代表');
    await dispatcher.submit(`/tickets/${ticket.id}/routing`);
    const made = await caseOf(ticket);
    expect(made).to.include({ workers: 12, collective: true, claimedFen: 23_600_000, level: 'town' });
    const claimants = await Claimant.findAll({ where: { caseId: made.id } });
    expect(claimants.map(({ name }) => name)).to.deep.equal(['李建军']);
  });

  it('is no group’s when the dispatcher corrects the number', async () => {
    const ticket = await aGroup();
    await ticket.update({ content: '拖欠12名农民工工资', villageId: home.own.village.id });
    const changed = await dispatcher.fill(
      `/tickets/${ticket.id}`,
      { workers: '2' },
      `/tickets/${ticket.id}/routing`,
    );
    expect(changed.text).to.include('建议已经变为下面这样').and.not.include('推举3至5名代表');
    expect(changed.value('workers')).to.equal('2');
    await dispatcher.submit(`/tickets/${ticket.id}/routing`);
    expect(await caseOf(ticket)).to.include({ workers: 2, collective: false, level: 'village' });
  });

  it('keeps what is to be done by every rule that holds, before and after it was routed', async () => {
    const ticket = await aTicket(home.town, DAY, {
      title: '工地欠薪',
      content: '在工地干活没拿到钱，再不给就去上访',
      villageId: home.own.village.id,
    });
    const told = ['通知住建部门', '登记总承包单位', '告知综治、信访部门', '同时符合：有上访、集访苗头'];
    const before = await dispatcher.visit(`/tickets/${ticket.id}`);
    for (const words of told) expect(before.text).to.include(words);
    await dispatcher.submit(`/tickets/${ticket.id}/routing`);
    const made = await caseOf(ticket);
    const decision = (await RoutingDecision.findOne({ where: { caseId: made.id } }))!;
    expect(decision.rule).to.equal('construction');
    expect(decision.inputs).to.deep.include({
      notes: ['notifyHousing', 'recordMainContractor', 'notifyPetitionOffice'],
    });
    const after = await dispatcher.visit(`/cases/${made.id}`);
    for (const words of told) expect(after.text).to.include(words);
    expect(after.text).to.include('上访苗头');
    expect((await dispatcher.visit('/cases')).text).to.include('上访苗头');
  });

  it('says which of large amount, warning and repetition routed it, and that it went up since', async () => {
    const ticket = await aTicket(home.town, DAY, { title: '欠薪', content: '拖欠工资5.6万元' });
    await dispatcher.visit(`/tickets/${ticket.id}`);
    await dispatcher.submit(`/tickets/${ticket.id}/routing`);
    const made = await caseOf(ticket);
    const page = await dispatcher.visit(`/cases/${made.id}`);
    expect(page.text).to.include('金额较大，由镇级调解').and.include('涉及56,000.00元，达到50,000.00元');
    await CaseEvent.create({
      ...{ caseId: made.id, actorId: null, action: 'goUp', at: instantOf(DAY, '09:01') },
      detail: { goingUp: 'noFirstContact', from: 'village', level: 'town' },
    });
    const up = await dispatcher.visit(`/cases/${made.id}`);
    expect(up.text).to.include('提级到镇：未按期首次联系').and.include('最初分派：金额较大，由镇级调解');
  });

  it('is as late for the list as for the home page, until it is routed', async () => {
    const late = await aTicket(home.town, '2022-03-01', { title: '逾期未分派', handling: 'signed' });
    expect((await dispatcher.visit('/')).text).to.match(/逾期未分派[^。]*超期5天/);
    const list = await dispatcher.visit('/tickets');
    expect(list.text).to.include('已签收，待分派 分派超期5天');
    expect((await dispatcher.visit('/tickets?state=awaitingRouting&due=overdue')).text)
      .to.include(late.number)
      .and.not.include('没有符合条件的工单');
    await late.destroy();
  });

  it('leaves out of 全选 what is to be opened first', async () => {
    const respondentText = home.own.enterprise.name;
    const plain = await aTicket(home.town, DAY, { title: '讨要工资', respondentText });
    const urgent = await aTicket(home.town, DAY, { title: '活不下去了' });
    const { html } = await dispatcher.visit('/routing');
    const boxes = [...html.matchAll(/<input type="checkbox" name="tickets"[^>]*>/g)].map(([box]) => box);
    const boxOf = ({ id }: Ticket): string => boxes.find((box) => box.includes(id))!;
    expect(boxOf(plain)).to.include(' checked').and.not.include('data-by-hand');
    expect(boxOf(urgent)).to.include('data-by-hand').and.not.include(' checked');
  });

  it('is returned with a remark, which its history keeps', async () => {
    const ticket = await aTicket(home.town, DAY, { title: '邻镇企业欠薪' });
    const page = await dispatcher.fill(
      `/tickets/${ticket.id}`,
      { returnReason: 'jurisdiction', returnRemark: '应由长泾镇办理' },
      `/tickets/${ticket.id}/return`,
    );
    expect(page.status).to.equal(200);
    expect((await dispatcher.visit(`/tickets/${ticket.id}`)).text).to.include('应由长泾镇办理');
  });
});
