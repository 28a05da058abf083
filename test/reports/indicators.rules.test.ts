import { expect } from 'chai';
import fc from 'fast-check';
import { OUTCOMES } from '../../server/cases/lifecycle.rules.ts';
import {
  amountInvolved,
  balances,
  change,
  changeInPoints,
  countByGroup,
  isCollective,
  noOutcomes,
  performanceRate,
  settledLocallyRate,
  successRate,
} from '../../server/reports/indicators.rules.ts';

describe('outcomes', () => {
  for (const [outcome, group] of [
    ['settledAtOnce', 'succeeded'],
    ['settledByInstalments', 'succeeded'],
    ['reconciled', 'succeeded'],
    ['failed', 'failed'],
    ['declined', 'failed'],
    ['transferred', 'excluded'],
    ['withdrawn', 'excluded'],
    ['lostContact', 'excluded'],
    ['notLabour', 'excluded'],
    ['duplicate', 'excluded'],
    ['void', 'excluded'],
  ] as const) {
    it(`${outcome} is ${group}`, () => {
      expect(countByGroup({ ...noOutcomes(), [outcome]: 7 })).to.deep.equal({
        succeeded: 0,
        failed: 0,
        excluded: 0,
        [group]: 7,
      });
    });
  }

  it('each counts in exactly one group', () => {
    const counts = fc.array(fc.nat(1000), { minLength: OUTCOMES.length, maxLength: OUTCOMES.length });
    fc.assert(
      fc.property(counts, (numbers) => {
        const byOutcome = noOutcomes();
        OUTCOMES.forEach((outcome, i) => (byOutcome[outcome] = numbers[i]!));
        const { succeeded, failed, excluded } = countByGroup(byOutcome);
        return succeeded + failed + excluded === numbers.reduce((sum, n) => sum + n, 0);
      }),
    );
  });
});

describe('rates', () => {
  for (const [succeeded, failed, rate] of [
    [660, 13, '98.07'],
    [659, 14, '97.92'],
    [673, 0, '100.00'],
    [99_999, 1, '99.99'],
    [0, 13, '0.00'],
    [0, 0, null],
  ] as const) {
    it(`${succeeded} settled and ${failed} failed is ${rate}`, () => {
      expect(successRate(succeeded, failed)).to.equal(rate);
    });
  }

  it('performance and settled without going up', () => {
    expect(performanceRate(3, 4)).to.equal('75.00');
    expect(performanceRate(0, 0)).to.equal(null);
    for (const [settled, succeeded, failed, withoutLevel, rate] of [
      [600, 660, 13, 0, '89.15'],
      [0, 660, 13, 0, '0.00'],
      [0, 0, 0, 0, null],
      [0, 20, 4, 24, null],
      [30, 60, 4, 24, '75.00'],
    ] as const)
      expect(settledLocallyRate(settled, { succeeded, failed, withoutLevel })).to.equal(rate);
  });
});

describe('counting', () => {
  it('takes the verified amount, also when it is 0, else the claimed', () => {
    expect(amountInvolved(0, 500)).to.equal(0);
    expect(amountInvolved(300, 500)).to.equal(300);
    expect(amountInvolved(null, 500)).to.equal(500);
    expect(amountInvolved(null, null)).to.equal(0);
  });

  it('is collective from the threshold on', () => {
    expect(isCollective(10, 10)).to.equal(true);
    expect(isCollective(9, 10)).to.equal(false);
  });

  it('balances', () => {
    expect(balances({ opening: 5, received: 10, closed: 12, open: 3 })).to.equal(true);
    expect(balances({ opening: 5, received: 10, closed: 12, open: 4 })).to.equal(false);
  });
});

describe('comparisons', () => {
  for (const [current, base, text] of [
    [673, 600, '+12.2%'],
    [570, 600, '-5.0%'],
    [600, 600, '0.0%'],
    [0, 600, '-100.0%'],
    [10_000_001, 10_000_000, '0.0%'],
    [2001, 2000, '+0.1%'],
    [1999, 2000, '-0.1%'],
    [99_999_999_999_999, 1, '+9999999999999800.0%'],
    [5, 0, '—'],
    [0, 0, '—'],
  ] as const) {
    it(`${current} after ${base} is ${text}`, () => expect(change(current, base)).to.equal(text));
  }

  for (const [current, base, text] of [
    ['98.07', '97.92', '+0.2'],
    ['97.92', '98.07', '-0.2'],
    ['98.07', '98.07', '0.0'],
    ['100.00', '0.00', '+100.0'],
    [null, '98.07', '—'],
    ['98.07', null, '—'],
  ] as const) {
    it(`${current} after ${base} is ${text} points`, () =>
      expect(changeInPoints(current, base)).to.equal(text));
  }
});
