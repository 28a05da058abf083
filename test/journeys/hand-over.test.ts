import { expect } from 'chai';
import { RoomMediator } from '../../models/directory.ts';
import type { User } from '../../models/accounts.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { HandOver } from '../../models/hand-overs.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { newId } from '../../server/shared/ids.ts';
import { letSignIn, useProgram, type Filled, type Visitor } from '../support/http.ts';
import { aRoom } from '../support/factories.ts';
import { aCaseAt, aTownAtWork, type CaseStage, type Corner } from '../support/town-at-work.ts';

const WISH = { reason: '案件过多', explanation: '下周外出培训' };

describe('a case changes hands', () => {
  const program = useProgram();
  let home: Awaited<ReturnType<typeof aTownAtWork>>;
  let own: Corner;
  let neighbour: User;
  let dispatcher: Visitor;
  let mediator: Visitor;
  let colleague: Visitor;
  let receiver: Visitor;
  let stranger: Visitor;
  let people: User[];

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    home = await aTownAtWork('祝塘镇');
    own = home.own;
    const second = await aRoom(home.town, home.same.village, ['沈建华']);
    neighbour = second.mediators[0]!;
    const away = await aTownAtWork('青阳镇');
    people = [home.sender, ...own.mediators, neighbour, away.own.mediators[0]!];
    await letSignIn(...people);
  });
  beforeEach(() => onDay('2022-03-07'));

  /** A day's morning: everybody signs in, because a session does not last overnight. */
  async function onDay(day: string): Promise<void> {
    setClock(() => instantOf(day, '09:00'));
    [dispatcher, mediator, colleague, receiver, stranger] = (await Promise.all(
      people.map((person) => program.as(person)),
    )) as [Visitor, Visitor, Visitor, Visitor, Visitor];
  }

  const aCase = async (stage: CaseStage): Promise<{ path: string; id: string }> => {
    const { caseId } = await aCaseAt(own, stage);
    return { path: `/cases/${caseId!}`, id: caseId! };
  };
  const row = async (id: string): Promise<DisputeCase> => (await DisputeCase.findByPk(id))!;
  const offerTo = (desk: string, path: string, more: Filled = {}) =>
    mediator.fill(`${path}/hand-over`, { desk, ...WISH, ...more });
  const clocks = ({ routedAt, statutoryDueOn, extendedTo, dueOn, dueKind, firstContactAt }: DisputeCase) => ({
    ...{ routedAt, statutoryDueOn, extendedTo, dueOn, dueKind, firstContactAt },
  });

  it('is offered, seen without personal data, accepted, and no clock has moved', async () => {
    const { path, id } = await aCase('mediated');
    const { version, level } = await row(id);
    expect((await receiver.visit(path)).status, 'before it is offered').to.equal(404);
    const unsaid = await mediator.fill(`${path}/hand-over`, { explanation: '下周外出培训' });
    expect(unsaid.status).to.equal(422);
    expect(Object.keys(unsaid.errors)).to.have.members(['desk', 'reason']);
    expect(unsaid.value('explanation'), 'what was typed is kept').to.equal('下周外出培训');
    const offered = await mediator.submit(`${path}/hand-over`, { desk: '沈建华', reason: WISH.reason });
    expect(offered.text).to.include('待其接收').and.to.include('撤回移交');
    const before = await row(id);
    expect(before.mediatorId, 'still the first one’s').to.equal(own.mediators[0]!.id);
    expect((await mediator.visit(`${path}/hand-over`)).path, 'one offer at a time').to.equal(path);

    expect((await receiver.visit('/')).text).to.include('待接收移交');
    const seen = await receiver.visit(path);
    expect(seen.status).to.equal(200);
    expect(seen.text).to.include('周国平').and.to.include('下周外出培训');
    expect(seen.html).not.to.include('李强').and.not.to.include('13800001234');
    expect((await receiver.visit(`${path}/contacts`)).path, 'not theirs to work on').to.equal(path);
    expect((await receiver.visit(`${path}/documents/application`)).status).to.equal(404);
    expect((await stranger.visit(path)).status, 'another town').to.equal(404);
    expect((await stranger.send(`${path}/hand-over/acceptance`, keyed(version + 1))).status).to.equal(404);
    expect((await colleague.send(`${path}/hand-over/acceptance`, keyed(version + 1))).status).to.equal(403);

    await onDay('2022-03-08');
    await receiver.visit(path);
    const mine = await receiver.submit(`${path}/hand-over/acceptance`);
    expect(mine.text).to.include('您是本案的调解员').and.to.include('李强');
    const after = await row(id);
    expect(after.mediatorId).to.equal(neighbour.id);
    expect(after.takenOverAt).to.deep.equal(instantOf('2022-03-08', '09:00'));
    expect(clocks(after), 'no deadline moved').to.deep.equal(clocks(before));
    expect(after.level).to.equal(level);
    expect((await mediator.visit(path)).status, 'no longer in the first one’s room').to.equal(404);
    const events = await CaseEvent.findAll({ where: { caseId: id }, order: [['id', 'ASC']] });
    expect(events.map(({ action }) => action)).to.deep.equal(['offerHandOver', 'acceptHandOver']);
  });

  const keyed = (version: number): Filled => ({ version: String(version), idempotencyKey: newId() });

  it('is declined with a reason, or taken back, and stays where it is', async () => {
    const { path, id } = await aCase('taken');
    await offerTo('沈建华', path);
    const silent = await receiver.fill(`${path}/hand-over/refusal`, {});
    expect(Object.keys(silent.errors)).to.deep.equal(['explanation']);
    expect((await receiver.submit(`${path}/hand-over/refusal`, { explanation: '人手不足' })).path).to.equal(
      '/',
    );
    expect((await row(id)).mediatorId).to.equal(own.mediators[0]!.id);
    expect((await receiver.visit(path)).status, 'out of sight again').to.equal(404);
    expect((await mediator.visit(path)).text)
      .to.include('不接收移交')
      .and.to.include('人手不足');

    await offerTo('沈建华', path);
    const open = await receiver.visit(path);
    await mediator.visit(path);
    await mediator.submit(`${path}/hand-over/withdrawal`);
    receiver.page = open;
    const late = await receiver.submit(`${path}/hand-over/acceptance`);
    expect(late.status).to.equal(409);
    expect(late.text).to.include('已经撤回或失效');
    expect((await row(id)).mediatorId).to.equal(own.mediators[0]!.id);
    const answers = await HandOver.findAll({ where: { caseId: id }, order: [['id', 'ASC']] });
    expect(answers.map(({ answer }) => answer)).to.deep.equal(['declined', 'withdrawn']);
  });

  it('of an acceptance and a withdrawal at the same moment one wins, and one thing happens', async () => {
    const { path, id } = await aCase('taken');
    await offerTo('沈建华', path);
    const { version } = await row(id);
    const answers = await Promise.all([
      receiver.send(`${path}/hand-over/acceptance`, keyed(version)),
      mediator.send(`${path}/hand-over/withdrawal`, keyed(version)),
    ]);
    expect(answers.filter(({ status }) => status === 409 || status === 403 || status === 404)).to.have.length(
      1,
    );
    const [offer] = await HandOver.findAll({ where: { caseId: id } });
    const accepted = (await row(id)).mediatorId === neighbour.id;
    expect(offer!.answer).to.equal(accepted ? 'accepted' : 'withdrawn');
    expect(await CaseEvent.count({ where: { caseId: id } })).to.equal(2);
  });

  for (const [what, act] of [
    [
      'reassigned',
      async (path: string) => {
        const page = await dispatcher.visit(`${path}/routing`);
        const desk = page.form(`${path}/routing`).controls.find(({ name }) => name === 'desk')!;
        const to = desk.choices!.find(({ text }) => text.includes('徐春梅'))!;
        await dispatcher.submit(`${path}/routing`, { desk: to.value, reason: '就近' });
      },
    ],
    ['sent up', (path: string) => mediator.fill(`${path}/going-up`, { explanation: '当事人要求' })],
    ['ended', (path: string) => mediator.fill(`${path}/withdrawal`, { reason: '不再要求处理' })],
  ] as const)
    it(`the offer lapses when the case is ${what}`, async () => {
      const { path, id } = await aCase('mediated');
      await offerTo('沈建华', path);
      await act(path);
      const [offer] = await HandOver.findAll({ where: { caseId: id } });
      expect(offer).to.include({ answer: 'lapsed', openKey: null });
      expect((await receiver.visit(path)).status).to.equal(404);
    });

  it('an offer without an answer comes to the dispatcher after two working days', async () => {
    const { path } = await aCase('taken');
    await offerTo('沈建华', path);
    expect((await dispatcher.visit('/')).html).not.to.include('移交超过2个工作日未答复 <');
    await onDay('2022-03-10');
    expect((await dispatcher.visit('/')).html).to.include('移交超过2个工作日未答复 <');
    await dispatcher.visit(path);
    await dispatcher.submit(`${path}/hand-over/withdrawal`);
    expect((await dispatcher.visit('/')).html).not.to.include('移交超过2个工作日未答复 <');
  });

  it('the only mediator of a committee is told that nobody can take the cases, and asked for nothing', async () => {
    const { caseId } = await aCaseAt(home.same, 'taken');
    const only = home.same.mediators[0]!;
    await letSignIn(only);
    const page = await (await program.as(only)).visit('/caseload');
    expect(page.text).to.include('没有别的调解员可以接收这些案件').and.include('申请升级');
    expect(page.links.map(({ href }) => href)).to.include(`/cases/${caseId!}`);
    expect(page.forms.filter(({ action }) => action === '/caseload')).to.deep.equal([]);
    expect(page.html).not.to.include('type="checkbox"');
    const seen = await dispatcher.visit(`/caseload/${only.id}`);
    expect(seen.text).to.include('没有别的调解员').and.include('改派');
  });

  it('a whole caseload goes to one receiver, who accepts all that are ticked', async () => {
    const cases = await Promise.all(
      ['offered', 'taken', 'mediated', 'paidOnce'].map((stage) => aCase(stage as CaseStage)),
    );
    const ids = cases.map(({ id }) => id);
    const address = `/caseload/${own.mediators[0]!.id}`;
    expect((await stranger.visit(address)).status).to.equal(404);
    expect((await colleague.visit(address)).status, 'not a colleague’s').to.equal(404);
    const page = await dispatcher.visit(address);
    expect(page.text).to.include('移交周国平的在办案件');
    const explanation = '李强情绪激动，请尽快联系';
    const none = await dispatcher.submit(address, { cases: [], desk: '沈建华', ...WISH, explanation });
    expect(none.status).to.equal(422);
    expect(none.text).to.include('没有勾选案件');
    const done = await dispatcher.submit(address, { cases: ids });
    expect(done.text).to.include('已提出移交').and.to.include('待沈建华接收');
    expect(await HandOver.count({ where: { openKey: ids } })).to.equal(4);

    const list = await receiver.visit('/hand-overs');
    expect(list.html, 'nor by what was written').to.include('情绪激动').and.not.include('李强');
    const [first, ...others] = ids;
    const before = new Map(
      (await DisputeCase.findAll({ where: { id: ids } })).map((each) => [each.id, clocks(each)]),
    );
    const accepted = await receiver.submit('/hand-overs', { cases: others });
    expect(accepted.status).to.equal(200);
    for (const id of others) {
      const taken = await row(id);
      expect(taken.mediatorId).to.equal(neighbour.id);
      expect(clocks(taken)).to.deep.equal(before.get(id));
    }
    expect((await row(first!)).mediatorId, 'not ticked').to.equal(own.mediators[0]!.id);
  });

  it('a batch with an offer that is over changes nothing', async () => {
    const [one, two] = [await aCase('taken'), await aCase('taken')];
    await offerTo('沈建华', one.path);
    await offerTo('沈建华', two.path);
    const open = await receiver.visit('/hand-overs');
    await mediator.visit(one.path);
    await mediator.submit(`${one.path}/hand-over/withdrawal`);
    receiver.page = open;
    const answer = await receiver.submit('/hand-overs', { cases: [two.id, one.id] });
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('什么都还没有接收');
    expect((await row(two.id)).mediatorId).to.equal(own.mediators[0]!.id);
  });

  it('who has left the room cannot accept any more', async () => {
    const { path, id } = await aCase('taken');
    await offerTo('徐春梅', path);
    const membership = { roomId: own.room.id, userId: own.mediators[1]!.id };
    await RoomMediator.update({ activeTo: '2022-03-06' }, { where: membership });
    await colleague.visit(path);
    const answer = await colleague.submit(`${path}/hand-over/acceptance`);
    expect(answer.status).to.equal(409);
    expect((await row(id)).mediatorId).to.equal(own.mediators[0]!.id);
    await RoomMediator.update({ activeTo: null }, { where: membership });
  });
});
