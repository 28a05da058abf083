import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { TICKET_KEYS } from '../../server/hotline/columns.rules.ts';
import type { TicketKey } from '../../server/hotline/columns.rules.ts';
import { faultyRowsSheet } from '../../server/shared/spreadsheets/faulty-rows.ts';
import { createImportTally } from '../../server/shared/spreadsheets/import-tally.rules.ts';
import { changedFields, readTicketRow, rowHash, ticketIdentity } from '../../server/hotline/import.rules.ts';
import type { TicketDraft, TicketLayout } from '../../server/hotline/import.rules.ts';
import {
  faultsInWords,
  missingOnlyColumns,
  type RowOutcome,
} from '../../server/shared/spreadsheets/sheet-rows.rules.ts';
import { LANGUAGES } from '../../server/shared/language.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import type { Cell, SpreadsheetRow } from '../../server/shared/spreadsheets/rows.ts';
import { readWords, translator } from '../../server/web/language.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const HEADERS = [
  '工单编号',
  '来电时间',
  '诉求人',
  '联系电话',
  '标题',
  '诉求内容',
  '诉求分类',
  '事发地址',
  '村',
  '被诉主体',
  '信用代码',
  '涉及人数',
  '涉及金额',
  '是否匿名',
  '来源',
  '性别',
  '是否农民工',
  '派发时间',
  '签收时限',
  '办结时限',
];
const LAYOUT: TicketLayout = {
  columns: Object.fromEntries(TICKET_KEYS.map((key, column) => [key, column])),
  headers: HEADERS,
  only: {},
};

/** A row that is a ticket, with these cells otherwise. */
function aRow(cells: Partial<Record<TicketKey, Cell>> = {}, row = 7): SpreadsheetRow {
  const usual: Partial<Record<TicketKey, Cell>> = {
    number: 'JY2022001',
    receivedAt: '2022/1/6 9:03',
    title: '拖欠工资',
    category: '劳动和社会保障',
  };
  return { row, cells: TICKET_KEYS.map((key) => (key in cells ? cells[key]! : (usual[key] ?? null))) };
}

function outcome(cells: Partial<Record<TicketKey, Cell>>, layout = LAYOUT): RowOutcome<TicketDraft> {
  return readTicketRow(aRow(cells), layout, NOW);
}

function ticket(
  cells: Partial<Record<TicketKey, Cell>>,
): Extract<RowOutcome<TicketDraft>, { kind: 'taken' }> {
  const result = outcome(cells);
  if (result.kind !== 'taken') throw new Error(JSON.stringify(result));
  return result;
}

