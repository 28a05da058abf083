import { expect } from 'chai';
import { LEDGER_KEYS, recogniseLedger, type LedgerKey } from '../../server/ledger/ledger-columns.rules.ts';
import { NO_LEDGER_MAPPING, readLedgerMapping } from '../../server/ledger/ledger-mapping.rules.ts';
import { chosenValues, createTextCount } from '../../server/ledger/ledger-texts.rules.ts';
import { meaningsBy } from '../../server/ledger/ledger-values.rules.ts';
import { performanceOf, readLedgerRow, type LedgerDraft } from '../../server/ledger/ledger.rules.ts';
import type { LedgerMapping } from '../../server/ledger/ledger-mapping.rules.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';

const TODAY = '2026-11-20';
const LAYOUT = {
  columns: Object.fromEntries(LEDGER_KEYS.map((key, column) => [key, column])),
  headers: [...LEDGER_KEYS],
  only: {},
};

/** A row of a ledger; `cells` are given by key, the rest is usual. */
function read(
  cells: Partial<Record<LedgerKey, Cell>>,
  values: Partial<LedgerMapping['values']> = {},
  layout: Parameters<typeof readLedgerRow>[1] = LAYOUT,
) {
  const usual = { number: 'T-1', receivedOn: '2021/3/5', outcome: '调解成功', ...cells };
  const row = LEDGER_KEYS.map((key) => usual[key] ?? null);
  return readLedgerRow(
    { row: 5, cells: row },
    layout,
    meaningsBy({ ...NO_LEDGER_MAPPING.values, ...values }),
    TODAY,
  );
}

function draftOf(...given: Parameters<typeof read>): LedgerDraft {
  const outcome = read(...given);
  if (outcome.kind !== 'taken') throw new Error(JSON.stringify(outcome));
  return outcome.draft;
}

function faultsOf(...given: Parameters<typeof read>): string[] {
  const outcome = read(...given);
  return outcome.kind === 'faulty'
    ? outcome.faults.map(({ column, reason }) => `${column}: ${reason.sentence.split('.').at(-1)}`)
    : [];
}

