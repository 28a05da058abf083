import { OUTCOMES, type Outcome } from '../cases/lifecycle.rules.ts';
import { divideHalfUp, percent2, withDecimals } from '../shared/money.ts';

export type OutcomeGroup = 'succeeded' | 'failed' | 'excluded';

/**
 * What each outcome counts as (DOMAIN §3): settled, not settled, or outside the rate and only shown. Performance is
 * a second state beside the outcome and changes nothing here.
 */
export const OUTCOME_GROUPS: Record<Outcome, OutcomeGroup> = {
  settledAtOnce: 'succeeded',
  settledByInstalments: 'succeeded',
  reconciled: 'succeeded',
  failed: 'failed',
  declined: 'failed',
  transferred: 'excluded',
  withdrawn: 'excluded',
  lostContact: 'excluded',
  notLabour: 'excluded',
  duplicate: 'excluded',
  void: 'excluded',
};

/** The outcomes of a group. */
export function outcomesOf(group: OutcomeGroup): Outcome[] {
  return OUTCOMES.filter((outcome) => OUTCOME_GROUPS[outcome] === group);
}

/** Outcomes of what was no dispute of its own: 接件数 does not count their tickets (DOMAIN §3). */
export const NO_DISPUTE: readonly Outcome[] = ['notLabour', 'duplicate', 'void'];

export type OutcomeCounts = Record<Outcome, number>;

/** No case of any outcome; to count into. */
export function noOutcomes(): OutcomeCounts {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as OutcomeCounts;
}

/** S, F and X of DOMAIN §3: cases that succeeded, failed and are excluded. */
export function countByGroup(counts: OutcomeCounts): Record<OutcomeGroup, number> {
  const groups = { succeeded: 0, failed: 0, excluded: 0 };
  for (const outcome of OUTCOMES) groups[OUTCOME_GROUPS[outcome]] += counts[outcome];
  return groups;
}

/**
 * 调处成功率 = S ÷ (S+F) in per cent with two decimals, '98.07'; null when nothing was decided. Of accepted cases only
 * it is the 调解成功率.
 */
export function successRate(succeeded: number, failed: number): string | null {
  return percent2(succeeded, succeeded + failed);
}

/** 履行率 = agreements fully performed ÷ agreements due, in per cent; null when none was due. */
export function performanceRate(performed: number, due: number): string | null {
  return percent2(performed, due);
}

/**
 * 矛盾不上交 = S closed at the level of the first routing ÷ (S+F), in per cent; null when nothing was decided. A case whose
 * ledger does not say the level (`withoutLevel` of S+F) is on neither side.
 */
export function settledLocallyRate(
  settledAtFirstLevel: number,
  decided: { succeeded: number; failed: number; withoutLevel: number },
): string | null {
  return percent2(settledAtFirstLevel, decidedWithLevel(decided));
}

/** The S+F of which it is known at which level they were decided. */
export function decidedWithLevel({
  succeeded,
  failed,
  withoutLevel,
}: {
  succeeded: number;
  failed: number;
  withoutLevel: number;
}): number {
  return succeeded + failed - withoutLevel;
}

/**
 * 回访满意率 = 满意 + 基本满意 ÷ valid follow-ups, those that reached the worker and were not declined (DOMAIN §2), in per
 * cent; null without any. Not the satisfaction that the hotline's own callbacks hear.
 */
export function followUpSatisfactionRate(satisfied: number, valid: number): string | null {
  return percent2(satisfied, valid);
}

/** 涉及金额 of a case in fen: the verified (核定) amount, else the claimed (诉求), else nothing. */
export function amountInvolved(verifiedFen: number | null, claimedFen: number | null): number {
  return verifiedFen ?? claimedFen ?? 0;
}

/** 集体: a case of at least as many workers as the town's threshold (`groupWorkers`, 10). */
export function isCollective(workers: number, groupWorkers: number): boolean {
  return workers >= groupWorkers;
}

/** The balance check: 期初未结 + 新收 − 办结 = 期末未结. */
export function balances(cases: {
  opening: number;
  received: number;
  closed: number;
  open: number;
}): boolean {
  return cases.opening + cases.received - cases.closed === cases.open;
}

/** Stands where there is nothing to divide by. */
export const NO_COMPARISON = '—';

/** 同比 or 环比 = (current − base) ÷ base with one decimal and its sign, '+12.3%'; '—' when the base is 0. */
export function change(current: number, base: number): string {
  if (base === 0) return NO_COMPARISON;
  return `${signedTenths(BigInt(current - base) * 1000n, BigInt(base))}%`;
}

/** The difference of two rates ('98.07') in percentage points (百分点) with one decimal, '+0.2'; '—' without both. */
export function changeInPoints(current: string | null, base: string | null): string {
  if (current === null || base === null) return NO_COMPARISON;
  return signedTenths(hundredths(current) - hundredths(base), 10n);
}

/** dividend ÷ divisor tenths with their sign, halves away from zero. */
function signedTenths(dividend: bigint, divisor: bigint): string {
  const tenths = Number(divideHalfUp(dividend < 0n ? -dividend : dividend, divisor));
  const sign = tenths === 0 ? '' : dividend < 0n ? '-' : '+';
  return sign + withDecimals(tenths, 1);
}

function hundredths(rate: string): bigint {
  return BigInt(rate.replace('.', ''));
}
