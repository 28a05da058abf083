import type { ClaimType } from './case.rules.ts';

/** Words by which a complaint's type is recognised; the first that occurs decides, so the special stand before the general. */
const WORDS: [ClaimType, readonly string[]][] = [
  [
    'workInjury',
    [
      ...['工伤', '受伤', '医疗费', '医药费', '伤残', '工亡', '住院', '压伤', '砸伤', '摔伤', '烫伤', '轧伤'],
      ...['骨折', '断指', '压断', '轧断'],
    ],
  ],
  ['overtime', ['加班费', '加班工资', '加班']],
  [
    'compensation',
    [
      '经济补偿',
      '经济赔偿',
      '赔偿金',
      '补偿金',
      '双倍工资',
      '二倍工资',
      '两倍工资',
      'N+1',
      '没有赔偿',
      '不给赔偿',
    ],
  ],
  [
    'termination',
    [
      ...['辞退', '解除', '开除', '裁员', '劝退', '解雇', '终止劳动合同', '离职证明', '走人', '不让上班'],
      ...['不让我上班', '自动离职'],
    ],
  ],
  [
    'socialInsurance',
    [
      ...['社保', '社会保险', '养老保险', '医保', '医疗保险', '失业保险', '失业金', '生育津贴', '公积金'],
      ...['五险', '交保险', '缴保险', '买保险', '上保险', '参保'],
    ],
  ],
  [
    'relationship',
    ['劳动关系', '签劳动合同', '签合同', '签订劳动合同', '签订合同', '合同不给', '不承认我是'],
  ],
  ['rest', ['休息', '休假', '年休假', '年假', '产假', '病假', '婚假', '丧假', '陪产', '调休', '没有休过']],
  [
    'protection',
    ['高温', '防护', '劳保', '职业病', '粉尘', '噪音', '女职工', '怀孕', '孕期', '哺乳', '中暑', '童工'],
  ],
  [
    'wages',
    [
      ...['工资', '欠薪', '薪', '报酬', '工钱', '提成', '奖金', '押金', '血汗钱', '生活费', '工时费', '结账'],
      ...['不给钱', '没给钱', '欠我', '欠钱', '罚款', '扣款'],
    ],
  ],
];

/**
 * The primary type that a complaint's words suggest; a person can correct it. Its first line that names one decides: the
 * title says what it is about, what follows tells the story.
 */
export function suggestClaimType(text: string): ClaimType {
  const types = text
    .split('\n')
    .map((line) => WORDS.find(([, words]) => words.some((word) => line.includes(word)))?.[0]);
  return types.find((type) => type !== undefined) ?? 'other';
}
