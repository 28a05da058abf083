import { readChineseNumber } from '../shared/chinese-numerals.rules.ts';
import type { ExplanationLine } from '../shared/explanation.ts';
import { formatYuan, parseYuan } from '../shared/money.ts';
import { leadName } from '../shared/personal-data.rules.ts';

/** What of a ticket says how many people and how much money it is about. */
export interface TicketWords {
  callerName: string | null;
  title: string | null;
  content: string | null;
  workers: number | null;
  amountFen: number | null;
}

/** A number of people; `read` from the words because the column says nothing (据内容识别), `atLeast` for 20多名. */
export interface SaidWorkers {
  count: number | null;
  read: boolean;
  atLeast: boolean;
}

/** How many people a ticket is about: its column, else the most that the caller's name, title and text name. */
export function workersOf({
  workers,
  callerName,
  title,
  content,
}: Omit<TicketWords, 'amountFen'>): SaidWorkers {
  if (workers !== null) return { count: workers, read: false, atLeast: false };
  const found = [callerName, title, content].flatMap((text) => (text === null ? [] : peopleIn(text)));
  const most = found.reduce<{ count: number; atLeast: boolean } | null>(
    (best, each) => (best === null || each.count > best.count ? each : best),
    null,
  );
  return most ? { ...most, read: true } : { count: null, read: false, atLeast: false };
}

/** An amount in fen; `read` from the words because the column says nothing. */
export interface SaidAmount {
  fen: number | null;
  read: boolean;
}

/** The amount that a ticket is about: its column, else the sum, the debt or the largest amount that its words name. */
export function amountOf({
  amountFen,
  title,
  content,
}: Pick<TicketWords, 'amountFen' | 'title' | 'content'>): SaidAmount {
  if (amountFen !== null) return { fen: amountFen, read: false };
  const found = [title, content].flatMap((text) => (text === null ? [] : amountsIn(text)));
  for (const kind of ['sum', 'debt', 'other'] as const) {
    const ofKind = found.filter((each) => each.kind === kind).map(({ fen }) => fen);
    if (ofKind.length > 0) return { fen: Math.max(...ofKind), read: true };
  }
  return { fen: null, read: false };
}

const MOST_PEOPLE = 10_000;
const NUMERALS = '一二两三四五六七八九十百千零〇';
const COUNT = `(?<![\\d.第])\\d{1,5}|(?<![${NUMERALS}第])[几${NUMERALS}]{1,7}?几?`;
const MORE = '多|余|来|几';
const WORKERS =
  '(?:农民工|民工|工人|员工|职工|工友|同事|女工|劳动者|务工人员|务工者|老乡|师傅|人(?!民币|次|份|工费))';
/** 12人, 12名农民工, 二十多个工人; or, of us, 12个 without the noun. */
const PEOPLE = new RegExp(
  `(?<self>(?:我|本人)(?:和|与|跟|及)(?:另外|其他|其余)?)?(?:` +
    `(?<count>${COUNT})(?<more>${MORE})?(?:名|个|位)?${WORKERS}(?<above>以上)?|` +
    `我们(?:一共|总共|共|大概|大约)?(?<ours>${COUNT})(?<oursMore>${MORE})?个(?!多?月|半月|小时|钟|星期|礼拜|工作日|年))`,
  'gu',
);
/** How large the firm is, not how many complain. */
const SIZE = /(?:公司|厂|厂里|单位|企业|车间|工地上?)(?:里|内|现|一共|总共|共|大概|约)*有$/u;

function peopleIn(text: string): { count: number; atLeast: boolean }[] {
  const plain = text.normalize('NFKC');
  return [...plain.matchAll(PEOPLE)].flatMap((match) => {
    const { self, count, more, above, ours, oursMore } = match.groups!;
    if (SIZE.test(plain.slice(0, match.index))) return [];
    const said = peopleNumber((count ?? ours)!);
    if (said === null || said.count === 0 || said.count > MOST_PEOPLE) return [];
    const atLeast = said.atLeast || [more, oursMore, above].some((word) => word !== undefined);
    return [{ count: said.count + (self === undefined ? 0 : 1), atLeast }];
  });
}

