import { expect } from 'chai';
import iconv from 'iconv-lite';
import type { Area } from '../../models/areas.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { AuditEntry } from '../../models/accounts.ts';
import { ImportMapping } from '../../models/imports.ts';
import { LedgerRecovery } from '../../models/settlements.ts';
import { ImportBatch } from '../../models/tickets.ts';
import { keepUpload } from '../../server/hotline/uploads.service.ts';
import { NO_MAPPING } from '../../server/hotline/mapping.rules.ts';
import { readSpreadsheet } from '../../server/shared/spreadsheets/read-spreadsheet.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { newId } from '../../server/shared/ids.ts';
import { aReader, aTown, aVillage } from '../support/factories.ts';
import { useProgram, type Page, type Visitor } from '../support/http.ts';

/** A ledger as a town keeps it: titles above, its own words, days and amounts in every way. */
const UGLY = [
  '祝塘镇2021年劳动争议调解台账,,,,,,,',
  '填报单位：镇劳动保障所,,,,,,,',
  '序号,登记号,来的日子,对方单位,在哪个村,办得怎样,要多少,拿回多少',
  '1,A-1,2021年3月5日,某针织厂,文林村,搞定了,3.5万,"35,000元"',
  '2,A-2,44270,某包装厂,文林,没谈拢,8000,',
  '3,A-3,2021.3.9 14:30,某针织厂,别的镇,搞定了,5000元,5000',
  '4,A-4,2021/2/30,某厂,,搞定了,1,1',
  '5,A-5,2021-04-01,某厂,,自行和解,面议,',
  '合计,,,,,,,',
].join('\r\n');

