import { expect } from 'chai';
import { creditCodeCheckDigit } from '../../server/directory/credit-code.rules.ts';
import {
  industryOf,
  readEnterpriseRow,
  recogniseEnterpriseColumns,
} from '../../server/directory/import-enterprises.rules.ts';
import { sortRows, type StoredEnterprise } from '../../server/directory/import-sorting.rules.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';

const code = (number: number): string => {
  const first17 = `91320281MA2${String(number).padStart(6, '0')}`;
  return first17 + creditCodeCheckDigit(first17);
};

describe('the columns of a file of enterprises', () => {
  const layoutOf = (...rows: Cell[][]) =>
    recogniseEnterpriseColumns(rows.map((cells, index) => ({ row: index + 1, cells })));

  const headers: [string, Cell[], Record<string, number>][] = [
    ['plain', ['企业名称', '信用代码', '行业'], { name: 0, creditCode: 1, industry: 2 }],
    [
      'with brackets and breaks',
      ['序号', '单 位\n名称', '职工人数（人）', '所属村(社区)'],
      { name: 1, headcount: 2, village: 3 },
    ],
    ['the better name wins', ['企业', '企业名称', '法定代表人', '联系人'], { name: 1, contactName: 3 }],
    [
      'gaps',
      [null, '公司名称', null, '手机号码', '别名/简称', '调解委员会'],
      { name: 1, contactPhone: 3, aliases: 4, committee: 5 },
    ],
  ];
  for (const [title, cells, columns] of headers) {
    it(title, () => expect(layoutOf(cells)?.columns).to.deep.equal(columns));
  }

  it('are found below title rows', () => {
    const layout = layoutOf(['企业'], ['祝塘镇企业名录'], ['企业名称', '行业'], ['宏达', '纺织']);
    expect(layout).to.deep.equal({
      headerRow: 3,
      headers: ['企业名称', '行业'],
      columns: { name: 0, industry: 1 },
    });
  });

  it('are missing without a column of names', () => {
    expect(layoutOf(['统一社会信用代码', '行业'])).to.equal(null);
  });
});

describe('a row of a file of enterprises', () => {
  const layout = recogniseEnterpriseColumns([
    {
      row: 1,
      cells: ['企业名称', '信用代码', '村', '行业', '人数', '联系人', '电话', '简称', '调解委员会', '状态'],
    },
  ])!;
  const read = (...cells: Cell[]) => readEnterpriseRow({ row: 2, cells }, layout);

  it('is read from what people type', () => {
    const cells = [' 宏达\n针织 ', code(1).toLowerCase(), '金庄村', '纺织服装、服饰业', '约80人', '王经理'];
    expect(read(...cells, '0510-8638 1234', '小宏；宏达', '已建立', '注销')).to.deep.equal({
      row: {
        row: 2,
        name: '宏达 针织',
        creditCode: code(1),
        village: '金庄村',
        industry: 'garment',
        headcount: 80,
        contactName: '王经理',
        contactPhone: '0510-86381234',
        aliases: ['小宏', '宏达'],
        hasCommittee: true,
        active: false,
      },
      notes: [],
    });
  });

  it('leaves open what is empty or unknown, and notes what it cannot read', () => {
    const reading = read('宏达', '无', '不详', '太空旅行', '很多', '-', '12', null, '也许', '');
    if (!('row' in reading)) return expect.fail('faulty');
    expect(JSON.parse(JSON.stringify(reading.row))).to.deep.equal({
      row: 2,
      name: '宏达',
      industry: 'other',
      aliases: [],
    });
    expect(reading.notes.map(({ column, reason }) => `${column} ${reason}`)).to.deep.equal([
      'industry notes.industryUnknown',
      'headcount notes.unreadable',
      'contactPhone notes.unreadable',
      'committee notes.unreadable',
    ]);
  });

  const faulty: [string, Cell[], string][] = [
    ['without a name', [null, code(1)], 'name faults.nameMissing'],
    ['with a name of signs', ['（）'], 'name faults.nameWithoutLetters'],
    ['with a name too long', ['长'.repeat(201)], 'name faults.tooLong'],
    ['with a wrong check digit', ['宏达', `${code(1).slice(0, 17)}-`], 'creditCode faults.creditCodeInvalid'],
    ['with a code that Excel rounded', ['宏达', 9.13202815678901e17], 'creditCode faults.creditCodeInvalid'],
  ];
  for (const [title, cells, fault] of faulty) {
    it(`is faulty ${title}`, () => {
      const reading = read(...cells);
      if (!('faults' in reading)) return expect.fail('read');
      expect(reading.faults.map(({ column, reason }) => `${column} ${reason}`)).to.deep.equal([fault]);
    });
  }

  it('is faulty where its bytes are no text', () => {
    const reading = readEnterpriseRow({ row: 9, cells: ['宏\uFFFD'], badBytes: [0, 30] }, layout);
    expect(reading).to.have.nested.property('faults[0].reason', 'faults.badBytes');
  });
});

