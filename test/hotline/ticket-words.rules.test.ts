import { expect } from 'chai';
import { amountOf, workersOf } from '../../server/hotline/ticket-words.rules.ts';
import { leadName } from '../../server/shared/personal-data.rules.ts';

const silent = { callerName: null, title: null, content: null, workers: null, amountFen: null };

describe('how many people a ticket is about', () => {
  for (const [told, ticket, count, atLeast] of [
    ['the column, whatever the words', { workers: 3, callerName: '李建军等12人' }, 3, false],
    ['the caller’s name', { callerName: '李建军等12人' }, 12, false],
    ['the caller’s name with a measure', { callerName: '李建军等12名工友' }, 12, false],
    ['migrant workers in the text', { content: '拖欠12名农民工工资合计23.6万元' }, 12, false],
    ['the title', { title: '15名工人集体讨薪' }, 15, false],
    ['people', { content: '我们12个人两个月没有拿到工资' }, 12, false],
    ['us, without a noun', { content: '我们一共11个都没拿到钱' }, 11, false],
    ['numerals', { content: '我们十五名职工被拖欠工资' }, 15, false],
    ['a wide digit', { content: '共１２人被欠薪' }, 12, false],
    ['two tens', { content: '涉及二十三人' }, 23, false],
    ['more than', { content: '20多名工人堵在门口' }, 20, true],
    ['and more', { content: '等30余人的工资' }, 30, true],
    ['ten and some', { content: '十几人没有拿到工资' }, 10, true],
    ['some tens', { content: '厂门口有几十个工人讨薪' }, 20, true],
    ['two or three tens', { content: '二三十人讨薪' }, 20, true],
    ['or more', { content: '10人以上没拿到工资' }, 10, true],
    ['the caller and workmates', { content: '我和另外9名工友被拖欠工资' }, 10, false],
    ['the largest', { content: '共12人，其中3名女工' }, 12, false],
    ['the firm’s size is not theirs', { content: '公司有200名员工，拖欠我一个人的工资' }, 1, false],
    ['months are no people', { content: '我们3个月没有发工资' }, null, false],
    ['the third party', { content: '第三人是房东' }, null, false],
    ['nobody counted', { callerName: '李建军', content: '李建军等人被拖欠工资' }, null, false],
    ['each of them', { content: '每人5000元' }, null, false],
  ] as const) {
    it(`${told}: ${count}`, () => {
      const said = workersOf({ ...silent, ...ticket });
      expect({ count: said.count, atLeast: said.atLeast }).to.deep.equal({ count, atLeast });
      expect(said.read).to.equal(count !== null && !('workers' in ticket));
    });
  }
});

describe('the amount that a ticket is about', () => {
  for (const [told, ticket, fen] of [
    ['the column', { amountFen: 500, content: '拖欠12400元' }, 500],
    ['yuan', { content: '拖欠工资12400元至今未付' }, 1_240_000],
    ['ten thousands', { content: '拖欠工资5.6万元' }, 5_600_000],
    ['without 元', { content: '还欠1.5万' }, 1_500_000],
    ['with separators', { title: '讨要12,400.50元工资' }, 1_240_050],
    ['in speech', { content: '欠我三千块钱' }, 300_000],
    ['numerals', { content: '老板欠我一万二千元' }, 1_200_000],
    ['about', { content: '欠了2万多元' }, 2_000_000],
    ['the sum before its parts', { content: '欠工资2万元、押金500元，合计20500元' }, 2_050_000],
    ['what is owed before what was paid', { content: '应发3万元，已付2.5万元，尚欠5000元' }, 500_000],
    ['what is owed, not the pay', { content: '月工资6500元，拖欠工资共13000元' }, 1_300_000],
    ['a rate is none', { content: '每月6000元，三个月没发' }, null],
    ['a wage per day is none', { content: '说好300元一天，一直不给' }, null],
    ['a year is none', { content: '2026年3月起在该公司上班' }, null],
    ['people are none', { content: '涉及1.2万人' }, null],
  ] as const) {
    it(`${told}: ${fen}`, () => {
      const said = amountOf({ ...silent, ...ticket });
      expect(said).to.deep.equal({ fen, read: fen !== null && !('amountFen' in ticket) });
    });
  }
});

describe('the name of who speaks for several', () => {
  for (const [written, name] of [
    ['李建军', '李建军'],
    ['李建军等12人', '李建军'],
    ['李建军等', '李建军'],
    ['李建军等十余名农民工', '李建军'],
    ['李建军、王芳等5人', '李建军'],
    ['李建军（等12人）', '李建军'],
    ['等等', '等等'],
  ] as const) {
    it(written, () => expect(leadName(written)).to.equal(name));
  }
});