describe('a row of a ledger', () => {
  it('needs no more than number, day and outcome', () => {
    expect(draftOf({})).to.deep.equal({
      ...{ number: 'T-1', receivedOn: '2021-03-05', closedOn: '2021-03-05', enterprise: null, village: null },
      ...{ type: 'other', level: null, outcome: 'settledAtOnce', source: 'other', workers: 1 },
      ...{ claimedFen: null, agreedFen: null, recoveredFen: null, recoveredOn: null },
      ...{ migrantWorkers: null, migrantFen: null },
    });
  });

  it('is empty or not wanted like any other', () => {
    expect(
      readLedgerRow({ row: 9, cells: [null, ' '] }, LAYOUT, meaningsBy(NO_LEDGER_MAPPING.values), TODAY),
    ).to.deep.equal({
      kind: 'empty',
    });
    const only = { source: ['12345'] };
    expect(read({ source: '信访' }, {}, { ...LAYOUT, only }).kind).to.equal('unwanted');
    expect(read({ source: '12345' }, {}, { ...LAYOUT, only }).kind).to.equal('taken');
  });

  for (const [what, cells, values, expected] of [
    [
      'the mapping names an outcome',
      { outcome: ' 调 成 ' },
      { outcome: { 调成: 'settledByInstalments' } },
      'settledByInstalments',
    ],
    ['the mapping has a rest', { outcome: '不知道' }, { outcome: { '*': 'failed' } }, 'failed'],
    [
      'the rest comes before known words',
      { outcome: '和解' },
      { outcome: { 调成: 'settledAtOnce', '*': 'failed' } },
      'failed',
    ],
    ['known words', { outcome: '分期履行' }, {}, 'settledByInstalments'],
    ['a code', { outcome: 'lostContact' }, {}, 'lostContact'],
    [
      'an empty cell that the mapping names',
      { outcome: null },
      { outcome: { '': 'withdrawn' } },
      'withdrawn',
    ],
  ] as [string, Partial<Record<LedgerKey, Cell>>, Partial<LedgerMapping['values']>, string][]) {
    it(`has the outcome ${expected}: ${what}`, () =>
      expect(draftOf(cells, values).outcome).to.equal(expected));
  }

  it('has type, level and source by mapping, known words, or not at all', () => {
    expect(draftOf({ type: '讨薪', level: '社区', source: '12345热线' })).to.include({
      ...{ type: 'wages', level: 'village', source: 'hotline' },
    });
    expect(draftOf({ type: '甲', level: '乙' }, { type: { 甲: 'rest' }, level: { '*': 'town' } })).to.include(
      {
        ...{ type: 'rest', level: 'town', source: 'other' },
      },
    );
    const outcome = read({ type: '怪事', level: '某地' });
    expect(outcome.kind === 'taken' && outcome.notes).to.deep.equal([
      { column: 'type', value: '怪事' },
      { column: 'level', value: '某地' },
    ]);
  });

  for (const [what, cells, fen] of [
    ['12345.678', { claimed: 12345.678 }, 1_234_568],
    ['0.005', { claimed: '0.005' }, 1],
    ['0.0049', { claimed: '0.0049' }, 0],
    ['3.5万', { claimed: '3.5万' }, 3_500_000],
    ['empty', { claimed: '' }, null],
    ['0', { claimed: 0 }, 0],
  ] as [string, Partial<Record<LedgerKey, Cell>>, number | null][]) {
    it(`takes ${what} yuan as ${fen} fen`, () => expect(draftOf(cells).claimedFen).to.equal(fen));
  }

  for (const [number, receivedOn, known] of [
    ['6', '2021-03-05', '2021-6'],
    [6, '2020-12-31', '2020-6'],
    ['祝调2021-6', '2021-03-05', '祝调2021-6'],
    ['20210306', '2021-03-06', '20210306'],
  ] as [Cell, string, string][]) {
    it(`knows number ${number} of ${receivedOn} as ${known}, because a count begins anew every year`, () =>
      expect(draftOf({ number, receivedOn, closedOn: '' }).number).to.equal(known));
  }

  it('counts in 万元 where the header says so', () => {
    const headers = LEDGER_KEYS.map((key) => (key === 'agreed' ? '协议金额（万元）' : key));
    expect(draftOf({ agreed: 1.2 }, {}, { ...LAYOUT, headers }).agreedFen).to.equal(1_200_000);
  });

  it('has its money on the closing day unless it says otherwise, and no day without money', () => {
    const closed = { receivedOn: '2021-03-05 14:30', closedOn: 44270, recovered: 5000 };
    expect(draftOf(closed)).to.include({
      receivedOn: '2021-03-05',
      closedOn: '2021-03-15',
      recoveredOn: '2021-03-15',
    });
    expect(draftOf({ ...closed, recoveredOn: '2021年4月1日' })).to.include({ recoveredOn: '2021-04-01' });
    expect(draftOf({ ...closed, recovered: 0 })).to.include({ recoveredFen: 0, recoveredOn: null });
  });

  for (const [what, cells, share] of [
    ['all are migrants', { workers: 3, migrantWorkers: 3 }, 500_000],
    ['none is', { workers: 3, migrantWorkers: 0 }, 0],
    ['some are', { workers: 3, migrantWorkers: 2 }, null],
    ['not said', { workers: 3 }, null],
    ['the file says it', { workers: 3, migrantWorkers: 2, migrantRecovered: '3,000' }, 300_000],
    ['one worker, a migrant', { migrantWorkers: 1 }, 500_000],
  ] as [string, Partial<Record<LedgerKey, Cell>>, number | null][]) {
    it(`gives migrant workers ${share}: ${what}`, () =>
      expect(draftOf({ recovered: 5000, ...cells }).migrantFen).to.equal(share));
  }

  for (const [cells, fault] of [
    [{ number: null }, 'number: numberMissing'],
    [{ receivedOn: '2022-02-30' }, 'receivedOn: receivedOnUnreadable'],
    [{ receivedOn: null }, 'receivedOn: receivedOnMissing'],
    [{ receivedOn: '2026-11-21' }, 'receivedOn: dayInFuture'],
    [{ closedOn: '2021-03-04' }, 'closedOn: closedBeforeReceived'],
    [{ closedOn: '去年' }, 'closedOn: dayUnreadable'],
    [{ closedOn: '2027-01-01' }, 'closedOn: dayInFuture'],
    [{ recovered: 5, recoveredOn: '2021-13-01' }, 'recoveredOn: dayUnreadable'],
    [{ outcome: null }, 'outcome: outcomeMissing'],
    [{ outcome: '随便' }, 'outcome: outcomeUnknown'],
    [{ claimed: -5 }, 'claimed: amountAbsurd'],
    [{ recovered: '11亿' }, 'recovered: amountAbsurd'],
    [{ workers: 2, migrantWorkers: 3 }, 'migrantWorkers: migrantsAboveWorkers'],
    [{ recovered: 100, migrantRecovered: 101 }, 'migrantRecovered: migrantAboveRecovered'],
    [{ migrantRecovered: 1 }, 'migrantRecovered: migrantAboveRecovered'],
    [{ enterprise: '长'.repeat(201) }, 'enterprise: tooLong'],
  ] as [Partial<Record<LedgerKey, Cell>>, string][]) {
    it(`is faulty: ${fault} (${JSON.stringify(cells).slice(0, 60)})`, () =>
      expect(faultsOf(cells)).to.deep.equal([fault]));
  }

  it('is performed only when all the agreed money is known to have come', () => {
    const agreed = { outcome: 'settledAtOnce', agreedFen: 500, recoveredFen: 500 } as const;
    expect(performanceOf(agreed)).to.equal('fulfilled');
    expect(performanceOf({ ...agreed, recoveredFen: 499 })).to.equal(null);
    expect(performanceOf({ ...agreed, recoveredFen: null })).to.equal(null);
    expect(performanceOf({ ...agreed, outcome: 'failed' })).to.equal(null);
  });
});

