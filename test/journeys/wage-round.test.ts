import { expect } from 'chai';
import { AuditEntry, IdempotencyKey } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { Claimant, DisputeCase } from '../../models/cases.ts';
import { inTx, selectRows } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import type { Informant } from '../../models/one-duty.ts';
import { WageCheck, WageFinding, WageReport } from '../../models/wage-checks.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { anEnterprise, anInformant, aResponsibility, aRoom, aTown, aVillage } from '../support/factories.ts';
import { letSignIn, useProgram, type Visitor } from '../support/http.ts';
import { User } from '../../models/accounts.ts';

const SECRET = '老板昨晚把两台机器拉走了';

describe('a round of wage checks', () => {
  const program = useProgram();
  let town: Area;
  let enterprise: Enterprise;
  let informant: Informant;
  let worker: Visitor;
  let officer: Visitor;
  let dispatcher: Visitor;
  let official: Visitor;
  let committee: Visitor;

  let people: User[];

  /** A day at ten; sessions of earlier days are over, so everybody signs in again. */
  const on = async (day: string): Promise<void> => {
    setClock(() => instantOf(day, '10:00'));
    const signedIn: Visitor[] = [];
    for (const person of people) signedIn.push(await program.as(person));
    [worker, officer, dispatcher, official, committee] = signedIn as [
      Visitor,
      Visitor,
      Visitor,
      Visitor,
      Visitor,
    ];
  };

  before(async () => {
    setClock(() => instantOf('2026-10-16', '10:00'));
    town = await aTown('祝塘镇');
    const village = await aVillage(town, '建南村', 1);
    enterprise = await anEnterprise(town, '江阴明华纺织有限公司', { villageId: village.id, headcount: 86 });
    await anEnterprise(town, '江阴顺达物流有限公司', { villageId: village.id });
    informant = await anInformant(enterprise);
    await letSignIn((await User.findByPk(informant.userId))!);
    const cadre = await program.person('钱志远', 'officer', town);
    await aResponsibility(cadre, { enterprise, kind: 'enforcement' });
    const { mediators } = await aRoom(town, village, ['顾永康'], enterprise);
    await letSignIn(...mediators);
    people = [
      (await User.findByPk(informant.userId))!,
      cadre,
      await program.person('陈建国', 'dispatcher', town),
      await program.person('许志强', 'official', town),
      mediators[0]!,
    ];
    await openRound({ day: '2026-10-16', inTurn: inTx });
  });
  after(() => setClock());

  const october = async (): Promise<WageCheck> =>
    (await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: '2026-10' } }))!;

  it('the informant reports, changes it until the 20th, and corrects it afterwards', async () => {
    await on('2026-10-16');
    const home = await worker.visit('/');
    expect(home.text).to.include('待上报的工资情况').and.include('还剩4天');
    const page = await worker.visit(home.link('2026年10月工资上报'));
    expect(page.text).to.include('2026年10月工资上报').and.include(informant.code);
    const { id } = await october();
    const action = `/wage-report/${id}`;
    const names = page.form(action).controls.map(({ name }) => name);
    expect(names).to.have.length(new Set(names).size);
    const photo = { name: 'x.png', bytes: Buffer.from(PIXEL, 'base64') };
    const mistake = { headcount: '86', paidPeople: '80', unpaidPeople: '10', file: photo };
    const wrong = await worker.submit(action, mistake);
    expect(wrong.status).to.equal(422);
    expect(wrong.value('headcount')).to.equal('86');
    expect(wrong.error('file')).to.include('重新选择');
    expect(wrong.html).to.match(/<details[^>]* open><summary>说明和照片/);
    await worker.submit(action, {
      ...{ headcount: '86', payDay: '15', paidOn: '2026-10-15', paidPeople: '86', unpaidPeople: '' },
      ...{ grossFen: '486,000', netFen: '420000', nothingUnusual: 'yes', contractPercent: '100' },
    });
    expect(worker.page.text).to.include('已收到您的上报').and.include('2026-10-20前可以修改');
    expect(await october()).to.include({
      state: 'reported',
      payState: 'paid',
      payDay: 15,
      payDueOn: '2026-10-15',
    });
    await worker.submit(action, { netFen: '421000' });
    expect(await WageReport.findAll({ raw: true })).to.have.length(1);
    expect((await WageReport.findOne())!).to.include({ netFen: 42_100_000, version: 1 });

    await on('2026-10-21');
    await worker.visit('/wage-report');
    expect(worker.page.text).to.include('再次提交作为更正');
    await worker.submit(action, {
      ...{
        paidPeople: '83',
        unpaidPeople: '3',
        arrearsPeople: '3',
        arrearsFen: '18000',
        nothingUnusual: null,
      },
      ...{ arrearsSince: '2026-10-15', note: SECRET, 'risk-rentUnpaid': 'yes' },
    });
    expect(worker.page.text).to.include('已收到您的上报').and.include('已被更正');
    const reports = await WageReport.findAll({ order: ['createdAt'] });
    expect(reports.map(({ openKey, unpaidPeople }) => [openKey !== null, unpaidPeople])).to.deep.equal([
      [false, 0],
      [true, 3],
    ]);
    expect(reports[1]!.correctsId).to.equal(reports[0]!.id);
    expect(await october()).to.include({ state: 'reported', arrearsFen: 1_800_000, checkedOn: null });
  });

  it('the form of a report that somebody changed meanwhile is refused, and nothing is lost', async () => {
    await on('2026-10-21');
    const { id } = await october();
    const page = await worker.visit('/wage-report');
    const form = page.form(`/wage-report/${id}`);
    await WageReport.update({ version: 99 }, { where: { openKey: `${id}:${informant.id}` } });
    const answer = await worker.submit(form, { headcount: '87' });
    expect(answer.status).to.equal(409);
    expect(answer.value('headcount')).to.equal('87');
  });

  it('the officer sees it first among what is not checked, contradicts it, and has it corrected', async () => {
    await on('2026-10-22');
    const list = await officer.visit('/wage-checks');
    expect(list.rows.map(([name]) => name!.split(' ')[0])).to.deep.equal([enterprise.name]);
    const page = await officer.visit(list.link(enterprise.name));
    expect(page.text).to.include(`职工信息员 ${informant.code} 上报`).and.include('本月尚未检查');
    expect(page.text).to.not.include(SECRET);
    const path = page.path;
    const wrong = await officer.submit(`${path}/findings`, {
      verdict: 'contradicts',
      payState: 'unpaid',
      arrearsFen: '',
    });
    expect(wrong.error('arrearsFen')).to.include('请填金额');
    expect(wrong.link(enterprise.name)).to.equal(`/enterprises/${enterprise.id}/wages`);
    const both = { verdict: 'contradicts', payState: 'paid', arrearsPeople: '3', arrearsFen: '18000' };
    const paid = await officer.submit(`${path}/findings`, {
      ...{ ...both, arrearsSince: '2026-10-15', leaversUnpaid: '1', leaversUnpaidSince: '2026-10-23' },
    });
    expect(paid.error('leaversUnpaidSince')).to.include('不能晚于今天');
    const four = { leaversUnpaid: '', leaversUnpaidSince: '', workers: '甲、乙、丙、丁' };
    const many = await officer.submit(`${path}/findings`, four);
    expect(many.error('workers')).to.include('姓名比被欠薪人数多');
    expect(many.value('workers')).to.equal('甲、乙、丙、丁');
    await officer.submit(`${path}/findings`, { workers: '' });
    expect(officer.page.error('payState')).to.include('请改选“部分未发”');
    expect(await WageFinding.count()).to.equal(0);
    await officer.submit(`${path}/findings`, {
      ...{ manner: 'visit', verdict: 'contradicts', payState: 'unpaid', arrearsPeople: '5' },
      ...{
        arrearsFen: '30,000',
        arrearsSince: '2026-10-15',
        promisedOn: '2026-10-30',
        workers: '李强、王小芳\n张大山，李强',
        note: '老板承诺月底发放',
      },
    });
    expect(officer.page.text).to.include('被欠薪的劳动者：李强、王小芳、张大山');
    const next = officer.page.form(`${path}/findings`);
    const again = (field: string) => next.controls.find(({ name }) => name === field)?.value;
    expect(['workers', 'arrearsPeople', 'promisedOn'].map(again)).to.deep.equal([
      ...['李强\n王小芳\n张大山', '5', '2026-10-30'],
    ]);
    expect(officer.page.text).to.include('有欠薪').and.include('与上报不符').and.include('30,000.00');
    expect(officer.page.html).to.include('<details class="panel"><summary>再登记一次检查');
    await officer.submit(`${path}/rectification`, { demand: '10月30日前付清', dueOn: '2026-10-30' });
    expect(officer.page.text).to.include('整改中');
    await officer.submit(`${path}/rectification/closure`, { result: 'refused', resultNote: '未付' });
    expect(officer.page.text).to.include('拒不整改').and.include('有欠薪');
    expect((await officer.visit('/wage-checks')).text).to.include('没有待检查的企业');
  });

  it('from the finding a case is registered, linked in the same transaction, and only once', async () => {
    await on('2026-10-22');
    const { id } = await october();
    await officer.visit(`/wage-checks/${id}`);
    const form = await officer.visit(officer.page.link('转为案件'));
    expect([form.value('respondent1Name'), form.value('workers')]).to.deep.equal([enterprise.name, '5']);
    expect(form.value('facts')).to.include('2026年10月工资检查');
    expect([form.value('claimant1Name'), form.value('claimant3Name')]).to.deep.equal(['李强', '张大山']);
    const sent = await officer.submit('/cases', {});
    expect(sent.status, sent.text).to.equal(200);
    const disputeCase = (await DisputeCase.findOne())!;
    const claimants = await Claimant.findAll({ where: { caseId: disputeCase.id }, order: ['position'] });
    expect(claimants.map(({ name }) => name)).to.deep.equal(['李强', '王小芳', '张大山']);
    expect(disputeCase).to.include({ source: 'wageCheck', enterpriseId: enterprise.id, workers: 5 });
    expect((await WageFinding.findOne())!.caseId).to.equal(disputeCase.id);
    expect((await officer.visit(`/cases/new?wageCheck=${id}`)).status).to.equal(409);
    expect((await dispatcher.visit(`/wage-checks/${id}`)).link('查看案件')).to.equal(
      `/cases/${disputeCase.id}`,
    );
  });

  it('the names of a finding are for who may record one, encrypted, and all of them go into the case', async () => {
    await on('2026-10-22');
    const other = (await Enterprise.findOne({ where: { name: '江阴顺达物流有限公司' } }))!;
    const { id } = (await WageCheck.findOne({ where: { enterpriseId: other.id } }))!;
    const names = Array.from({ length: 7 }, (_, index) => `劳动者${'一二三四五六七'[index]}`);
    await dispatcher.visit(`/wage-checks/${id}`);
    await dispatcher.submit(`/wage-checks/${id}/findings`, {
      ...{ payState: 'unpaid', arrearsPeople: '9', arrearsFen: '54000', arrearsSince: '2026-10-15' },
      workers: names.join('\n'),
    });
    expect(dispatcher.page.text).to.include('劳动者七');
    for (const path of [`/wage-checks/${id}`, `/wage-checks/${id}/form`, `/enterprises/${other.id}/wages`])
      expect((await official.visit(path)).html, path)
        .to.include('54,000.00')
        .and.not.include('劳动者一');
    const [row] = await selectRows<{ workers: string }>(
      'SELECT workers FROM wage_findings WHERE checkId = :id',
      { id },
    );
    expect(row!.workers).to.not.include('劳动者');
    const form = await dispatcher.visit(`/cases/new?wageCheck=${id}`);
    expect(form.text).to.include('其余2人登记时一并带入：劳动者六、劳动者七');
    const sent = await dispatcher.submit('/cases', { claimant2Name: '改名' });
    expect(sent.status, sent.text).to.equal(200);
    const disputeCase = (await DisputeCase.findOne({ where: { enterpriseId: other.id } }))!;
    const claimants = await Claimant.findAll({ where: { caseId: disputeCase.id }, order: ['position'] });
    expect(claimants.map(({ name }) => name)).to.deep.equal(names.with(1, '改名'));
    expect(disputeCase.workers).to.equal(9);
    const kept = JSON.stringify([
      await AuditEntry.findAll({ raw: true }),
      await IdempotencyKey.findAll({ raw: true }),
    ]);
    expect(kept + program.log.join('')).to.not.include('劳动者一');
  });

  it('in the next month it is one press when nothing is owed any more', async () => {
    await on('2026-11-16');
    await openRound({ day: '2026-11-16', inTurn: inTx });
    expect((await worker.visit('/wage-report')).text).to.not.include('本月无异常，照');
    const { id } = (await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: '2026-11' } }))!;
    await worker.submit(`/wage-report/${id}`, {
      ...{ arrearsPeople: '0', arrearsFen: '0', arrearsSince: '', paidPeople: '86', unpaidPeople: '0' },
      ...{ paidOn: '2026-11-13', 'risk-rentUnpaid': null, nothingUnusual: 'yes' },
    });
    expect(worker.page.text).to.include('已收到您的上报');
    await on('2026-12-16');
    await openRound({ day: '2026-12-16', inTurn: inTx });
    await worker.visit('/wage-report');
    await worker.submit(/\/unchanged$/);
    expect(worker.page.text).to.include('已收到您的上报');
    const december = (await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: '2026-12' } }))!;
    expect(december).to.include({ state: 'reported', payState: 'paid', payDueOn: '2026-12-15' });
  });

  it('a month that was missed can be found and reported, and last month is called by its name', async () => {
    await on('2027-02-16');
    for (const day of ['2027-01-16', '2027-02-16']) await openRound({ day, inTurn: inTx });
    const home = await worker.visit('/');
    expect(home.text).to.include('2027年1月工资上报').and.include('超期27天');
    const page = await worker.visit('/wage-report');
    expect(page.text).to.include('与2026年12月相同');
    expect(page.rows[0]).to.deep.equal(['2027年1月', '—', '—', '—', '—', '未报，可以补报']);
    await worker.visit(page.link('2027年1月'));
    await worker.submit(/\/unchanged$/);
    await worker.visit('/wage-report');
    expect(worker.page.text).to.include('与2027年1月相同').and.not.include('可以补报');
    await worker.submit(/\/unchanged$/);
    expect((await worker.visit('/')).link('查看或修改我的上报')).to.equal('/wage-report');
  });

  it('an informant is known by nobody who need not know', async () => {
    const { id } = await october();
    const pages = [`/wage-checks/${id}`, `/wage-checks/${id}/form`, '/wage-checks?month=2026-10&show=all'];
    for (const path of pages) {
      const { html, status } = await official.visit(path);
      expect(status, path).to.equal(200);
      expect(html, path).to.not.include(informant.code).and.not.include(SECRET);
      expect((await committee.visit(path)).status, path).to.equal(404);
    }
    expect((await official.visit(`/wage-checks/${id}`)).text).to.include('一份上报');
    expect((await dispatcher.visit(`/wage-checks/${id}`)).text).to.include(SECRET);
    for (const path of ['/wage-checks', '/wage-checks/board', '/wage-checks/export', '/wage-report'])
      expect((await committee.visit(path)).status, path).to.equal(404);
    const lines = JSON.stringify(await AuditEntry.findAll({ raw: true }));
    expect(lines).to.not.include(SECRET).and.not.include(informant.name);
    const stored = JSON.stringify(await WageReport.findAll({ raw: true }));
    expect(stored).to.not.include(SECRET);
  });

  it('the time line of the enterprise has what was reported and found, by a code at most', async () => {
    await on('2026-12-16');
    const path = `/enterprises/${enterprise.id}/wages`;
    const { text, links } = await officer.visit(path);
    expect(text).to.include('2026年10月检查（上门）：未发放').and.include('欠薪：5人，30,000.00元');
    expect(text).to.include('2026年10月上报：已足额发放').and.include('此份已被更正');
    expect(text).to.include('2026年10月更正上报：部分未发').and.include(informant.code);
    expect(links.map(({ href }) => href)).to.include(`/wage-checks/${(await october()).id}`);
    for (const person of [official, officer, dispatcher])
      expect((await person.visit(path)).html)
        .to.not.include(SECRET)
        .and.not.include(informant.name);
    expect((await official.visit(path)).text)
      .to.include('更正上报')
      .and.not.include(informant.code);
    expect((await committee.visit(path)).status).to.equal(404);
  });

  it('the board shows the year, and the form of the month what it lacks', async () => {
    await on('2026-12-16');
    const board = await official.visit('/wage-checks/board');
    expect(board.text).to.include('欠薪').and.include('检查覆盖率');
    const row = board.rows.find(([name]) => name!.startsWith(enterprise.name))!;
    expect(row.slice(10)).to.deep.equal(['欠薪', '已报', '已报']);
    const { id } = await october();
    const form = await official.visit(`/wage-checks/${id}/form`);
    expect(form.text)
      .to.include('企业工资支付情况月报表')
      .and.include('尚缺的内容')
      .and.include('工伤保险参保率');
    expect(form.text).to.include('30,000.00元').and.include('职工信息员');
    const xlsx = await official.agent.get(`/wage-checks/${id}/form.xlsx`);
    expect(xlsx.headers['content-type']).to.include('spreadsheetml');
  });

  it('a photo is taken by what it is, and given to the town alone', async () => {
    await on('2026-12-18');
    const { id } = (await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: '2026-12' } }))!;
    await worker.visit('/wage-report');
    const bad = { name: 'x.png', bytes: Buffer.from('<svg onload=alert(1)>') };
    expect((await worker.submit(`/wage-report/${id}`, { file: bad })).status).to.equal(422);
    const bytes = Buffer.from(PIXEL, 'base64');
    await worker.visit('/wage-report');
    await worker.submit(`/wage-report/${id}`, { file: { name: 'x.png', bytes } });
    expect(worker.page.text).to.include('已收到您的上报');
    const href = (await dispatcher.visit(`/wage-checks/${id}`)).link('查看照片');
    const photo = await dispatcher.agent.get(href).buffer(true);
    expect([photo.status, photo.headers['content-type']]).to.deep.equal([200, 'image/png']);
    expect((await official.visit(href)).status).to.equal(404);
    expect((await officer.visit(href)).status).to.equal(404);
  });
});

