import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { CaseEvent, DisputeCase, Respondent } from '../../models/cases.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Ticket } from '../../models/tickets.ts';
import { NO_LEDGER_MAPPING } from '../../server/ledger/ledger-mapping.rules.ts';
import { namesWithoutEnterprise } from '../../server/ledger/names.queries.ts';
import type { NameChoice } from '../../server/ledger/names.rules.ts';
import { assignNames } from '../../server/ledger/names.service.ts';
import { importLedger } from '../../server/ledger/store-ledger.service.ts';
import { loadReport } from '../../server/reports/indicator.queries.ts';
import { newId } from '../../server/shared/ids.ts';
import { aCase, anEnterprise, aReader, aTown, aVillage } from '../support/factories.ts';
import { useProgram, type Page, type Visitor } from '../support/http.ts';
import { planOf, statementsOf } from '../support/statements.ts';
import { refusal } from '../support/refusal.ts';

const PATH = '/ledgers/names';
const HEADER = '案号,收案日期,用人单位,结案方式,诉求金额,人数,来源';
const ROWS = [
  'N1,2019-03-05,江阴明华包装公司,调解成功,8000,2,12345',
  'N2,2021-03-05,江阴明华包装有限公司,调解成功,5000,1,来访',
  'N3,2020-03-05,江阴明华包装公司,调解不成,1000,1,来访',
  'N4,2020-03-05,顺达服饰,和解,700,3,来访',
  'N5,2020-03-05,老李的工地,和解,300,4,来访',
  'N6,2020-03-05,,和解,300,4,来访',
];

