import {
  agreedTable,
  bothSign,
  cause,
  claimantNames,
  letterEnd,
  LIMITATION,
  partyBlocks,
  respondentNames,
  yuan,
  yuanInBoth,
} from './compose-parts.rules.ts';
import { availablePapers, FORMS, paperKey, servedForms, type PaperForm } from './forms.rules.ts';
import type { PaperData, PaperPayment } from './paper-data.rules.ts';
import { AUTHORITY_WORDS, FILE_WORDS, MANNER_WORDS, REFERRAL_WORDS } from './paper-words.rules.ts';
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

/** 调解终止（不成）告知书: the reason, and the right to arbitrate (企业劳动争议协商调解规定 30). */
export function failure(data: PaperData): Block[] {
  const { town, outcome } = data;
  const why =
    outcome === 'lostContact'
      ? '因无法与申请人取得联系，本组织终止调解。'
      : '双方当事人未达成调解协议，调解不成。';
  return [
    { addressee: `${claimantNames(data)}、${respondentNames(data)}：` },
    {
      paragraph: `${cause(data)}一案（${known(data.number)}），本组织于${dayInWords(data.acceptedOn)}受理，${why}依照《企业劳动争议协商调解规定》第二十九条、第三十条，现书面告知如下：`,
    },
    { paragraph: ['一、终止调解的原因：', ...pieces(knownSecret('text', reasonOf(data)))] },
    {
      paragraph: `二、当事人可以依法向${town.commissionName}申请仲裁（《劳动争议调解仲裁法》第五条、第十四条），地址：${known(town.commissionAddress)}。`,
    },
    { paragraph: `三、${LIMITATION}` },
    {
      paragraph: `四、拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金的，劳动者可以向劳动行政部门投诉（《劳动争议调解仲裁法》第九条）；对仲裁裁决不服的，除法律另有规定的外，可以依法向${town.courtName}提起诉讼（《劳动争议调解仲裁法》第五条）。需要法律帮助的，可以拨打法律援助热线${town.legalAidPhone}。`,
    },
    ...(data.referral ? [{ paragraph: `五、本组织建议：${REFERRAL_WORDS[data.referral]}。` }] : []),
    letterEnd(data),
    { heading: '送达签收' },
    receiptTable([
      ['申请人', claimantNames(data)],
      ['被申请人', respondentNames(data)],
    ]),
  ];
}

/** What was entered, or that the days are over, as the system drafts it. */
function reasonOf({ ending, failureDraftedOn }: PaperData): string | null {
  if (ending?.reason) return ending.reason;
  return failureDraftedOn ? '调解期限届满，双方当事人未达成调解协议。' : null;
}

const pieces = (text: Text): Exclude<Text, unknown[]>[] => (Array.isArray(text) ? text : [text]);

/** Who signs for a notice, and when. */
export function receiptTable(parties: [string, string][]): Block {
  return {
    table: {
      columns: [
        { label: '受送达人' },
        { label: '姓名或名称' },
        { label: '签收' },
        { label: '送达日期', look: 'day' },
      ],
      rows: parties.map(([part, name]) => [part, name, '', BLANK_DAY]),
    },
  };
}

/** 仲裁审查申请书: jointly within 15 days (办案规则 74). */
export function arbitrationReview(data: PaperData): Block[] {
  return confirmationRequest(data, {
    kind: 'arbitrationReview',
    to: data.town.commissionName,
    request: `请求对${known(data.organisation)}主持达成的调解协议（${known(data.number)}）进行审查，并出具调解书。`,
    basis: '《企业劳动争议协商调解规定》第二十七条、《劳动人事争议仲裁办案规则》第七十四条',
    days: '十五日',
    promise:
      '双方当事人确认：调解协议出于自愿，不涉及确认劳动关系，未经人民法院确认，不损害国家利益、社会公共利益和他人合法权益（《劳动人事争议仲裁办案规则》第七十五条）。',
  });
}

