import { expect } from 'chai';
import fc from 'fast-check';
import { readChineseNumber } from '../../server/shared/chinese-numerals.rules.ts';

/** A number below 10,000 as it is written: 1050 is 一千零五十. */
function section(number: number): string {
  let gap = false;
  let text = '';
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(number / unit) % 10;
    if (digit === 0) gap = text !== '';
    else {
      text += `${gap ? '零' : ''}${'零一二三四五六七八九'[digit]}${name}`;
      gap = false;
    }
  }
  return text;
}

function written(number: number): string {
  const [high, low] = [Math.floor(number / 10_000), number % 10_000];
  if (high === 0) return section(low);
  return `${section(high)}万${low > 0 && low < 1000 ? '零' : ''}${section(low)}`;
}

describe('Chinese numerals', () => {
  const cases: [string, number | null][] = [
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['两千', 2_000],
    ['一百零五', 105],
    ['一百五', 150],
    ['三千五', 3_500],
    ['一万二', 12_000],
    ['一万二千五', 12_500],
    ['一万零二', 10_002],
    ['一亿二', 120_000_000],
    ['二十万', 200_000],
    ['壹万贰仟叁佰', 12_300],
    ['3万5千', 35_000],
    ['3万5', 35_000],
    ['12万', 120_000],
    ['一亿零三十万', 100_300_000],
    ['', null],
    ['万', null],
    ['百万', null],
    ['两三万', null],
    ['三五千', null],
    ['十几万', null],
    ['一百五万', null],
    ['五百三千', null],
    ['一万二万', null],
    ['2万3000', null],
    ['工资', null],
  ];
  for (const [text, number] of cases)
    it(`${text || 'nothing'} is ${number}`, () => expect(readChineseNumber(text)).to.equal(number));

  it('are read back, whatever the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (number) => {
        expect(readChineseNumber(written(number)), written(number)).to.equal(number);
      }),
    );
  });
});