describe("the employers' monthly table", () => {
  const program = useProgram();
  let town: Area;
  let dispatcher: Visitor;

  before(async () => {
    setClock(() => instantOf('2026-11-18', '10:00'));
    town = await aTown('祝塘镇');
    for (const name of ['江阴明华纺织有限公司', '江阴顺达物流有限公司']) await anEnterprise(town, name);
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
    await openRound({ day: '2026-11-18', inTurn: inTx });
  });
  beforeEach(() => setClock(() => instantOf('2026-11-18', '10:00')));
  after(() => setClock());

  const send = async (bytes: Buffer, name = '月报.csv'): Promise<void> => {
    await dispatcher.visit('/wage-tables');
    await dispatcher.submit('/wage-tables', { file: { name, bytes } });
  };
  const table = (rows: string[]): Buffer =>
    Buffer.from(
      [
        '企业名称,月份,职工人数,已发人数,未发人数,实际发薪日期,欠薪人数,欠薪金额（元）,欠薪起始日期',
        ...rows,
      ].join('\n'),
    );
  const ROWS = [
    '江阴明华纺织有限公司,2026年11月,80,80,,2026-11-13,,,',
    '江阴顺达物流有限公司,2026-11,30,20,10,2026/11/13,10,"5万",2026-11-13',
    '江阴没有的公司,2026-11,5,5,,,,,',
    '江阴明华纺织有限公司,2026-11,81,,,,,,',
    '江阴顺达物流有限公司,2026-10,30,30,,,,,',
  ];

  it('is shown before it is stored: new rows, and what is wrong with the others', async () => {
    await send(table(ROWS));
    const { page } = dispatcher;
    expect(page.status, page.text).to.equal(200);
    expect(page.tile('新上报').value).to.equal('2');
    expect(page.tile('有错误').value).to.equal('3');
    expect(page.text)
      .to.include('企业库中没有这家企业')
      .and.include('同一企业同一月份在文件中出现两次')
      .and.include('没有这个月的检查');
    expect(await WageReport.count()).to.equal(0);
    await dispatcher.submit(/confirmation$/);
    expect(dispatcher.page.text).to.include('已保存企业月报');
    const checks = await WageCheck.findAll({ order: ['arrearsFen'] });
    expect(checks.map(({ state, payState, arrearsFen }) => [state, payState, arrearsFen])).to.deep.equal([
      ['reported', 'paid', 0],
      ['reported', 'partly', 5_000_000],
    ]);
    expect(await AuditEntry.count({ where: { action: 'importWageTable' } })).to.equal(1);
  });

  it('the same table again changes nothing; another figure is a change', async () => {
    await send(table(ROWS));
    expect(dispatcher.page.text).to.include('没有可保存的新内容');
    expect(dispatcher.page.tile('已有，不变').value).to.equal('2');
    await send(table([ROWS[0]!.replaceAll('80', '79')]));
    expect(dispatcher.page.tile('有变化').value).to.equal('1');
    await dispatcher.submit(/confirmation$/);
    expect(await WageReport.count()).to.equal(2);
    expect(await WageReport.findOne({ where: { headcount: 79 } })).to.include({ version: 1 });
  });

  it('what is wrong stands with what the table has there', async () => {
    await send(
      table(['江阴明华纺织有限公司,2026-11,40,30,20,,,,', '江阴顺达物流有限公司,2026-11,9,,,,3,"1,200.5",']),
    );
    const wrong = dispatcher.page.rows.filter(([row]) => ['2', '3'].includes(row!));
    expect(wrong.map(([row, , value]) => [row, value])).to.deep.equal([
      ['2', '20'],
      ['3', '（空）'],
    ]);
  });

  it('its template names every enterprise, and comes back unfilled without any row', async () => {
    const answer = await dispatcher.agent.get('/wage-tables/template').responseType('blob');
    expect(answer.status).to.equal(200);
    await send(answer.body as Buffer, '模板.xlsx');
    expect(dispatcher.page.text).to.include('没有可保存的新内容');
    expect(dispatcher.page.tile('有错误').value).to.equal('0');
  });

  it('a file without the columns is refused beside the field', async () => {
    await send(Buffer.from('企业名称,职工人数\n江阴明华纺织有限公司,80\n'));
    expect(dispatcher.page.status).to.equal(422);
    expect(dispatcher.page.error('file')).to.include('月份');
  });
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
