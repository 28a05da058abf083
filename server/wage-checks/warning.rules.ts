import type { TownSettings } from '../../config/town.ts';
import { addWorkingDays, type Calendar } from '../deadlines/working-days.rules.ts';
import { WARNING_LEVELS, type WarningLevel } from '../directory/directory.rules.ts';
import { addDays, daysBetween, type CalendarDay } from '../shared/calendar-day.ts';
import { formatYuan } from '../shared/money.ts';
import { addMonths, reportDeadline } from './rounds.rules.ts';
import { RISK_SIGNS, type RiskSign } from './wage-checks.rules.ts';
import { afterPayments, type CasePayment } from './warning-payments.rules.ts';

/** Which edition of the rules an evaluation was made by; it changes with every change of `WARNING_RULES`. */
export const RULE_VERSION = '2026-11';

/** The wages of one month as last reported, found or paid; amounts in fen. */
export interface WageMonth {
  /** 'YYYY-MM' */
  month: string;
  /** The agreed day of payment, moved earlier when it is a day off (保障农民工工资支付条例 14). */
  payDay: CalendarDay;
  people: number;
  arrearsFen: number;
  /** The day of the report or the finding that says so. */
  toldOn: CalendarDay;
  /** The day on which everything was paid, as the enterprise or its workers say … */
  paidOn: CalendarDay | null;
  /** … and on which an officer or a second person verified it: until then the month is not settled. */
  verifiedOn: CalendarDay | null;
  belowMinimum: boolean;
  /** The informant says otherwise than the employer. */
  contradicted: boolean;
}

/** What cases show to be owed: verified wages of an open one, overdue instalments of an agreement. */
export interface CaseArrears {
  caseId: string;
  people: number;
  arrearsFen: number;
  /** The day on which it was due; null where that is not known. */
  since: CalendarDay | null;
}

/** Wages put off for hardship (江苏省工资支付条例 39). */
export interface Deferral {
  /** The agreed day of payment that was put off. */
  since: CalendarDay;
  days: number;
  /** The explanation and the consent of the union or the staff congress are filed. */
  consentFiled: boolean;
}

/** What an officer sees or hears of an enterprise, and records by hand. */
export const SIGNAL_KINDS = [...RISK_SIGNS, 'deferral'] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Everything that the rules look at of one enterprise. */
export interface WageFacts {
  months: WageMonth[];
  cases: CaseArrears[];
  /** What was verified as paid in the cases that the months led to. */
  payments: CasePayment[];
  deferrals: Deferral[];
  /** Workers who left and were not paid off. */
  leavers: { leftOn: CalendarDay; people: number }[];
  /** The months for which an active informant owes a report, and the day on which it came. */
  reports: { month: string; reportedOn: CalendarDay | null }[];
  /** The days on which complaints about wages came. */
  complaints: CalendarDay[];
  signals: { kind: RiskSign; since: CalendarDay }[];
  /** How many payments, findings of payment and clearances were verified, ever. */
  verifications: number;
}

export const NO_FACTS: WageFacts = {
  ...{ months: [], cases: [], payments: [], deferrals: [], leavers: [], reports: [] },
  ...{ complaints: [], signals: [], verifications: 0 },
};

/** The settings that an evaluation looks at, and keeps. */
export const WARNING_SETTINGS = [
  ...(['warningReportDay', 'warningDeferralDays', 'warningComplaints', 'warningComplaintDays'] as const),
  ...(['warningLeaverWorkingDays', 'warningOrangeDays', 'warningOrangeWorkers', 'warningOrangeFen'] as const),
  ...(['warningRedDays', 'warningUnpaidDays', 'warningConsecutiveMonths'] as const),
  ...(['warningCumulativeMonths', 'warningRedWorkers', 'warningRedFen'] as const),
  ...(['warningProvinceWorkers', 'warningProvinceFen'] as const),
  ...(['crimeSingleFen', 'crimeSingleMonths', 'crimeGroupFen', 'crimeGroupWorkers'] as const),
] as const;
export type WarningSettings = Pick<TownSettings, (typeof WARNING_SETTINGS)[number]>;

type Params = Record<string, string | number>;

/** A rule that holds, with the values that it looked at; the words are `warnings.rules.<rule>`. */
export interface Hit {
  rule: RuleKey;
  level: WarningLevel;
  /** What is owed ends only with verified payment, everything else with its cause. */
  cause: 'arrears' | 'other';
  params: Params;
}

