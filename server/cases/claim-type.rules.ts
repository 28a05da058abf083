import type { ClaimType } from './case.rules.ts';

/** Words by which a complaint's type is recognised; the first that occurs decides, so the special stand before the general. */
const WORDS: [ClaimType, readonly string[]][] = [
  ['workInjury', ['工伤', '受伤', '医疗费', '伤残']],
  ['overtime', ['加班费', '加班工资', '加班']],
  ['compensation', ['经济补偿', '赔偿金', '补偿金', '双倍工资', '二倍工资']],
  ['termination', ['辞退', '解除', '开除', '终止劳动合同', '离职证明']],
  ['socialInsurance', ['社保', '社会保险', '养老保险', '医保', '公积金']],
  ['relationship', ['确认劳动关系', '劳动关系', '未签劳动合同', '没签合同', '不签合同']],
  ['rest', ['休息', '休假', '年休假', '年假', '产假', '病假']],
  ['protection', ['高温', '防护', '职业病', '女职工', '孕期', '哺乳']],
  ['wages', ['工资', '欠薪', '薪', '报酬', '工钱', '提成', '奖金', '押金']],
];

/** The primary type that a complaint's words suggest; a person can correct it. */
export function suggestClaimType(text: string): ClaimType {
  return WORDS.find(([, words]) => words.some((word) => text.includes(word)))?.[0] ?? 'other';
}
