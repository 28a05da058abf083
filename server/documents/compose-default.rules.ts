import { receiptTable } from './compose-closing.rules.ts';
import {
  applicantSigns,
  cause,
  claimantNames,
  letterEnd,
  LIMITATION,
  partyBlocks,
  respondentNames,
  yuan,
  yuanInBoth,
} from './compose-parts.rules.ts';
import type { PaperData } from './paper-data.rules.ts';
import { isOnWagesAlone, mayAskForPaymentOrder, overdueInstalments } from './paper-facts.rules.ts';
import { BLANK, dayInWords, known, type Block } from './paper.rules.ts';

/** 未履行告知书: what is overdue, and what the other side may do now (企业劳动争议协商调解规定 30). */
export function defaultNotice(data: PaperData): Block[] {
  const { town, today } = data;
  const ways = [
    `一方当事人不履行协议的，另一方可以依法向${town.commissionName}申请仲裁（《劳动争议调解仲裁法》第五条、第十五条），地址：${known(town.commissionAddress)}。`,
    ...waysToCourt(data),
    LIMITATION,
    `需要法律帮助的，可以拨打法律援助热线${town.legalAidPhone}。`,
  ];
  return [
    { addressee: `${claimantNames(data)}、${respondentNames(data)}：` },
    {
      paragraph: `${agreementOf(data)}截至${dayInWords(today)}，下列款项已经到期，没有按约定付清：`,
    },
    overdueTable(data),
    { paragraph: '请付款一方立即履行。依照《企业劳动争议协商调解规定》第三十条，现书面告知如下：' },
    ...ways.map((way, index) => ({ paragraph: `${'一二三四五六'[index]}、${way}` })),
    letterEnd(data),
    { heading: '送达签收' },
    receiptTable([
      ['申请人', claimantNames(data)],
      ['被申请人', respondentNames(data)],
    ]),
  ];
}

/** The ways that are open to this agreement, and no others. */
function waysToCourt(data: PaperData): string[] {
  const { courtName } = data.town;
  return [
    ...(mayAskForPaymentOrder(data)
      ? [
          `因支付拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金事项达成的协议，劳动者可以持调解协议书依法向${courtName}申请支付令（《劳动争议调解仲裁法》第十六条）。`,
        ]
      : []),
    ...(isOnWagesAlone(data)
      ? [
          `本协议仅就劳动报酬达成，劳动者可以直接向${courtName}起诉（《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第五十一条）。`,
        ]
      : []),
    ...(data.settlement?.confirmation
      ? [
          '调解协议已经人民法院裁定有效，或者仲裁委员会已经审查并制作调解书的，可以依法申请强制执行（《人民调解法》第三十三条、《劳动争议调解仲裁法》第五十一条）。',
        ]
      : []),
  ];
}

/** 支付令申请书: the worker asks the court to press for what is due and certain (劳动争议调解仲裁法 16; 民事诉讼法 225). */
export function paymentOrder(data: PaperData): Block[] {
  const owedFen = overdueInstalments(data).reduce((sum, { openFen }) => sum + openFen, 0);
  return [
    ...partyBlocks(data),
    { heading: '请求事项' },
    {
      paragraph: `请求人民法院向被申请人发出支付令，督促被申请人给付申请人${owedFen > 0 ? yuanInBoth(owedFen) : `人民币${BLANK}元（大写：${BLANK}）`}；申请费由被申请人负担。`,
    },
    { heading: '事实与理由' },
    {
      paragraph: `${agreementOf(data)}下列款项已经到期，被申请人没有按约定付清：`,
    },
    overdueTable(data),
    {
      paragraph:
        '申请人与被申请人没有其他债务纠纷，支付令能够送达被申请人。现依照《劳动争议调解仲裁法》第十六条、《民事诉讼法》第二百二十五条提出申请。',
    },
    { heading: '附件' },
    {
      paragraph:
        '1.调解协议书原件；2.申请人身份证明；3.被申请人登记信息；4.付款记录；5.与协议有关的其他证据材料。',
    },
    { paragraph: '此致' },
    { addressee: data.town.courtName },
    applicantSigns(),
  ];
}

function agreementOf(data: PaperData): string {
  const { settlement, effectiveOn, organisation } = data;
  const promised =
    settlement && settlement.totalFen > 0 ? `，约定支付${yuanInBoth(settlement.totalFen)}` : '';
  const reconciled = settlement?.kind === 'reconciled';
  const made = reconciled
    ? `双方于${dayInWords(effectiveOn)}达成和解协议`
    : `经${known(organisation)}调解，双方于${dayInWords(effectiveOn)}达成调解协议并生效`;
  return `${cause(data)}一案（${known(data.number)}），${made}${promised}。`;
}

function overdueTable(data: PaperData): Block {
  const rows = overdueInstalments(data);
  const nameOf = (id: string): string => data.claimants.find((claimant) => claimant.id === id)?.name ?? BLANK;
  const sum = (pick: (row: (typeof rows)[number]) => number): string =>
    yuan(rows.length > 0 ? rows.reduce((total, row) => total + pick(row), 0) : null);
  return {
    table: {
      columns: [
        { label: '应付日期', look: 'day' },
        { label: '申请人' },
        { label: '应付（元）', look: 'number' },
        { label: '已付（元）', look: 'number' },
        { label: '未付（元）', look: 'number' },
      ],
      rows: rows.map(({ claimantId, dueOn, amountFen, paidFen, openFen }) => [
        dayInWords(dueOn),
        nameOf(claimantId),
        yuan(amountFen),
        yuan(paidFen),
        yuan(openFen),
      ]),
      foot: [
        '合计',
        '',
        sum(({ amountFen }) => amountFen),
        sum(({ paidFen }) => paidFen),
        sum(({ openFen }) => openFen),
      ],
    },
  };
}