export interface Evaluation {
  ruleVersion: string;
  /** The highest level that a rule gives; null where none does. */
  level: WarningLevel | null;
  arrearsLevel: WarningLevel | null;
  otherLevel: WarningLevel | null;
  /** To be reported further up. */
  provincial: boolean;
  /** 达到数额标准 of 刑法 276-1; nothing is said of the crime itself. */
  crimeAmount: boolean;
  people: number;
  arrearsFen: number;
  hits: Hit[];
}

/** The facts as the rules see them on a day. */
interface Picture {
  day: CalendarDay;
  facts: WageFacts;
  settings: WarningSettings;
  calendar: Calendar;
  /** The days by which the oldest wages are late, and since when; null when none are. */
  overdue: { days: number; since: CalendarDay } | null;
  people: number;
  arrearsFen: number;
  /** Months whose pay day is longer past than a month counts as late, in order. */
  unpaidMonths: string[];
  /** The longest row of them without a gap. */
  consecutive: number;
}

interface Rule {
  level: WarningLevel;
  cause: Hit['cause'];
  /** Raises the flag beside the level. */
  provincial?: true;
  /** The values of every time that it holds. */
  find(picture: Picture): Params[];
}

const overdueWithin =
  (from: (s: WarningSettings) => number, below: (s: WarningSettings) => number) =>
  ({ overdue, settings }: Picture): Params[] =>
    overdue && overdue.days >= from(settings) && overdue.days < below(settings) ? [{ ...overdue }] : [];

const peopleFrom =
  (from: (s: WarningSettings) => number, below: (s: WarningSettings) => number = () => Infinity) =>
  ({ people, settings }: Picture): Params[] =>
    people >= from(settings) && people < below(settings) ? [{ people, threshold: from(settings) }] : [];

const amountFrom =
  (from: (s: WarningSettings) => number, below: (s: WarningSettings) => number = () => Infinity) =>
  ({ arrearsFen, settings }: Picture): Params[] =>
    arrearsFen >= from(settings) && arrearsFen < below(settings)
      ? [{ amount: formatYuan(arrearsFen), threshold: formatYuan(from(settings)) }]
      : [];

const signalled =
  (kind: RiskSign) =>
  ({ facts }: Picture): Params[] =>
    facts.signals.filter((signal) => signal.kind === kind).map(({ since }) => ({ since }));

/** Every rule of the warning, from the lowest level to the highest (DOMAIN §6; the sources stand in the locale files). */
export const WARNING_RULES = {
  reportMissing: { level: 'blue', cause: 'other', find: missingReports },
  // 江苏省工资支付条例 39
  lawfulDeferral: { level: 'blue', cause: 'other', find: lawfulDeferrals },
  complaints: { level: 'blue', cause: 'other', find: repeatedComplaints },
  utilitiesCut: { level: 'blue', cause: 'other', find: signalled('utilitiesCut') },
  rentUnpaid: { level: 'blue', cause: 'other', find: signalled('rentUnpaid') },
  overdue: {
    level: 'yellow',
    cause: 'arrears',
    find: overdueWithin(
      () => 1,
      (s) => s.warningOrangeDays,
    ),
  },
  belowMinimum: { level: 'yellow', cause: 'other', find: monthsThat(({ belowMinimum }) => belowMinimum) },
  contradiction: { level: 'yellow', cause: 'other', find: monthsThat(({ contradicted }) => contradicted) },
  // 江苏省工资支付条例 19
  leavers: { level: 'yellow', cause: 'arrears', find: lateLeavers },
  overdueLong: {
    level: 'orange',
    cause: 'arrears',
    find: overdueWithin(
      (s) => s.warningOrangeDays,
      (s) => s.warningRedDays,
    ),
  },
  workers: {
    level: 'orange',
    cause: 'arrears',
    find: peopleFrom(
      (s) => s.warningOrangeWorkers,
      (s) => s.warningRedWorkers,
    ),
  },
  amount: {
    level: 'orange',
    cause: 'arrears',
    find: amountFrom(
      (s) => s.warningOrangeFen,
      (s) => s.warningRedFen,
    ),
  },
  unlawfulDeferral: { level: 'orange', cause: 'arrears', find: unlawfulDeferrals },
  overdueVeryLong: {
    level: 'red',
    cause: 'arrears',
    find: overdueWithin(
      (s) => s.warningRedDays,
      () => Infinity,
    ),
  },
  // 江苏省工资支付条例 40
  consecutiveMonths: { level: 'red', cause: 'arrears', find: consecutiveMonths },
  cumulativeMonths: { level: 'red', cause: 'arrears', find: cumulativeMonths },
  manyWorkers: { level: 'red', cause: 'arrears', find: peopleFrom((s) => s.warningRedWorkers) },
  largeAmount: { level: 'red', cause: 'arrears', find: amountFrom((s) => s.warningRedFen) },
  stopped: { level: 'red', cause: 'other', find: signalled('stopped') },
  ownerAbsent: { level: 'red', cause: 'other', find: signalled('ownerAbsent') },
  equipmentMoved: { level: 'red', cause: 'other', find: signalled('equipmentMoved') },
  groupAction: { level: 'red', cause: 'other', find: signalled('groupAction') },
  provinceWorkers: {
    ...{ level: 'red', cause: 'arrears', provincial: true },
    find: peopleFrom((s) => s.warningProvinceWorkers),
  },
  provinceAmount: {
    ...{ level: 'red', cause: 'arrears', provincial: true },
    find: amountFrom((s) => s.warningProvinceFen),
  },
} as const satisfies Record<string, Rule>;