describe('names of a ledger that no enterprise has', () => {
  const program = useProgram();
  let town: Area;
  let village: Area;
  let dispatcher: Visitor;

  beforeEach(async () => {
    town = await aTown('祝塘镇');
    village = await aVillage(town, '建南村');
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
    await ledgerOf(town, ROWS);
  });

  async function ledgerOf({ id: townId }: Area, rows: string[]): Promise<void> {
    await importLedger({
      ...{ townId, source: Buffer.from([HEADER, ...rows].join('\n')), mapping: NO_LEDGER_MAPPING },
      ...{ fileName: '台账.csv', sha256: 'x', userId: null },
    });
  }
  const choice = (nameId: string, { id: enterpriseId }: Enterprise): NameChoice => ({
    ...{ nameId, enterpriseId, typed: null, asked: null },
  });
  /** The id by which the page knows a name. */
  function idOf(page: Page, name: string): string {
    const box = new RegExp(`name="names" value="([^"]+)" aria-label="归入：${name}"`).exec(page.html);
    return box?.[1] ?? expect.fail(`no ${name} on ${page.text}`);
  }
  const confirm = (filled: Record<string, string | string[] | null>): Promise<Page> =>
    dispatcher.submit(dispatcher.page.form(/^\/ledgers\/names/), { find: null, ...filled });
  const casesOf = (numbers: string[]): Promise<DisputeCase[]> =>
    DisputeCase.findAll({ where: { townId: town.id, number: numbers }, order: [['number', 'ASC']] });
  const minghua = (): Promise<Enterprise> =>
    anEnterprise(town, '江阴明华包装有限公司', { villageId: village.id });

  it('are listed with their cases, workers and years, the most cases first', async () => {
    const list = await dispatcher.visit('/ledgers');
    expect(list.link('归入企业库（3个名称）')).to.equal(PATH);
    const page = await dispatcher.visit(PATH);
    expect(page.rows.map(([, name, cases]) => [name, cases])).to.deep.equal([
      ['江阴明华包装公司 又写作：江阴明华包装有限公司', '3件、4人 2019—2021年'],
      ['老李的工地', '1件、4人 2020年'],
      ['顺达服饰', '1件、3人 2020年'],
    ]);
    expect(page.text).to.not.include('被申请人不详');
    const found = await dispatcher.visit(page.link('1件、3人'));
    expect([found.text.includes('N4'), found.text.includes('N5')]).to.deep.equal([true, false]);
  });

  it('get the enterprise that the directory proposes, with its village, all cases at once', async () => {
    const enterprise = await minghua();
    const page = await dispatcher.visit(PATH);
    expect(page.text).to.include('江阴明华包装有限公司（建南村）').and.include('名称一致');
    expect((await reportOf(village)).received, 'before').to.equal(0);
    const form = page.form(/^\/ledgers\/names/);
    const done = await confirm({});
    expect(done.text).to.include('勾选的名称已归入企业');
    expect(done.rows.map(([, name]) => name)).to.deep.equal(['老李的工地', '顺达服饰']);
    const cases = await casesOf(['N1', 'N2', 'N3']);
    for (const one of cases)
      expect(one).to.include({
        ...{ enterpriseId: enterprise.id, villageId: village.id },
        respondentName: '江阴明华包装有限公司',
      });
    const caseId = cases.map(({ id }) => id);
    const respondents = await Respondent.findAll({ where: { caseId } });
    expect(new Set(respondents.map((one) => one.enterpriseId))).to.deep.equal(new Set([enterprise.id]));
    expect((await Ticket.findOne({ where: { townId: town.id, number: 'N1' } }))!.villageId).to.equal(
      village.id,
    );
    expect(await reportOf(village)).to.deep.equal({ received: 3, amountInvolvedFen: 1_400_000 });
    expect((await casesOf(['N4', 'N5', 'N6'])).map(({ enterpriseId }) => enterpriseId)).to.deep.equal([
      ...[null, null, null],
    ]);

    const history = await dispatcher.visit(`/cases/${cases[0]!.id}`);
    expect(history.text)
      .to.include('按名称归入企业')
      .and.include('归入企业：江阴明华包装有限公司')
      .and.include('台账写作：江阴明华包装公司')
      .and.include('陈建国');
    expect(await CaseEvent.count({ where: { caseId, action: 'assignEnterprise' } })).to.equal(3);
    const audit = await AuditEntry.findOne({ where: { objectId: enterprise.id } });
    expect(audit).to.include({ action: 'ledger.assignEnterprise' });
    expect(audit!.detail).to.include({ cases: 3 });
    for (const text of ['江阴明华包装有限公司', '明华包装公司'])
      expect((await dispatcher.visit(`/cases?text=${encodeURIComponent(text)}`)).text, text).to.include('N3');
    const ofEnterprise = await dispatcher.visit(`/cases?enterprise=${enterprise.id}`);
    expect(ofEnterprise.text).to.include('N1').and.include('N2').and.include('N3');

    const again = await dispatcher.submit(form, { find: null });
    expect([again.status, again.text.includes('勾选的名称已归入企业')]).to.deep.equal([200, true]);
    expect(await CaseEvent.count({ where: { caseId, action: 'assignEnterprise' } })).to.equal(3);
  });

  it('get another enterprise that is searched for by a part of its name', async () => {
    const [shunda, other] = [
      await anEnterprise(town, '江阴市顺达制衣有限公司'),
      await anEnterprise(town, '江阴顺达物流有限公司', { villageId: village.id }),
    ];
    const page = await dispatcher.visit(PATH);
    const [id, laoLi] = [idOf(page, '顺达服饰'), idOf(page, '老李的工地')];
    const found = await dispatcher.submit(page.form(/^\/ledgers\/names/), {
      ...{ find: id, [`other-${id}`]: '顺达', [`other-${laoLi}`]: '没有的' },
    });
    expect([found.status, found.value(`other-${id}`), found.value(`enterprise-${id}`)]).to.deep.equal([
      ...[200, '顺达', null],
    ]);
    expect(found.text).to.include('江阴顺达物流有限公司（建南村）').and.include('江阴市顺达制衣有限公司');
    const both = await confirm({ names: [id, laoLi] });
    expect([both.status, both.error(`other-${id}`), both.error(`other-${laoLi}`)]).to.deep.equal([
      422,
      '“顺达”不是企业全称。请在找到的企业中选一家。',
      '企业库中没有名称含“没有的”的企业。请换个写法，或先在企业库中新增。',
    ]);
    await confirm({ names: [id], [`enterprise-${id}`]: shunda.id });
    const [assigned, waiting] = await casesOf(['N4', 'N5']);
    expect([assigned!.enterpriseId, assigned!.villageId, waiting!.enterpriseId]).to.deep.equal([
      ...[shunda.id, null, null],
    ]);
    expect(other.id).to.not.equal(assigned!.enterpriseId);
  });

  it('are refused an ended enterprise and one of another town, and keep what was ticked', async () => {
    const ended = await anEnterprise(town, '江阴顺达服饰厂', { active: false });
    const abroad = await anEnterprise(await aTown('华士镇'), '外镇企业');
    const enterprise = await minghua();
    const page = await dispatcher.visit(PATH);
    const names = ['江阴明华包装公司', '顺达服饰', '老李的工地'].map((name) => idOf(page, name));
    const [known, shunda, laoLi] = names as [string, string, string];
    const refused = await dispatcher.send(PATH, {
      ...{ idempotencyKey: newId(), names, [`other-${known}`]: '', [`enterprise-${known}`]: enterprise.id },
      ...{ [`other-${shunda}`]: '', [`enterprise-${shunda}`]: ended.id },
      ...{ [`other-${laoLi}`]: '', [`enterprise-${laoLi}`]: abroad.id },
    });
    expect([refused.status, refused.errors]).to.deep.equal([
      422,
      {
        [`other-${shunda}`]: '江阴顺达服饰厂已停用，不能归入。请另选，或先在企业库中恢复。',
        [`other-${laoLi}`]: '企业库中没有这家企业，或它不属于这个镇。请重新选择。',
      },
    ]);
    expect(refused.text).to.not.include('外镇企业');
    const ticked = refused.form(/^\/ledgers\/names/).controls.filter(({ name }) => name === 'names');
    expect(ticked.map(({ value }) => value)).to.have.members(names);
    expect((await casesOf(['N1', 'N4'])).map(({ enterpriseId }) => enterpriseId)).to.deep.equal([null, null]);
    const reader = await aReader(['dispatcher', town]);
    const sneaky = assignNames(reader, [choice(laoLi, abroad)]);
    expect(await refusal(sneaky)).to.include('ledger.names.errors.notOfTown');
  });

  it('say so when nothing is ticked or chosen, or somebody else was first', async () => {
    const enterprise = await minghua();
    const page = await dispatcher.visit(PATH);
    const [known, laoLi] = [idOf(page, '江阴明华包装公司'), idOf(page, '老李的工地')];
    expect((await confirm({ names: [] })).text).to.include('还没有勾选名称');
    expect((await confirm({ names: [laoLi] })).error(`other-${laoLi}`)).to.include('请选择一家企业');
    await assignNames(await aReader(['dispatcher', town]), [choice(known, enterprise)]);
    const late = await dispatcher.submit(page.form(/^\/ledgers\/names/), { find: null });
    expect(late.status).to.equal(409);
    const caseId = (await casesOf(['N1', 'N2', 'N3'])).map(({ id }) => id);
    expect(await CaseEvent.count({ where: { caseId, action: 'assignEnterprise' } })).to.equal(3);
  });

  it('given to two enterprises at the same moment get one of them', async () => {
    const [one, other] = [await minghua(), await anEnterprise(town, '别的企业')];
    const nameId = idOf(await dispatcher.visit(PATH), '江阴明华包装公司');
    const reader = await aReader(['dispatcher', town]);
    const results = await Promise.allSettled(
      [one, other].map((enterprise) => assignNames(reader, [choice(nameId, enterprise)])),
    );
    expect(results.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    const caseId = (await casesOf(['N1', 'N2', 'N3'])).map(({ id }) => id);
    expect(await CaseEvent.count({ where: { caseId, action: 'assignEnterprise' } })).to.equal(3);
  });

  it('lead to the directory for an enterprise that it lacks, and back', async () => {
    const page = await dispatcher.visit(PATH);
    const form = await dispatcher.visit(page.link('去新增'));
    expect(form.value('name')).to.equal('江阴明华包装公司');
    expect(form.link('取消')).to.equal(PATH);
    const again = await dispatcher.submit('/enterprises', { industry: '' });
    expect(again.status).to.equal(422);
    const back = await dispatcher.submit('/enterprises', { areaId: village.id, industry: 'textile' });
    expect([back.path, back.text.includes('江阴明华包装公司（建南村）')]).to.deep.equal([PATH, true]);
    expect((await confirm({})).rows.length).to.equal(2);
  });

  it('are turned page by page', async () => {
    const many = Array.from(
      { length: 30 },
      (_, index) => `M${index},2020-03-05,第${index}厂家,和解,1,1,来访`,
    );
    await ledgerOf(town, many);
    const first = await dispatcher.visit(PATH);
    expect([first.rows.length, first.text.includes('共 33 条')]).to.deep.equal([25, true]);
    const second = await dispatcher.visit(first.link('下一页'));
    expect(second.rows.length).to.equal(8);
    const back = await dispatcher.visit(second.link('上一页'));
    expect(back.rows.map(([, name]) => name)).to.deep.equal(first.rows.map(([, name]) => name));
  });

  it('of other towns are not seen, and cases that no ledger brought are not meant', async () => {
    await aCase(town).with({ respondentName: '没有企业的案件' }).saved();
    const away = await aTown('华士镇');
    const stranger = await program.as(await program.person('外镇', 'dispatcher', away));
    expect((await stranger.visit(PATH)).text).to.include('台账案件都已归入企业');
    const nameId = idOf(await dispatcher.visit(PATH), '顺达服饰');
    expect(dispatcher.page.text).to.not.include('没有企业的案件');
    const enterprise = await anEnterprise(away, '外镇企业');
    const sneaky = await stranger.send(PATH, {
      ...{ idempotencyKey: newId(), names: [nameId], [`other-${nameId}`]: '' },
      [`enterprise-${nameId}`]: enterprise.id,
    });
    expect(sneaky.status).to.equal(409);
    expect((await casesOf(['N4']))[0]!.enterpriseId).to.equal(null);
    const official = await program.as(await program.person('许志强', 'official', town));
    expect((await official.visit(PATH)).status).to.equal(404);
  });

  it('are asked for by an index', async () => {
    const [statement] = await statementsOf(() => namesWithoutEnterprise([town.id]));
    const plan = await planOf(statement!);
    // MariaDB plans by the number of rows, and here there are few.
    if (plan.includes('SEARCH'))
      expect(plan).to.include('ix_cases_ledgerBatchId_enterpriseId_respondentName');
    expect(plan).to.not.include('SCAN cases');
  });

  it('are complete in English', async () => {
    await minghua();
    await dispatcher.send('/language', { language: 'en', returnTo: PATH });
    const page = await dispatcher.visit(PATH);
    expect(page.text).to.include('3 cases, 4 workers').and.include('Not in the directory? Add it');
    expect((await confirm({})).text).to.include('The ticked names are matched');
  });

  async function reportOf({
    id: villageId,
  }: Area): Promise<{ received: number; amountInvolvedFen?: number }> {
    const { breakdown } = await loadReport({
      ...{ townIds: [town.id], villageId: null, basis: 'received' as const },
      period: { from: '2019-01-01', to: '2021-12-31' },
    });
    const sums = breakdown.villages.find((one) => one.villageId === villageId)?.sums;
    return sums ? { received: sums.received, amountInvolvedFen: sums.amountInvolvedFen } : { received: 0 };
  }
});