describe('industries of other registers', () => {
  const words: [string, string | null][] = [
    ['棉纺织及印染精加工', 'textile'],
    ['纺织服装、服饰业', 'garment'],
    ['服装制造', 'garment'],
    ['通用设备制造业', 'machinery'],
    ['金属制品业', 'metal'],
    ['房屋建筑业', 'construction'],
    ['其他制造业', 'other'],
    ['太空旅行', null],
  ];
  for (const [text, industry] of words) it(text, () => expect(industryOf(text)).to.equal(industry));
});

describe('rows beside the directory', () => {
  const stored = (name: string, more: Partial<StoredEnterprise> = {}): StoredEnterprise => ({
    id: name,
    version: 0,
    name,
    creditCode: null,
    villageId: 'v',
    industry: 'metal',
    headcount: 10,
    contactName: null,
    contactPhone: null,
    hasCommittee: true,
    active: true,
    aliases: [],
    ...more,
  });
  const row = (name: string, more = {}) => ({ row: 2, name, aliases: [], ...more });

  it('that say nothing new are known, in another spelling too', () => {
    const sorted = sortRows(
      [row('宏达（江阴）公司'), row('ＡＢＣ', { row: 3 })],
      [stored('宏达(江阴)公司'), stored('abc')],
    );
    expect(sorted).to.deep.equal({ fresh: [], changed: [], known: 2, faults: [] });
  });

  it('change only what they say', () => {
    const [change] = sortRows([row('宏达', { headcount: 20, aliases: ['小宏'] })], [stored('宏达')]).changed;
    expect(change!.values).to.include({
      headcount: 20,
      industry: 'metal',
      villageId: 'v',
      hasCommittee: true,
    });
    expect(change!.newAliases).to.deep.equal(['小宏']);
  });

  it('rename what is known by its code, and keep the old name', () => {
    const known = stored('老宏达', { creditCode: code(3) });
    const [change] = sortRows([row('新宏达', { creditCode: code(3) })], [known]).changed;
    expect(change!.values.name).to.equal('新宏达');
    expect(change!.newAliases).to.deep.equal(['老宏达']);
  });

  it('are faulty when they contradict each other or the directory', () => {
    const directory = [stored('甲', { creditCode: code(1) }), stored('乙', { creditCode: code(2) })];
    const rows = [
      row('甲', { row: 2, creditCode: code(2) }),
      row('乙', { row: 3, creditCode: code(4) }),
      row('丙', { row: 4, creditCode: code(5) }),
      row('丙', { row: 5, creditCode: code(5) }),
      row('丁', { row: 6, creditCode: code(5) }),
      row('丙', { row: 7 }),
    ];
    const sorted = sortRows(rows, directory);
    expect(sorted.faults.map((fault) => [fault.row, fault.reason, fault.values])).to.deep.equal([
      [2, 'faults.nameOfAnother', undefined],
      [3, 'faults.creditCodeDiffers', undefined],
      [6, 'faults.creditCodeRepeated', { first: 4 }],
      [7, 'faults.nameRepeated', { first: 4 }],
    ]);
    expect([sorted.fresh.length, sorted.known]).to.deep.equal([1, 1]);
  });
});
