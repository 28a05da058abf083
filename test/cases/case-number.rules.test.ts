import { expect } from 'chai';
import { caseNumber, meantCaseNumber } from '../../server/cases/case-number.rules.ts';

const PATTERN = '祝劳调〔{year}〕{number:4}号';

describe('case numbers', () => {
  it('are written by the pattern of the town', () => {
    expect(caseNumber(PATTERN, 2026, 123)).to.equal('祝劳调〔2026〕0123号');
    expect(caseNumber(PATTERN, 2026, 12_345)).to.equal('祝劳调〔2026〕12345号');
    expect(caseNumber('{number}/{year}', 2026, 7)).to.equal('7/2026');
  });

  for (const [typed, meant] of [
    ['120', '祝劳调〔2026〕0120号'],
    ['０１２０', '祝劳调〔2026〕0120号'],
    ['0120号', '祝劳调〔2026〕0120号'],
    ['2025-120', '祝劳调〔2025〕0120号'],
    ['祝劳调(2025)0120号', '祝劳调〔2025〕0120号'],
    ['祝劳调〔2026〕 0120 号', '祝劳调〔2026〕0120号'],
    ['祝劳调[2026]120', '祝劳调〔2026〕0120号'],
    ['JY20260102003', null],
    ['没有这个号', null],
    ['', null],
  ] as const) {
    it(`'${typed}' means ${meant}`, () => expect(meantCaseNumber(PATTERN, typed, 2026)).to.equal(meant));
  }
});
