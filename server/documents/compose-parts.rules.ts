import type { CalendarDay } from '../shared/calendar-day.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import type { PaperClaimant, PaperData, PaperRespondent } from './paper-data.rules.ts';
import { agreedFenOf, representativesOf, requestsByType, sumOf } from './paper-facts.rules.ts';
import { PART_WORDS, TYPE_WORDS } from './paper-words.rules.ts';
import {
  BLANK,
  BLANK_DAY,
  dayInWords,
  GAP,
  known,
  knownSecret,
  type Block,
  type Text,
} from './paper.rules.ts';

/** Up to this many workers each have their own cells; more stand in a list. */
const OWN_CELLS = 2;

const GENDER_WORDS = { male: '男', female: '女' } as const;

/** Who asks and who is asked, with everything that identifies them. */
export function partyBlocks(data: PaperData): Block[] {
  return [...claimantBlocks(data), ...data.respondents.map(respondentGrid)];
}

function claimantBlocks(data: PaperData): Block[] {
  const { claimants } = data;
  if (claimants.length === 0) return [{ heading: '申请人' }, { paragraph: BLANK }];
  if (claimants.length <= OWN_CELLS) return claimants.map(claimantGrid);
  return [
    { heading: `申请人（共${claimants.length}人）` },
    claimantList(data),
    ...representativeLine(data).map((paragraph) => ({ paragraph })),
  ];
}

/** Who was elected to represent a group; nothing where nobody was. */
export function representativeLine(data: PaperData): string[] {
  const names = representativesOf(data);
  return names.length > 0 ? [`申请人推举的代表人：${names.join('、')}。`] : [];
}

function claimantGrid(claimant: PaperClaimant): Block {
  const { name, gender, birthDate, idNumber, phone, migrant } = claimant;
  return {
    grid: [
      [
        { label: '申请人', value: name },
        { label: '性别', value: gender ? GENDER_WORDS[gender] : BLANK },
      ],
      [
        { label: '出生日期', value: dayInWords(birthDate) },
        { label: '农民工', value: migrant === null ? '□是　□否' : migrant ? '是' : '否' },
      ],
      [
        { label: '身份证号', value: knownSecret('idNumber', idNumber) },
        { label: '联系电话', value: knownSecret('phone', phone) },
      ],
      [{ label: '住址', value: known(claimant.address), wide: true }],
      [{ label: '送达地址', value: known(claimant.deliveryAddress ?? claimant.address), wide: true }],
    ],
  };
}

function respondentGrid(respondent: PaperRespondent): Block {
  const { part, name, contactName, phone, creditCode } = respondent;
  const contact: Text = [contactName ? `${contactName}${GAP}` : '', ...pieces(knownSecret('phone', phone))];
  return {
    grid: [
      [
        { label: '被申请人', value: name },
        { label: '身份', value: PART_WORDS[part] },
      ],
      [
        part === 'labourContractor'
          ? { label: '身份证号', value: BLANK }
          : { label: '统一社会信用代码', value: known(creditCode) },
        { label: '法定代表人', value: known(respondent.legalRepresentative) },
      ],
      [
        { label: '住所', value: known(respondent.address) },
        { label: '联系电话', value: contact },
      ],
    ],
  };
}

const pieces = (text: Text): Exclude<Text, unknown[]>[] => (Array.isArray(text) ? text : [text]);

/** The workers of a group, one a line. */
export function claimantList({ claimants }: PaperData): Block {
  return {
    table: {
      columns: [
        { label: '序号', look: 'narrow' },
        { label: '姓名' },
        { label: '性别', look: 'narrow' },
        { label: '身份证号' },
        { label: '联系电话' },
        { label: '诉求金额（元）', look: 'number' },
      ],
      rows: claimants.map(({ name, gender, idNumber, phone, claims }, index) => [
        String(index + 1),
        name,
        gender ? GENDER_WORDS[gender] : '',
        knownSecret('idNumber', idNumber),
        knownSecret('phone', phone),
        yuan(sumOf(claims.map(({ claimedFen }) => claimedFen))),
      ]),
    },
  };
}

/** When the worker came and went, and what the wage is; of one or two workers. */
export function employmentBlocks({ claimants }: PaperData): Block[] {
  if (claimants.length > OWN_CELLS) return [];
  return claimants.map((claimant) => ({
    grid: [
      [
        { label: '入职日期', value: dayInWords(claimant.workedFrom) },
        {
          label: '离职日期',
          value: claimant.workedUntil ? dayInWords(claimant.workedUntil) : `□在职${GAP}${BLANK}`,
        },
      ],
      [
        { label: '岗位', value: known(claimant.position) },
        {
          label: '月工资',
          value: claimant.monthlyWageFen === undefined ? BLANK : `${formatYuan(claimant.monthlyWageFen)}元`,
        },
      ],
    ],
  }));
}

