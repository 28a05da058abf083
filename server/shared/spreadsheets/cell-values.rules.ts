import { instantOf, isCalendarDay } from '../calendar-day.ts';
import { readChineseNumber } from '../chinese-numerals.rules.ts';
import type { Cell } from './rows.ts';

/** What a cell says: a value, nothing (empty, 不详, 无), something that cannot be read, or an impossible value. */
export type Reading<T> =
  { is: 'value'; value: T } | { is: 'unknown' } | { is: 'unreadable' } | { is: 'absurd' };

const UNKNOWN = { is: 'unknown' } as const;
const UNREADABLE = { is: 'unreadable' } as const;
const ABSURD = { is: 'absurd' } as const;

const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;
const CONTROL = /[\0-\x08\x0E-\x1F\x7F]/g;
const SAYS_NOTHING =
  /^(?:[-—–_/\\.。?？*]*|无|没有|暂无|不详|不明|不清楚|未知|未提供|未填|待核实|null|n\/?a|none)$/i;

/** Most cells hold nothing that is tidied away but spaces at their ends. */
const UNTIDY = /[\0-\x1F\x7F\u0085\u00A0\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/;

/** A field of one line: trimmed, its tabs and line breaks one space; a number as Excel shows it. */
export function cellText(cell: Cell): string {
  const text = cellContent(cell);
  if (!UNTIDY.test(text)) return text;
  return text.replace(/[\s\u0085]*[\t\n\v\f\u0085\u2028\u2029][\s\u0085]*/g, ' ');
}

/** A text of several lines: trimmed at both ends, its tabs and line breaks kept. */
export function cellContent(cell: Cell): string {
  const text = typeof cell === 'number' ? numberText(cell) : (cell ?? '');
  if (!UNTIDY.test(text)) return text.trim();
  return text
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '')
    .replace(/\u00A0/g, ' ')
    .trim();
}

const FULL_WIDTH = /[\uFF01-\uFF5E\u3000]/;

