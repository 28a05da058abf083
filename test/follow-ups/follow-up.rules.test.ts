import { expect } from 'chai';
import {
  FOLLOWED_UP,
  followUpDue,
  isConclusive,
  isToBeOpened,
  mayReopen,
  needsRedo,
  redoHelped,
  type Heard,
} from '../../server/follow-ups/follow-up.rules.ts';
import { readCall } from '../../server/follow-ups/follow-ups.form.ts';
import { followUpSatisfactionRate } from '../../server/reports/indicators.rules.ts';

const heard = (satisfaction: Heard['satisfaction'], performance: Heard['performance'] = 'kept'): Heard => ({
  reached: 'yes',
  satisfaction,
  performance,
});
const NOBODY: Heard = { reached: 'no', satisfaction: null, performance: null };

describe('the rules of following up', () => {
  it('asks about what ended a dispute, and nothing else', () => {
    expect(FOLLOWED_UP).to.have.members([
      ...['settledAtOnce', 'settledByInstalments', 'reconciled', 'failed', 'declined', 'withdrawn'],
    ]);
  });

  for (const [closedOn, lastInstalmentOn, dueOn] of [
    ['2022-03-03', null, '2022-03-10'],
    ['2022-03-03', '2022-04-10', '2022-04-17'],
    ['2022-03-03', '2022-03-01', '2022-03-10'],
  ] as const)
    it(`closed ${closedOn}, last instalment ${lastInstalmentOn ?? 'none'}: the call is due on ${dueOn}`, () => {
      expect(followUpDue(closedOn, lastInstalmentOn, 7)).to.equal(dueOn);
    });

  for (const [dueOn, opened] of [
    ['2022-03-11', false],
    ['2022-03-10', true],
    ['2022-01-09', true],
    ['2022-01-08', false],
  ] as const)
    it(`due ${dueOn}, it is ${opened ? '' : 'not '}opened on 2022-03-10`, () => {
      expect(isToBeOpened(dueOn, '2022-03-10')).to.equal(opened);
    });

  for (const [call, redo] of [
    [heard('satisfied'), false],
    [heard('fair', 'partly'), false],
    [heard('declined'), false],
    [heard('unsatisfied'), true],
    [heard('satisfied', 'notKept'), true],
    [heard('unsatisfied', 'nothingAgreed'), true],
    [NOBODY, false],
  ] as const)
    it(`${call.satisfaction}, ${call.performance}: ${redo ? 'to be done again' : 'archived'}`, () => {
      expect(needsRedo({ ...call, risk: 'none' })).to.equal(redo);
    });

  for (const [risk, redo] of [
    ['violence', true],
    ['groupIncident', false],
    [null, false],
  ] as const)
    it(`a satisfied worker with the risk ${risk}: ${redo ? 'to be done again' : 'archived'}`, () => {
      expect(needsRedo({ ...heard('satisfied'), risk })).to.equal(redo);
    });

  it('ends with the worker reached, or with the third call in vain', () => {
    expect([0, 1, 2].map((before) => isConclusive('no', before))).to.deep.equal([false, false, true]);
    expect(isConclusive('yes', 0)).to.equal(true);
  });

  for (const [before, after, helped] of [
    [heard('unsatisfied'), heard('satisfied'), true],
    [heard('unsatisfied'), heard('fair'), true],
    [heard('unsatisfied'), heard('unsatisfied'), false],
    [heard('satisfied', 'notKept'), heard('satisfied', 'kept'), true],
    [heard('satisfied', 'notKept'), heard('unsatisfied', 'kept'), false],
    [heard('unsatisfied', 'nothingAgreed'), heard('declined', 'nothingAgreed'), null],
    [heard('unsatisfied'), NOBODY, null],
  ] as const)
    it(`${before.satisfaction}/${before.performance} then ${after.satisfaction}/${after.performance}: ${String(helped)}`, () => {
      expect(redoHelped(before, after)).to.equal(helped);
    });

  it('lets a case be opened again by somebody else than its mediator, for 30 days', () => {
    const closed = { closedOn: '2022-03-03', archivedOn: null, mediatorId: 'm' };
    expect(mayReopen(closed, 'd', '2022-04-02')).to.equal(true);
    expect(mayReopen(closed, 'd', '2022-04-03')).to.equal(false);
    expect(mayReopen(closed, 'm', '2022-03-04')).to.equal(false);
    expect(mayReopen({ ...closed, archivedOn: '2022-03-10' }, 'd', '2022-04-09')).to.equal(true);
    expect(mayReopen({ ...closed, closedOn: null }, 'd', '2022-03-04')).to.equal(false);
  });

  it('回访满意率: satisfied of valid, null without any', () => {
    expect(followUpSatisfactionRate(2, 3)).to.equal('66.67');
    expect(followUpSatisfactionRate(0, 0)).to.equal(null);
  });

  it('wants every answer of a worker who was reached, and none of one who was not', () => {
    const read = readCall({ reached: 'yes', satisfaction: 'fair', risk: 'none' });
    expect(read.ok ? [] : read.errors.map(({ field }) => field)).to.deep.equal([
      ...['performance', 'retaliation', 'hiddenRisk', 'mood'],
    ]);
    const vain = readCall({ reached: 'no', satisfaction: 'satisfied', performance: 'kept', note: '关机' });
    expect(vain).to.deep.include({ ok: true });
    if (!vain.ok) return;
    expect(vain.values).to.include({ satisfaction: null, performance: null, mood: null, note: '关机' });
  });
});
