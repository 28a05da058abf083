import { expect } from 'chai';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { Payment } from '../../models/settlements.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { aRoom } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { pastedPeople } from '../support/people.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

describe('a dispute of twelve workers', () => {
  const program = useProgram();
  let dispatcher: Visitor;
  let village: Visitor;
  let mediator: Visitor;
  let lead: Parameters<typeof program.as>[0];
  let id: string;
  let path: string;

  before(async () => {
    setClock(() => instantOf('2022-03-07', '09:00'));
    await seedReference('江阴市');
    const home = await aTownAtWork('祝塘镇');
    const office = await aRoom(home.town, home.town, ['陆文忠']);
    await letSignIn(home.sender, home.own.mediators[0]!, office.mediators[0]!);
    dispatcher = await program.as(home.sender);
    village = await program.as(home.own.mediators[0]!);
    lead = office.mediators[0]!;
    mediator = await program.as(lead);
    id = (await aCaseAt(home.own, 'taken'))['caseId']!;
    path = `/cases/${id}`;
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  after(() => setClock());
  const row = () => DisputeCase.findByPk(id, { rejectOnEmpty: true });

  it('becomes major when the village writes them down, and goes to the town by itself', async () => {
    const at = `${path}/claimants/import`;
    const preview = await village.fill(at, { text: pastedPeople(11) }, `${at}/preview`);
    expect(preview.text).to.include('加入后共 12 人').and.include('转由镇级办理');
    const confirmation = preview.form(at);
    const saved = await village.submit(confirmation);
    expect(saved.status).to.equal(200);
    expect(saved.path, 'it is the village’s no more').to.equal('/');
    expect((await village.submit(confirmation)).path, 'sent twice, answered alike').to.equal('/');
    expect((await village.visit(path)).status).to.equal(404);
    expect(await row()).to.include({ workers: 12, collective: true, level: 'town', firstLevel: 'village' });
    const page = await mediator.visit(path);
    expect(page.text).to.include('提级办理').and.include('人数达到集体争议标准');
  });

  it('asks for representatives and for the report, each by who may do it', async () => {
    const before = await mediator.visit(path);
    expect(before.text).to.include('重大集体争议').and.include('尚未推举').and.include('尚未报告');
    expect(before.links.some(({ href }) => href === `${path}/representatives`)).to.equal(false);
    const taken = await mediator.submit(`${path}/take-over`);
    expect(taken.link('推举代表人')).to.equal(`${path}/representatives`);
    const desk = await dispatcher.visit('/');
    expect(desk.text).to.include('待报告人社局的集体争议');
    const seen = await dispatcher.visit(path);
    expect(seen.link('登记已报送')).to.equal(`${path}/county-report`);
    expect(seen.links.some(({ href }) => href === `${path}/representatives`)).to.equal(false);
  });

  it('elects three to five of its workers, who stand in the papers', async () => {
    const workers = await Claimant.findAll({ where: { caseId: id }, order: ['position'] });
    const ids = workers.map((worker) => worker.id);
    const two = await mediator.fill(`${path}/representatives`, { representatives: ids.slice(0, 2) });
    expect(two.error('representatives')).to.equal('请勾选 3 至 5 名代表人。');
    expect(two.html.match(/checked/g), 'what was ticked is kept').to.have.length(2);
    const six = await mediator.submit(`${path}/representatives`, { representatives: ids.slice(0, 6) });
    expect(six.error('representatives')).to.not.equal(undefined);
    const elected = await mediator.submit(`${path}/representatives`, { representatives: ids.slice(0, 3) });
    expect(elected.path).to.equal(path);
    expect(elected.text).to.include('已推举 3 人').and.include('更换代表人');
    const paper = await mediator.visit(elected.link('代表人推举书'));
    for (const { name } of workers.slice(0, 3)) expect(paper.text).to.include(name);
    expect(paper.text).to.include('须经被代表的劳动者同意').and.not.include('3 至 5 名代表人');
  });

  it('is reported to the county by a paper of its own, and then leaves the dispatcher’s list', async () => {
    const paper = await dispatcher.visit(`${path}/documents/countyReport`);
    expect(paper.text).to.include('集体劳动争议报告').and.include('江阴市人力资源和社会保障局');
    expect(paper.text).to.include('12人').and.include('代表人');
    expect((await dispatcher.visit(`${path}/documents/countyReport/docx`)).status).to.equal(200);
    const early = await dispatcher.fill(`${path}/county-report`, {
      reportedOn: '2022-03-08',
      reportedBy: '邮寄',
    });
    expect(early.error('reportedOn')).to.not.equal(undefined);
    const sent = await dispatcher.submit(`${path}/county-report`, { reportedOn: '2022-03-07' });
    expect(sent.text).to.include('已于 2022-03-07 报告').and.include('江阴市人力资源和社会保障局（邮寄）');
    expect((await dispatcher.visit('/')).text).to.not.match(/待报告人社局的集体争议\s*1/);
  });

  it('splits off the worker who refuses, while the others settle', async () => {
    const consents = { workerConsentOn: '2022-03-07', respondentConsentOn: '2022-03-07' };
    expect((await mediator.fill(`${path}/acceptance`, consents)).text).to.include('〔2022〕0001号');
    await mediator.fill(`${path}/claimants/agreed`, { by: 'proportion', total: '12,000.00' });
    const blank = await mediator.visit(`${path}/settlement`);
    expect(blank.text, '办案规则 63').to.include('放弃请求、承认对方请求或者和解，须经被代表的劳动者同意');
    const terms = { kind: 'settledAtOnce', terms: '当日付清', dueOn1: '2022-03-07' };
    const drafted = await mediator.fill(`${path}/settlement`, { ...terms, amount1: '12,000.00' });
    expect(drafted.text).to.not.include('分案');
    const worker = (await Claimant.findOne({ where: { caseId: id }, order: [['position', 'DESC']] }))!;
    const at = `${path}/claimants/${worker.id}/split-off`;
    expect((await mediator.visit(at)).text).to.include('请先撤回草稿，再分案');
    await mediator.fill(`${path}/settlement/withdrawal`, { note: '' });
    const form = await mediator.visit(at);
    expect(form.text).to.include(worker.name).and.include('其余 11 人留在本案');
    expect((await mediator.submit(at, { reason: '' })).error('reason')).to.equal('必须填写。');
    const split = await mediator.submit(at, { reason: '不同意金额' });
    expect(split.path).to.equal(path);
    expect(split.text)
      .to.include('已分案')
      .and.include('11 人')
      .and.include('分出案件：祝劳调〔2022〕0002号');
    const own = await mediator.visit(split.link('分出案件'));
    expect(own.text)
      .to.include(worker.name)
      .and.include('分自案件：祝劳调〔2022〕0001号')
      .and.include('1 人');
    expect(own.text).to.not.include('重大集体争议').and.not.include('可能是同一争议');

    const signed = { workerSigned: 'yes', respondentSigned: 'yes', mediatorSigned: 'yes', sealed: 'yes' };
    const left = (await row()).agreedFen! / 100;
    const amount1 = left.toFixed(2);
    const again = await mediator.fill(`${path}/settlement`, { ...terms, amount1 });
    expect(again.text).to.include('待签署');
    expect((await mediator.fill(`${path}/signature`, signed)).text).to.include('案件已结案');
    expect(await row()).to.include({ state: 'closed', outcome: 'settledAtOnce', workers: 11 });
    const other = await DisputeCase.findOne({ where: { number: '祝劳调〔2022〕0002号' } });
    expect(other).to.include({ state: 'inMediation', workers: 1, outcome: null });
  });

  it('is paid to all of them in one entry, and verified in one by who did not record it', async () => {
    const at = `${path}/payments`;
    const late = await program.as(lead);
    await late.visit(at);
    const page = await mediator.visit(path);
    const form = await mediator.visit(page.link('登记多人付款'));
    expect(form.form(at).controls.filter(({ name }) => name === 'instalments')).to.have.length(11);
    const unproved = await mediator.submit(at, { proof: '' });
    expect(unproved.error('proof')).to.equal('必须填写。');
    const paid = await mediator.submit(at, { proof: '代发工资回单8号' });
    expect(paid.text).to.include('等待另一人核实').and.include('笔数：11');
    expect(await Payment.count({ where: { caseId: id, state: 'recorded' } })).to.equal(11);
    const twice = await late.submit(at, { proof: '代发工资回单8号' });
    expect(twice.status, 'nothing is open any more').to.equal(409);
    expect(await Payment.count({ where: { caseId: id } })).to.equal(11);
    expect((await mediator.visit(path)).links.some(({ href }) => href === `${at}/verification`)).to.equal(
      false,
    );
    expect((await mediator.visit(`${at}/verification`)).path, 'not one’s own').to.equal(path);

    const waiting = await dispatcher.visit((await dispatcher.visit(path)).link('核实多笔付款'));
    expect(waiting.text).to.include('代发工资回单8号').and.include('登记');
    const none = await dispatcher.submit(`${at}/verification`, { payments: [] });
    expect(none.error('payments')).to.include('至少勾选一笔');
    const ids = (await Payment.findAll({ where: { caseId: id } })).map((payment) => payment.id);
    await dispatcher.submit(`${at}/verification`, { payments: ids.slice(0, 10) });
    expect(await Payment.count({ where: { caseId: id, state: 'verified' } })).to.equal(10);
    expect(await row()).to.include({ performance: 'performing' });
    const rest = await dispatcher.visit(`${path}/payments/${ids[10]!}`);
    await dispatcher.submit(rest.form(/verification$/));
    expect(await row()).to.include({ performance: 'fulfilled' });
  });
});