/** What is asked for: items with their amounts, the sum in figures and in words. */
export function requestTable(data: PaperData): Block {
  const requests = requestsByType(data);
  const totalFen = sumOf(requests.map(({ claimedFen }) => claimedFen));
  return {
    table: {
      columns: [
        { label: '序号', look: 'narrow' },
        { label: '请求事项' },
        { label: '金额（元）', look: 'number' },
      ],
      rows: (requests.length > 0 ? requests : [null]).map((request, index) => [
        String(index + 1),
        request ? TYPE_WORDS[request.type] : BLANK,
        yuan(request?.claimedFen ?? null),
      ]),
      foot: ['合计', totalFen === null ? BLANK : `人民币${amountInWords(totalFen)}`, yuan(totalFen)],
    },
  };
}

/** What each of several workers is promised. */
export function agreedTable({ claimants }: PaperData): Block[] {
  if (claimants.length < 2) return [];
  const amounts = claimants.map(agreedFenOf);
  const totalFen = sumOf(amounts);
  return [
    {
      table: {
        columns: [
          { label: '序号', look: 'narrow' },
          { label: '申请人' },
          { label: '协议金额（元）', look: 'number' },
          { label: '签名（捺印）' },
        ],
        rows: claimants.map(({ name }, index) => [String(index + 1), name, yuan(amounts[index] ?? null), '']),
        foot: ['合计', totalFen === null ? '' : `人民币${amountInWords(totalFen)}`, yuan(totalFen), ''],
      },
    },
  ];
}

/** An amount in figures, or a line. */
export function yuan(fen: number | null): string {
  return fen === null ? '＿＿＿' : formatYuan(fen);
}

/** An amount in figures and in capital numerals. */
export function yuanInBoth(fen: number): string {
  return `人民币${formatYuan(fen)}元（大写：${amountInWords(fen)}）`;
}

/** The workers by name; of many the first and how many. */
export function claimantNames({ claimants, workers }: PaperData): string {
  const [first] = claimants;
  if (!first) return BLANK;
  if (claimants.length <= 3 && workers <= claimants.length)
    return claimants.map(({ name }) => name).join('、');
  return `${first.name}等${Math.max(workers, claimants.length)}人`;
}

export function respondentNames({ respondents }: PaperData): string {
  return respondents.map(({ name }) => name).join('、') || BLANK;
}

/** “李强与某公司劳动报酬争议”. */
export function cause(data: PaperData): string {
  const type = TYPE_WORDS[data.primaryType];
  return `${claimantNames(data)}与${respondentNames(data)}${type}${type.endsWith('争议') ? '' : '争议'}`;
}

const SIGNED = [BLANK_DAY];

/** Both parties sign or seal. */
export function bothSign(): Block {
  return {
    signatures: [
      { label: '申请人（签名或捺印）：', lines: SIGNED },
      { label: '被申请人（签名或盖章）：', lines: SIGNED },
    ],
  };
}

export function applicantSigns(): Block {
  return { signatures: [{ label: '申请人（签名或捺印）：', lines: SIGNED }] };
}

/** The mediator signs, whoever mediates beside them on that day, too, and the organisation seals. */
export function organisationSigns(data: PaperData, day: CalendarDay = data.today): Block {
  const { organisation, mediator } = data;
  return {
    signatures: [
      { label: '调解员（签名）：', lines: [mediator ? `（${mediator}）` : '', BLANK_DAY] },
      ...coMediatorsOn(data, day).map((name) => ({
        label: '协助调解员（签名）：',
        lines: [`（${name}）`, BLANK_DAY],
      })),
      { label: '调解组织（印章）：', lines: [organisation, BLANK_DAY] },
    ],
  };
}

/** The names of those who mediated beside the lead on a day. */
export function coMediatorsOn({ coMediators }: PaperData, day: CalendarDay): string[] {
  return coMediators
    .filter(({ since, until }) => since <= day && (until === null || until >= day))
    .map(({ name }) => name);
}

/** A letter's end: organisation, seal and day. */
export function letterEnd({ organisation, today }: Pick<PaperData, 'organisation' | 'today'>): Block {
  return { signatures: [{ label: '', lines: [organisation, '（印章）', dayInWords(today)] }] };
}

/** The limitation for arbitration (劳动争议调解仲裁法 27), as every notice says it. */
export const LIMITATION =
  '劳动争议申请仲裁的时效期间为一年，从当事人知道或者应当知道其权利被侵害之日起计算；因当事人一方向对方当事人主张权利，或者向有关部门请求权利救济，或者对方当事人同意履行义务而中断，从中断时起重新计算。劳动关系存续期间因拖欠劳动报酬发生争议的，不受一年时效期间的限制；劳动关系终止的，应当自终止之日起一年内提出（《劳动争议调解仲裁法》第二十七条）。';
