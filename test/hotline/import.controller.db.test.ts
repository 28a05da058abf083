import { expect } from 'chai';
import { AuditEntry, RoleGrant } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { ImportBatch, Ticket } from '../../models/tickets.ts';
import { Upload } from '../../models/uploads.ts';
import { readSpreadsheet } from '../../server/shared/spreadsheets/read-spreadsheet.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { newId } from '../../server/shared/ids.ts';
import { aTown, aVillage } from '../support/factories.ts';
import { hotlineFile, type HotlineLine } from '../support/hotline-file.ts';
import { useProgram, type Page, type Visitor } from '../support/http.ts';

const TILES = ['新工单', '已有', '不需要', '有问题'];

describe('pages of the import', () => {
  const program = useProgram();
  let town: Area;
  let dispatcher: Visitor;

  beforeEach(async () => {
    town = await aTown();
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
  });

  async function upload(lines: HotlineLine[], who = dispatcher, name = '三月工单.xlsx'): Promise<Page> {
    return who.fill('/imports/new', { file: { name, bytes: await hotlineFile(lines) } }, '/imports/uploads');
  }
  const tilesOf = (page: Page): string[] => TILES.map((label) => page.tile(label).value);
  const stored = (): Promise<number> => Ticket.count({ where: { townId: town.id } });

  it('begin with an empty list that says what to do', async () => {
    const page = await dispatcher.visit('/imports');
    expect(page.text).to.include('还没有导入过工单');
    expect(page.link('导入工单')).to.equal('/imports/new');
  });

  it('list imports newest first, a page at a time', async () => {
    const at = (minute: number): Date => instantOf('2026-11-20', `09:${String(minute).padStart(2, '0')}`);
    await ImportBatch.bulkCreate(
      Array.from({ length: 30 }, (_, i) => ({
        townId: town.id,
        kind: 'tickets',
        fileName: `${i}.xlsx`,
        sha256: '',
        rowCount: 1,
        newCount: 1,
        knownCount: 0,
        unwantedCount: 0,
        faultyCount: 0,
        mapping: {},
        createdById: null,
        createdAt: at(i),
      })),
    );
    const names = (page: Page): number[] => page.rows.map(([name]) => Number.parseInt(name!));
    const first = await dispatcher.visit('/imports');
    expect(names(first)).to.deep.equal(Array.from({ length: 25 }, (_, i) => 29 - i));
    const second = await dispatcher.visit(first.link('下一页'));
    expect(names(second)).to.deep.equal([4, 3, 2, 1, 0]);
    expect(names(await dispatcher.visit(second.link('上一页')))).to.deep.equal(names(first));
  });

  it('show what a file holds, store it once, and list the import', async () => {
    const preview = await upload([
      { number: 'A1', respondent: '<b>某公司</b>' },
      { number: 'A2', receivedAt: '2022-02-30' },
    ]);
    expect(tilesOf(preview)).to.deep.equal(['1', '0', '0', '1']);
    expect(preview.html).to.include('&lt;b&gt;某公司&lt;/b&gt;');
    expect(preview.rows).to.deep.include([
      '4',
      '来电时间',
      '2022-02-30',
      '来电时间无法识别，或没有这一天。请按 2022-01-06 09:03 的样式填写。',
    ]);
    expect(await stored()).to.equal(0);

    const confirmation = preview.form(/\/confirmation$/);
    const batch = await dispatcher.submit(confirmation);
    expect(batch.text).to.include('导入完成').and.include('A1');
    expect(batch.link('去分派')).to.equal('/routing');
    const again = await dispatcher.submit(confirmation);
    expect(again.path, 'the same form sent twice').to.equal(batch.path);
    expect([await stored(), await Upload.count({ where: { townId: town.id } })]).to.deep.equal([1, 0]);

    const [row] = (await dispatcher.visit('/imports')).rows;
    expect([row![0], row![2], ...row!.slice(3)]).to.deep.equal([
      '三月工单.xlsx',
      '陈建国',
      '1',
      '0',
      '0',
      '0',
      '1',
    ]);
  });

  it('let others write while a confirmed file is read', async () => {
    const preview = await upload(Array.from({ length: 8_000 }, (_, i) => ({ number: `A${i}` })));
    let running = true;
    const began = performance.now();
    const confirmed = dispatcher.submit(preview.form(/\/confirmation$/)).finally(() => (running = false));
    let longestWait = 0;
    while (running) {
      const asked = performance.now();
      await inTx(() => AuditEntry.update({ detail: {} }, { where: { action: 'none' } }));
      longestWait = Math.max(longestWait, performance.now() - asked);
    }
    const whole = performance.now() - began;
    expect((await confirmed).tile('保存的新工单').value).to.equal('8,000');
    expect(longestWait / whole).to.be.below(0.6);
  });

  it('say which sheet is read and what is not taken over as it stands', async () => {
    await aVillage(town, '文林村');
    const preview = await upload([
      { number: 'A1', village: '无名村', amount: '面议' },
      { number: 'A2', village: '文林', amount: '二十万' },
    ]);
    expect(preview.text)
      .to.include('读取的工作表：“工单”。')
      .and.include('未采用的列：序号。')
      .and.include('1 行的村未能识别，按原文保留：无名村（1）。')
      .and.include('1 行的“涉及金额（元）”未能识别，按原文保留：面议（1）。')
      .and.include('200,000.00');
  });

  it('offer the faulty rows as a file that can be corrected and imported', async () => {
    const preview = await upload([
      { number: 'A1' },
      { number: 'A2', receivedAt: '2022-02-30', phone: '13812345678' },
    ]);
    await expectCorrectable(preview);
    await expectCorrectable(await dispatcher.submit(/\/confirmation$/));
    expect(await AuditEntry.count({ where: { action: 'tickets.exportFaultyRows' } })).to.equal(2);
  });

  it('take over the changed tickets that are ticked', async () => {
    await upload([
      { number: 'A1', amount: '8000', phone: '13800000001' },
      { number: 'A2', amount: '100' },
    ]);
    await dispatcher.submit(/\/confirmation$/);
    const preview = await upload([
      { number: 'A1', amount: '9000', phone: '13900000002' },
      { number: 'A2', amount: '200' },
    ]);
    expect(preview.text)
      .to.include('涉及金额：8,000.00元 → 9,000.00元')
      .and.include('138****0001 → 139****0002');
    expect(preview.text).to.not.include('13900000002');
    const none = await dispatcher.submit(/\/confirmation$/);
    expect([none.status, none.text.includes('没有保存任何内容')]).to.deep.equal([422, true]);

    const first = await Ticket.findOne({ where: { townId: town.id, number: 'A1' } });
    const batch = await dispatcher.submit(/\/confirmation$/, { takeOver: [first!.id] });
    expect(batch.tile('已更新').value).to.equal('1');
    const amounts = await Ticket.findAll({ where: { townId: town.id }, order: [['number', 'ASC']] });
    expect(amounts.map(({ amountFen }) => amountFen)).to.deep.equal([900_000, 10_000]);
  });

  it('show the preview again when it no longer holds what was shown', async () => {
    const colleague = await program.as(await program.person('沈丽娟', 'dispatcher', town));
    await upload([{ number: 'A1' }]);
    await upload([{ number: 'A1' }, { number: 'A2' }], colleague);
    await colleague.submit(/\/confirmation$/);
    const stale = await dispatcher.submit(/\/confirmation$/);
    expect(stale.status).to.equal(409);
    expect(tilesOf(stale)).to.deep.equal(['0', '1', '0', '0']);
    expect(await ImportBatch.count({ where: { townId: town.id } })).to.equal(1);
  });

  it('let columns and categories be corrected', async () => {
    await upload([
      { number: 'A1', respondent: '某厂' },
      { number: 'A2', category: '城市管理' },
    ]);
    const [byCategory, byColumn] = [
      dispatcher.page.form(/\/mapping$/, '按所选类别重新核对'),
      '按所选列重新核对',
    ];
    const narrowed = await dispatcher.submit(byCategory, { category: ['劳动和社会保障'] });
    expect(tilesOf(narrowed)).to.deep.equal(['1', '0', '1', '0']);
    const without = await dispatcher.submit(dispatcher.page.form(/\/mapping$/, byColumn), {
      'column-number': '',
    });
    expect(without.text).to.include('没有认出“工单编号”这一列');
    expect(without.forms.some(({ action }) => action.endsWith('/confirmation'))).to.equal(false);
    const fields = { 'column-number': '工单编号', 'column-respondent': '标题' };
    const other = await dispatcher.submit(dispatcher.page.form(/\/mapping$/, byColumn), fields);
    expect(other.rows.find(([number]) => number === 'A1')![3]).to.equal('反映拖欠工资');
    const none = await dispatcher.submit(dispatcher.page.form(/\/mapping$/, '按所选类别重新核对'), {
      category: null,
    });
    expect([none.status, none.error('category')]).to.deep.equal([422, '请至少勾选一个类别。']);
  });

  const refused: [string, string, Buffer, string][] = [
    ['an old .xls', '工单.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '另存为'],
    ['an empty file', '工单.csv', Buffer.alloc(0), '空的'],
    ['a PDF', '工单.xlsx', Buffer.from('%PDF-1.7\n'), '这是 PDF 文件'],
    ['a letter', '工单.xlsx', Buffer.from('反映某公司拖欠工资。\n请帮忙。'), '纯文本'],
    ['a file without a header', '工单.csv', Buffer.from('a,b\n1,2'), '没有找到表头'],
    [
      'a quote that never ends',
      '工单.csv',
      Buffer.from('工单编号,来电时间,标题\nA1,2022-01-06,"欠薪'),
      '引号没有结束',
    ],
  ];
  for (const [name, fileName, bytes, sentence] of refused) {
    it(`say beside the file what is wrong with ${name}`, async () => {
      const page = await dispatcher.fill(
        '/imports/new',
        { file: { name: fileName, bytes } },
        '/imports/uploads',
      );
      expect(page.status).to.equal(422);
      expect(page.error('file')).to.include(sentence);
      expect(await stored()).to.equal(0);
    });
  }

  it('ask for a file', async () => {
    const page = await dispatcher.fill('/imports/new', {}, '/imports/uploads');
    expect([page.status, page.error('file')]).to.deep.equal([422, '请选择要导入的文件。']);
  });

  it('ask for the town where there are several, and take only one within reach', async () => {
    const [other, foreign] = [await aTown('华士镇'), await aTown('长泾镇')];
    const person = await program.person('顾明', 'dispatcher', town);
    const both = await program.as(person);
    await RoleGrant.create({ userId: person.id, role: 'dispatcher', areaId: other.id });
    const file = { name: '工单.xlsx', bytes: await hotlineFile([{ number: 'A1' }]) };
    const unchosen = await both.fill('/imports/new', { file }, '/imports/uploads');
    expect(unchosen.error('townId')).to.be.a('string');
    const page = unchosen.form('/imports/uploads');
    const key = page.controls.find(({ name }) => name === 'idempotencyKey')!.value!;
    const sneaky = await both.send(
      '/imports/uploads',
      { file, townId: foreign.id, idempotencyKey: key },
      true,
    );
    expect([sneaky.status, sneaky.error('townId')]).to.deep.equal([422, '选项已变化，请重新选择。']);
    await both.fill('/imports/new', { file, townId: '华士镇' }, '/imports/uploads');
    await both.submit(/\/confirmation$/);
    expect(await Ticket.count({ where: { townId: other.id } })).to.equal(1);
  });

  it('of another person or town are not found, in every verb', async () => {
    const preview = await upload([{ number: 'A1' }, { number: 'A2', receivedAt: 'x' }]);
    const own = preview.path;
    const stranger = await program.as(await program.person('外镇', 'dispatcher', await aTown('华士镇')));
    const colleague = await program.as(await program.person('沈丽娟', 'dispatcher', town));
    const key = newId();
    for (const who of [stranger, colleague]) {
      const answers = [
        await who.visit(own),
        await who.visit(`${own}/faulty-rows`),
        await who.send(`${own}/mapping`, { part: 'categories', category: '劳动和社会保障' }),
        await who.send(`${own}/confirmation`, { idempotencyKey: key, shown: 'a' }),
        await who.visit(`/imports/uploads/${newId()}`),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404, 404]);
      expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
    }
    await dispatcher.visit(own);
    const batch = (await dispatcher.submit(/\/confirmation$/)).path;
    expect((await stranger.visit(batch)).status).to.equal(404);
    expect((await stranger.visit(`${batch}/faulty-rows`)).status).to.equal(404);
    expect((await stranger.visit('/imports')).rows).to.deep.equal([]);
    expect((await colleague.visit(batch)).status).to.equal(200);
    const official = await program.as(await program.person('许志强', 'official', town));
    for (const path of ['/imports', '/imports/new', batch])
      expect((await official.visit(path)).status).to.equal(404);
  });

  it('name the categories that stay out, also those that nobody has seen before', async () => {
    const first = await upload([{ number: 'K1' }, { number: 'K2', category: '城市管理' }]);
    expect(first.text).to.not.include('以下类别的行不导入');
    await dispatcher.submit(first.form(/\/mapping$/, '按所选类别重新核对'), { category: ['劳动和社会保障'] });
    await dispatcher.submit(/\/confirmation$/);
    const next = await upload([{ number: 'K3' }, { number: 'K4', category: '工资福利' }]);
    expect(next.text).to.match(/以下类别的行不导入.*工资福利（1）/);
    expect((await upload([])).text).to.include('文件里只有表头，没有数据行');
  });

  it('are complete in English', async () => {
    await dispatcher.send('/language', { language: 'en', returnTo: '/imports' });
    const preview = await upload([
      { number: 'A1' },
      { number: 'A2', receivedAt: 'x' },
      { number: 'A3', category: '环保' },
    ]);
    expect(preview.tile('New').value).to.equal('2');
    const batch = await dispatcher.submit(/\/confirmation$/);
    expect(batch.text).to.include('The import is complete.');
    expect((await dispatcher.visit('/imports')).text).to.include('Imported by');
  });

  async function expectCorrectable(page: Page): Promise<void> {
    const answer = await dispatcher.agent.get(page.link('下载有问题的行')).responseType('blob');
    expect(answer.headers['content-disposition']).to.include('attachment').and.include('.xlsx');
    const rows: Cell[][] = [];
    for await (const { cells } of readSpreadsheet(answer.body as Buffer)) rows.push(cells);
    expect(rows[0]![0]).to.match(/^陈建国于 .* 导出/);
    expect(rows[2]).to.include.members(['A2', '2022-02-30', '13812345678', 4]);
  }
});
