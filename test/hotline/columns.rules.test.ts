import { expect } from 'chai';
import { HEADER_NAMES, recognise, TICKET_KEYS } from '../../server/hotline/columns.rules.ts';
import {
  normalisedHeader,
  countsInWan,
  unusedHeaders,
} from '../../server/shared/spreadsheets/headers.rules.ts';
import type { TicketColumns } from '../../server/hotline/columns.rules.ts';
import { readMapping } from '../../server/hotline/mapping.rules.ts';
import type { Cell, SpreadsheetRow } from '../../server/shared/spreadsheets/rows.ts';

function rowsOf(...rows: Cell[][]): SpreadsheetRow[] {
  return rows.map((cells, i) => ({ row: i + 1, cells }));
}

const DATA: Cell[] = ['JY1', '2022/1/6 9:03', '张三', '拖欠工资'];

describe('columns of a hotline file', () => {
  it('give every header name to one key only, in the form in which it is compared', () => {
    const all = TICKET_KEYS.flatMap((key) => HEADER_NAMES[key]);
    expect(all.filter((name, i) => all.indexOf(name) !== i)).to.deep.equal([]);
    for (const name of all) expect(normalisedHeader(name)).to.equal(name.toLowerCase());
  });

  const layouts: [string, string[], TicketColumns][] = [
    [
      'the fields of GB/T 33358 by their usual names',
      [
        '工单编号',
        '来源',
        '来电时间',
        '诉求人',
        '性别',
        '联系电话',
        '是否匿名',
        '诉求类型',
        '诉求分类',
        '事发地址',
        '村',
        '被诉主体',
        '统一社会信用代码',
        '标题',
        '诉求内容',
        '涉及人数',
        '涉及金额',
        '派发时间',
        '主办单位',
      ],
      {
        number: 0,
        channel: 1,
        receivedAt: 2,
        callerName: 3,
        gender: 4,
        callerPhone: 5,
        anonymous: 6,
        category: 8,
        address: 9,
        village: 10,
        respondent: 11,
        respondentCreditCode: 12,
        title: 13,
        content: 14,
        workers: 15,
        amount: 16,
        dispatchedAt: 17,
      },
    ],
    [
      'other names, full width, brackets, signs, line breaks',
      [
        '＊受理编号：',
        '受理\n时间',
        '反映人（姓名）',
        '反映人\r\n联系方式',
        '工单标题(必填)',
        '问题 描述',
        '问题分类',
        '所属村（社区）',
        '被投诉单位名称',
        '欠薪金额（万元）',
        '是否农民工？',
      ],
      {
        number: 0,
        receivedAt: 1,
        callerName: 2,
        callerPhone: 3,
        title: 4,
        content: 5,
        category: 6,
        village: 7,
        respondent: 8,
        amount: 9,
        migrant: 10,
      },
    ],
    [
      'the better of two names of one key, the first of two equal ones',
      ['流水号', '工单编号', '登记时间', '来电时间', '标题', '标题'],
      { number: 1, receivedAt: 3, title: 4 },
    ],
  ];
  for (const [name, header, columns] of layouts) {
    it(`are recognised by ${name}`, () => {
      const found = recognise(rowsOf(header, DATA));
      expect(found.columns).to.deep.equal(columns);
      expect(found).to.include({ headerRow: 1 }).and.have.property('problems').that.is.empty;
    });
  }

  it('are found below title rows', () => {
    const found = recognise([
      { row: 2, cells: ['江阴市12345政府热线工单（来电时间：2022年1月）'] },
      { row: 3, cells: ['导出单位', '祝塘镇', null, '单位：件'] },
      { row: 5, cells: ['序号', '工单编号', '来电时间', '标题'] },
      { row: 6, cells: [1, ...DATA] },
    ]);
    expect(found.headerRow).to.equal(5);
    expect(found.columns).to.deep.equal({ number: 1, receivedAt: 2, title: 3 });
  });

  it('are found in a header of two rows with merged cells', () => {
    const found = recognise(
      rowsOf(
        ['工单台账'],
        ['工单编号', '来电时间', '诉求人信息', null, '工单信息', null],
        [null, null, '姓名', '联系电话', '标题', '内容'],
        ['JY1', '2022/1/6', '张三', '138', '标题一', '内容一'],
      ),
    );
    expect(found.headerRow).to.equal(3);
    expect(found.columns).to.deep.equal({
      number: 0,
      receivedAt: 1,
      callerName: 2,
      callerPhone: 3,
      title: 4,
      content: 5,
    });
    expect(found.headers).to.deep.equal(['工单编号', '来电时间', '姓名', '联系电话', '标题', '内容']);
  });

  it('name a column without a header by its letters', () => {
    expect(recognise(rowsOf(['工单编号', null, '来电时间', '标题'])).headers[1]).to.equal('B');
  });

  it('tell which headers are not taken over', () => {
    const header = ['序号', '工单编号', null, '来电时间', '标题', '办理结果', '主题'];
    expect(unusedHeaders(recognise(rowsOf(header)))).to.deep.equal(['序号', '办理结果', '主题']);
  });

  const problems: [string, Cell[][], string[]][] = [
    ['no header', [['a', 'b'], DATA], ['headerMissing']],
    ['an empty file', [], ['headerMissing']],
    ['no number', [['来电时间', '标题']], ['numberColumnMissing']],
    ['no time', [['工单编号', '内容']], ['receivedAtColumnMissing']],
    ['neither title nor content', [['工单编号', '来电时间', '联系电话']], ['titleOrContentColumnMissing']],
    [
      'only a phone and a name',
      [['姓名', '电话']],
      ['numberColumnMissing', 'receivedAtColumnMissing', 'titleOrContentColumnMissing'],
    ],
  ];
  for (const [name, rows, sentences] of problems) {
    it(`are a problem with ${name}`, () => {
      const found = recognise(rowsOf(...rows)).problems.map(({ sentence }) => sentence);
      expect(found).to.deep.equal(sentences.map((sentence) => `hotline.errors.${sentence}`));
    });
  }

  describe('chosen by hand', () => {
    const header = ['工单编号', '单号', '来电时间', '事由', '标题', '村'];

    it('win; the rest falls back to recognition', () => {
      const found = recognise(rowsOf(header), { number: '单号', content: '事 由：' });
      expect(found.columns).to.deep.equal({ number: 1, receivedAt: 2, content: 3, title: 4, village: 5 });
    });
    it('may leave a column out, or use one twice', () => {
      const found = recognise(rowsOf(header), { village: '', content: '标题', title: '标题' });
      expect(found.columns).to.deep.equal({ number: 0, receivedAt: 2, title: 4, content: 4 });
    });
    it('take their column from the name that it would have had', () => {
      const found = recognise(rowsOf(header), { title: '村' });
      expect(found.columns).to.deep.equal({ number: 0, receivedAt: 2, title: 5 });
    });
    it('find a header without one known name', () => {
      const chosen = { number: '甲', receivedAt: '乙', title: '丙' };
      expect(recognise(rowsOf(['标题行'], ['甲', '乙', '丙'], DATA), chosen)).to.include({ headerRow: 2 });
    });
    it('must be in the file', () => {
      const [problem] = recognise(rowsOf(header), { number: '编码', amount: '钱' }).problems;
      expect(problem).to.deep.equal({
        sentence: 'hotline.errors.chosenHeaderAbsent',
        values: { headers: '编码、钱' },
      });
    });
  });

  it('say whether amounts are in 万元', () => {
    expect(countsInWan('涉及金额（万元）')).to.equal(true);
    expect(countsInWan('涉及金额（元）')).to.equal(false);
  });
});