/** 司法确认申请书: jointly within 30 days (人民调解法 33). */
export function judicialConfirmation(data: PaperData): Block[] {
  return confirmationRequest(data, {
    kind: 'judicialConfirmation',
    to: data.town.courtName,
    request: `请求确认${known(data.organisation)}主持达成的调解协议（${known(data.number)}）有效。`,
    basis: '《人民调解法》第三十三条、《民事诉讼法》第二百零五条',
    days: '三十日',
    promise:
      '双方当事人承诺：调解协议出于自愿，不存在恶意串通、规避法律的行为；如果因此给他人造成损害的，愿意承担相应的民事责任和其他法律责任。',
  });
}

interface ConfirmationRequest {
  kind: 'arbitrationReview' | 'judicialConfirmation';
  to: string;
  request: string;
  basis: string;
  days: string;
  promise: string;
}

function confirmationRequest(
  data: PaperData,
  { kind, to, request, basis, days, promise }: ConfirmationRequest,
): Block[] {
  const until = data.confirmations.find((way) => way.kind === kind)?.dueOn;
  const { settlement, effectiveOn } = data;
  return [
    ...partyBlocks(data),
    { heading: '共同申请事项' },
    { paragraph: request },
    { heading: '事实与理由' },
    {
      paragraph: `双方当事人因${cause(data)}，经${data.organisation}调解，于${dayInWords(effectiveOn)}达成调解协议并生效${settlement && settlement.totalFen > 0 ? `，约定支付${yuanInBoth(settlement.totalFen)}` : ''}。现依照${basis}，自协议生效之日起${days}内共同提出申请（期限至${dayInWords(until)}）。`,
    },
    { paragraph: promise },
    { heading: '附件' },
    {
      paragraph:
        '1.调解协议书原件；2.双方当事人身份证明（营业执照、法定代表人身份证明）；3.与协议有关的证据材料；4.授权委托书（有代理人的）。',
    },
    { heading: '送达地址和联系方式确认' },
    {
      table: {
        columns: [{ label: '当事人' }, { label: '送达地址' }, { label: '联系电话' }],
        rows: [
          ...data.claimants
            .slice(0, 5)
            .map(({ name, address, deliveryAddress, phone }) => [
              name,
              known(deliveryAddress ?? address),
              knownSecret('phone', phone),
            ]),
          ...data.respondents.map(({ name, address, deliveryAddress, phone }) => [
            name,
            known(deliveryAddress ?? address),
            knownSecret('phone', phone),
          ]),
        ],
      },
    },
    { paragraph: '此致' },
    { addressee: to },
    ...(data.claimants.length > 5 ? agreedTable(data) : []),
    bothSign(),
  ];
}

/** 履行记录: what was due, what was paid with which proof, who verified it; and a receipt to sign. */
export function performance(data: PaperData): Block[] {
  const instalments = data.settlement?.instalments ?? [];
  const nameOf = (id: string): string => data.claimants.find((claimant) => claimant.id === id)?.name ?? BLANK;
  const paidFen = instalments
    .flatMap(({ payments }) => payments)
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  return [
    {
      paragraph: `案由：${cause(data)}（${known(data.number)}）。协议生效日期：${dayInWords(data.effectiveOn)}。`,
    },
    {
      table: {
        columns: [
          ...[
            { label: '应付日期', look: 'day' as const },
            { label: '申请人', look: 'narrow' as const },
          ],
          { label: '应付（元）', look: 'number' },
          { label: '实付日期', look: 'day' as const },
          { label: '实付（元）', look: 'number' },
          ...[{ label: '方式、凭证' }, { label: '核实', look: 'narrow' as const }],
        ],
        rows: instalments.flatMap(({ dueOn, claimantId, amountFen, payments }) =>
          (payments.length > 0 ? payments : [null]).map((payment): Text[] => [
            dueOn,
            nameOf(claimantId),
            yuan(amountFen),
            ...paymentCells(payment),
          ]),
        ),
        foot: ['合计', '', yuan(data.settlement?.totalFen ?? null), '', yuan(paidFen), '', ''],
      },
    },
    { heading: '收条' },
    {
      paragraph: `今收到${respondentNames(data)}依调解协议支付的款项${paidFen > 0 ? `累计${yuanInBoth(paidFen)}` : `人民币${BLANK}元（大写：${BLANK}）`}，特此确认。`,
    },
    {
      signatures: [
        { label: '收款人（签名或捺印）：', lines: [BLANK_DAY] },
        { label: '付款人（签名或盖章）：', lines: [BLANK_DAY] },
      ],
    },
  ];
}