describe('a ledger of past years, imported on the page', () => {
  const program = useProgram();
  let town: Area;
  let dispatcher: Visitor;

  beforeEach(async () => {
    town = await aTown('祝塘镇');
    await aVillage(town, '文林村');
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
  });

  const send = (bytes: Buffer, who = dispatcher, name = '2021年台账.csv'): Promise<Page> =>
    who.fill('/ledgers/new', { file: { name, bytes } }, '/ledgers/uploads');
  const tilesOf = (page: Page): string[] =>
    ['新案件', '已有', '有问题'].map((label) => page.tile(label).value);
  const byColumns = (page: Page) => page.form(/\/mapping$/, '按所选列重新核对');
  const byMeanings = (page: Page) => page.form(/\/mapping$/, '按所选含义重新核对');
  const COLUMNS = {
    'column-number': '登记号',
    'column-receivedOn': '来的日子',
    'column-enterprise': '对方单位',
    'column-village': '在哪个村',
    'column-outcome': '办得怎样',
    'column-claimed': '要多少',
    'column-recovered': '拿回多少',
  };

  it('is read by the columns and meanings that are chosen, stored once, and read the same way the next time', async () => {
    expect((await dispatcher.visit('/cases')).link('历年台账')).to.equal('/ledgers');
    expect((await dispatcher.visit('/ledgers')).text).to.include('还没有导入过台账');
    const first = await send(
      iconv.encode(UGLY.replace('办得怎样', '调解结果').replace('登记号', '编号'), 'gbk'),
    );
    expect(first.text).to.include('没有认出“受理日期”这一列');
    expect(first.forms.some(({ action }) => action.endsWith('/confirmation'))).to.equal(false);

    const columns = { ...COLUMNS, 'column-number': '编号', 'column-outcome': '调解结果' };
    const read = await dispatcher.submit(byColumns(first), columns);
    expect(tilesOf(read)).to.deep.equal(['1', '0', '5']);
    expect(read.text).to.include('调解结果：有 2 种写法没有说明').and.include('搞定了（3）');
    const meant = await dispatcher.submit(byMeanings(read), {
      'outcome:搞定了': 'settledAtOnce',
      'outcome:没谈拢': 'failed',
    });
    expect(tilesOf(meant)).to.deep.equal(['4', '0', '2']);
    expect(meant.text)
      .to.include('1 行的“在哪个村”未能识别，不采用：别的镇（1）。')
      .and.include('1 行的“要多少”未能识别，不采用：面议（1）。')
      .and.include('35,000.00')
      .and.include('文林村')
      .and.include('未识别，不采用');
    expect(await DisputeCase.count({ where: { townId: town.id } })).to.equal(0);

    const confirmation = meant.form(/\/confirmation$/);
    const batch = await dispatcher.submit(confirmation);
    expect([batch.text.includes('台账导入完成'), batch.tile('保存的案件').value]).to.deep.equal([true, '4']);
    expect((await dispatcher.submit(confirmation)).path, 'the same form sent twice').to.equal(batch.path);
    const cases = await DisputeCase.findAll({ where: { townId: town.id }, order: [['number', 'ASC']] });
    expect(
      cases.map(({ number, receivedOn, outcome, claimedFen }) => [number, receivedOn, outcome, claimedFen]),
    ).to.deep.equal([
      ['A-1', '2021-03-05', 'settledAtOnce', 3_500_000],
      ['A-2', '2021-03-15', 'failed', 800_000],
      ['A-3', '2021-03-09', 'settledAtOnce', 500_000],
      ['A-5', '2021-04-01', 'reconciled', null],
    ]);
    expect(cases[0]!.villageId).to.equal(cases[1]!.villageId).and.not.equal(null);
    const recovered = await LedgerRecovery.sum('amountFen', { where: { caseId: cases.map(({ id }) => id) } });
    expect(recovered).to.equal(4_000_000);
    expect(await CaseEvent.count({ where: { caseId: cases.map(({ id }) => id) } })).to.equal(4);
    const casePage = await dispatcher.visit(batch.link('A-1'));
    expect(casePage.text).to.include('本案由历年台账导入');
    expect(casePage.text, 'nothing that somebody would have to write').to.not.include('文书与卷宗');
    expect(casePage.text, 'the day alone').to.include('2021-03-05').and.not.include('2021-03-05 00:00');
    expect(casePage.text).to.include('历年台账 A-1').and.include('某针织厂，其他');

    const listed = (await dispatcher.visit('/cases?state=closed')).rows.find(([first]) =>
      first!.includes('A-1'),
    );
    expect(listed!.join(' '), 'nothing was ever to be routed').to.not.include('未分派');
    const [row] = (await dispatcher.visit('/ledgers')).rows;
    expect([row![0], row![2], ...row!.slice(3)]).to.deep.equal([
      ...['2021年台账.csv', '陈建国', '4', '0', '0', '2'],
    ]);
    const next = await send(
      iconv.encode(
        UGLY.replace('办得怎样', '调解结果').replace('登记号', '编号').replaceAll('A-', 'B-'),
        'gbk',
      ),
    );
    expect(tilesOf(next), 'the next ledger of the town').to.deep.equal(['4', '0', '2']);
    const other = await send(Buffer.from('编号,受理日期,结果\nC1,2021-03-05,搞定了\n'));
    expect(tilesOf(other), 'one with other headers').to.deep.equal(['1', '0', '0']);
  });

  it('gives a meaning to the rest, which comes before known words', async () => {
    const page = await send(
      Buffer.from('编号,受理日期,调解结果,层级\nA1,2021-03-05,和解,\nA2,2021-03-05,不清楚,'),
    );
    const rest = await dispatcher.submit(byMeanings(page), { 'outcome:*': 'withdrawn' });
    expect(tilesOf(rest)).to.deep.equal(['2', '0', '0']);
    expect(rest.text).to.include('调解结果：有 1 种写法按“其余写法”计');
    expect([rest.value('outcome:和解'), rest.value('outcome:不清楚')]).to.deep.equal(['reconciled', '']);
    const without = await dispatcher.submit(byMeanings(rest), { 'outcome:*': '' });
    expect(tilesOf(without)).to.deep.equal(['1', '0', '1']);
    await dispatcher.submit(byMeanings(without), { 'outcome:*': 'withdrawn', 'outcome:和解': 'failed' });
    await dispatcher.submit(/\/confirmation$/);
    const cases = await DisputeCase.findAll({ where: { townId: town.id }, order: [['number', 'ASC']] });
    expect(cases.map(({ outcome }) => outcome)).to.deep.equal(['failed', 'withdrawn']);
  });

  it('is taken back as a whole, with the reason on record', async () => {
    await send(Buffer.from('编号,受理日期,调解结果\nA1,2021-03-05,和解\nA2,2021-03-06,和解'));
    const batch = await dispatcher.submit(/\/confirmation$/);
    const asked = await dispatcher.visit(batch.link('撤销这次导入'));
    expect(asked.text).to.include('保存的 2 件案件将全部删除');
    const empty = await dispatcher.submit(/\/undoing$/, { reason: '' });
    expect(empty.error('reason')).to.include('必须填写');
    const undone = await dispatcher.submit(/\/undoing$/, { reason: '导错了年度' });
    expect(undone.text).to.include('由陈建国撤销').and.include('导错了年度').and.include('案件已随导入撤销');
    expect(undone.links.map(({ text }) => text)).not.to.include('撤销这次导入');
    expect(await DisputeCase.count({ where: { townId: town.id } })).to.equal(0);
    expect((await dispatcher.visit('/ledgers')).text).to.include('已撤销');
    const again = await send(Buffer.from('编号,受理日期,调解结果\nA1,2021-03-05,和解'));
    expect(tilesOf(again)).to.deep.equal(['1', '0', '0']);
  });

  const LEDGER = '编号,受理日期,调解结果\nA1,2021-03-05,和解\nA2,2021-02-30,和解\n';

  it('offers the faulty rows as a file that can be corrected and imported', async () => {
    const preview = await send(Buffer.from(LEDGER));
    await expectFaulty(preview);
    await expectFaulty(await dispatcher.submit(/\/confirmation$/));
    expect(await AuditEntry.count({ where: { action: 'ledger.exportFaultyRows' } })).to.equal(2);
  });

  it('is shown again when somebody else stored its cases meanwhile', async () => {
    const colleague = await program.as(await program.person('沈丽娟', 'dispatcher', town));
    await send(Buffer.from(LEDGER));
    await send(Buffer.from(`${LEDGER}A3,2021-03-05,和解\n`), colleague);
    await colleague.submit(/\/confirmation$/);
    const stale = await dispatcher.submit(/\/confirmation$/);
    expect(stale.status).to.equal(409);
    expect(tilesOf(stale)).to.deep.equal(['0', '1', '1']);
    expect(stale.text).to.include('没有可以保存的新案件');
    expect(await ImportBatch.count({ where: { townId: town.id } })).to.equal(1);
  });

  const MAPPED = '登记号,受理日期,用人单位,办得怎样\nX1,2021-03-05,某厂,搞定了\n';
  const KEPT = '已按保存的对照“旧台账”读取（陈建国';

  it('is read by a mapping that was saved under a name, with its meanings, until that is ended', async () => {
    await dispatcher.submit(byColumns(await send(Buffer.from(MAPPED))), {
      ...{ 'column-number': '登记号', 'column-outcome': '办得怎样' },
    });
    await dispatcher.submit(byMeanings(dispatcher.page), { 'outcome:搞定了': 'settledAtOnce' });
    const kept = await dispatcher.submit(/\/saved-mapping$/, { mappingName: '旧台账' });
    expect([kept.text.includes(KEPT), ...tilesOf(kept)]).to.deep.equal([true, '1', '0', '0']);
    expect(await DisputeCase.count({ where: { townId: town.id } })).to.equal(0);

    const next = await send(Buffer.from('办得怎样,用人单位,受理日期,登记号\n搞定了,某厂,2021-03-05,X2\n'));
    expect([next.text.includes(KEPT), ...tilesOf(next)]).to.deep.equal([true, '1', '0', '0']);
    const without = await dispatcher.submit(next.form(/\/mapping$/, '不用它，重新识别'));
    expect([without.text.includes(KEPT), without.value('column-number')]).to.deep.equal([false, '']);
    const [mapping] = await ImportMapping.findAll({ where: { townId: town.id } });
    const again = await dispatcher.submit(without.form(/\/mapping$/, '按所选对照重新核对'), {
      mappingId: mapping!.id,
    });
    expect([again.text.includes(KEPT), ...tilesOf(again)]).to.deep.equal([true, '1', '0', '0']);
    const taken = await dispatcher.submit(byMeanings(again), { 'outcome:搞定了': 'failed' });
    expect(taken.text).to.include('在对照“旧台账”上改的，还没有保存');
    const refused = await dispatcher.submit(/\/saved-mapping$/, { mappingName: '旧台账' });
    expect([refused.status, refused.error('mappingName')?.includes('已经有名为')]).to.deep.equal([422, true]);

    const list = await dispatcher.visit((await dispatcher.visit('/ledgers')).link('保存的对照'));
    expect(list.text)
      .to.include('编号：“登记号”')
      .and.include('调解结果：“搞定了”是达成协议')
      .and.include('使用中');
    await dispatcher.visit(list.link('停用'));
    expect((await dispatcher.submit(/\/ending$/)).text).to.include('对照已停用');
    const acts = await AuditEntry.findAll({ where: { objectId: mapping!.id } });
    expect(acts.map(({ action }) => action)).to.have.members(['ledger.saveMapping', 'ledger.endMapping']);
    const last = await send(Buffer.from(MAPPED));
    expect([last.text.includes(KEPT), last.value('column-number')]).to.deep.equal([false, '']);
  });

  it('is read by no mapping of tickets, nor of another town', async () => {
    await dispatcher.submit(byColumns(await send(Buffer.from(MAPPED))), { 'column-number': '登记号' });
    await dispatcher.submit(/\/saved-mapping$/, { mappingName: '旧台账' });
    const [mapping] = await ImportMapping.findAll({ where: { townId: town.id } });
    const stranger = await program.as(await program.person('外镇', 'dispatcher', await aTown('华士镇')));
    const upload = await send(Buffer.from(MAPPED), stranger);
    const sneaky = await stranger.send(`${upload.path}/mapping`, { part: 'saved', mappingId: mapping!.id });
    expect(sneaky.status).to.equal(422);
    expect((await dispatcher.visit('/imports/mappings')).text).to.include('还没有保存过对照');
    const ending = `mappings/${mapping!.id}/ending`;
    const answers = [
      await dispatcher.visit(`/imports/${ending}`),
      await stranger.visit(`/ledgers/${ending}`),
      await stranger.send(`/ledgers/${ending}`, { idempotencyKey: newId() }),
      await dispatcher.visit(`/ledgers/${ending}`),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 200]);
  });

  it('is not found by others, nor as a file of another kind', async () => {
    const preview = await send(Buffer.from(LEDGER));
    const uploadId = preview.path.split('/').at(-1)!;
    const colleague = await program.as(await program.person('沈丽娟', 'dispatcher', town));
    expect((await colleague.visit(preview.path)).status).to.equal(404);
    for (const path of [`/imports/uploads/${uploadId}`, `/callbacks/${uploadId}`])
      expect((await dispatcher.visit(path)).status, path).to.equal(404);

    await dispatcher.visit(preview.path);
    const batch = (await dispatcher.submit(/\/confirmation$/)).path;
    expect((await colleague.visit(batch)).status).to.equal(200);
    expect((await dispatcher.visit(batch.replace('/ledgers/', '/imports/'))).status).to.equal(404);
    const official = await program.as(await program.person('许志强', 'official', town));
    for (const path of ['/ledgers', '/ledgers/new', batch])
      expect((await official.visit(path)).status, path).to.equal(404);
    expect((await official.visit('/cases')).links.map(({ href }) => href)).to.not.include('/ledgers');
  });

  it('is of its kind: a file of callbacks is not opened as one of tickets', async () => {
    const person = await program.person('顾明', 'dispatcher', town);
    const reader = { ...(await aReader(['dispatcher', town])), userId: person.id };
    const file = { fileName: '回访.csv', bytes: Buffer.from('工单编号,来电时间,标题\nA1,2022-01-06,欠薪\n') };
    const callbacks = await keepUpload('callbacks', reader, town.id, file, NO_MAPPING);
    const who = await program.as(person);
    expect((await who.visit(`/callbacks/${callbacks}`)).status).to.equal(200);
    for (const path of [`/imports/uploads/${callbacks}`, `/ledgers/uploads/${callbacks}`])
      expect((await who.visit(path)).status, path).to.equal(404);
  });

  it('is complete in English', async () => {
    await dispatcher.send('/language', { language: 'en', returnTo: '/ledgers' });
    const preview = await send(Buffer.from(`${LEDGER}A3,2021-03-05,不清楚\n`));
    expect(preview.tile('New cases').value).to.equal('1');
    expect(preview.text).to.include('Outcome: 1 text without a meaning');
    const batch = await dispatcher.submit(/\/confirmation$/);
    expect(batch.text).to.include('The ledger has been imported.');
  });

  for (const [name, bytes, sentence] of [
    ['no header', Buffer.from('a,b\n1,2'), '没有找到表头'],
    ['nothing in it', Buffer.alloc(0), '空的'],
  ] as const)
    it(`says beside the file that it has ${name}`, async () => {
      const page = await send(bytes);
      expect([page.status, page.error('file')?.includes(sentence)]).to.deep.equal([422, true]);
    });

  async function expectFaulty(page: Page): Promise<void> {
    const answer = await dispatcher.agent.get(page.link('下载有问题的行')).responseType('blob');
    const rows: Cell[][] = [];
    for await (const { cells } of readSpreadsheet(answer.body as Buffer)) rows.push(cells);
    expect(rows[0]![0]).to.match(/^陈建国于 .* 导出/);
    expect(rows[2]).to.include.members(['A2', '2021-02-30', 3]);
  }
});
