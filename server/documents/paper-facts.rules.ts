import type { ClaimType } from '../cases/case.rules.ts';
import type { SettlementKind } from '../settlements/settlement.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import type { PaperClaimant, PaperData } from './paper-data.rules.ts';

type Claim = PaperClaimant['claims'][number];

/** Claims that are about money; the others are asked for without an amount. */
const WITHOUT_AMOUNT: readonly ClaimType[] = [
  'relationship',
  'socialInsurance',
  'protection',
  'rest',
  'other',
];

/** Whether a claim says how much is asked for, or asks for no money. */
export function amountsKnown({ type, claimedFen, agreedFen }: Claim): boolean {
  return claimedFen !== null || agreedFen !== null || WITHOUT_AMOUNT.includes(type);
}

/** The elected representatives by name. */
export function representativesOf({ claimants }: PaperData): string[] {
  return claimants.filter(({ representative }) => representative).map(({ name }) => name);
}

/** The sum of amounts of which some are unknown; null when all are. */
export function sumOf(amounts: (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((total, amount) => total + amount, 0);
}

/** What is asked for, type by type over all workers. */
export function requestsByType({ claimants }: PaperData): { type: ClaimType; claimedFen: number | null }[] {
  const claims = claimants.flatMap((claimant) => claimant.claims);
  const types = [...new Set(claims.map(({ type }) => type))];
  return types.map((type) => ({
    type,
    claimedFen: sumOf(claims.filter((claim) => claim.type === type).map(({ claimedFen }) => claimedFen)),
  }));
}

/** What one worker was promised over all claims, in fen. */
export function agreedFenOf({ claims }: PaperClaimant): number | null {
  return sumOf(claims.map(({ agreedFen }) => agreedFen));
}

/** A part of the agreement whose day has passed: what was due, what was verified of it, and what is still owed, in fen. */
export interface OverdueInstalment {
  claimantId: string;
  dueOn: CalendarDay;
  amountFen: number;
  paidFen: number;
  openFen: number;
}

/** What of the agreement is overdue on the day of the paper. */
export function overdueInstalments({ settlement, today }: PaperData): OverdueInstalment[] {
  return (settlement?.instalments ?? [])
    .filter(({ dueOn }) => dueOn < today)
    .map(({ claimantId, dueOn, amountFen, payments }) => {
      const paidFen = payments.reduce((sum, payment) => sum + payment.amountFen, 0);
      return { claimantId, dueOn, amountFen, paidFen, openFen: amountFen - paidFen };
    })
    .filter(({ openFen }) => openFen > 0);
}

/** 劳动报酬, 工伤医疗费, 经济补偿, 赔偿金 (劳动争议调解仲裁法 16). */
const BY_PAYMENT_ORDER: readonly ClaimType[] = ['wages', 'overtime', 'workInjury', 'compensation'];
const WAGES: readonly ClaimType[] = ['wages', 'overtime'];

/** An agreement and what its workers claim, as papers and pages have them. */
interface Agreed {
  settlement: { kind: SettlementKind } | null;
  claimants: readonly { claims?: readonly { type: ClaimType; agreedFen: number | null }[] }[];
}

/** The claims of an agreement that was mediated; the law knows no such ways for one that the parties made themselves (和解). */
const mediatedClaims = ({ settlement, claimants }: Agreed) =>
  settlement?.kind === 'reconciled' ? [] : claimants.flatMap(({ claims = [] }) => claims);

/** Whether a court can be asked for a payment order on the agreement: it promises money for what the law names. */
export function mayAskForPaymentOrder(data: Agreed): boolean {
  return mediatedClaims(data).some(
    ({ type, agreedFen }) => BY_PAYMENT_ORDER.includes(type) && (agreedFen ?? 0) > 0,
  );
}

/** Whether it is on wages alone, so that a worker may sue at once (法释〔2020〕26号 51). */
export function isOnWagesAlone(data: Agreed): boolean {
  const claims = mediatedClaims(data);
  return claims.length > 0 && claims.every(({ type }) => WAGES.includes(type));
}