function reasons(cells: Partial<Record<TicketKey, Cell>>): string[] {
  const result = outcome(cells);
  return result.kind === 'faulty'
    ? result.faults.map(({ column, reason }) => `${column} ${reason.sentence.replace('hotline.faults.', '')}`)
    : [];
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a row of a hotline file', () => {
  it('becomes a ticket with every field', () => {
    const { draft, notes } = ticket({
      number: 20220106000001,
      receivedAt: 44567.377083333333,
      callerName: ' 张 三\n',
      callerPhone: 1.3812345678e10,
      content: '第一行\r\n\t第二行',
      address: '人民路\t１号',
      village: '祝塘村',
      respondent: '江阴市某某服装有限公司',
      respondentCreditCode: '９1350100M000100Y43',
      workers: '约3人',
      amount: '3.5万',
      anonymous: '否',
      channel: '电话',
      gender: '女士',
      migrant: '√',
      dispatchedAt: '2022年1月6日 10时5分',
      signDue: '2022-01-06 14:05',
      replyDue: '2022/1/13',
    });
    expect(notes).to.deep.equal([]);
    expect(draft).to.deep.equal({
      number: '20220106000001',
      receivedAt: instantOf('2022-01-06', '09:03'),
      callerName: '张 三',
      callerPhone: '13812345678',
      gender: 'female',
      title: '拖欠工资',
      content: '第一行\n\t第二行',
      category: '劳动和社会保障',
      address: '人民路 １号',
      villageText: '祝塘村',
      respondentText: '江阴市某某服装有限公司',
      respondentCreditCode: '91350100M000100Y43',
      workers: 3,
      amountFen: 3_500_000,
      anonymous: false,
      channel: '电话',
      migrant: true,
      dispatchedAt: instantOf('2022-01-06', '10:05'),
      givenSignDueAt: instantOf('2022-01-06', '14:05'),
      givenReplyDueOn: '2022-01-13',
    });
  });

  for (const [first, kind] of [
    ['合计', 'empty'],
    ['合 计：', 'empty'],
    ['小计 12', 'empty'],
    ['制表人：王芳', 'empty'],
    ['制表日期：2022-01-06', 'empty'],
    ['合计2022001', 'empty'],
    ['HJ2022001', 'faulty'],
  ] as const) {
    it(`a row that begins with ${first} and has no time is ${kind}`, () => {
      const read = readTicketRow(aRow({ number: first, receivedAt: null, title: null }), LAYOUT, NOW);
      expect(read.kind).to.equal(kind);
    });
  }

  it('keeps what cannot be read as text and is not faulty', () => {
    const { draft, notes } = ticket({
      amount: '两三万',
      workers: '十余人',
      gender: '双',
      migrant: '可能',
      dispatchedAt: '昨天',
      respondentCreditCode: '91350100M000100Y44',
    });
    expect(draft).to.include({
      amountFen: null,
      workers: null,
      gender: null,
      migrant: null,
      dispatchedAt: null,
      respondentCreditCode: null,
    });
    expect(notes).to.have.deep.members([
      { column: '涉及金额', value: '两三万' },
      { column: '涉及人数', value: '十余人' },
      { column: '性别', value: '双' },
      { column: '是否农民工', value: '可能' },
      { column: '派发时间', value: '昨天' },
      { column: '信用代码', value: '91350100M000100Y44' },
    ]);
  });

  it('notes nothing where the file says nothing', () => {
    const { draft, notes } = ticket({
      amount: '不详',
      workers: 0,
      migrant: '',
      gender: '未知',
      respondentCreditCode: '无',
    });
    expect(notes).to.deep.equal([]);
    expect(draft).to.include({ amountFen: null, workers: null });
  });

  it('keeps a phone that is no single number in its own field, never in a note', () => {
    for (const phone of ['138****1234', '13812345678、13912345678', '1.38123E+10']) {
      const { draft, notes } = ticket({ callerPhone: phone });
      expect(draft.callerPhone).to.equal(phone);
      expect(notes).to.deep.equal([]);
    }
  });

  it('is anonymous where the caller is called so', () => {
    expect(ticket({ callerName: '匿名' }).draft.anonymous).to.equal(true);
    expect(ticket({ callerName: '匿名', anonymous: '实名' }).draft.anonymous).to.equal(false);
    expect(ticket({ callerName: '张三' }).draft.anonymous).to.equal(null);
  });

  it('reads amounts in 万元 where the header says so', () => {
    const headers = HEADERS.with(12, '涉及金额（万元）');
    const result = readTicketRow(aRow({ amount: 3.5 }), { ...LAYOUT, headers }, NOW);
    expect(result.kind === 'taken' && result.draft.amountFen).to.equal(3_500_000);
  });

  it('takes SQL and HTML as text', () => {
    const text = `'); DROP TABLE tickets;-- <script>alert(1)</script> {{7*7}}`;
    const { draft } = ticket({ title: text, content: text, callerName: text, village: text });
    expect(draft).to.include({ title: text, content: text, callerName: text, villageText: text });
  });

  const faulty: [string, Partial<Record<TicketKey, Cell>>, string[]][] = [
    ['no number', { number: ' ' }, ['工单编号 numberMissing']],
    ['a number that Excel rounded', { number: 202201060000012300 }, ['工单编号 numberUnreadable']],
    ['a number too long', { number: 'J'.repeat(65) }, ['工单编号 tooLong']],
    ['no time', { receivedAt: null }, ['来电时间 receivedAtMissing']],
    ['a day that does not exist', { receivedAt: '2022-02-30' }, ['来电时间 receivedAtUnreadable']],
    ['neither title nor content', { title: null, content: ' \n' }, ['标题 titleOrContentMissing']],
    ['a negative amount', { amount: -800 }, ['涉及金额 amountAbsurd']],
    ['an amount above 10亿', { amount: '11亿' }, ['涉及金额 amountAbsurd']],
    ['a title too long', { title: '薪'.repeat(301) }, ['标题 tooLong']],
    ['a content too long', { content: '薪'.repeat(10_001) }, ['诉求内容 tooLong']],
    ['an optional text too long', { village: '村'.repeat(101) }, ['村 tooLong']],
    ['an unreadable amount too long', { amount: '约'.repeat(201) }, ['涉及金额 tooLong']],
    [
      'several faults at once',
      { number: null, receivedAt: 'x', amount: -1 },
      ['工单编号 numberMissing', '来电时间 receivedAtUnreadable', '涉及金额 amountAbsurd'],
    ],
  ];
  for (const [name, cells, expected] of faulty) {
    it(`is faulty with ${name}`, () => expect(reasons(cells)).to.deep.equal(expected));
  }

  it('is faulty where its bytes are no text, in the columns that are used', () => {
    const source = { ...aRow(), badBytes: [4, 30] };
    const result = readTicketRow(source, LAYOUT, NOW);
    expect(result.kind === 'faulty' && result.faults.map(({ column }) => column)).to.deep.equal(['标题']);
  });

  it('says row, column and value of a fault, the value shortened', () => {
    const result = outcome({ title: '薪'.repeat(301) });
    const fault = result.kind === 'faulty' ? result.faults[0]! : undefined;
    expect(fault).to.deep.include({ row: 7, column: '标题', value: `${'薪'.repeat(100)}…` });
    expect(fault!.reason.values).to.deep.equal({ length: 301, max: 300 });
  });

  it('is empty without any text, whatever the columns', () => {
    expect(readTicketRow({ row: 9, cells: [null, ' ', '\t'] }, LAYOUT, NOW)).to.deep.equal({ kind: 'empty' });
  });

  describe('is wanted', () => {
    const only = { category: ['劳动和社会保障', '工资'] };
    const table: [Cell, string][] = [
      ['劳动和社会保障', 'taken'],
      [' 劳动和 社会保障', 'taken'],
      ['劳动和社会保障/劳动报酬', 'taken'],
      ['劳动和社会保障-劳动报酬', 'taken'],
      ['工资', 'taken'],
      ['工资卡', 'unwanted'],
      ['劳动和社会保障局', 'unwanted'],
      ['城市管理', 'unwanted'],
      [null, 'unwanted'],
    ];
    for (const [category, kind] of table) {
      it(`${category} → ${kind}`, () =>
        expect(outcome({ category }, { ...LAYOUT, only }).kind).to.equal(kind));
    }
    it('only where every condition holds, before its faults are looked for', () => {
      const both = { ...LAYOUT, only: { ...only, channel: ['电话'] } };
      expect(outcome({ channel: '网站', receivedAt: 'x' }, both).kind).to.equal('unwanted');
      expect(outcome({ channel: '电话', receivedAt: 'x' }, both).kind).to.equal('faulty');
    });
    it('by columns that the file has', () => {
      const { category: _, ...columns } = LAYOUT.columns;
      expect(missingOnlyColumns({ columns, only })).to.deep.equal(['category']);
    });
  });

  it('tells which fields of a known ticket changed, of the columns that the file has', () => {
    const before = ticket({ amount: 100, village: '甲村' }).draft;
    const after: TicketDraft = {
      ...before,
      amountFen: 5,
      villageText: null,
      receivedAt: instantOf('2022-01-07'),
    };
    expect(changedFields(before, after, LAYOUT.columns)).to.deep.equal([
      'receivedAt',
      'villageText',
      'amountFen',
    ]);
    const { village: _, ...columns } = LAYOUT.columns;
    expect(changedFields(before, after, columns)).to.deep.equal(['receivedAt', 'amountFen']);
    expect(
      changedFields(before, { ...before, receivedAt: new Date(before.receivedAt) }, LAYOUT.columns),
    ).to.deep.equal([]);
  });
});