export type RuleKey = keyof typeof WARNING_RULES;

/** The rules whose words say that an informant reports. */
export const NAMES_SOURCE: readonly RuleKey[] = ['reportMissing', 'contradiction'];

/** What the rules say of an enterprise on a day: every rule that holds, the highest level first, and the highest level. */
export function evaluateWarning(
  facts: WageFacts,
  day: CalendarDay,
  settings: WarningSettings,
  calendar: Calendar,
): Evaluation {
  const picture = pictureOf(facts, day, settings, calendar);
  const hits = (Object.entries(WARNING_RULES) as [RuleKey, Rule][])
    .flatMap(([rule, { level, cause, find }]) =>
      find(picture).map((params): Hit => ({ rule, level, cause, params })),
    )
    .reverse();
  const levelOf = (cause: Hit['cause']) =>
    highest(...hits.filter((hit) => hit.cause === cause).map(({ level }) => level));
  const [arrearsLevel, otherLevel] = [levelOf('arrears'), levelOf('other')];
  return {
    ruleVersion: RULE_VERSION,
    ...{ level: highest(arrearsLevel, otherLevel), arrearsLevel, otherLevel, hits },
    provincial: hits.some(({ rule }) => (WARNING_RULES[rule] as Rule).provincial),
    crimeAmount: reachesCrimeAmount(picture),
    ...{ people: picture.people, arrearsFen: picture.arrearsFen },
  };
}

/** The rank of a level, 0 where there is none. */
export function rankOf(level: WarningLevel | null): number {
  return level === null ? 0 : WARNING_LEVELS.indexOf(level) + 1;
}

/** The highest of some levels; null when there is none. */
export function highest(...levels: (WarningLevel | null)[]): WarningLevel | null {
  return WARNING_LEVELS[Math.max(0, ...levels.map(rankOf)) - 1] ?? null;
}

function pictureOf(
  facts: WageFacts,
  day: CalendarDay,
  settings: WarningSettings,
  calendar: Calendar,
): Picture {
  const months = afterPayments(facts.months, facts.payments).filter((month) =>
    isOwed(month, facts.deferrals, day, settings),
  );
  const late = [
    ...months.map(({ payDay, paidOn }) => ({ since: payDay, days: daysBetween(payDay, paidOn ?? day) })),
    ...[...facts.cases, ...facts.deferrals.filter((deferral) => !isLawful(deferral, day, settings))].flatMap(
      ({ since }) => (since ? { since, days: daysBetween(since, day) } : []),
    ),
  ].filter(({ days }) => days >= 1);
  late.sort((one, other) => other.days - one.days);
  const unpaidMonths = months
    .filter(({ payDay, paidOn }) => daysBetween(payDay, paidOn ?? day) > settings.warningUnpaidDays)
    .map(({ month }) => month)
    .sort();
  return {
    ...{ day, facts, settings, calendar, unpaidMonths },
    overdue: late[0] ?? null,
    // Cases and months may tell of the same people and money: the larger one is certain.
    people: Math.max(0, ...months.map(({ people }) => people), sumOf(facts.cases, 'people')),
    arrearsFen: Math.max(sumOf(months, 'arrearsFen'), sumOf(facts.cases, 'arrearsFen')),
    consecutive: longestRow(unpaidMonths),
  };
}

