import { expect } from 'chai';
import { createImportTally } from '../../server/shared/spreadsheets/import-tally.rules.ts';
import { readTicketRow, ticketIdentity } from '../../server/hotline/import.rules.ts';
import { NO_MAPPING } from '../../server/hotline/mapping.rules.ts';
import type { TicketMapping } from '../../server/hotline/mapping.rules.ts';
import { openTicketFile } from '../../server/hotline/ticket-file.ts';
import type { ImportCounts } from '../../server/shared/spreadsheets/import-tally.rules.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const HEADER = ['工单编号', '来电时间', '标题', '诉求分类', '涉及金额（元）'];
const FILE = [
  ['2022年1月工单'],
  HEADER,
  ...Array.from({ length: 30 }, (_, i) => [
    `JY${i}`,
    `2022/1/${i + 1} 9:03`,
    '拖欠工资',
    i % 3 ? '劳动和社会保障' : '城市管理',
    i * 100,
  ]),
  ['JY31', '2022-02-30', '拖欠工资', '劳动和社会保障', '不详'],
];

async function counts(file: Uint8Array, mapping: Partial<TicketMapping> = {}): Promise<ImportCounts> {
  const { layout, rows, problems } = await openTicketFile(file, { ...NO_MAPPING, ...mapping });
  expect(problems).to.deep.equal([]);
  const tally = createImportTally(ticketIdentity(layout, (text) => text));
  for await (const row of rows) tally.add(row, readTicketRow(row, layout, NOW), undefined);
  return tally.counts;
}

describe('hotline file', () => {
  let xlsx: Uint8Array;
  before(async () => (xlsx = await writeXlsx([{ name: '工单', headerRows: 2, rows: FILE }])));

  it('is read from its header to its end, as .xlsx and as .csv', async () => {
    const csv = Buffer.from(FILE.map((row) => row.join(',')).join('\n'));
    for (const file of [xlsx, csv]) {
      expect(await counts(file)).to.deep.equal({ rows: 31, new: 30, known: 0, unwanted: 0, faulty: 1 });
    }
  });

  it('is read from its first sheet with a whole header, whatever stands before and after it', async () => {
    const sheetOf = (name: string, rows: (string | number)[][]) => ({ name, headerRows: 1, rows });
    const book = await writeXlsx([
      sheetOf('封面', [['祝塘镇12345热线工单汇总'], ['填报单位', '日期'], ['祝塘镇', '2022年1月']]),
      sheetOf('空白', [[' ']]),
      sheetOf('统计', [...Array.from({ length: 40 }, (_, i) => [`第${i}项`, i]), HEADER]),
      sheetOf('明细', FILE),
      sheetOf('退单', [HEADER, ['JY99', '2022/1/6 9:03', '退回的工单', '劳动和社会保障', 1]]),
    ]);
    expect((await openTicketFile(book, NO_MAPPING)).sheet).to.equal('明细');
    expect(await counts(book)).to.include({ rows: 31, new: 30, faulty: 1 });
  });

  it('shows the first header that lacks something where no sheet has a whole one', async () => {
    const file = await openTicketFile(
      await writeXlsx([
        { name: '封面', headerRows: 1, rows: [['说明'], ['见下一张']] },
        {
          name: '一',
          headerRows: 1,
          rows: [
            ['工单编号', '标题'],
            ['JY1', '欠薪'],
          ],
        },
        {
          name: '二',
          headerRows: 1,
          rows: [
            ['工单编号', '来电时间'],
            ['JY1', '2022-01-06'],
          ],
        },
      ]),
      NO_MAPPING,
    );
    expect(file).to.include({ sheet: '一', headerRow: 1 });
    expect(file.problems).to.deep.equal([{ sentence: 'hotline.errors.receivedAtColumnMissing' }]);
    for await (const row of file.rows) expect.fail(`row ${row.row}`);
  });

  it('is refused as plain text where it has no columns', async () => {
    const letter = Buffer.from('尊敬的领导：\n本人反映某公司拖欠工资，共计8000元。\n请帮忙。');
    const refused = await openTicketFile(letter, NO_MAPPING).catch((error: unknown) => error);
    expect(refused).to.include({ sentence: 'spreadsheets.errors.plainText', field: 'file' });
  });

  it('brings the wanted rows only', async () => {
    const only = { category: ['劳动和社会保障'] };
    expect(await counts(xlsx, { only })).to.deep.equal({
      rows: 31,
      new: 20,
      known: 0,
      unwanted: 10,
      faulty: 1,
    });
  });

  it('says what is missing and brings no row', async () => {
    const mapping = { ...NO_MAPPING, columns: { number: '' }, only: { channel: ['电话'] } };
    const file = await openTicketFile(xlsx, mapping);
    expect(file.headerRow).to.equal(2);
    expect(file.firstRows[1]!.cells).to.deep.equal(HEADER);
    expect(file.problems).to.deep.equal([
      { sentence: 'hotline.errors.numberColumnMissing' },
      { sentence: 'hotline.errors.onlyColumnMissing', values: { column: 'channel' } },
    ]);
    for await (const row of file.rows) expect.fail(`row ${row.row}`);
  });
});
