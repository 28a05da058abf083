import { yearOf, type CalendarDay } from '../shared/calendar-day.ts';
import type { Language } from '../shared/language.ts';
import { formatYuan, groupDigits, withDecimals } from '../shared/money.ts';

/** A period by the town's calendar days, both ends included. */
export interface Period {
  from: CalendarDay;
  to: CalendarDay;
}

/** What the sentence about the 12345 hotline tells; cases with a ticket only (DOMAIN §3). */
export interface HotlineFacts {
  period: Period;
  received: number;
  succeeded: number;
  failed: number;
  /** Cases still open (在办). */
  open: number;
  amountInvolvedFen: number;
}

/** What the sentence about recovered money tells: verified payments dated in the period (DOMAIN §3). */
export interface RecoveryFacts {
  period: Period;
  fen: number;
  workers: number;
  migrantFen: number;
  /** 0 when none is known to be a rural migrant worker: the clause about them drops out. */
  migrantWorkers: number;
}

const FEN_PER_WAN = 1_000_000;
const FEN_PER_HUNDREDTH_OF_WAN = 10_000;

/** A figure floored to its unit, and whether nothing was cut off. */
interface Floored {
  units: number;
  exact: boolean;
}

/** The rate of S ÷ (S+F) floored to whole per cent; null when nothing was decided. Never above the truth. */
export function flooredRate(succeeded: number, failed: number): Floored | null {
  const decided = succeeded + failed;
  return decided === 0 ? null : floorTo(succeeded * 100, decided);
}

function floorTo(amount: number, unit: number): Floored {
  return { units: Math.floor(amount / unit), exact: amount % unit === 0 };
}

/**
 * The sentence of the bulletin (DOMAIN §3, golden test 1): "2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，
 * 涉及总金额817万多元"; without the rate when nothing was decided; an amount below 1万 stands in yuan.
 */
export function hotlineSentence(facts: HotlineFacts, language: Language = 'zh-CN'): string {
  const rate = flooredRate(facts.succeeded, facts.failed);
  const amount = flooredAmount(facts.amountInvolvedFen);
  const parts = { ...facts, rate, amount };
  return language === 'en' ? hotlineInEnglish(parts) : hotlineInChinese(parts);
}

/**
 * The sentence about recovered money (DOMAIN §3, golden test 2): "截至11月2日，为184名劳动者追回309.63万元，其中为169名农民工
 * 追回298.78万元"; money floored to 0.01万, what is less than that in yuan.
 */
export function recoverySentence(facts: RecoveryFacts, language: Language = 'zh-CN'): string {
  return language === 'en' ? recoveryInEnglish(facts) : recoveryInChinese(facts);
}

/** 涉及金额 floored to 万, or to yuan below 1万. */
function flooredAmount(fen: number): Floored & { inWan: boolean } {
  const inWan = fen >= FEN_PER_WAN;
  return { ...floorTo(fen, inWan ? FEN_PER_WAN : 100), inWan };
}

interface HotlineParts extends HotlineFacts {
  rate: Floored | null;
  amount: Floored & { inWan: boolean };
}

function hotlineInChinese({ period, received, rate, amount, open }: HotlineParts): string {
  return [
    `${periodInChinese(period)}，共接到12345劳动争议诉求件${received}件`,
    rate && `，调处成功率${rate.units}%${rate.exact ? '' : '以上'}`,
    `，涉及总金额${amount.units}${amount.inWan ? '万' : ''}${amount.exact ? '' : '多'}元`,
    open > 0 && `，另有在办${open}件`,
  ]
    .filter(Boolean)
    .join('');
}

function hotlineInEnglish({ period, received, rate, amount, open }: HotlineParts): string {
  const yuan = groupDigits(amount.units * (amount.inWan ? FEN_PER_WAN / 100 : 1));
  return [
    `${periodInEnglish(period)}, labour dispute complaints received through the 12345 hotline: ${groupDigits(received)}`,
    rate && `, settled successfully: ${rate.units}%${rate.exact ? '' : ' or more'}`,
    `, total amount involved: ${amount.exact ? '' : 'more than '}¥${yuan}`,
    open > 0 && `, still open: ${groupDigits(open)}`,
  ]
    .filter(Boolean)
    .join('');
}

function recoveryInChinese({ period, fen, workers, migrantFen, migrantWorkers }: RecoveryFacts): string {
  const start = periodInChinese(period);
  if (workers === 0) return `${start}，尚无已核实的追回金额`;
  const all = `${start}，为${workers}名劳动者追回${recoveredInChinese(fen)}`;
  if (migrantWorkers === 0) return all;
  return `${all}，其中为${migrantWorkers}名农民工追回${recoveredInChinese(migrantFen)}`;
}

function recoveredInChinese(fen: number): string {
  const { units } = floorTo(fen, FEN_PER_HUNDREDTH_OF_WAN);
  return units > 0 ? `${withDecimals(units, 2)}万元` : `${formatYuan(fen)}元`;
}

function recoveryInEnglish({ period, fen, workers, migrantFen, migrantWorkers }: RecoveryFacts): string {
  const start = periodInEnglish(period);
  if (workers === 0) return `${start}, no verified recovery yet`;
  const all = `${start}, recovered for ${workersInEnglish(workers, 'worker')}: ${recoveredInEnglish(fen)}`;
  if (migrantWorkers === 0) return all;
  return `${all}, of which for ${workersInEnglish(migrantWorkers, 'rural migrant worker')}: ${recoveredInEnglish(migrantFen)}`;
}

function recoveredInEnglish(fen: number): string {
  const { units } = floorTo(fen, FEN_PER_HUNDREDTH_OF_WAN);
  return `¥${units > 0 ? groupDigits(units * 100) : formatYuan(fen)}`;
}

function workersInEnglish(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

type PeriodKind = 'wholeYear' | 'fromNewYear' | 'other';

/** How a period is named (DOMAIN §3): a whole calendar year, from 1 January of one year, any other by both its days. */
function kindOf({ from, to }: Period): PeriodKind {
  if (!from.endsWith('-01-01') || yearOf(from) !== yearOf(to)) return 'other';
  return to.endsWith('-12-31') ? 'wholeYear' : 'fromNewYear';
}

function periodInChinese(period: Period): string {
  const { from, to } = period;
  const monthDay = (day: CalendarDay) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  const kind = kindOf(period);
  if (kind === 'wholeYear') return `${yearOf(from)}年`;
  if (kind === 'fromNewYear') return `截至${monthDay(to)}`;
  const start = `${yearOf(from)}年${monthDay(from)}`;
  if (from === to) return start;
  return `${start}至${yearOf(from) === yearOf(to) ? '' : `${yearOf(to)}年`}${monthDay(to)}`;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

function periodInEnglish(period: Period): string {
  const { from, to } = period;
  const dayMonth = (day: CalendarDay) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
  const kind = kindOf(period);
  if (kind === 'wholeYear') return `In ${yearOf(from)}`;
  if (kind === 'fromNewYear') return `Up to ${dayMonth(to)}`;
  if (from === to) return `On ${dayMonth(from)} ${yearOf(from)}`;
  const start = yearOf(from) === yearOf(to) ? dayMonth(from) : `${dayMonth(from)} ${yearOf(from)}`;
  return `From ${start} to ${dayMonth(to)} ${yearOf(to)}`;
}
