import { idNumberCheckDigit } from '../../../server/shared/personal-data.rules.ts';
import { creditCodeCheckDigit } from '../../../server/directory/credit-code.rules.ts';
import type { Industry } from '../../../server/directory/directory.rules.ts';
import type { Random } from './random.ts';

/** Invented villages, firms and people; any likeness is by chance. */
export const VILLAGES = [
  '东浜村',
  '西浜村',
  '南桥村',
  '北桥村',
  '柳塘村',
  '荷塘村',
  '新河村',
  '永丰村',
  '梅园村',
  '石桥村',
  '唐庄村',
  '陆庄村',
  '长圩村',
  '东市社区',
  '西市社区',
] as const;

const BRANDS =
  '宏瑞 恒远 金泰 顺达 嘉禾 盛源 华茂 新锐 同创 永昌 博丰 祥和 联众 天诚 海润 锦程 万顺 德隆 佳美 启明 正阳 凯旋 东升 兴业 长青 安泰 富春 银河 双龙 润泽'.split(
    ' ',
  );

const TRADES: [Industry, string][] = [
  ['textile', '针织'],
  ['textile', '纺织'],
  ['garment', '服饰'],
  ['garment', '制衣'],
  ['machinery', '机械'],
  ['metal', '金属制品'],
  ['metal', '钢构'],
  ['electronics', '电子'],
  ['chemical', '化工'],
  ['plastics', '塑业'],
  ['construction', '建筑工程'],
  ['logistics', '物流'],
  ['catering', '餐饮管理'],
  ['retail', '商贸'],
  ['services', '物业服务'],
];

export interface DemoEnterprise {
  name: string;
  alias: string;
  creditCode: string;
  industry: Industry;
  village: (typeof VILLAGES)[number];
  headcount: number;
  hasCommittee: boolean;
}

/** 120 enterprises of the trades of southern Jiangsu; every twelfth has a mediation committee. */
export function demoEnterprises(random: Random): DemoEnterprise[] {
  return Array.from({ length: 120 }, (_, index): DemoEnterprise => {
    const brand = BRANDS[index % BRANDS.length]!;
    const [industry, trade] = TRADES[(index * 7 + Math.floor(index / BRANDS.length)) % TRADES.length]!;
    const hasCommittee = index % 12 === 0;
    return {
      name: `江阴${brand}${trade}有限公司`,
      alias: `${brand}${trade}`,
      creditCode: creditCodeOf(random),
      industry,
      village: VILLAGES[index % VILLAGES.length]!,
      headcount: hasCommittee ? random.between(180, 900) : random.between(8, 160),
      hasCommittee,
    };
  });
}

function creditCodeOf(random: Random): string {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = Array.from({ length: 9 }, () => letters[random.between(0, letters.length - 1)]).join('');
  const first17 = `91320281${body}`;
  return first17 + creditCodeCheckDigit(first17);
}

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const GIVEN =
  '建国 志强 海燕 小红 伟 敏 丽娟 永康 学文 春梅 大勇 秀英 国平 晓东 玉兰 文斌 金凤 立新 桂芳 明 静 涛 桂香 长林 红霞 新华 根宝 阿妹 荣 雪峰'.split(
    ' ',
  );

export function personName(random: Random): string {
  return random.pick(SURNAMES) + random.pick(GIVEN);
}

/** A mobile number of a range that no operator has given out. */
export function phoneNumber(random: Random): string {
  return `100${String(random.between(10_000_000, 99_999_999))}`;
}

/** An ID number with a right check digit; `migrant` people come from another province. */
export function idNumber(random: Random, migrant: boolean, male: boolean): string {
  const area = migrant ? random.pick(['341225', '411527', '522401', '622424', '513022']) : '320281';
  const birth = `${random.between(1966, 2002)}${pad(random.between(1, 12))}${pad(random.between(1, 28))}`;
  const order = random.between(0, 49) * 2 + (male ? 1 : 0);
  const first17 = `${area}${birth}${String(order).padStart(3, '0')}`;
  return first17 + idNumberCheckDigit(first17);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
