import { expect } from 'chai';
import fc from 'fast-check';
import {
  birthDateOf,
  genderOf,
  idNumberCheckDigit,
  isIdNumber,
  maskBankAccount,
  maskIdNumber,
  maskName,
  maskPhone,
} from '../../server/shared/personal-data.rules.ts';

describe('masks', () => {
  for (const [mask, given, shown] of [
    [maskPhone, '13812341234', '138****1234'],
    [maskPhone, '138 1234 1234', '138****1234'],
    [maskPhone, '１３８１２３４１２３４', '138****1234'],
    [maskPhone, '0510-86381234', '051****1234'],
    [maskPhone, '86381234', '****1234'],
    [maskPhone, '12345', '****'],
    [maskPhone, '', '****'],
    [maskIdNumber, '320281199001011234', '320281********1234'],
    [maskIdNumber, '32028119900101123X', '320281********123X'],
    [maskIdNumber, 'E12345678', '****78'],
    [maskIdNumber, '12', '****'],
    [maskName, '王小明', '王**'],
    [maskName, '李四', '李*'],
    [maskName, '阿卜杜拉·买买提', '阿**'],
    [maskName, '𠮷田', '𠮷*'],
    [maskName, '王', '*'],
    [maskName, '', ''],
    [maskBankAccount, '6222 0212 3456 6789', '****6789'],
    [maskBankAccount, '123', '****'],
  ] as const) {
    it(`${given} is shown as ${shown}`, () => expect(mask(given)).to.equal(shown));
  }

  it('never shows more than seven digits of a phone or half of them when it is short', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,14}$/), (digits) => {
        return maskPhone(digits).replaceAll('*', '').length <= (digits.length >= 11 ? 7 : 4);
      }),
    );
  });
});

describe('ID numbers', () => {
  // The first is the example of GB 11643-1999 itself.
  for (const [text, valid] of [
    ['11010519491231002X', true],
    ['440524188001010014', true],
    ['110105194912310021', false],
    ['11010519491231002x', false],
    ['110105194902300025', false],
    ['320281199001011234', false],
    ['110105491231002', false],
    ['', false],
  ] as const) {
    it(`${text} is ${valid ? '' : 'not '}one`, () => expect(isIdNumber(text)).to.equal(valid));
  }

  it('tell birth date and gender', () => {
    expect(birthDateOf('11010519491231002X')).to.equal('1949-12-31');
    expect(genderOf('11010519491231002X')).to.equal('female');
    expect(genderOf('440524188001010014')).to.equal('male');
    expect(birthDateOf('x')).to.equal(null);
    expect(genderOf('x')).to.equal(null);
  });

  it('one wrong digit is always found', () => {
    const first17 = fc
      .integer({ min: 0, max: 999 })
      .map((order) => `32028119900101${String(order).padStart(3, '0')}`);
    fc.assert(
      fc.property(first17, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const wrong = String((Number(digits[at]) + shift) % 10);
        const changed = digits.slice(0, at) + wrong + digits.slice(at + 1) + idNumberCheckDigit(digits);
        return isIdNumber(digits + idNumberCheckDigit(digits)) && !isIdNumber(changed);
      }),
    );
  });
});
