import type { CalendarDay } from '../shared/calendar-day.ts';
import { amountInWords, formatYuan } from '../shared/money.ts';
import {
  agreedTable,
  applicantSigns,
  bothSign,
  cause,
  claimantNames,
  coMediatorsOn,
  letterEnd,
  organisationSigns,
  partyBlocks,
  requestTable,
  respondentNames,
  yuanInBoth,
} from './compose-parts.rules.ts';
import type { PaperData, PaperSession, PaperSettlement } from './paper-data.rules.ts';
import {
  BLANK,
  BLANK_DAY,
  dayInWords,
  known,
  knownSecret,
  momentInWords,
  type Block,
} from './paper.rules.ts';

/** 调解笔录 of one session; everybody signs each page. */
export function record(data: PaperData, session: PaperSession | null): Block[] {
  const day = session?.startsAt.slice(0, 10) ?? data.today;
  return [
    {
      grid: [
        [{ label: '案由', value: cause(data), wide: true }],
        [
          {
            label: '时间',
            value: session ? `${momentInWords(session.startsAt)}至${session.endsAt.slice(-5)}` : BLANK_DAY,
            wide: true,
          },
        ],
        [{ label: '地点', value: known(session?.place ?? data.room?.name), wide: true }],
        [{ label: '参加人', value: knownSecret('text', session?.attendees), wide: true }],
        [
          { label: '调解员', value: known(data.mediator) },
          { label: '记录人', value: BLANK },
        ],
        ...beside(data, day),
      ],
    },
    {
      paragraph:
        '权利义务告知：调解员已向双方当事人宣读调解权利义务，双方当事人表示：申请人□清楚　□不清楚；被申请人□清楚　□不清楚。',
    },
    { heading: '调解记录（双方陈述、争议要点、调解方案）' },
    { paragraph: knownSecret('text', session?.minutes) },
    { heading: '调解结果' },
    { paragraph: '□达成调解协议　□未达成调解协议　□另行组织调解　□其他：' + BLANK },
    { paragraph: '以上笔录经当事人核对，与陈述一致，由参加人逐页签名。' },
    bothSign(),
    organisationSigns(data, day),
  ];
}

/** The line of those who mediated beside the lead; none where nobody did. */
function beside(data: PaperData, day: CalendarDay) {
  const names = coMediatorsOn(data, day);
  return names.length > 0 ? [[{ label: '协助调解员', value: names.join('、'), wide: true }]] : [];
}

/** 延期同意书: both parties, before the 15 days are over (企业劳动争议协商调解规定 29). */
export function extension(data: PaperData): Block[] {
  const { acceptedOn, statutoryDueOn, extendedTo, particulars } = data;
  // A further end is proposed until both have signed for it.
  const proposed = particulars.extensionTo && particulars.extensionTo > (extendedTo ?? '');
  const signed = (on: string | null | undefined): string[] => [on && !proposed ? dayInWords(on) : BLANK_DAY];
  return [
    { addressee: `${data.organisation}：` },
    {
      paragraph: `${cause(data)}一案（${known(data.number)}），于${dayInWords(acceptedOn)}受理，调解期限至${dayInWords(statutoryDueOn)}届满。依照《企业劳动争议协商调解规定》第二十九条，双方当事人一致同意延长调解期限，延长至${dayInWords(proposed ? particulars.extensionTo : extendedTo)}。`,
    },
    { paragraph: '延长期限届满仍未达成调解协议的，视为调解不成，当事人可以依法申请仲裁。' },
    {
      signatures: [
        { label: '申请人（签名或捺印）：', lines: signed(data.extension?.workerSignedOn) },
        { label: '被申请人（签名或盖章）：', lines: signed(data.extension?.respondentSignedOn) },
      ],
    },
    organisationSigns(data, data.extension?.workerSignedOn ?? data.today),
  ];
}

/** 调解协议书 (企业劳动争议协商调解规定 26; 人民调解法 29). */
export function agreement(data: PaperData): Block[] {
  const { settlement } = data;
  return [
    ...partyBlocks(data),
    { heading: '一、争议的主要事实、争议事项及各方责任' },
    { paragraph: knownSecret('text', data.particulars.findings) },
    { heading: '二、请求事项' },
    requestTable(data),
    { heading: '三、调解结果' },
    { paragraph: '经调解，双方当事人自愿达成如下协议：' },
    { paragraph: knownSecret('text', settlement?.terms) },
    ...(settlement ? paymentBlocks(data, settlement) : []),
    { heading: '四、不履行协议的责任' },
    {
      paragraph:
        '一方当事人在协议约定期限内不履行的，另一方可以依法申请仲裁（《劳动争议调解仲裁法》第十五条）；因支付拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金事项达成的协议，用人单位在约定期限内不履行的，劳动者可以持本协议书依法向人民法院申请支付令（《劳动争议调解仲裁法》第十六条）。',
    },
    { heading: '五、协议的确认' },
    ...confirmationClauses(data),
    { heading: '六、其他' },
    {
      paragraph:
        '本协议由双方当事人签名或者盖章，经调解员签名并加盖调解组织印章后生效，对双方当事人具有约束力（《劳动争议调解仲裁法》第十四条）。本协议一式三份，双方当事人各执一份，调解组织存档一份。',
    },
    bothSign(),
    organisationSigns(data, settlement?.signedOn ?? data.today),
    ...effective(settlement),
  ];
}