describe('the header of a ledger', () => {
  it('is found below a title row, and chosen texts win', () => {
    const rows = [
      { row: 1, cells: ['祝塘镇2021年劳动争议调解台账'] },
      { row: 2, cells: ['序号', '案号', '收案日期', '结案方式', '用人单位', '其中：农民工人数', '奇怪的列'] },
    ];
    expect(recogniseLedger(rows).columns).to.deep.equal({
      ...{ number: 1, receivedOn: 2, outcome: 3, enterprise: 4, migrantWorkers: 5 },
    });
    expect(recogniseLedger(rows, { outcome: '奇怪的列' }).columns.outcome).to.equal(6);
    expect(recogniseLedger(rows, { outcome: '没有' }).problems[0]!.sentence).to.equal(
      'hotline.errors.chosenHeaderAbsent',
    );
    const short = [{ row: 1, cells: ['案号', '用人单位'] }];
    expect(recogniseLedger(short).problems.map(({ sentence }) => sentence)).to.deep.equal([
      'ledger.errors.receivedOnColumnMissing',
      'ledger.errors.outcomeColumnMissing',
    ]);
  });
});

describe('the mapping of a ledger', () => {
  it('names columns, wanted rows and what texts mean', () => {
    const given = {
      columns: { number: '案号' },
      values: { outcome: { 成: 'settledAtOnce', '*': 'failed' } },
    };
    const values = { ...NO_LEDGER_MAPPING.values, ...given.values };
    expect(readLedgerMapping(given)).to.deep.equal({ values: { name: '', only: {}, ...given, values } });
  });

  for (const [given, field] of [
    [{ columns: { nummer: 'x' } }, 'columns.nummer'],
    [{ values: { outcome: { 成: 'won' } } }, 'values.outcome.成'],
    [{ values: { outcome: { 误: 'void' } } }, 'values.outcome.误'],
    [{ values: { source: {} } }, 'values.source'],
    [[], ''],
  ] as [unknown, string][]) {
    it(`says where it is wrong: ${field || 'the whole'}`, () => {
      const read = readLedgerMapping(given);
      expect('errors' in read && read.errors[0]!.field).to.equal(field);
    });
  }

  it('says which meanings there are when one is unknown', () => {
    const read = readLedgerMapping({ values: { level: { 村调委会: 'hamlet' } } });
    expect('errors' in read && read.errors[0]).to.deep.equal({
      field: 'values.level.村调委会',
      sentence: 'hotline.errors.mappingValueUnknown',
      values: { path: 'values.level.村调委会', allowed: 'enterprise, village, town' },
    });
  });
});