function paymentCells(payment: PaperPayment | null): Text[] {
  if (!payment) return ['', '', '', ''];
  const { paidOn, amountFen, manner, proof, verifiedBy } = payment;
  return [
    paidOn,
    yuan(amountFen),
    [`${MANNER_WORDS[manner]}，`, { secret: 'text', value: proof }],
    known(verifiedBy),
  ];
}

/** 送达回证: what was served on whom, to be signed. */
export function serviceReceipt(data: PaperData): Block[] {
  const served = servedForms(data).map((form) => FORMS[form].title);
  const parties: [string, string, Text][] = [
    ...data.claimants
      .slice(0, 5)
      .map(({ name, address, deliveryAddress }): [string, string, Text] => [
        '申请人',
        name,
        known(deliveryAddress ?? address),
      ]),
    ...data.respondents.map(({ name, address, deliveryAddress }): [string, string, Text] => [
      '被申请人',
      name,
      known(deliveryAddress ?? address),
    ]),
  ];
  return [
    {
      grid: [
        [{ label: '案由', value: cause(data), wide: true }],
        [
          { label: '案号', value: known(data.number) },
          { label: '送达人', value: BLANK },
        ],
        [{ label: '送达文书', value: served.join('、') || BLANK, wide: true }],
      ],
    },
    ...parties.map(([part, name, address]): Block => ({
      grid: [
        [
          { label: '受送达人', value: `${name}（${part}）` },
          { label: '送达方式', value: '□直接　□邮寄　□其他' },
        ],
        [{ label: '送达地址', value: address, wide: true }],
        [
          { label: '签收（签名或盖章）', value: '' },
          { label: '收到日期', value: BLANK_DAY },
        ],
        [{ label: '代收或拒收情况', value: '', wide: true }],
      ],
    })),
    letterEnd(data),
  ];
}

/** 移送（转办）函 with its receipt slip. */
export function transfer(data: PaperData): Block[] {
  const { ending } = data;
  const to = ending?.authority ? AUTHORITY_WORDS[ending.authority] : BLANK;
  return [
    { paragraph: `函号：${known(ending?.letter)}` },
    { addressee: `${to}：` },
    {
      paragraph: `本组织收到的${cause(data)}一案（${data.number ?? data.title}），经审查，有关事项属于你单位职责范围，现依法移送你单位处理，请将处理结果函告本组织。`,
    },
    { paragraph: ['移送理由：', ...pieces(knownSecret('text', ending?.reason))] },
    { heading: '移送材料' },
    {
      table: {
        columns: [
          { label: '序号', look: 'narrow' },
          { label: '材料名称' },
          { label: '份数', look: 'narrow' },
        ],
        rows: enclosuresOf(data).map((name, index) => [String(index + 1), name, '1']),
      },
    },
    {
      paragraph: `办理期限：${BLANK}${GAP}${GAP}联系人：${known(data.mediator)}${GAP}${GAP}电话：${known(data.room?.phone)}`,
    },
    letterEnd(data),
    { heading: '回执' },
    {
      paragraph: `你单位移送的${cause(data)}一案材料已收到。`,
    },
    { signatures: [{ label: '接收单位（印章）、接收人：', lines: [BLANK_DAY] }] },
  ];
}

function enclosuresOf(data: PaperData): string[] {
  const files = data.files.map(({ name, kind }) => `${FILE_WORDS[kind]}：${name}`);
  return files.length > 0 ? files : ['当事人诉求材料'];
}