/** Full-width letters, digits, signs and spaces as half width: `１２Ａ（` → `12A(`. */
export function toHalfWidth(text: string): string {
  if (!FULL_WIDTH.test(text)) return text;
  return text
    .replace(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/**
 * A number that names something (ticket, credit code): half width, without spaces and a leading apostrophe;
 * `20220106.0` and `2.0220106000001E+13` are whole again. Unreadable when Excel has rounded its digits away.
 */
export function readCode(cell: Cell): Reading<string> {
  if (typeof cell === 'number' && losesDigits(cell)) return UNREADABLE;
  const text = toHalfWidth(cellText(cell))
    .replace(/\s+/g, '')
    .replace(/^['‘’`]+/, '');
  if (SAYS_NOTHING.test(text)) return UNKNOWN;
  const written = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i.exec(text);
  if (written) {
    const [, first = '', rest = '', exponent] = written;
    return rest.length === Number(exponent) ? { is: 'value', value: first + rest } : UNREADABLE;
  }
  return { is: 'value', value: text.replace(/^(\d+)\.0+$/, '$1') };
}

/**
 * An instant from the wall clock of the town: `2022/1/6 9:03`, `2022-01-06T09:03:22`, `2022年1月6日9时3分`,
 * `2022.1.6`, `20220106090322`, an Excel serial as number or text. A day alone is its midnight. Days that do not
 * exist and years outside 1990–2099 are unreadable.
 */
export function readInstant(cell: Cell): Reading<Date> {
  const text = toHalfWidth(cellText(cell));
  if (SAYS_NOTHING.test(text)) return UNKNOWN;
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return instantOfSerial(Number(text));
  const match = WRITTEN_INSTANT.exec(text) ?? COMPACT_INSTANT.exec(text);
  if (!match) return UNREADABLE;
  const {
    year,
    month,
    day,
    hour = '0',
    minute = '0',
    second = '0',
    half,
    zone,
  } = match.groups as Record<string, string>;
  const date = `${year}-${pad(month)}-${pad(day)}`;
  const hours = half ? (Number(hour) % 12) + (/^(下午|晚上|pm)$/i.test(half) ? 12 : 0) : Number(hour);
  const exists = isCalendarDay(date) && hours < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!exists || !isPlausibleYear(Number(year)) || (half && Number(hour) > 12)) return UNREADABLE;
  const time = `${pad(String(hours))}:${pad(minute)}:${pad(second)}`;
  const value = zone ? new Date(`${date}T${time}${zone.toUpperCase()}`) : instantOf(date, time);
  return Number.isNaN(value.getTime()) ? UNREADABLE : { is: 'value', value };
}

const WRITTEN_INSTANT = new RegExp(
  /^(?<year>\d{4}) ?[-/.年] ?(?<month>\d{1,2}) ?[-/.月] ?(?<day>\d{1,2}) ?[日号]?/.source +
    /(?: ?[(]?(?:星期|周)[一二三四五六日天][)]?)?/.source +
    /(?:[ T]*(?<half>上午|下午|晚上|am|pm)? ?(?<hour>\d{1,2}) ?(?:[:时点] ?(?:(?<minute>\d{1,2}) ?(?:[:分] ?(?:(?<second>\d{1,2})(?:\.\d+)? ?秒?)?)?)?))?/
      .source +
    /(?<zone>Z|[+-]\d{2}:\d{2})?$/.source,
  'i',
);
const COMPACT_INSTANT =
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?: ?(?<hour>\d{2}):?(?<minute>\d{2})(?::?(?<second>\d{2}))?)?$/;

const MAX_FEN = 100_000_000_000n;
const UNITS: Record<string, bigint> = { 千: 1_000n, 万: 10_000n, w: 10_000n, 亿: 100_000_000n };
const DECIMALS = 12;

/**
 * An amount in fen, half up: `3.5万`, `约2万元`, `12,000.50元`, `１２０００`, `￥800`, `二十万`, 80000.00000000001. A bare
 * number is yuan, or 万元 where the column says so. Absurd: below 0 or above 10亿 yuan.
 */
export function readAmountFen(cell: Cell, column: 'yuan' | 'wan' = 'yuan'): Reading<number> {
  const written = typeof cell === 'number' ? decimalText(cell) : toHalfWidth(cellText(cell));
  const text = written.replace(/\s/g, '').replace(/^(?:大约|约|共计|合计|总计|共)|左右$/g, '');
  if (SAYS_NOTHING.test(text)) return UNKNOWN;
  const match = AMOUNT.exec(text);
  if (!match) return readChineseAmountFen(text, column);
  const {
    minus,
    digits = '',
    fraction = '',
    unit,
    yuan,
  } = match.groups as Record<string, string | undefined>;
  const factor = unit ? UNITS[unit.toLowerCase()]! : column === 'wan' && !yuan ? 10_000n : 1n;
  const scale = 10n ** BigInt(DECIMALS);
  const exact =
    BigInt(digits.replaceAll(',', '') + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0')) * factor * 100n;
  const fen = (exact + scale / 2n) / scale;
  if ((minus && exact > 0n) || fen > MAX_FEN) return ABSURD;
  return { is: 'value', value: Number(fen) };
}

const AMOUNT =
  /^(?:人民币|rmb|[¥￥])?(?<minus>[-−])?(?:人民币|rmb|[¥￥])?(?<digits>\d{1,3}(?:,\d{3})+|\d{1,60})(?:\.(?<fraction>\d{1,60}))?(?<unit>[千万亿w])?(?<yuan>元|块|块钱|元钱)?(?:人民币)?整?$/i;

function readChineseAmountFen(text: string, column: 'yuan' | 'wan'): Reading<number> {
  const { number = '', yuan } = CHINESE_AMOUNT.exec(text)?.groups ?? {};
  const value = readChineseNumber(number);
  if (value === null) return UNREADABLE;
  const fen = value * (column === 'wan' && !yuan && !/[千仟万萬亿億]/.test(number) ? 1_000_000 : 100);
  return fen > MAX_FEN ? ABSURD : { is: 'value', value: fen };
}

const CHINESE_AMOUNT = /^(?:人民币)?(?<number>.{1,20}?)(?<yuan>元|圆|块|块钱|元钱)?(?:人民币)?[整正]?$/;

const CHINESE_COUNTS = '一二三四五六七八九十';
const MAX_COUNT = 100_000;

/** A number of people: `3人`, `约10人`, `三人`, 3.0; 0 says nothing. `十余人` is unreadable, more than 100,000 absurd. */
export function readCount(cell: Cell): Reading<number> {
  const text = toHalfWidth(cellText(cell))
    .replace(/\s/g, '')
    .replace(/^(?:大约|约|共计|共)|左右$/g, '');
  if (SAYS_NOTHING.test(text)) return UNKNOWN;
  const match =
    /^(-)?(?:(\d{1,15})(?:\.0+)?|([一二两三四五六七八九十]))(?:个人|人|名|位|个|名职工|名员工|名工人)?$/.exec(
      text,
    );
  if (!match) return UNREADABLE;
  const [, minus, digits, character] = match;
  const count = character ? CHINESE_COUNTS.indexOf(character.replace('两', '二')) + 1 : Number(digits);
  if (count === 0) return UNKNOWN;
  return minus || count > MAX_COUNT ? ABSURD : { is: 'value', value: count };
}

/** Yes or no: 是/否, 有/无, Y/N, 1/0, √/×, and the words of the column, such as 匿名 and 实名. */
export function readYesNo(cell: Cell, words: { yes?: string[]; no?: string[] } = {}): Reading<boolean> {
  const text = toHalfWidth(cellText(cell)).toLowerCase();
  if ([...YES, ...(words.yes ?? [])].includes(text)) return { is: 'value', value: true };
  if ([...NO, ...(words.no ?? [])].includes(text)) return { is: 'value', value: false };
  return SAYS_NOTHING.test(text) ? UNKNOWN : UNREADABLE;
}

const YES = ['是', '有', '对', 'y', 'yes', 'true', '1', '√', '✓', '✔', '☑'];
const NO = ['否', '无', '不是', '没有', 'n', 'no', 'false', '0', '×', '✗', '✘', 'x'];

/** A phone number as digits without +86, spaces and hyphens; a landline with its area code; 3 to 12 digits. */
export function readPhone(cell: Cell): Reading<string> {
  const code = readCode(cell);
  if (code.is !== 'value') return code;
  const digits = code.value.replace(/^(?:\+|00)86-?/, '').replace(/[-—()]/g, '');
  return /^\d{3,12}$/.test(digits) ? { is: 'value', value: digits } : UNREADABLE;
}

/** Excel keeps 15 digits: beyond them a number ends in zeros of its own making. */
function losesDigits(number: number): boolean {
  return !Number.isSafeInteger(number)
    ? Math.abs(number) >= 1e15
    : Math.abs(number) >= 1e15 && number % 10 === 0;
}

function numberText(number: number): string {
  return Number.isSafeInteger(number) ? number.toFixed(0) : String(number);
}

/** A double in decimals without exponent; its noise behind the twelfth place goes. */
function decimalText(number: number): string {
  return Math.abs(number) < 1e21
    ? number.toFixed(DECIMALS - 4)
    : number < 0
      ? '-1000000000000'
      : '1000000000000';
}

const SERIAL_OF_1970 = 25_569;

function instantOfSerial(serial: number): Reading<Date> {
  const seconds = Math.round((serial - SERIAL_OF_1970) * 86_400);
  const shown = new Date(seconds * 1000).toISOString();
  if (!isPlausibleYear(Number(shown.slice(0, 4)))) return UNREADABLE;
  return { is: 'value', value: instantOf(shown.slice(0, 10), shown.slice(11, 19)) };
}

function isPlausibleYear(year: number): boolean {
  return year >= 1990 && year < 2100;
}

function pad(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}
