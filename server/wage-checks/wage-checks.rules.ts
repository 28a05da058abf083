import type { CalendarDay } from '../shared/calendar-day.ts';
import type { WarningLevel } from '../directory/directory.rules.ts';

/** What a wage check has come to; `open` is neither reported nor checked, and nothing but a finding makes it `fine`. */
export const CHECK_STATES = [
  ...(['open', 'reported', 'contradicted', 'notDue', 'fine', 'arrears', 'rectifying'] as const),
  'leftOut' as const,
] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** Whether the wages of the month's pay day came; `notDue` 未到期 before that day. */
export const PAY_STATES = ['paid', 'partly', 'unpaid', 'notDue'] as const;
export type PayState = (typeof PAY_STATES)[number];

/** Who reports on an enterprise. */
export const REPORT_SOURCES = ['informant', 'employer'] as const;
export type ReportSource = (typeof REPORT_SOURCES)[number];

/** How an officer found out. */
export const MANNERS = ['visit', 'call', 'documents'] as const;
export type Manner = (typeof MANNERS)[number];

/** What a finding says of the report; `noReport` where there was none. */
export const VERDICTS = ['confirms', 'contradicts', 'noReport'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What threatens wages before they are late (DOMAIN §4, §6). */
export const RISK_SIGNS = [
  ...(['stopped', 'ownerAbsent', 'utilitiesCut', 'rentUnpaid', 'equipmentMoved', 'groupAction'] as const),
] as const;
export type RiskSign = (typeof RISK_SIGNS)[number];

/** The signs whose boxes were ticked; each box has a name of its own. */
export function tickedSigns(fields: Record<string, unknown>): RiskSign[] {
  return RISK_SIGNS.filter((sign) => Boolean(fields[`risk-${sign}`]));
}

/** How wages are handed over. */
export const PAY_CHANNELS = ['bank', 'specialAccount', 'cash', 'other'] as const;
export type PayChannel = (typeof PAY_CHANNELS)[number];

/** Why an enterprise is left out of the round. */
export const LEFT_OUT_REASONS = ['seasonal', 'dormant', 'movedAway', 'closed', 'noWorkers'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** What came of a request for correction. */
export const RECTIFICATION_RESULTS = ['done', 'refused', 'withdrawn'] as const;
export type RectificationResult = (typeof RECTIFICATION_RESULTS)[number];

/** The labour-protection items of the monthly form (江苏省工会劳动法律监督条例 15), each answered yes, no or as a figure. */
export const PROTECTION_PERCENTS = ['contractPercent', 'insurancePercent', 'injuryPercent'] as const;
export const PROTECTION_ITEMS = [
  ...(['overtimePaid', 'restKept', 'safety', 'heat', 'womenCare', 'minors', 'staffCongress'] as const),
] as const;
export type ProtectionItem = (typeof PROTECTION_ITEMS)[number];
export type Protection = Partial<
  Record<(typeof PROTECTION_PERCENTS)[number] | 'overtimeHours', number | null> &
    Record<ProtectionItem, 'yes' | 'no' | null>
>;

/** What a report or a finding says of wages that are owed or in danger; amounts in fen. */
export interface WageSigns {
  arrearsPeople: number;
  arrearsFen: number;
  arrearsSince: CalendarDay | null;
  deferredUntil: CalendarDay | null;
  deferralConsent: boolean | null;
  belowMinimum: boolean | null;
  leaversUnpaid: number | null;
  leaversUnpaidSince: CalendarDay | null;
  risks: RiskSign[];
}

/** Whether the wages came, and what is owed, by one account. */
export type Told = Pick<WageSigns, 'arrearsPeople' | 'arrearsFen'> & { payState: PayState };

/** Whether somebody is owed wages, by what is told. */
export function owes({ payState, arrearsPeople, arrearsFen }: Told): boolean {
  return payState === 'partly' || payState === 'unpaid' || arrearsPeople > 0 || arrearsFen > 0;
}

/** The names of a finding, one by one. */
export function workersOf({ workers }: { workers: string | null }): string[] {
  return workers === null ? [] : workers.split('\n');
}

/** Whether an account says of a month both that all was paid and that wages of its own pay day, or later ones, are owed. */
export function paidAndOwed(
  { payState, arrearsPeople, arrearsFen, arrearsSince }: Told & Pick<WageSigns, 'arrearsSince'>,
  { month, payDueOn }: { month: string; payDueOn?: CalendarDay | null },
): boolean {
  const owed = arrearsPeople > 0 || arrearsFen > 0;
  return payState === 'paid' && owed && arrearsSince !== null && arrearsSince >= (payDueOn ?? `${month}-01`);
}

/** Whether two accounts of the same month cannot both be right: one says that wages are owed and the other that none are. */
export function contradict(one: Told, other: Told): boolean {
  if (one.payState === 'notDue' && other.payState === 'notDue') return one.arrearsFen !== other.arrearsFen;
  return owes(one) !== owes(other) || (owes(one) && one.arrearsFen !== other.arrearsFen);
}

/** What a check's state follows from. */
export interface CheckFacts {
  leftOut: boolean;
  rectifying: boolean;
  /** The last finding. */
  finding: (Told & { verdict: Verdict }) | null;
  /** The reports that count: of the informants and of the employer. */
  reports: Told[];
}

/** Whether the reports contradict one another, or a finding the reports. */
export function isContradicted({ finding, reports }: CheckFacts): boolean {
  if (finding) return finding.verdict === 'contradicts';
  return reports.some((one, index) => reports.slice(index + 1).some((other) => contradict(one, other)));
}

/** The state of a check. Only an officer's finding says that wages are in order: 未检查 is not 正常 (DOMAIN §6). */
export function stateOf(facts: CheckFacts): CheckState {
  const { leftOut, rectifying, finding, reports } = facts;
  if (leftOut) return 'leftOut';
  if (rectifying) return 'rectifying';
  if (finding && owes(finding)) return 'arrears';
  if (finding && isContradicted(facts)) return 'contradicted';
  if (finding) return finding.payState === 'notDue' ? 'notDue' : 'fine';
  if (isContradicted(facts)) return 'contradicted';
  return reports.length > 0 ? 'reported' : 'open';
}

/** Whether the state says that an officer has looked. */
export function isChecked(check: { checkedOn: CalendarDay | null }): boolean {
  return check.checkedOn !== null;
}

const LEVEL_RANKS: Record<WarningLevel, number> = { red: 1, orange: 2, yellow: 3, blue: 4 };
const STATE_RANKS: Record<CheckState, number> = {
  arrears: 1,
  rectifying: 2,
  contradicted: 3,
  open: 5,
  reported: 6,
  notDue: 7,
  fine: 8,
  leftOut: 9,
};

/** The order of the officers' list: by the village's place in the town, then the most pressing first. */
export function listKeyOf(
  villagePosition: number | null,
  state: CheckState,
  warningLevel: WarningLevel | null,
): string {
  const village = String(villagePosition === null ? 999 : Math.min(Math.max(villagePosition, 0), 998));
  const level = warningLevel ? LEVEL_RANKS[warningLevel] : 5;
  const pressing =
    state === 'leftOut' || state === 'fine' ? STATE_RANKS[state] : Math.min(level, STATE_RANKS[state]);
  return `${village.padStart(3, '0')}-${pressing}${STATE_RANKS[state]}`;
}

/** Coverage: what was checked of what was due; what is left out of the round is not due. */
export interface Coverage {
  due: number;
  checked: number;
}