describe('a call in the future', () => {
  const receivedAt = (text: string): string[] => reasons({ receivedAt: text });

  it('is a fault, to the second', () => {
    expect(receivedAt('2026-11-20 16:00:00')).to.deep.equal([]);
    expect(receivedAt('2026-11-20')).to.deep.equal([]);
    expect(receivedAt('2026-11-20 16:00:01')).to.deep.equal(['来电时间 receivedAtFuture']);
    expect(receivedAt('2062-01-06')).to.deep.equal(['来电时间 receivedAtFuture']);
  });
});

describe('the count of an import', () => {
  const add = (tally: ReturnType<typeof createImportTally>, source: SpreadsheetRow, stored?: string) =>
    tally.add(source, readTicketRow(source, LAYOUT, NOW), stored);

  it('tells new, known, changed, repeated and differing rows apart', () => {
    const tally = createImportTally(ticketIdentity(LAYOUT, hash));
    const stored = add(createImportTally(ticketIdentity(LAYOUT, hash)), aRow({ number: 'B' }));
    const storedHash = 'rowHash' in stored ? stored.rowHash : '';
    expect(add(tally, aRow({ number: 'A' }, 2)).kind).to.equal('new');
    expect(add(tally, aRow({ number: 'A', receivedAt: '2022-01-06 09:03:00' }, 3)).kind).to.equal('known');
    const repeated = add(tally, aRow({ number: 'A', title: '别的' }, 4));
    expect(repeated.kind === 'faulty' && repeated.faults[0]!.reason).to.deep.equal({
      sentence: 'hotline.faults.repeated',
      values: { first: 2 },
    });
    expect(add(tally, aRow({ number: 'B' }, 5), storedHash).kind).to.equal('known');
    expect(add(tally, aRow({ number: 'C', amount: 5 }, 6), storedHash).kind).to.equal('changed');
    expect(add(tally, aRow({ number: 'D', receivedAt: 'x' }, 7)).kind).to.equal('faulty');
    expect(add(tally, aRow({ number: 'D' }, 8)).kind).to.equal('new');
    expect(add(tally, { row: 9, cells: [] }).kind).to.equal('empty');
    expect(tally.counts).to.deep.equal({ rows: 7, new: 2, known: 3, unwanted: 0, faulty: 2 });
    expect([...tally.categories]).to.deep.equal([['劳动和社会保障', 7]]);
  });

  it('always adds up, and the same file again brings nothing new', () => {
    const cell = fc.constantFrom<Cell>(
      'A',
      'B',
      'C',
      null,
      ' ',
      -1,
      3,
      '2022-01-06',
      '2022-02-30',
      '劳动',
      '城管',
    );
    const rows = fc.array(fc.array(cell, { minLength: 18, maxLength: 18 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, (all) => {
        const layout = { ...LAYOUT, only: { category: ['劳动', 'A', 'B'] } };
        const stored = new Map<string, string>();
        const importAll = () => {
          const tally = createImportTally(ticketIdentity(layout, hash));
          all.forEach((cells, i) => {
            const source = { row: i + 2, cells };
            const outcome = readTicketRow(source, layout, NOW);
            const known = outcome.kind === 'taken' ? before.get(outcome.draft.number) : undefined;
            const result = tally.add(source, outcome, known);
            if (result.kind === 'new') stored.set(result.draft.number, result.rowHash);
          });
          const { rows: total, new: fresh, known, unwanted, faulty } = tally.counts;
          expect(total).to.equal(fresh + known + unwanted + faulty);
          return tally.counts;
        };
        let before = new Map<string, string>();
        const first = importAll();
        before = new Map(stored);
        const second = importAll();
        expect(second).to.deep.equal({ ...first, new: 0, known: first.known + first.new });
      }),
    );
  });

  it('has a fingerprint of every field and note', () => {
    const { draft } = ticket({});
    const plain = rowHash(draft, [], hash);
    expect(rowHash({ ...draft }, [], hash)).to.equal(plain);
    expect(rowHash({ ...draft, workers: 3 }, [], hash)).not.to.equal(plain);
    expect(rowHash(draft, [{ column: '涉及金额', value: '两三万' }], hash)).not.to.equal(plain);
  });
});

describe('faulty rows', () => {
  const t = translator('zh-CN');

  it('are said in words, and written so that they can be corrected and imported', () => {
    const source = aRow({ number: null, title: '薪'.repeat(301), amount: -1, receivedAt: '2022-02-30' });
    const result = readTicketRow(source, LAYOUT, NOW);
    const faults = result.kind === 'faulty' ? result.faults : [];
    expect(faultsInWords(faults, t)[2]).to.deep.equal({
      row: 7,
      column: '标题',
      value: `${'薪'.repeat(100)}…`,
      reason: '有 301 个字，最多 300 个字，请缩短。',
    });
    const sheet = faultyRowsSheet(
      { faultyRows: [{ source, faults }], headers: HEADERS },
      t,
      '王芳 2026-11-20 09:00',
    );
    expect(sheet.rows[0]).to.deep.equal(['王芳 2026-11-20 09:00']);
    expect(sheet.rows[1]).to.deep.equal([...HEADERS, '原文件行号', '问题']);
    expect(sheet.rows[2]!.slice(0, HEADERS.length)).to.deep.equal(source.cells);
    expect(sheet.rows[2]![HEADERS.length]).to.equal(7);
    expect((sheet.rows[2]![HEADERS.length + 1] as string).split('\n')).to.have.length(4);
  });

  it('have words for every reason in both languages', () => {
    const [chinese, english] = LANGUAGES.map(
      (language) => readWords(language)['hotline'] as Record<string, object>,
    );
    for (const part of ['faults', 'errors', 'columns', 'faulty']) {
      expect(Object.keys(english![part]!)).to.deep.equal(Object.keys(chinese![part]!));
    }
    expect(Object.keys(chinese!['columns']!)).to.deep.equal([...TICKET_KEYS]);
    expect(t('hotline.errors.onlyColumnMissing', { column: 'category' })).to.include('按“诉求分类”筛选');
  });
});
