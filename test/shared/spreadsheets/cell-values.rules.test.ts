import { expect } from 'chai';
import fc from 'fast-check';
import { wallClock } from '../../../server/shared/calendar-day.ts';
import {
  cellContent,
  cellText,
  readAmountFen,
  readCode,
  readCount,
  readInstant,
  readPhone,
  readYesNo,
  toHalfWidth,
} from '../../../server/shared/spreadsheets/cell-values.rules.ts';
import type { Reading } from '../../../server/shared/spreadsheets/cell-values.rules.ts';
import type { Cell } from '../../../server/shared/spreadsheets/rows.ts';

/** The value, or the word that says why there is none. */
function said<T>(reading: Reading<T>): T | string {
  return reading.is === 'value' ? reading.value : reading.is;
}

function table<T>(read: (cell: Cell) => Reading<T>, rows: [Cell, T | string][]): void {
  for (const [cell, expected] of rows) {
    it(`${JSON.stringify(cell)} → ${String(expected)}`, () => expect(said(read(cell))).to.equal(expected));
  }
}

describe('cell values', () => {
  describe('text', () => {
    it('folds tabs and line breaks into one space for a field of one line', () => {
      expect(cellText(' 拖欠\t工资\r\n \n三个月\u3000')).to.equal('拖欠 工资 三个月');
      expect(cellText('a\u200Bb\uFEFF\u00A0c\0')).to.equal('ab c');
      expect(cellText(20220106)).to.equal('20220106');
      expect(cellText(null)).to.equal('');
    });
    it('keeps them in a content', () => expect(cellContent('\n甲\r\n\t乙\r丙 ')).to.equal('甲\n\t乙\n丙'));
    it('makes full width half width', () =>
      expect(toHalfWidth('ＪＹ２０２２－（１）　￥')).to.equal('JY2022-(1) ￥'));
  });

  describe('codes', () => {
    table(readCode, [
      [20220106000001, '20220106000001'],
      [20220106.0, '20220106'],
      [2.0220106000001e13, '20220106000001'],
      [2022010600000123, '2022010600000123'],
      [2022010600000120, 'unreadable'],
      [202201060000012300, 'unreadable'],
      ['20220106.0', '20220106'],
      ['2.0220106000001E+13', '20220106000001'],
      ['2.02201E+13', 'unreadable'],
      [' ＪＹ２０２２　０１ ', 'JY202201'],
      ["'0123", '0123'],
      ['JY-2022-1\n', 'JY-2022-1'],
      ['', 'unknown'],
      [null, 'unknown'],
      ['无', 'unknown'],
    ]);
  });

  describe('instants', () => {
    const shown = (cell: Cell): Reading<string> => {
      const reading = readInstant(cell);
      return reading.is === 'value' ? { is: 'value', value: wallClock(reading.value) } : reading;
    };
    table(shown, [
      ['2022/1/6 9:03', '2022-01-06 09:03'],
      ['2022-01-06 09:03:22', '2022-01-06 09:03'],
      ['2022-01-06T09:03:22.123', '2022-01-06 09:03'],
      ['2022-01-06T01:03:22Z', '2022-01-06 09:03'],
      ['2022-01-06T09:03:22.000+08:00', '2022-01-06 09:03'],
      ['2022年1月6日', '2022-01-06 00:00'],
      ['2022年1月6日9时3分', '2022-01-06 09:03'],
      ['2022年1月6日 9时3分22秒', '2022-01-06 09:03'],
      ['2022年01月06日 9点', '2022-01-06 09:00'],
      ['2022.1.6', '2022-01-06 00:00'],
      ['２０２２／１／６　９：０３', '2022-01-06 09:03'],
      ['2022/1/6 星期四 9:03', '2022-01-06 09:03'],
      ['2022/1/6 下午 3:05', '2022-01-06 15:05'],
      ['2022/1/6 上午12:05:00', '2022-01-06 00:05'],
      ['20220106', '2022-01-06 00:00'],
      ['20220106090322', '2022-01-06 09:03'],
      [20220106, '2022-01-06 00:00'],
      [20220106090322, '2022-01-06 09:03'],
      [44567, '2022-01-06 00:00'],
      [44567.377083333333, '2022-01-06 09:03'],
      [44567.99999999, '2022-01-07 00:00'],
      ['44567.377083333333', '2022-01-06 09:03'],
      ['44567', '2022-01-06 00:00'],
      ['2024-02-29', '2024-02-29 00:00'],
      ['2022-02-30', 'unreadable'],
      ['2022-01-05T09:00:00+99:00', 'unreadable'],
      ['2022-13-01', 'unreadable'],
      ['2022-01-06 25:00', 'unreadable'],
      ['2022-01-06 9:60', 'unreadable'],
      ['2022/1/6 下午 15:05', 'unreadable'],
      ['1022-01-06', 'unreadable'],
      ['22-1-6', 'unreadable'],
      ['6/1/2022', 'unreadable'],
      ['昨天上午', 'unreadable'],
      ['#####', 'unreadable'],
      [3, 'unreadable'],
      [1e300, 'unreadable'],
      [-44567, 'unreadable'],
      ['', 'unknown'],
      ['不详', 'unknown'],
    ]);

    it('reads back every minute in every way of writing it', () => {
      const minute = fc.date({
        min: new Date('1990-01-02Z'),
        max: new Date('2099-12-30Z'),
        noInvalidDate: true,
      });
      fc.assert(
        fc.property(minute, (date) => {
          const instant = new Date(Math.floor(date.getTime() / 60_000) * 60_000);
          const wall = wallClock(instant);
          const [year, month, day, hour, minutes] = wall.match(/\d+/g)!.map(Number);
          const serial = Date.parse(`${wall.replace(' ', 'T')}:00Z`) / 86_400_000 + 25_569;
          const ways: Cell[] = [
            wall,
            `${year}/${month}/${day} ${hour}:${minutes}`,
            `${year}年${month}月${day}日 ${hour}时${minutes}分`,
            `${year}.${month}.${day} ${hour}:${minutes}:00`,
            wall.replace(/\D/g, ''),
            serial,
            String(serial),
          ];
          for (const way of ways) expect(said(readInstant(way)), String(way)).to.deep.equal(instant);
        }),
      );
    });
  });

  describe('amounts', () => {
    table(readAmountFen, [
      ['3.5万', 3_500_000],
      ['约2万元', 2_000_000],
      ['12,000.50元', 1_200_050],
      ['１２０００', 1_200_000],
      ['￥800', 80_000],
      ['¥ 1,234,567.89', 123_456_789],
      ['人民币8000元整', 800_000],
      ['8000块', 800_000],
      ['3千', 300_000],
      ['2.5w', 2_500_000],
      ['0.1亿', 1_000_000_000],
      ['5000左右', 500_000],
      [80000.00000000001, 8_000_000],
      [1.005, 101],
      ['1.005', 101],
      [0.1 + 0.2, 30],
      [0, 0],
      ['10亿', 100_000_000_000],
      [1_000_000_000, 100_000_000_000],
      [1_000_000_000.01, 'absurd'],
      ['11亿元', 'absurd'],
      ['9'.repeat(50), 'absurd'],
      [1e22, 'absurd'],
      [-1, 'absurd'],
      ['-500元', 'absurd'],
      ['￥-500', 'absurd'],
      ['不详', 'unknown'],
      ['未知', 'unknown'],
      ['无', 'unknown'],
      ['-', 'unknown'],
      ['', 'unknown'],
      [null, 'unknown'],
      ['二十万', 20_000_000],
      ['约三万五千元', 3_500_000],
      ['一万二', 1_200_000],
      ['二百五十块', 25_000],
      ['一千零五十元整', 105_000],
      ['十二万零六百', 12_060_000],
      ['人民币壹拾贰万叁仟元整', 12_300_000],
      ['3万5千', 3_500_000],
      ['十一亿', 'absurd'],
      ['1,2', 'unreadable'],
      ['两三万', 'unreadable'],
      ['十几万', 'unreadable'],
      ['二万至三万', 'unreadable'],
      ['2万余元', 'unreadable'],
      ['每人3000元', 'unreadable'],
      ['5000-8000', 'unreadable'],
      ['1e5', 'unreadable'],
    ]);

    it('counts a bare number in 万元 where the column does', () => {
      expect(said(readAmountFen('3.5', 'wan'))).to.equal(3_500_000);
      expect(said(readAmountFen(3.5, 'wan'))).to.equal(3_500_000);
      expect(said(readAmountFen('3.5万元', 'wan'))).to.equal(3_500_000);
      expect(said(readAmountFen('35000元', 'wan'))).to.equal(3_500_000);
      expect(said(readAmountFen('十二', 'wan'))).to.equal(12_000_000);
      expect(said(readAmountFen('三万五', 'wan'))).to.equal(3_500_000);
      expect(said(readAmountFen('五百元', 'wan'))).to.equal(50_000);
    });

    it('reads back every amount in fen', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (fen) => {
          const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
          const grouped = yuan.replace(/\B(?=(\d{3})+\.)/g, ',');
          for (const cell of [yuan, `${grouped}元`, `￥${grouped}`, Number(yuan)]) {
            expect(said(readAmountFen(cell)), String(cell)).to.equal(fen);
          }
        }),
      );
    });
  });

  describe('counts', () => {
    table(readCount, [
      ['3人', 3],
      ['约10人', 10],
      ['三人', 3],
      ['两名', 2],
      ['１２名员工', 12],
      [3.0, 3],
      ['3.0', 3],
      ['十余人', 'unreadable'],
      ['10余人', 'unreadable'],
      ['3.5', 'unreadable'],
      [3.5, 'unreadable'],
      [-3, 'absurd'],
      ['99999999人', 'absurd'],
      [0, 'unknown'],
      ['不详', 'unknown'],
    ]);
  });

  describe('yes and no', () => {
    table(
      (cell) => readYesNo(cell, { yes: ['匿名'], no: ['实名'] }),
      [
        ['是', true],
        ['Ｙ', true],
        ['√', true],
        [1, true],
        ['TRUE', true],
        ['匿名', true],
        ['否', false],
        ['n', false],
        [0, false],
        ['×', false],
        ['实名', false],
        ['', 'unknown'],
        ['也许', 'unreadable'],
      ],
    );
  });

  describe('phones', () => {
    table(readPhone, [
      [1.3812345678e10, '13812345678'],
      ['1.3812345678E+10', '13812345678'],
      ['１３８ １２３４ ５６７８', '13812345678'],
      ['+86-13812345678', '13812345678'],
      ['0510-86381234', '051086381234'],
      ['(0510)86381234', '051086381234'],
      ['12345', '12345'],
      ['1.38123E+10', 'unreadable'],
      ['138****1234', 'unreadable'],
      ['13812345678、13912345678', 'unreadable'],
      ['', 'unknown'],
    ]);
  });
});
