import {
  applicantSigns,
  bothSign,
  cause,
  claimantNames,
  employmentBlocks,
  letterEnd,
  LIMITATION,
  partyBlocks,
  requestTable,
  respondentNames,
} from './compose-parts.rules.ts';
import type { PaperData } from './paper-data.rules.ts';
import { representativesOf } from './paper-facts.rules.ts';
import { DECLINE_WORDS, SOURCE_WORDS } from './paper-words.rules.ts';
import {
  BLANK,
  BLANK_DAY,
  dayInWords,
  GAP,
  known,
  knownSecret,
  momentInWords,
  type Block,
  type Secret,
  type Text,
} from './paper.rules.ts';

/** 调解申请书: who, against whom, what, why, by which evidence (企业劳动争议协商调解规定 21). */
export function application(data: PaperData): Block[] {
  return [
    ...partyBlocks(data),
    ...employmentBlocks(data),
    ...requestBlocks(data),
    { paragraph: `此致` },
    { addressee: data.organisation },
    applicantSigns(),
  ];
}

/** 口头申请笔录: recorded on the spot (劳动争议调解仲裁法 12). */
export function oralApplication(data: PaperData): Block[] {
  return [
    {
      grid: [
        [
          { label: '申请时间', value: momentInWords(data.receivedAt) },
          { label: '来源', value: SOURCE_WORDS[data.source] },
        ],
        [
          { label: '记录地点', value: known(data.room?.name) },
          { label: '记录人', value: known(data.mediator) },
        ],
      ],
    },
    {
      paragraph:
        '申请人口头提出调解申请，由本组织当场记录申请人的基本情况、申请调解的争议事项、理由和时间（《劳动争议调解仲裁法》第十二条）。',
    },
    ...partyBlocks(data),
    ...employmentBlocks(data),
    ...requestBlocks(data),
    { paragraph: '以上笔录已向申请人宣读（或者由申请人阅读），申请人确认与其陈述一致。' },
    {
      signatures: [
        { label: '申请人（签名或捺印）：', lines: [BLANK_DAY] },
        { label: '记录人（签名）：', lines: [BLANK_DAY] },
      ],
    },
  ];
}

function requestBlocks(data: PaperData): Block[] {
  const { particulars, facts } = data;
  return [
    { heading: '请求事项' },
    requestTable(data),
    { heading: '事实与理由' },
    { paragraph: knownSecret('text', particulars.facts ?? facts) },
    { heading: '证据和证据来源' },
    { paragraph: knownSecret('text', particulars.evidence) },
    { heading: '代理人（代表人）' },
    { paragraph: agentText(data) },
  ];
}

function agentText(data: PaperData): Text {
  const value = data.particulars.agent ?? representativesOf(data).join('、');
  return value === '' ? BLANK : { secret: 'text', value };
}

/** 权利义务告知书, with each party's consent to mediation. */
export function rightsNotice(data: PaperData): Block[] {
  const { level, workerConsentOn, respondentConsentOn, statutoryDueOn } = data;
  const until = statutoryDueOn ? `（本案为${dayInWords(statutoryDueOn)}）` : '';
  const rights = [
    '调解自愿。当事人有权接受调解、拒绝调解或者要求终止调解；当事人不愿调解、调解不成或者达成调解协议后不履行的，可以依法申请仲裁（《劳动争议调解仲裁法》第五条、《人民调解法》第二十三条）。',
    level === 'village'
      ? '调解劳动争议不收取任何费用（《人民调解法》第四条）。'
      : '本组织调解劳动争议不收取任何费用。',
    `自调解组织收到调解申请之日起十五日内未达成调解协议的，当事人可以依法申请仲裁（《劳动争议调解仲裁法》第十四条）${until}。双方当事人同意延长的，可以延长（《企业劳动争议协商调解规定》第二十九条）。`,
    '与争议事项有关的证据属于用人单位掌握管理的，用人单位应当提供；不提供的，应当承担不利后果（《劳动争议调解仲裁法》第六条）。当事人应当如实陈述，尊重对方当事人，遵守调解秩序。',
    '调解一般不公开进行（《企业劳动争议协商调解规定》第二十四条）。',
    '调解协议书由双方当事人签名或者盖章，经调解员签名并加盖调解组织印章后生效，对双方当事人具有约束力，当事人应当履行（《劳动争议调解仲裁法》第十四条）。',
    LIMITATION,
    '为办理本案，本组织依法处理当事人的姓名、身份证号、联系方式、住址、工资和收款账户等个人信息，其中身份证号、收款账户等属于敏感个人信息，仅用于调解、送达、履行和归档，不向无关人员提供；当事人有权查阅、复制和更正（《个人信息保护法》第十七条、第二十八条至第三十条）。',
  ];
  return [
    { addressee: `${claimantNames(data)}、${respondentNames(data)}：` },
    { paragraph: `${cause(data)}，现将调解中的权利和义务告知如下：` },
    ...rights.map((text, index) => ({ paragraph: `${'一二三四五六七八'[index]}、${text}` })),
    { heading: '同意调解确认' },
    {
      grid: [
        [{ label: '申请人', value: consentText(workerConsentOn), wide: true }],
        [{ label: '被申请人', value: consentText(respondentConsentOn), wide: true }],
        ...(level === 'enterprise'
          ? [
              [
                {
                  label: '企业调解',
                  value: data.enterpriseConsent
                    ? '申请人同意由企业劳动争议调解委员会调解。'
                    : '由企业劳动争议调解委员会调解：□申请人同意　□申请人不同意',
                  wide: true,
                },
              ],
            ]
          : []),
      ],
    },
    { paragraph: '本告知书已阅读（或者已向本人宣读），内容清楚。' },
    bothSign(),
  ];
}

