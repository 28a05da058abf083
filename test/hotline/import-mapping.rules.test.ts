import { expect } from 'chai';
import { recognise, TICKET_KEYS } from '../../server/hotline/columns.rules.ts';
import {
  chosenCategories,
  chosenColumns,
  headerPrint,
  headersByKey,
  NO_MAPPINGS,
  proposedMapping,
  readsAlike,
} from '../../server/hotline/import-mapping.rules.ts';
import { isWantedText } from '../../server/shared/spreadsheets/sheet-rows.rules.ts';

const FIRST_ROWS = [
  { row: 1, cells: ['工单编号', '来电时间', '标题', '事由', '标题二', '诉求分类'] },
  { row: 2, cells: ['A1', '2022-01-06', '欠薪', '公司欠薪', '无', '劳动'] },
];

describe('columns chosen by hand', () => {
  const found = headersByKey(recognise(FIRST_ROWS));

  it('begin with what was recognised', () => {
    expect(Object.keys(found)).to.deep.equal([...TICKET_KEYS]);
    expect(found).to.include({ number: '工单编号', title: '标题', content: '', category: '诉求分类' });
  });

  const table: [string, Partial<typeof found>, object][] = [
    ['nothing changed', {}, {}],
    ['another column', { content: '事由' }, { content: '事由' }],
    ['a column taken away', { category: '' }, { category: '' }],
    ['a column used for another key', { content: '标题', title: '' }, { content: '标题', title: '' }],
  ];
  for (const [name, change, mapping] of table) {
    it(`say no more than they must: ${name}`, () => {
      const wanted = { ...found, ...change };
      const chosen = chosenColumns(FIRST_ROWS, wanted);
      expect(chosen).to.deep.equal(mapping);
      expect(headersByKey(recognise(FIRST_ROWS, chosen))).to.deep.equal(wanted);
    });
  }
});

describe('categories chosen by hand', () => {
  const offered = ['劳动/工资', '劳动/社保', '城管', ''];
  const table: [string, string[], object, object][] = [
    ['all of them are no condition', offered, { category: ['劳动'] }, {}],
    ['some of them', ['劳动/工资', ''], {}, { category: ['劳动/工资', ''] }],
    [
      'those of other files stay',
      ['劳动/工资'],
      { category: ['劳动', '信访'] },
      { category: ['劳动/工资', '信访'] },
    ],
    ['other conditions stay', ['城管'], { channel: ['电话'] }, { channel: ['电话'], category: ['城管'] }],
  ];
  for (const [name, ticked, before, after] of table)
    it(name, () => expect(chosenCategories(ticked, offered, before)).to.deep.equal(after));

  it('want an empty cell by an empty text, and nothing else by it', () => {
    expect(isWantedText(' ', [''])).to.equal(true);
    expect(isWantedText('/城管', [''])).to.equal(false);
  });

  it('are proposed for the next file with the columns, and no condition that the page does not show', () => {
    const last = {
      name: '江阴',
      columns: { number: '单号' },
      only: { channel: ['电话'], category: ['劳动'] },
    };
    expect(proposedMapping('tickets', last)).to.deep.equal({
      name: '',
      columns: { number: '单号' },
      only: { category: ['劳动'] },
    });
  });

  it('are proposed for the next ledger with its columns and meanings', () => {
    const values = { outcome: { 搞定了: 'settledAtOnce' as const }, type: {}, level: {} };
    const last = { name: '旧台账', columns: { number: '案号' }, only: { source: ['来访'] }, values };
    expect(proposedMapping('ledger', last)).to.deep.equal({ ...last, name: '', only: {} });
  });

  it('of ledgers read alike only with the same meanings', () => {
    const plain = NO_MAPPINGS.ledger;
    const meant = { ...plain, values: { ...plain.values, type: { 讨薪: 'wages' as const } } };
    expect([readsAlike(plain, { ...plain, name: '别名' }), readsAlike(plain, meant)]).to.deep.equal([
      ...[true, false],
    ]);
  });
});

describe('kept mappings', () => {
  const mapping = { name: '江阴', columns: { number: '单号', title: '事由' }, only: { category: ['劳动'] } };
  const alike: [string, typeof mapping, boolean][] = [
    ['another name', { ...mapping, name: '无锡' }, true],
    ['another order of the columns', { ...mapping, columns: { title: '事由', number: '单号' } }, true],
    ['another column', { ...mapping, columns: { number: '单号', title: '标题' } }, false],
    ['another category', { ...mapping, only: { category: ['劳动', ''] } }, false],
  ];
  for (const [name, other, expected] of alike)
    it(`${expected ? 'read alike' : 'read otherwise'} with ${name}`, () =>
      expect(readsAlike(mapping, other)).to.equal(expected));

  const headers = ['工单编号', '来电时间', '标题'];
  const prints: [string, string[], boolean][] = [
    ['in another order', ['标题', '工单编号', '来电时间'], true],
    ['with spaces, line breaks and brackets', ['工单 编号', '来电\n时间', '【标题】'], true],
    ['beside a column without a header', [...headers, 'D'], true],
    ['with a header more', [...headers, '备注'], false],
    ['with a header less', headers.slice(0, 2), false],
  ];
  for (const [name, other, same] of prints)
    it(`${same ? 'know' : 'do not know'} the headers ${name}`, () =>
      expect(headerPrint(other) === headerPrint(headers)).to.equal(same));
});