/** The sections of a case file in their order (司法部 2010), each with the forms and files that belong there. */
const SECTIONS: { title: string; forms: PaperForm[]; files: PaperData['files'][number]['kind'][] }[] = [
  {
    title: '调解申请书（口头申请笔录）、受理登记',
    forms: ['application', 'oralApplication', 'acceptance', 'refusal'],
    files: [],
  },
  { title: '权利义务告知书（同意调解确认书）', forms: ['rightsNotice'], files: [] },
  { title: '当事人身份证明', forms: [], files: ['identity'] },
  { title: '授权委托书、代表人推举书', forms: ['representatives'], files: [] },
  { title: '调查记录、证据材料', forms: [], files: ['evidence'] },
  { title: '调解记录、延期同意书', forms: ['record', 'extension'], files: [] },
  {
    title: '调解协议书（和解、撤回、终止文书）',
    forms: ['agreement', 'reconciliation', 'withdrawal', 'failure', 'transfer'],
    files: ['signedScan'],
  },
  {
    title: '履行记录、履行凭证',
    forms: ['performance', 'defaultNotice', 'paymentOrder'],
    files: ['paymentProof'],
  },
  { title: '回访记录', forms: ['followUp', 'supervision'], files: [] },
  {
    title: '仲裁审查、司法确认材料',
    forms: ['arbitrationReview', 'judicialConfirmation'],
    files: [],
  },
  { title: '送达回证', forms: ['serviceReceipt'], files: [] },
  { title: '其他材料、卷宗说明', forms: ['countyReport'], files: ['other'] },
];

/** 卷宗目录: the sections that the order asks for, and what is in each of them. */
export function index(data: PaperData): Block[] {
  const papers = availablePapers(data);
  const listed = new Set(papers.map(({ form, session }) => paperKey(form, session?.id ?? null)));
  const rows = SECTIONS.flatMap(({ title, forms, files }, section): string[][] => {
    const inside = [
      ...papers.flatMap(({ form, session, standing }): [string, string][] => {
        if (!forms.includes(form)) return [];
        const kept = data.kept.find((one) => one.form === form && one.subjectId === (session?.id ?? null));
        const key = paperKey(form, session?.id ?? null);
        const signed = data.files.filter(({ paper }) => paper === key);
        if (!kept && standing !== 'due' && signed.length === 0) return [];
        const when = session ? `（${session.startsAt.slice(0, 10)}）` : '';
        return [
          [`${FORMS[form].title}${when}`, kept ? kept.on : ''],
          ...signed.map(({ name, on }): [string, string] => [`${GAP}签字件：${name}`, on]),
        ];
      }),
      ...data.files
        .filter(({ kind, paper }) => files.includes(kind) && !(paper !== null && listed.has(paper)))
        .map(({ name, on }): [string, string] => [name, on]),
    ];
    const heading = [String(section + 1), title, '', '', ''];
    return [heading, ...inside.map(([name, on]) => ['', `${GAP}${name}`, on, '', ''])];
  });
  return [
    {
      grid: [
        [{ label: '案由', value: cause(data), wide: true }],
        [
          { label: '案号', value: known(data.number) },
          { label: '调解员', value: known(data.mediator) },
        ],
        [
          { label: '受理日期', value: dayInWords(data.acceptedOn) },
          { label: '结案日期', value: dayInWords(data.closedOn) },
        ],
      ],
    },
    {
      table: {
        columns: [
          { label: '序号', look: 'narrow' },
          { label: '文件名称' },
          { label: '日期', look: 'day' },
          { label: '页次', look: 'narrow' },
          { label: '备注', look: 'narrow' },
        ],
        rows,
      },
    },
    {
      signatures: [
        { label: '立卷人（签名）：', lines: [BLANK_DAY] },
        { label: '检查人（签名）：', lines: [BLANK_DAY] },
      ],
    },
  ];
}