const consentText = (on: string | null): string =>
  on === null
    ? `□同意调解${GAP}□不同意调解${GAP}${GAP}${BLANK_DAY}`
    : `同意由本组织调解（${dayInWords(on)}表示同意）。`;

/** 代表人推举书 of ten or more workers with a common request (劳动争议调解仲裁法 7). */
export function representatives(data: PaperData): Block[] {
  const names = representativesOf(data);
  const elected = names.length > 0 ? names : [BLANK, BLANK, BLANK];
  return [
    { addressee: `${data.organisation}：` },
    {
      paragraph: `${cause(data)}，申请人一方在十人以上并有共同请求，现依照《劳动争议调解仲裁法》第七条，参照《劳动人事争议仲裁办案规则》第六十三条（代表人三至五名），共同推举下列人员为代表人参加调解：`,
    },
    {
      table: {
        columns: [{ label: '序号', look: 'narrow' }, { label: '代表人姓名' }, { label: '签名' }],
        rows: elected.map((name, index) => [String(index + 1), name, '']),
      },
    },
    {
      paragraph:
        '代表人参加调解的行为对推举人发生效力；代表人变更、放弃请求，承认对方当事人的请求，进行和解或者撤回申请的，应当经被代表的当事人同意。',
    },
    { paragraph: ['代表权限：', knownPowers(data)] },
    { heading: `推举人（共${data.claimants.length}人）` },
    {
      table: {
        columns: [
          { label: '序号', look: 'narrow' },
          { label: '姓名' },
          { label: '身份证号' },
          { label: '签名（捺印）' },
        ],
        rows: data.claimants.map(({ name, idNumber }, index) => [
          String(index + 1),
          name,
          knownSecret('idNumber', idNumber),
          '',
        ]),
      },
    },
    { paragraph: `推举日期：${BLANK_DAY}` },
  ];
}

const knownPowers = ({ powers }: PaperData): Secret | string =>
  powers === null ? BLANK : { secret: 'text', value: powers };

/** 受理通知书 (企业劳动争议协商调解规定 22). */
export function acceptance(data: PaperData): Block[] {
  const next = data.sessions.find(({ held }) => !held);
  return [
    { addressee: `${claimantNames(data)}、${respondentNames(data)}：` },
    {
      paragraph: `${cause(data)}一案，经审查属于劳动争议调解受理范围，双方当事人均同意调解，依照《企业劳动争议协商调解规定》第二十二条，本组织决定受理。现将有关事项通知如下：`,
    },
    {
      grid: [
        [
          { label: '案号', value: known(data.number) },
          { label: '受理日期', value: dayInWords(data.acceptedOn) },
        ],
        [
          { label: '调解期限', value: `至${dayInWords(data.extendedTo ?? data.statutoryDueOn)}` },
          { label: '调解员', value: known(data.mediator) },
        ],
        [
          { label: '调解时间', value: next ? momentInWords(next.startsAt) : BLANK },
          { label: '调解地点', value: known(next?.place ?? data.room?.address ?? data.room?.name) },
        ],
        [{ label: '联系电话', value: known(data.room?.phone), wide: true }],
      ],
    },
    {
      paragraph:
        '调解期限为收到调解申请之日起十五日。期限届满未达成调解协议的，当事人可以依法申请仲裁（《劳动争议调解仲裁法》第十四条）；双方当事人同意延长的除外（《企业劳动争议协商调解规定》第二十九条）。',
    },
    letterEnd(data),
  ];
}

/** 不予受理通知书: why, and where to go (企业劳动争议协商调解规定 22). */
export function refusal(data: PaperData): Block[] {
  const { ending, outcome, town } = data;
  const code = ending?.declineReason ?? (outcome === 'notLabour' ? 'outOfScope' : null);
  const guidance =
    code === 'outOfScope'
      ? '该事项可以依法向有权处理的机关或者人民法院提出；需要法律帮助的，可以拨打法律援助热线'
      : `当事人可以依法向${town.commissionName}申请仲裁（地址：${known(town.commissionAddress)}）；拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金的，劳动者可以向劳动行政部门投诉（《劳动争议调解仲裁法》第九条）；需要法律帮助的，可以拨打法律援助热线`;
  return [
    { addressee: `${claimantNames(data)}：` },
    { paragraph: `你（你们）与${respondentNames(data)}的争议，经审查，本组织决定不予受理。` },
    {
      grid: [
        [{ label: '理由', value: code ? DECLINE_WORDS[code] : '其他', wide: true }],
        [{ label: '说明', value: knownSecret('text', ending?.reason), wide: true }],
        [{ label: '依据', value: '《企业劳动争议协商调解规定》第二十二条', wide: true }],
      ],
    },
    { paragraph: `${guidance}${town.legalAidPhone}。` },
    ...(code === 'outOfScope' ? [] : [{ paragraph: LIMITATION }]),
    letterEnd(data),
    { note: `收件人（签名）：${BLANK}${GAP}${GAP}送达日期：${BLANK_DAY}` },
  ];
}