describe('mapping file', () => {
  it('is read as the command line takes it', () => {
    const file = { name: '江阴', columns: { number: '工单编号' }, only: { category: ['劳动和社会保障'] } };
    expect(readMapping(file)).to.deep.equal({ values: file });
    expect(readMapping({})).to.deep.equal({ values: { name: '', columns: {}, only: {} } });
  });

  const wrong: [string, unknown, string, string][] = [
    ['an unknown key', { columns: { nummer: '工单编号' } }, 'mappingKeyUnknown', 'columns.nummer'],
    ['an unknown part', { colums: {} }, 'mappingKeyUnknown', 'colums'],
    ['a number as header', { columns: { number: 3 } }, 'mappingInvalid', 'columns.number'],
    ['an empty condition', { only: { category: [] } }, 'mappingInvalid', 'only.category'],
    ['a text', 'x', 'mappingInvalid', '{}'],
    ['a list', [], 'mappingInvalid', '{}'],
  ];
  for (const [name, input, sentence, path] of wrong) {
    it(`with ${name} says where it is wrong`, () => {
      const result = readMapping(input);
      expect('errors' in result && result.errors[0]).to.include({ sentence: `hotline.errors.${sentence}` });
      expect('errors' in result && result.errors[0]!.values).to.deep.equal({ path });
    });
  }
});
