import { expect } from 'chai';
import { CaseEvent } from '../../models/cases.ts';
import { Enterprise, Person } from '../../models/directory.ts';
import { CoMediator, MediationSession } from '../../models/mediation.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';

describe('somebody of the net mediates beside the lead', () => {
  const program = useProgram();
  let own: Corner;
  let mediator: Visitor;
  let colleague: Visitor;

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    const home = await aTownAtWork('祝塘镇');
    own = home.own;
    await letSignIn(...own.mediators);
    [mediator, colleague] = (await Promise.all(own.mediators.map((person) => program.as(person)))) as [
      Visitor,
      Visitor,
    ];
    const person = { townId: home.town.id, activeFrom: '2022-01-01' };
    await Person.bulkCreate([
      { ...person, areaId: own.village.id, name: '贾兰英', kind: 'gridWorker', phone: '13822223333' },
      { ...person, areaId: home.same.village.id, name: '贾兰英', kind: 'gridWorker' },
      { ...person, areaId: home.town.id, name: '邵律师', kind: 'legalVolunteer' },
      { ...person, areaId: home.town.id, name: '前任', kind: 'justiceOfficer', activeTo: '2022-03-06' },
      { ...person, areaId: own.village.id, name: '孙会计', kind: 'gridWorker' },
    ]);
    await Enterprise.update({ contactName: '孙会计' }, { where: { id: own.enterprise.id } });
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));

  const aCase = async (stage: CaseStage): Promise<{ path: string; id: string }> => {
    const { caseId } = await aCaseAt(own, stage);
    await CoMediator.destroy({ where: { caseId: caseId! } });
    return { path: `/cases/${caseId!}`, id: caseId! };
  };
  const name = (path: string, person: string) => mediator.fill(`${path}/co-mediators`, { person });

  it('is found by name, shown on the case, offered as attendee and signs the papers', async () => {
    const { path, id } = await aCase('mediated');
    const form = await mediator.visit(`${path}/co-mediators`);
    expect(form.html).to.include('贾兰英 · 建南村').and.to.include('邵律师');
    expect(form.html, 'not in service any more').not.to.include('前任');
    expect(form.html, 'the enterprise’s own').not.to.include('孙会计');
    expect((await name(path, '贾兰英')).error('person')).to.include('几个人同名');
    const named = await mediator.submit(`${path}/co-mediators`, { person: '贾兰英 · 建南村 · 网格员' });
    expect(named.text).to.include('协助调解员').and.to.include('贾兰英').and.to.include('网格员');
    expect(named.html, 'as the directory shows it').not.to.include('13822223333');
    expect(named.text, 'the lead stays').to.include('周国平');
    expect((await mediator.visit(`${path}/sessions`)).value('attendees')).to.include('贾兰英');
    const held = { on: '2022-03-06', from: '08:00', to: '08:20', minutes: '各方陈述' };
    const late = await mediator.fill(`${path}/sessions`, held);
    expect(late.error('attendees')).to.include('贾兰英自 2022-03-07 起协助调解');
    const taken = await mediator.submit(`${path}/sessions`, { attendees: '申请人、企业代表' });
    expect(taken.path, 'without who was not there yet').to.equal(path);
    const ticked = { ...held, from: '09:00', to: '09:20' };
    await mediator.fill(`${path}/sessions`, ticked);
    expect((await mediator.submit(`${path}/sessions`, { presentBefore: 'yes' })).path).to.equal(path);
    const planned = await CaseEvent.findAll({ where: { caseId: id, action: 'planSession' } });
    expect(planned.map(({ detail }) => detail['presentBefore'])).to.have.members([undefined, '贾兰英']);
    expect((await mediator.visit(path)).text).to.include('已确认当日在场');
    await MediationSession.destroy({ where: { caseId: id, state: 'held' } });
    const today = {
      startsAt: instantOf('2022-03-07', '08:00'),
      endsAt: instantOf('2022-03-07', '08:30'),
      state: 'held',
    } as const;
    await MediationSession.update(today, { where: { caseId: id } });
    const session = await MediationSession.findOne({ where: { caseId: id }, rejectOnEmpty: true });
    expect((await mediator.visit(`${path}/documents/record?session=${session.id}`)).text).to.include(
      '贾兰英',
    );
    expect((await colleague.visit(`${path}/co-mediators`)).path, 'the lead’s to do').to.equal(path);
    const [event] = await CaseEvent.findAll({ where: { caseId: id } });
    expect(event).to.include({ action: 'nameCoMediator' });
    const drafted = await aCase('drafted');
    await name(drafted.path, '邵律师');
    const agreement = await mediator.visit(`${drafted.path}/documents/agreement`);
    expect(agreement.text).to.include('协助调解员（签名）').and.to.include('邵律师');
  });

  it('is asked about when the minutes of an earlier day name them, also after their part has ended', async () => {
    const { path, id } = await aCase('mediated');
    const session = await MediationSession.findOne({ where: { caseId: id }, rejectOnEmpty: true });
    const [startsAt, endsAt] = [instantOf('2022-03-06', '08:00'), instantOf('2022-03-06', '08:30')];
    await session.update({ startsAt, endsAt, state: 'planned', minutes: null });
    await name(path, '邵律师');
    await mediator.visit(path);
    await mediator.fill(mediator.page.link('结束协助'), { reason: '任务结束' });
    const minutes = `${path}/sessions/${session.id}/minutes`;
    const late = await mediator.fill(minutes, { attendees: '申请人、邵律师', minutes: '各方陈述' });
    expect(late.error('attendees')).to.include('邵律师自 2022-03-07 起协助调解');
    expect((await mediator.submit(minutes, { presentBefore: 'yes' })).path).to.equal(path);
    const event = await CaseEvent.findOne({ where: { caseId: id, action: 'recordSession' } });
    expect(event!.detail).to.include({ presentBefore: '邵律师' });
  });

  for (const [who, person, fault] of [
    ['of the respondent’s enterprise', '孙会计', '被申请人单位的人'],
    ['who left the net', '前任', '名单里没有'],
    ['whom nobody knows', '某某某', '名单里没有'],
  ] as const)
    it(`nobody ${who}`, async () => {
      const { path, id } = await aCase('taken');
      const refused = await name(path, person);
      expect(refused.status).to.equal(422);
      expect(refused.error('person')).to.include(fault);
      expect(await CoMediator.count({ where: { caseId: id } })).to.equal(0);
    });

  it('nobody twice at a time; after the end with its reason again', async () => {
    const { path, id } = await aCase('taken');
    await name(path, '邵律师');
    expect((await name(path, '邵律师')).error('person')).to.include('已经是');
    await mediator.visit(path);
    const end = mediator.page.link('结束协助');
    expect((await mediator.fill(end, {})).error('reason')).to.equal('必须填写。');
    const ended = await mediator.submit(end, { reason: '任务结束' });
    expect(ended.text).to.include('任务结束');
    expect(ended.text).not.to.include('2022-03-07 起');
    expect((await mediator.visit(end)).path, 'ended is ended').to.equal(path);
    await name(path, '邵律师');
    expect(await CoMediator.count({ where: { openKey: id } })).to.equal(1);
    expect(await CoMediator.count({ where: { caseId: id } })).to.equal(2);
  });
});