/** 十几 and 几十 are at least 10 and 20, 二三十 at least 20; null for what is no number of people. */
function peopleNumber(text: string): { count: number; atLeast: boolean } | null {
  if (/^\d+$/.test(text)) return { count: Number(text), atLeast: false };
  if (text === '几') return null;
  const least = text
    .replace(/^几(?=[十百千])/, '二')
    .replace(/几$/, '')
    .replace(/^([一二两三四五六七八])[二三四五六七八九](?=十?$)/, '$1');
  const count = readChineseNumber(least);
  return count === null ? null : { count, atLeast: least !== text };
}

const MONEY = new RegExp(
  '(?<![\\d.])(?<amount>\\d[\\d,]*(?:\\.\\d+)?万?|[一二两三四五六七八九十百千万零]{2,12})(?<more>多|余|来)?' +
    '(?<unit>元|圆|块钱?|(?<=万)(?:多|余)?(?![人名个件套平吨只辆元圆块]))',
  'gu',
);
/** What stands before or behind an amount that nobody claims: pay by the month, what was paid, what one person gets. */
const RATE_BEFORE =
  /(?:月薪|月工资|日薪|日工资|时薪|底薪|工资标准|基本工资|平均工资|每月|每天|每日|每小时|每人|人均|一个月|一天|基数|单价|最低工资)[^，。；、,;\d]{0,6}$/u;
const RATE_BEHIND = /^(?:[/／每一](?:个?月|天|日|小时|工|平方|平米|人|件|吨)|的?月薪)/u;
const PAID_BEFORE =
  /(?:已付|已发|已支付|支付了|付了|发了|给了|只付|仅付|只给|只发|预支|借支)[^，。；、,;\d]{0,4}$/u;
const SUM_BEFORE = /(?:合计|共计|总计|一共|总共|累计|共)[^，。；、,;\d]{0,6}$/u;
const DEBT_BEFORE = /(?:欠|未付|未发|没付|没发|不付|不发|剩)[^，。；,;\d]{0,14}$/u;

function amountsIn(text: string): { fen: number; kind: 'sum' | 'debt' | 'other' }[] {
  const plain = text.normalize('NFKC');
  return [...plain.matchAll(MONEY)].flatMap((match) => {
    const before = plain.slice(0, match.index);
    const behind = plain.slice(match.index + match[0].length);
    if (RATE_BEFORE.test(before) || RATE_BEHIND.test(behind) || PAID_BEFORE.test(before)) return [];
    const fen = parseYuan(match.groups!['amount']!);
    if (fen === null || fen === 0) return [];
    const kind = SUM_BEFORE.test(before) ? 'sum' : DEBT_BEFORE.test(before) ? 'debt' : 'other';
    return [{ fen, kind }];
  });
}

/** How many people, as it stands on screen, and whether that was read from the words; null when nothing says so. */
export function peopleLine(ticket: Omit<TicketWords, 'amountFen'>): ExplanationLine | null {
  const { count, read, atLeast } = workersOf(ticket);
  if (count === null) return null;
  return {
    key: `tickets.words.${read ? (atLeast ? 'atLeast' : 'peopleRead') : 'people'}`,
    values: { count },
  };
}

/** The amount in the same way. */
export function amountLine(
  ticket: Pick<TicketWords, 'amountFen' | 'title' | 'content'>,
): ExplanationLine | null {
  const { fen, read } = amountOf(ticket);
  if (fen === null) return null;
  return { key: `tickets.words.${read ? 'amountRead' : 'amount'}`, values: { amount: formatYuan(fen) } };
}

/** Who called, and for how many; `name` is the caller's as the reader may see it. */
export function callerLine(ticket: Omit<TicketWords, 'amountFen'>, name: string): ExplanationLine {
  const { count, read } = workersOf(ticket);
  const many = count !== null && count > 1;
  return {
    key: `tickets.words.${many ? (read ? 'callerOfManyRead' : 'callerOfMany') : 'caller'}`,
    values: { caller: leadName(name), ...(many ? { workers: count } : {}) },
  };
}
