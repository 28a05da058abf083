import { readChineseNumber } from './chinese-numerals.rules.ts';

const FEN_PER_YUAN = 100;
const FEN_PER_HUNDREDTH_OF_WAN = 10_000;

/** The largest amount that the program writes or reads: 9999亿9999万9999.99元, in fen. */
export const LARGEST_FEN = 99_999_999_999_999;

/** Fen as yuan with thousands separators, '8,000.00'. */
export function formatYuan(fen: number): string {
  const cents = String(Math.abs(fen) % FEN_PER_YUAN).padStart(2, '0');
  return `${fen < 0 ? '-' : ''}${groupDigits(Math.trunc(Math.abs(fen) / FEN_PER_YUAN))}.${cents}`;
}

/** Fen as 万元 with two decimals, half up, '817.00'. */
export function formatWan(fen: number): string {
  const hundredths = Number(divideHalfUp(BigInt(Math.abs(fen)), BigInt(FEN_PER_HUNDREDTH_OF_WAN)));
  return `${fen < 0 && hundredths > 0 ? '-' : ''}${withDecimals(hundredths, 2)}`;
}

/** A whole number with thousands separators, '8,170,000'. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * An amount as typed into a form, in yuan or in 万: digits of either width, thousands separators in their places, no
 * part of a fen; ￥ before and 元 behind it may stand ('6,500元', '1.2万'); or in Chinese numerals ('三万五千'). Gives
 * fen, or null for anything else.
 */
export function parseYuan(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  const parts = AMOUNT.exec(plain);
  if (!parts) return parseChineseYuan(plain);
  const [, whole, fraction = '', wan] = parts;
  const decimals = wan ? DECIMALS_OF_WAN : DECIMALS_OF_YUAN;
  if (fraction.length > decimals) return null;
  const fen = Number(whole!.replaceAll(',', '') + fraction.padEnd(decimals, '0'));
  return fen <= LARGEST_FEN ? fen : null;
}

function parseChineseYuan(text: string): number | null {
  const yuan = readChineseNumber(text.replace(/(?:元|圆|块)?整?$/, ''));
  return yuan === null ? null : yuan * FEN_PER_YUAN;
}

const AMOUNT = /^¥?\s*(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\s*(万)?\s*元?$/;
const DECIMALS_OF_YUAN = 2;
const DECIMALS_OF_WAN = 6;

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];

/**
 * Fen in capital numerals, 12,300.50 元 is 壹万贰仟叁佰元伍角整: 整 after 元 and 角, none after 分; a 零 that the rule
 * leaves optional is not written. Source: 支付结算办法 附一 正确填写票据和结算凭证的基本规定. RangeError outside 0 … LARGEST_FEN.
 */
export function amountInWords(fen: number): string {
  if (!Number.isInteger(fen) || fen < 0 || fen > LARGEST_FEN)
    throw new RangeError(`no amount in words: ${fen}`);
  if (fen === 0) return '零元整';
  const yuan = Math.trunc(fen / FEN_PER_YUAN);
  const jiao = Math.trunc(fen / 10) % 10;
  const cent = fen % 10;
  const whole = yuan > 0 ? `${yuanInWords(yuan)}元` : '';
  if (cent === 0) return jiao === 0 ? `${whole}整` : `${whole}${DIGITS[jiao]}角整`;
  if (jiao > 0) return `${whole}${DIGITS[jiao]}角${DIGITS[cent]}分`;
  return `${whole}${whole === '' ? '' : '零'}${DIGITS[cent]}分`;
}

function yuanInWords(yuan: number): string {
  let words = '';
  let zeroBefore = false;
  for (let group = GROUPS.length - 1; group >= 0; group--) {
    const value = Math.trunc(yuan / 10_000 ** group) % 10_000;
    if (value > 0) {
      const gap = words !== '' && (zeroBefore || value < 1000);
      words += `${gap ? '零' : ''}${groupInWords(value)}${GROUPS[group]}`;
    }
    zeroBefore = value === 0;
  }
  return words;
}

function groupInWords(value: number): string {
  let words = '';
  let zeroBefore = false;
  for (let place = PLACES.length - 1; place >= 0; place--) {
    const digit = Math.trunc(value / 10 ** place) % 10;
    if (digit > 0) words += `${zeroBefore && words !== '' ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`;
    zeroBefore = digit === 0;
  }
  return words;
}

/**
 * n of d in per cent with two decimals, half up, '98.07'; what is less than the whole is never rounded up to
 * 100 (DOMAIN §3, figures in data). Null when d is 0.
 */
export function percent2(n: number, d: number): string | null {
  return percent(n, d, 2);
}

/** n of d in per cent with one decimal, as figures stand on screen, '98.1'; otherwise like `percent2`. */
export function percent1(n: number, d: number): string | null {
  return percent(n, d, 1);
}

function percent(n: number, d: number, decimals: number): string | null {
  if (d === 0) return null;
  const whole = 100 * 10 ** decimals;
  const units = Number(divideHalfUp(BigInt(n) * BigInt(whole), BigInt(d)));
  return withDecimals(n < d ? Math.min(units, whole - 1) : units, decimals);
}

/** Quotient of two numbers that are not negative, halves rounded up. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend * 2n + divisor) / (divisor * 2n);
}

/** An integer count of 10^-decimals written with its decimals: (9807, 2) is '98.07'. */
export function withDecimals(units: number, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