function effective(settlement: PaperSettlement | null): Block[] {
  return settlement?.signedOn ? [{ paragraph: `协议生效日期：${dayInWords(settlement.signedOn)}。` }] : [];
}

/** How much, to whom and when: the total in figures and words, per worker, per instalment. */
function paymentBlocks(data: PaperData, settlement: PaperSettlement): Block[] {
  const { totalFen, instalments } = settlement;
  if (totalFen === 0) return [];
  const byDay = new Map<string, number>();
  for (const { dueOn, amountFen } of instalments) byDay.set(dueOn, (byDay.get(dueOn) ?? 0) + amountFen);
  return [
    {
      paragraph: `被申请人向申请人支付${yuanInBoth(totalFen)}，支付期限如下：`,
    },
    {
      table: {
        columns: [
          { label: '期次', look: 'narrow' },
          { label: '支付日期', look: 'day' },
          { label: '金额（元）', look: 'number' },
          { label: '金额大写' },
        ],
        rows: [...byDay].map(([day, fen], index) => [
          String(index + 1),
          dayInWords(day),
          formatYuan(fen),
          amountInWords(fen),
        ]),
      },
    },
    ...(data.claimants.length > 1 && byDay.size > 1 ? instalmentsOfEach(data, settlement) : []),
    ...agreedTable(data),
  ];
}

/** Who of several workers gets what on which day. */
function instalmentsOfEach({ claimants }: PaperData, { instalments }: PaperSettlement): Block[] {
  const names = new Map(claimants.map(({ id, name }) => [id, name]));
  const days = [...new Set(instalments.map(({ dueOn }) => dueOn))];
  return [
    { paragraph: '各申请人每期应得：' },
    {
      table: {
        columns: [
          { label: '期次', look: 'narrow' },
          { label: '支付日期', look: 'day' },
          { label: '申请人' },
          { label: '金额（元）', look: 'number' },
          { label: '金额大写' },
        ],
        rows: instalments.map(({ dueOn, claimantId, amountFen }) => [
          String(days.indexOf(dueOn) + 1),
          dayInWords(dueOn),
          names.get(claimantId) ?? BLANK,
          formatYuan(amountFen),
          amountInWords(amountFen),
        ]),
      },
    },
  ];
}

/** What the parties can do to make the agreement enforceable; after it took effect with the last day. */
function confirmationClauses(data: PaperData): Block[] {
  const until = (kind: string): string => {
    const way = data.confirmations.find((one) => one.kind === kind);
    return way ? `（至${dayInWords(way.dueOn)}）` : '';
  };
  const types = new Set(data.claimants.flatMap(({ claims }) => claims.map(({ type }) => type)));
  const review = `双方当事人可以自协议生效之日起十五日内${until('arbitrationReview')}，共同向${data.town.commissionName}提出审查申请（《企业劳动争议协商调解规定》第二十七条）。`;
  const court = `双方当事人可以自协议生效之日起三十日内${until('judicialConfirmation')}，共同向${data.town.courtName}申请司法确认（《人民调解法》第三十三条）。`;
  const confirmable = !types.has('relationship');
  const clauses = [
    ...(confirmable ? [review] : []),
    ...(confirmable && data.level === 'village' && (data.settlement?.totalFen ?? 0) > 0 ? [court] : []),
  ];
  if (clauses.length === 0)
    return [
      {
        paragraph:
          '本协议涉及确认劳动关系，不适用仲裁审查和司法确认（《劳动人事争议仲裁办案规则》第七十五条）。',
      },
    ];
  if (clauses.length === 1) return clauses.map((paragraph) => ({ paragraph }));
  return [
    ...clauses.map((paragraph, index) => ({ paragraph: `${index === 0 ? '（一）' : '（二）'}${paragraph}` })),
    { paragraph: '以上方式由双方当事人共同选择其中一种。' },
  ];
}

/** 和解协议书: what the parties settled between themselves. */
export function reconciliation(data: PaperData): Block[] {
  const { settlement } = data;
  return [
    ...partyBlocks(data),
    { paragraph: `${cause(data)}，经双方当事人协商，自愿达成和解，协议如下：` },
    { paragraph: knownSecret('text', settlement?.terms) },
    ...(settlement ? paymentBlocks(data, settlement) : []),
    {
      paragraph:
        '一方当事人不履行和解协议的，另一方可以依法申请调解或者仲裁（《劳动争议调解仲裁法》第五条）。申请人据此撤回调解申请。本协议一式三份，双方当事人各执一份，调解组织存档一份。',
    },
    bothSign(),
    organisationSigns(data, settlement?.signedOn ?? data.today),
    ...effective(settlement),
  ];
}

/** 撤回申请书: the applicant takes the application back. */
export function withdrawal(data: PaperData): Block[] {
  const reason = data.outcome === 'withdrawn' ? data.ending?.reason : null;
  return [
    { addressee: `${data.organisation}：` },
    {
      paragraph: `申请人${claimantNames(data)}与被申请人${respondentNames(data)}劳动争议调解一案（${known(data.number)}），现申请人自愿撤回调解申请。`,
    },
    { paragraph: ['撤回理由：', ...[knownSecret('text', reason)].flat()] },
    {
      paragraph:
        '申请人知悉：撤回调解申请不影响依法申请仲裁的权利，仲裁时效期间自中断时起重新计算（《劳动争议调解仲裁法》第二十七条）。',
    },
    applicantSigns(),
    letterEnd(data),
  ];
}
