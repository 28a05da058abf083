import { expect } from 'chai';
import fc from 'fast-check';
import {
  amountInWords,
  formatWan,
  formatYuan,
  LARGEST_FEN,
  parseYuan,
  percent1,
  percent2,
} from '../../server/shared/money.ts';

const anyFen = fc.integer({ min: 0, max: LARGEST_FEN });

describe('formatYuan', () => {
  for (const [fen, text] of [
    [0, '0.00'],
    [5, '0.05'],
    [800_000, '8,000.00'],
    [99_999, '999.99'],
    [123_456_789_01, '123,456,789.01'],
    [-150, '-1.50'],
    [LARGEST_FEN, '999,999,999,999.99'],
  ] as const) {
    it(`${fen} fen is ${text}`, () => expect(formatYuan(fen)).to.equal(text));
  }
});

describe('formatWan', () => {
  for (const [fen, text] of [
    [0, '0.00'],
    [817_000_000, '817.00'],
    [309_630_000, '309.63'],
    [4_999, '0.00'],
    [5_000, '0.01'],
    [1_234_567_890_000, '1234567.89'],
    [-5_000, '-0.01'],
    [-4_999, '0.00'],
  ] as const) {
    it(`${fen} fen is ${text}万元`, () => expect(formatWan(fen)).to.equal(text));
  }
});

describe('parseYuan', () => {
  for (const [text, fen] of [
    ['8,000.00', 800_000],
    ['８０００', 800_000],
    ['８，０００．５', 800_050],
    [' 8000.5 ', 800_050],
    ['0', 0],
    ['0.01', 1],
    ['1,234,567', 123_456_700],
    ['999999999999.99', LARGEST_FEN],
    ['1000000000000', null],
    ['', null],
    ['6,500元', 650_000],
    ['6500.00 元', 650_000],
    ['￥６，５００', 650_000],
    ['3.5万', 3_500_000],
    ['1.2 万元', 1_200_000],
    ['１．２３４５６７万', 1_234_567],
    ['0.0000001万', null],
    ['万', null],
    ['元', null],
    ['5千', 500_000],
    ['三万五千元', 3_500_000],
    ['二十万', 20_000_000],
    ['伍仟圆整', 500_000],
    ['十几万', null],
    ['5元5', null],
    ['-5', null],
    ['8,00', null],
    ['80,00.00', null],
    ['1.234', null],
    ['.5', null],
    ['1.', null],
    ['1e3', null],
    ['八千', 800_000],
    ['8 000', null],
  ] as const) {
    it(`'${text}' is ${fen}`, () => expect(parseYuan(text)).to.equal(fen));
  }

  it('reads back whatever formatYuan writes', () => {
    fc.assert(fc.property(anyFen, (fen) => parseYuan(formatYuan(fen)) === fen));
  });

  it('never gives anything but null or an amount', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const fen = parseYuan(text);
        return fen === null || (Number.isSafeInteger(fen) && fen >= 0);
      }),
    );
  });
});

describe('amountInWords', () => {
  for (const [yuan, words] of [
    ['0', '零元整'],
    ['0.05', '伍分'],
    ['0.50', '伍角整'],
    ['0.55', '伍角伍分'],
    ['1', '壹元整'],
    ['10', '壹拾元整'],
    ['100', '壹佰元整'],
    ['105', '壹佰零伍元整'],
    ['110', '壹佰壹拾元整'],
    ['1,005', '壹仟零伍元整'],
    ['12,300.50', '壹万贰仟叁佰元伍角整'],
    ['1,409.50', '壹仟肆佰零玖元伍角整'],
    ['6,007.14', '陆仟零柒元壹角肆分'],
    ['1,680.32', '壹仟陆佰捌拾元叁角贰分'],
    ['107,000.53', '壹拾万柒仟元伍角叁分'],
    ['16,409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['10,000', '壹万元整'],
    ['10,001', '壹万零壹元整'],
    ['20,500', '贰万零伍佰元整'],
    ['3,096,300', '叁佰零玖万陆仟叁佰元整'],
    ['100,000,000', '壹亿元整'],
    ['100,010,000', '壹亿零壹万元整'],
    ['100,001,000', '壹亿零壹仟元整'],
    ['102,003,000', '壹亿零贰佰万叁仟元整'],
    ['100,000,000.09', '壹亿元零玖分'],
    ['999,999,999,999.99', '玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ] as const) {
    it(`${yuan} is ${words}`, () => expect(amountInWords(parseYuan(yuan)!)).to.equal(words));
  }

  for (const fen of [-1, 0.5, LARGEST_FEN + 1, Number.NaN]) {
    it(`refuses ${fen}`, () => expect(() => amountInWords(fen)).to.throw(RangeError));
  }

  it('can be read back', () => {
    fc.assert(fc.property(anyFen, (fen) => readWords(amountInWords(fen)) === fen));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (fen) => readWords(amountInWords(fen)) === fen),
    );
  });

  it('never doubles a 零, nor ends a unit with one, and 整 stands exactly where there is no 分', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        const words = amountInWords(fen);
        return (
          (fen === 0 || !/零零|零[元万亿角整]/.test(words)) && words.endsWith('整') === !words.endsWith('分')
        );
      }),
    );
  });
});

describe('percent2 and percent1', () => {
  for (const [n, d, two, one] of [
    [660, 673, '98.07', '98.1'],
    [659, 673, '97.92', '97.9'],
    [673, 673, '100.00', '100.0'],
    [99_999, 100_000, '99.99', '99.9'],
    [0, 5, '0.00', '0.0'],
    [1, 8, '12.50', '12.5'],
    [1, 16, '6.25', '6.3'],
    [1, 3, '33.33', '33.3'],
    [2, 3, '66.67', '66.7'],
    [5, 4, '125.00', '125.0'],
    [0, 0, null, null],
  ] as const) {
    it(`${n} of ${d} is ${two} and ${one}`, () => {
      expect(percent2(n, d)).to.equal(two);
      expect(percent1(n, d)).to.equal(one);
    });
  }

  it('is within half a hundredth of the truth, and 100 only when all', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1 }), (n, rest) => {
        const d = n + rest;
        const shown = Number(percent2(n, d));
        return shown < 100 && Math.abs(shown - (n * 100) / d) <= 0.01;
      }),
    );
  });
});

/** Fen from capital numerals, written without looking at the writer: sums what stands before each unit. */
function readWords(words: string): number {
  const cent = /(.)分/.exec(words)?.[1];
  const jiao = /(.)角/.exec(words)?.[1];
  const yuan = /^(.*)元/.exec(words)?.[1] ?? '';
  const value = (digit: string | undefined) => (digit ? '零壹贰叁肆伍陆柒捌玖'.indexOf(digit) : 0);
  const group = (text: string) => {
    let sum = 0;
    for (const [, digit, unit] of text.matchAll(/([壹贰叁肆伍陆柒捌玖])([仟佰拾]?)/g)) {
      sum += value(digit) * ({ 仟: 1000, 佰: 100, 拾: 10 }[unit!] ?? 1);
    }
    return sum;
  };
  const [high, afterHigh] = yuan.includes('亿') ? yuan.split('亿') : ['', yuan];
  const [middle, low] = afterHigh!.includes('万') ? afterHigh!.split('万') : ['', afterHigh!];
  const whole = group(high!) * 100_000_000 + group(middle!) * 10_000 + group(low!);
  return whole * 100 + value(jiao) * 10 + value(cent);
}