/** Whether a month's wages are owed: late, and not verified as paid; within a lawful deferral they are not late. */
function isOwed(
  { payDay, people, arrearsFen, paidOn, verifiedOn }: WageMonth,
  deferrals: readonly Deferral[],
  day: CalendarDay,
  settings: WarningSettings,
): boolean {
  if (verifiedOn !== null || (people === 0 && arrearsFen === 0)) return false;
  if (daysBetween(payDay, paidOn ?? day) < 1) return false;
  return !deferrals.some(
    (deferral) =>
      deferral.since.slice(0, 7) === payDay.slice(0, 7) && isLawful(deferral, paidOn ?? day, settings),
  );
}

function isLawful({ since, days, consentFiled }: Deferral, day: CalendarDay, settings: WarningSettings) {
  return consentFiled && days <= settings.warningDeferralDays && daysBetween(since, day) <= days;
}

function sumOf<K extends 'people' | 'arrearsFen'>(rows: readonly Record<K, number>[], name: K): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}

function longestRow(months: readonly string[]): number {
  let [longest, row] = [0, 0];
  for (const [index, month] of months.entries()) {
    row = index > 0 && addMonths(months[index - 1]!, 1) === month ? row + 1 : 1;
    longest = Math.max(longest, row);
  }
  return longest;
}

function missingReports({ facts, day, settings }: Picture): Params[] {
  const { warningReportDay: dueDay } = settings;
  return facts.reports
    .filter(({ month, reportedOn }) => reportedOn === null && day > reportDeadline(month, dueDay))
    .map(({ month }) => ({ month, dueDay }));
}

function lawfulDeferrals({ facts, day, settings }: Picture): Params[] {
  return facts.deferrals
    .filter((deferral) => isLawful(deferral, day, settings))
    .map(({ since, days }) => ({ since, days, until: addDays(since, days) }));
}

/** Longer than the law allows, or without the consent that it asks for. */
function unlawfulDeferrals({ facts, day, settings }: Picture): Params[] {
  const threshold = settings.warningDeferralDays;
  return facts.deferrals
    .map(({ since, days, consentFiled }) => ({
      ...{ since, days: Math.max(days, daysBetween(since, day)), threshold },
      consent: consentFiled ? 'filed' : 'missing',
    }))
    .filter(({ days, consent }) => consent === 'missing' || days > threshold);
}

function repeatedComplaints({ facts, day, settings }: Picture): Params[] {
  const from = addDays(day, -settings.warningComplaintDays);
  const count = facts.complaints.filter((complaint) => complaint >= from && complaint <= day).length;
  return count >= settings.warningComplaints ? [{ count, days: settings.warningComplaintDays }] : [];
}

function monthsThat(fits: (month: WageMonth) => boolean) {
  return ({ facts }: Picture): Params[] => facts.months.filter(fits).map(({ month }) => ({ month }));
}

function lateLeavers({ facts, day, settings, calendar }: Picture): Params[] {
  const { warningLeaverWorkingDays: allowed } = settings;
  return facts.leavers
    .filter(({ leftOn, people }) => people > 0 && addWorkingDays(calendar, leftOn, allowed).day < day)
    .map(({ leftOn, people }) => ({ leftOn, people, days: allowed }));
}

function consecutiveMonths({ consecutive, settings }: Picture): Params[] {
  return consecutive >= settings.warningConsecutiveMonths ? [{ count: consecutive }] : [];
}

function cumulativeMonths({ unpaidMonths, settings }: Picture): Params[] {
  const count = unpaidMonths.length;
  return count >= settings.warningCumulativeMonths ? [{ count }] : [];
}

/** Jiangsu's amounts: of one worker after 3 months, or of 10 workers together; the average stands for the worker. */
function reachesCrimeAmount({ facts, people, arrearsFen, unpaidMonths, settings }: Picture): boolean {
  if (facts.months.length === 0 && facts.cases.length === 0) return false;
  const { crimeSingleFen, crimeSingleMonths, crimeGroupFen, crimeGroupWorkers } = settings;
  const ofOne =
    unpaidMonths.length >= crimeSingleMonths && arrearsFen >= crimeSingleFen * Math.max(1, people);
  return ofOne || (people >= crimeGroupWorkers && arrearsFen >= crimeGroupFen);
}
