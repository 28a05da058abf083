import { expect } from 'chai';
import {
  ordersRedo,
  readCallbackRow,
  recogniseCallbacks,
  standingOf,
  type CallbackDraft,
} from '../../server/hotline/import-callbacks.rules.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import type { Cell } from '../../server/shared/spreadsheets/rows.ts';

const NOW = instantOf('2026-11-20', '12:00');
const HEADER = ['热线工单编号', '回访时间', '是否接通', '满意度', '是否解决'];
const { layout } = recogniseCallbacks([{ row: 1, cells: HEADER }]);
const read = (...cells: Cell[]) => readCallbackRow({ row: 2, cells }, layout, NOW);

describe('a file of callbacks', () => {
  it('is recognised by the words of hotlines, and says which column it lacks', () => {
    expect(layout.columns).to.deep.equal({
      number: 0,
      callbackAt: 1,
      reached: 2,
      satisfaction: 3,
      resolved: 4,
    });
    const lacking = (...cells: string[]) =>
      recogniseCallbacks([{ row: 1, cells }]).problems.map(({ sentence }) => sentence);
    expect(lacking('工单编号', '回访时间')).to.deep.equal(['callbacks.problems.satisfaction']);
    expect(lacking('工单编号', '满意度')).to.deep.equal(['callbacks.problems.callbackAt']);
    expect(lacking('姓名', '备注')).to.deep.equal(['callbacks.problems.header']);
  });

  for (const first of ['合计', '小计：', '制表人：王芳']) {
    it(`does not take ${first} for a callback`, () => {
      expect(read(first, 12, '', '', '').kind).to.equal('empty');
    });
  }

  for (const [cells, said] of [
    [
      ['A1', '2026-11-19 10:00', '是', '满意', '是'],
      { reached: true, satisfaction: 'satisfied', resolved: true },
    ],
    [
      ['A1', '2026/11/19 10:00', '', '基本满意', ''],
      { reached: true, satisfaction: 'mostlySatisfied', resolved: null },
    ],
    [
      ['A1', '2026-11-19', '接通', '一般', '未解决'],
      { reached: true, satisfaction: 'fair', resolved: false },
    ],
    [
      ['A1', '2026-11-19', '是', '不满意', '否'],
      { reached: true, satisfaction: 'unsatisfied', resolved: false },
    ],
    [['A1', '2026-11-19', '是', '不愿评价', ''], { reached: true, satisfaction: 'declined', resolved: null }],
    [['A1', '2026-11-19', '未接通', '', ''], { reached: false, satisfaction: null, resolved: null }],
    [['A1', '2026-11-19', '', '', ''], { reached: false, satisfaction: null, resolved: null }],
    [['A1', '2026-11-19', '否', '满意', '是'], { reached: false, satisfaction: null, resolved: null }],
  ] as [Cell[], object][]) {
    it(`reads ${cells.slice(2).join(' | ')}`, () => {
      const row = read(...cells);
      expect(row.kind === 'taken' && row.draft).to.include({ number: 'A1', ...said });
    });
  }

  for (const [cells, fault] of [
    [['', '2026-11-19', '是', '满意', ''], 'numberMissing'],
    [['A1', '', '是', '满意', ''], 'callbackAtMissing'],
    [['A1', '2026-02-30', '是', '满意', ''], 'callbackAtUnreadable'],
    [['A1', '2026-11-21', '是', '满意', ''], 'callbackAtFuture'],
    [['A1', '2026-11-19', '是', '还行吧', ''], 'satisfactionUnreadable'],
    [['A1', '2026-11-19', '也许', '满意', ''], 'reachedUnreadable'],
    [['A1', '2026-11-19', '是', '满意', '差不多'], 'resolvedUnreadable'],
  ] as [Cell[], string][]) {
    it(`is faulty: ${fault}`, () => {
      const row = read(...cells);
      expect(row.kind === 'faulty' && row.faults.map(({ reason }) => reason.sentence)).to.deep.equal([
        `callbacks.faults.${fault}`,
      ]);
    });
  }

  it('orders a redo where somebody is not satisfied, or says that nothing is resolved', () => {
    expect(ordersRedo({ satisfaction: 'unsatisfied', resolved: true })).to.equal(true);
    expect(ordersRedo({ satisfaction: 'satisfied', resolved: false })).to.equal(true);
    for (const satisfaction of ['satisfied', 'mostlySatisfied', 'fair', 'declined', null] as const)
      expect(ordersRedo({ satisfaction, resolved: null }), String(satisfaction)).to.equal(false);
  });

  it('is about an answered ticket, once', () => {
    const callbackAt = instantOf('2026-11-19', '10:00');
    const draft = { callbackAt } as CallbackDraft;
    const ticket = {
      handling: 'replied' as const,
      repliedAt: instantOf('2026-11-18', '10:00'),
      calledBackAts: [],
    };
    expect(standingOf(draft, ticket)).to.equal('new');
    expect(standingOf(draft, undefined)).to.equal('unknownNumber');
    expect(standingOf(draft, { ...ticket, handling: 'closed', calledBackAts: [callbackAt] })).to.equal(
      'known',
    );
    expect(standingOf(draft, { ...ticket, handling: 'signed', calledBackAts: [callbackAt] })).to.equal(
      'known',
    );
    expect(standingOf(draft, { ...ticket, handling: 'signed' })).to.equal('notReplied');
    expect(standingOf(draft, { ...ticket, repliedAt: instantOf('2026-11-20', '10:00') })).to.equal(
      'beforeReply',
    );
  });
});
