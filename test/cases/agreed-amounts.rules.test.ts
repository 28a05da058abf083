import { expect } from 'chai';
import { basisOf, shareOut } from '../../server/cases/agreed-amounts.rules.ts';

describe('agreed amounts by proportion', () => {
  for (const [total, weights, shares] of [
    [100, [1, 1, 1], [34, 33, 33]],
    [0, [5, 5], [0, 0]],
    [100, [0, 10], [0, 100]],
    [10_000_001, [800_000, 100_050], [8_888_396, 1_111_605]],
    [99_999_999_999, [100_000_000_000, 1], [99_999_999_998, 1]],
  ] as const) {
    it(`${total} by ${weights.join(' : ')} is ${shares.join(' and ')}`, () =>
      expect(shareOut(total, weights)).to.deep.equal(shares));
  }

  it('never lose or make a fen', () => {
    for (let total = 1; total < 500; total += 7) {
      const weights = Array.from({ length: 300 }, (_, index) => (index * total) % 97);
      expect(shareOut(total, weights).reduce((sum, share) => sum + share)).to.equal(total);
    }
  });

  it('need something to go by', () => expect(() => shareOut(1, [0, 0])).to.throw(RangeError));

  it('go by what is verified, else by what is claimed', () => {
    expect(basisOf({ claimedFen: 9, verifiedFen: 0 })).to.equal(0);
    expect(basisOf({ claimedFen: 9, verifiedFen: null })).to.equal(9);
    expect(basisOf({ claimedFen: null, verifiedFen: null })).to.equal(0);
  });
});