describe('the meanings that are chosen for the texts of a ledger', () => {
  const NOTHING = NO_LEDGER_MAPPING.values;
  const listedOf = (texts: [text: string, rows: number][], values = NOTHING) => {
    const layout = { columns: { outcome: 0 }, headers: ['结果'], only: {} };
    const count = createTextCount(layout, values);
    count.add(
      texts.flatMap(([text, rows]) => Array.from({ length: rows }, () => ({ row: 1, cells: [text] }))),
    );
    return count.list();
  };

  it('are asked for each text once, the most frequent first, without blanks', () => {
    const { outcome, type } = listedOf([
      ['和解', 1],
      ['搞定', 2],
      [' 搞 定', 1],
      [' ', 9],
    ]);
    expect(outcome).to.deep.equal({
      texts: [
        { text: '搞定', rows: 3, meaning: null, known: false },
        { text: '和解', rows: 1, meaning: 'reconciled', known: true },
      ],
      ...{ others: 0, rest: null },
    });
    expect(type.texts).to.deep.equal([]);
    const many = Array.from({ length: 105 }, (_, i): [string, number] => [`写法${i}`, 1]);
    expect(listedOf(many).outcome).to.include({ others: 5 }).and.to.have.property('texts').with.length(100);
  });

  it('say no more than they must, unless the rest has a meaning', () => {
    const listed = listedOf([
      ['和解', 1],
      ['搞定', 1],
    ]);
    const chosen = { 'outcome:和解': 'reconciled', 'outcome:搞定': 'settledAtOnce', 'outcome:*': '' };
    expect(chosenValues(chosen, listed, NOTHING).outcome).to.deep.equal({ 搞定: 'settledAtOnce' });
    expect(chosenValues({ ...chosen, 'outcome:*': 'failed' }, listed, NOTHING).outcome).to.deep.equal({
      ...{ 和解: 'reconciled', 搞定: 'settledAtOnce', '*': 'failed' },
    });
    expect(chosenValues({ 'outcome:搞定': 'won', 'outcome:*': 'void' }, listed, NOTHING)).to.deep.equal(
      NOTHING,
    );
  });

  it('leave what was said of texts that were not asked for', () => {
    const before = { ...NOTHING, outcome: { 没谈拢: 'failed' as const, 搞定: 'failed' as const } };
    const listed = listedOf([['搞定', 1]], before);
    expect(chosenValues({ 'outcome:搞定': 'reconciled' }, listed, before).outcome).to.deep.equal({
      ...{ 没谈拢: 'failed', 搞定: 'reconciled' },
    });
    expect(chosenValues({}, listed, before).outcome).to.deep.equal(before.outcome);
  });

  it('read an amount in 万 as that of a ticket', () => {
    expect(draftOf({ claimed: '3.5万', agreed: '2万元', recovered: '1,200.505' })).to.include({
      ...{ claimedFen: 3_500_000, agreedFen: 2_000_000, recoveredFen: 120_051 },
    });
  });
});
