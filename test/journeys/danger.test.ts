import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { Room } from '../../models/directory.ts';
import { Contact } from '../../models/mediation.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { aRoom } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

const JUMP = '说要从厂房楼顶跳下去，还要带刀去找老板';
const WARNING = '立即报警110，并通知公安、综治';

describe('somebody may come to harm', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let mediator: Visitor;
  let ofTown: Visitor;
  let dispatcher: Visitor;
  let official: Visitor;
  let clerk: Visitor;

  let people: User[];

  /** Everybody signs in at that time. */
  const at = async (day: string, time: string): Promise<void> => {
    setClock(() => instantOf(day, time));
    const visitors = await Promise.all(people.map((person) => program.as(person)));
    [mediator, ofTown, dispatcher, official, clerk] = visitors as [
      Visitor,
      Visitor,
      Visitor,
      Visitor,
      Visitor,
    ];
  };

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    const { room, mediators } = await aRoom(home.town, home.town, ['陆文忠']);
    await Room.update({ phone: '0510-86381234' }, { where: { id: room.id } });
    await letSignIn(home.sender, home.own.mediators[0]!, mediators[0]!);
    const officialUser = await program.person('许志强', 'official', home.town);
    const clerkUser = await program.person('冯玉兰', 'callbackClerk', home.town);
    people = [home.own.mediators[0]!, mediators[0]!, home.sender, officialUser, clerkUser];
  });
  beforeEach(() => at('2022-03-07', '09:00'));
  after(() => setClock());

  const caseAt = async (stage: CaseStage) => {
    const { caseId, followUpId } = await aCaseAt(home.own, stage);
    const row = () => DisputeCase.findByPk(caseId!, { rejectOnEmpty: true });
    return { id: caseId!, path: `/cases/${caseId!}`, followUpId, row };
  };
  const contact = (path: string, values: Record<string, string>, by = mediator) =>
    by.fill(`${path}/contacts`, { channel: 'call', party: 'worker', reached: 'yes', ...values });

  it('is asked of a note that says so, once, and goes on with a tick', async () => {
    const { id, path } = await caseAt('taken');
    const asked = await contact(path, { note: JUMP });
    expect(asked.error('risk')).to.equal('记录中提到“跳下去”，请确认风险');
    expect(await Contact.count({ where: { caseId: id } })).to.equal(0);
    const calm = await mediator.submit(`${path}/contacts`, { noDanger: 'yes' });
    expect(calm.path).to.equal(path);
    expect(await Contact.count({ where: { caseId: id } })).to.equal(1);
    expect((await contact(path, { note: '喝农药自杀', risk: 'none' })).error('risk')).to.include('自杀');
    expect((await contact(path, { note: '约了下周谈' })).path).to.equal(path);
  });

  it('warns whoever has the case, the dispatcher and the official, until the holder says it is over', async () => {
    const { path, row } = await caseAt('taken');
    const told = await contact(path, { note: JUMP, risk: 'violence' });
    expect(told.text).to.include('陆文忠').and.to.include('0510-86381234').and.to.include('立即报警110');
    const { title } = await row();
    for (const visitor of [ofTown, dispatcher, official]) {
      expect((await visitor.visit(path)).text)
        .to.include(WARNING)
        .and.to.include('危险');
      const desk = await visitor.visit('/');
      expect(desk.link(title), desk.text).to.equal(path);
      expect(desk.text).to.include('危险');
      expect((await visitor.visit('/cases?awaits=alarm')).html).to.include(path);
    }
    // Acceptance was due on the 4th before it went up, and still is; its receiver calls today.
    expect(await row()).to.include({ level: 'town', dueOn: '2022-03-04', dueKind: 'acceptance' });
    expect((await ofTown.visit(path)).text).to.include('有人身危险，接手人当日联系');

    await ofTown.visit(path);
    await ofTown.submit(`${path}/take-over`);
    expect((await ofTown.visit(path)).text).to.include('尚未登记已通知');
    const noted = await ofTown.fill(`${path}/police`, { reportedTo: '祝塘派出所、镇综治中心' });
    expect(noted.text).to.include('已登记通知').and.to.include('祝塘派出所').and.to.include(WARNING);

    await at('2022-03-08', '10:00');
    const earlier = { note: '补记：之前已平静', risk: 'none', on: '2022-03-07', time: '08:00' };
    expect((await contact(path, earlier, ofTown)).text, 'before the danger').to.include(WARNING);
    const over = await contact(path, { note: '家人陪同，情绪平稳', risk: 'none' }, ofTown);
    expect(over.text).to.not.include(WARNING);
    expect((await dispatcher.visit('/cases?awaits=alarm')).html).to.not.include(path);
  });

  it('is told of a group incident without sending the case away, and ends with the case', async () => {
    const { path } = await caseAt('taken');
    const noted = await contact(path, { note: '说要集体去堵', risk: 'groupIncident' });
    expect(noted.path).to.equal(path);
    expect(noted.text).to.include('群体事件苗头');
    expect((await dispatcher.visit('/cases?awaits=alarm')).html).to.include(path);
    await mediator.fill(`${path}/lost-contact`, { reason: '多次联系未果' });
    expect((await dispatcher.visit('/cases?awaits=alarm')).html).to.not.include(path);
  });

  it('is heard at a call-back as what it is, not as work to be done again in three days', async () => {
    const { id, path, followUpId, row } = await caseAt('followUp');
    await at('2022-03-10', '09:00');
    const heard = {
      ...{ reached: 'yes', performance: 'kept', satisfaction: 'satisfied', retaliation: 'no' },
      ...{ hiddenRisk: 'no', mood: 'calm' },
    };
    const call = `/follow-ups/${followUpId!}`;
    const asked = await clerk.fill(call, { ...heard, risk: 'none', note: JUMP }, `${call}/call`);
    expect(asked.error('risk')).to.include('跳下去');
    const done = await clerk.fill(call, { ...heard, risk: 'violence', note: JUMP }, `${call}/call`);
    expect(done.text).to.include('立即报警110').and.to.include('陆文忠').and.to.include('0510-86381234');
    expect(await row()).to.include({ dueOn: '2022-03-10', dueKind: 'redo' });
    expect((await ofTown.visit(path)).text)
      .to.include(WARNING)
      .and.to.include('回访听到有人身危险');
    expect((await dispatcher.visit('/cases?awaits=alarm')).html).to.include(path);
    const event = await CaseEvent.findOne({ where: { caseId: id, action: 'redo' } });
    expect(event!.detail).to.include({ redoDueOn: '2022-03-10' });
  });
});
