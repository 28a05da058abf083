import type { ClaimType } from '../../../server/cases/case.rules.ts';
import type { Outcome } from '../../../server/cases/lifecycle.rules.ts';
import {
  addDays,
  daysBetween,
  instantOf,
  wallClock,
  type CalendarDay,
} from '../../../server/shared/calendar-day.ts';
import type { SheetToWrite } from '../../../server/shared/spreadsheets/write-xlsx.ts';
import { personName, phoneNumber, VILLAGES, type DemoEnterprise } from './names.ts';
import { amountsAddingUpTo, type Random } from './random.ts';

/** One complaint as the hotline's file will tell it, and what the town will make of it. */
export interface DemoComplaint {
  number: string;
  receivedAt: Date;
  caller: { name: string; phone: string; male: boolean; migrant: boolean };
  enterprise: DemoEnterprise;
  type: ClaimType;
  title: string;
  content: string;
  workers: number;
  amountFen: number;
  anonymous: boolean;
  outcome: Outcome;
}

/** How many complaints end how; the numbers of a year. */
export type OutcomePlan = Partial<Record<Outcome, number>>;

interface YearPlan {
  prefix: string;
  from: CalendarDay;
  to: CalendarDay;
  totalFen: number;
  outcomes: OutcomePlan;
}

const STORIES: [ClaimType, number, string, string][] = [
  [
    'wages',
    60,
    '拖欠工资',
    '我在{company}做{job}，{months}月份的工资一直没有发，共计{amount}元，多次找厂里要，都说再等等。请帮忙催讨。',
  ],
  [
    'wages',
    10,
    '离职后工资未结清',
    '我已从{company}离职，最后一个月工资{amount}元到现在没有结清，电话打过去也没有人处理。',
  ],
  ['overtime', 8, '不支付加班费', '{company}每天要做十二个小时，加班费{amount}元没有按规定计算，要求补发。'],
  [
    'compensation',
    7,
    '要求支付经济补偿',
    '{company}让我不要再去上班，没有给经济补偿，按工龄应有{amount}元。',
  ],
  [
    'workInjury',
    5,
    '工伤待遇未支付',
    '在{company}车间工作时手指受伤，医疗费和停工期间工资{amount}元没有支付。',
  ],
  ['termination', 4, '单方解除劳动合同', '{company}没有提前通知就解除劳动合同，要求按规定支付{amount}元。'],
  ['rest', 3, '年休假工资争议', '{company}三年没有安排年休假，要求支付年休假工资{amount}元。'],
  ['relationship', 3, '未签书面合同', '进{company}半年没签劳动合同，要求支付二倍工资差额{amount}元。'],
];
const TICKETS_OF_STORIES = STORIES.flatMap((story) => Array.from({ length: story[1] }, () => story));
const JOBS = ['挡车工', '缝纫工', '操作工', '焊工', '包装工', '保洁', '驾驶员', '仓管', '质检员', '厨工'];

/** Complaints of a period with exactly these outcomes and exactly this sum of amounts, in the order of receipt. */
export function demoComplaints(
  plan: YearPlan,
  enterprises: readonly DemoEnterprise[],
  random: Random,
): DemoComplaint[] {
  const outcomes = shuffled(
    Object.entries(plan.outcomes).flatMap(([outcome, count]) =>
      Array.from({ length: count }, () => outcome as Outcome),
    ),
    random,
  );
  const amounts = amountsAddingUpTo(plan.totalFen, outcomes.length, random);
  const days = daysBetween(plan.from, plan.to);
  const instants = outcomes
    .map(() => {
      const time = `${String(random.between(8, 17)).padStart(2, '0')}:${String(random.between(0, 59)).padStart(2, '0')}`;
      return instantOf(addDays(plan.from, random.between(0, days)), time);
    })
    .sort((a, b) => a.getTime() - b.getTime());
  return outcomes.map((outcome, index): DemoComplaint => {
    const [type, , title, text] = random.pick(TICKETS_OF_STORIES);
    const enterprise = random.pick(enterprises);
    const amountFen = amounts[index]!;
    const male = random.chance(0.55);
    const content = text
      .replace('{company}', enterprise.name)
      .replace('{job}', random.pick(JOBS))
      .replace('{months}', String(((instants[index]!.getUTCMonth() + 10) % 12) + 1))
      .replace('{amount}', String(amountFen / 100));
    return {
      number: `${plan.prefix}${String(index + 1).padStart(6, '0')}`,
      receivedAt: instants[index]!,
      caller: { name: personName(random), phone: phoneNumber(random), male, migrant: random.chance(0.75) },
      enterprise,
      type,
      title,
      content,
      workers: 1,
      amountFen,
      anonymous: false,
      outcome,
    };
  });
}

const HEADERS = [
  '工单编号',
  '来电时间',
  '来电人姓名',
  '性别',
  '联系电话',
  '诉求分类',
  '标题',
  '诉求内容',
  '事发地址',
  '所属村（社区）',
  '被诉主体',
  '统一社会信用代码',
  '涉及人数',
  '涉及金额（元）',
  '是否匿名',
  '来源渠道',
  '是否农民工',
];

const OTHER_MATTERS: [string, string, string][] = [
  ['城乡建设', '路灯不亮', '村口路灯坏了半个月，晚上走路不方便，请派人维修。'],
  ['生态环境', '夜间噪声', '附近工地夜间施工噪声大，影响休息。'],
  ['交通运输', '公交班次', '早高峰公交间隔太长，建议增加班次。'],
  ['市场监管', '食品问题', '在超市买到过期食品，要求退赔。'],
  ['物业管理', '电梯故障', '小区电梯经常停运，物业不处理。'],
];

/** The category under which the city's hotline files labour complaints. */
export const LABOUR_CATEGORY = '劳动和社会保障';

/** The hotline's file of a year in a city's layout: a title above the header, and complaints of other kinds in between. */
export function hotlineSheet(
  title: string,
  complaints: readonly DemoComplaint[],
  others: number,
  random: Random,
): SheetToWrite {
  const labour = complaints.map((complaint) => [
    complaint.number,
    wallClock(complaint.receivedAt).replaceAll('-', '/'),
    complaint.caller.name,
    complaint.caller.male ? '男' : '女',
    complaint.caller.phone,
    `${LABOUR_CATEGORY}/劳动报酬`,
    complaint.title,
    complaint.content,
    `${complaint.enterprise.village}工业集中区`,
    complaint.enterprise.village,
    complaint.enterprise.name,
    complaint.enterprise.creditCode,
    complaint.workers,
    complaint.amountFen / 100,
    complaint.anonymous ? '是' : '否',
    random.pick(['电话', '电话', '电话', '微信', 'APP']),
    complaint.caller.migrant ? '是' : '否',
  ]);
  const first = complaints[0]!;
  const rest = Array.from({ length: others }, (_, index) => {
    const [category, matter, text] = random.pick(OTHER_MATTERS);
    return [
      `${first.number.slice(0, 6)}Q${String(index + 1).padStart(6, '0')}`,
      wallClock(random.pick(complaints).receivedAt).replaceAll('-', '/'),
      personName(random),
      random.chance(0.5) ? '男' : '女',
      phoneNumber(random),
      category,
      matter,
      text,
      `${random.pick(VILLAGES)}`,
      random.pick(VILLAGES),
      '',
      '',
      1,
      '',
      '否',
      '电话',
      '',
    ];
  });
  const rows = [...labour, ...rest].sort((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1));
  return { name: '工单明细', headerRows: 2, rows: [[title], HEADERS, ...rows] };
}

function shuffled<T>(items: T[], random: Random): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = random.between(0, last);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
