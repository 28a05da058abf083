import { cause, claimantNames, letterEnd, respondentNames } from './compose-parts.rules.ts';
import type { PaperCall, PaperData } from './paper-data.rules.ts';
import { BLANK, BLANK_DAY, dayInWords, GAP, known, knownSecret, type Block } from './paper.rules.ts';
import { DUE_WORDS, KEPT_WORDS, SATISFACTION_WORDS } from './paper-words.rules.ts';

/** 回访记录: every call about the closed case, with what it heard and what was done about it. */
export function followUp(data: PaperData): Block[] {
  return [
    {
      grid: [
        [{ label: '案由', value: cause(data), wide: true }],
        [
          { label: '案号', value: known(data.number) },
          { label: '结案日期', value: dayInWords(data.closedOn) },
        ],
        [{ label: '申请人', value: claimantNames(data), wide: true }],
        [{ label: '被申请人', value: respondentNames(data), wide: true }],
      ],
    },
    ...data.calls.flatMap(callBlocks),
    letterEnd(data),
  ];
}

function callBlocks(call: PaperCall, index: number): Block[] {
  const { on, by, reached, kept, satisfaction, retaliation, hiddenRisk, note, redo, answer } = call;
  const silent = reached ? '未答' : '未联系上';
  const said = (is: boolean | null, yes: string, no: string): string =>
    is === null ? silent : is ? yes : no;
  return [
    { heading: `第${index + 1}次回访` },
    {
      grid: [
        [
          { label: '回访日期', value: dayInWords(on) },
          { label: '回访方式', value: '电话' },
        ],
        [
          { label: '回访人', value: known(by) },
          { label: '是否联系上', value: reached ? '已联系上' : '未联系上' },
        ],
        [
          { label: '履行情况', value: kept ? KEPT_WORDS[kept] : silent },
          { label: '满意度', value: satisfaction ? SATISFACTION_WORDS[satisfaction] : silent },
        ],
        [
          { label: '有无打击报复', value: said(retaliation, '有', '无') },
          { label: '有无隐患', value: said(hiddenRisk, '有', '无') },
        ],
        [{ label: '回访内容', value: note ? knownSecret('text', note) : '无', wide: true }],
        [{ label: '处理', value: redo ? '交原调解组织重办' : '归档', wide: true }],
        ...(answer ? [[{ label: '重办结果', value: knownSecret('text', answer), wide: true }]] : []),
      ],
    },
  ];
}

/** 督办单: the town asks the room for what is late, or for what is to be done again, with a day and a receipt slip. */
export function supervision(data: PaperData): Block[] {
  const { room, mediator, pressing, town, today, particulars } = data;
  const until = particulars.supervisionUntil ?? (pressing?.kind === 'redo' ? pressing.dueOn : null);
  return [
    { addressee: `${room?.name ?? BLANK}（调解员：${known(mediator)}）：` },
    {
      paragraph: `你处承办的${cause(data)}一案（${data.number ?? data.title}），申请人${claimantNames(data)}，被申请人${respondentNames(data)}。${reasonOf(pressing)}现予督办。`,
    },
    {
      paragraph: `请于${dayInWords(until)}前办结，并书面报告办理结果；不能按期办结的，说明理由。`,
    },
    { paragraph: `督办要求：${BLANK.repeat(5)}` },
    letterEnd({ organisation: town.organisation, today }),
    { heading: '回执' },
    { paragraph: '督办单已收到，办理结果：' },
    { paragraph: BLANK.repeat(5) },
    { paragraph: `承办人：${BLANK}${GAP}${GAP}日期：${BLANK_DAY}` },
  ];
}

function reasonOf(pressing: PaperData['pressing']): string {
  if (!pressing) return '';
  if (pressing.kind === 'redo') return '经回访，当事人对办理结果不满意或者协议未履行，须重新办理。';
  return `${DUE_WORDS[pressing.kind]}的期限为${dayInWords(pressing.dueOn)}，现已超期。`;
}
