import { expect } from 'chai';
import fc from 'fast-check';
import {
  creditCodeCheckDigit,
  isCreditCode,
  tidyCreditCode,
} from '../../server/directory/credit-code.rules.ts';

const characters = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

describe('unified social credit code', () => {
  // Published codes of well-known bodies, not of enterprises of the model town.
  for (const [code, valid] of [
    ['91350100M000100Y43', true],
    ['91110000802100433B', true],
    ['91440300708461136T', true],
    ['91440300708461136U', false],
    ['91440300708461136', false],
    ['9144030070846113IT', false],
    ['91440300708461136t', false],
    ['', false],
  ] as const) {
    it(`${code} is ${valid ? '' : 'not '}one`, () => expect(isCreditCode(code)).to.equal(valid));
  }

  it('is tidied before it is checked', () => {
    expect(tidyCreditCode(' ９１４４0300-7084 61136t ')).to.equal('91440300708461136T');
  });

  it('one wrong character is always found', () => {
    const first17 = fc.array(fc.constantFrom(...characters), { minLength: 17, maxLength: 17 });
    fc.assert(
      fc.property(first17, fc.nat(16), fc.integer({ min: 1, max: 30 }), (written, at, shift) => {
        const check = creditCodeCheckDigit(written.join(''));
        const wrong = [...written];
        wrong[at] = characters[(characters.indexOf(written[at]!) + shift) % 31]!;
        return isCreditCode(written.join('') + check) && !isCreditCode(wrong.join('') + check);
      }),
    );
  });
});
