import type { ClaimType } from '../cases/case.rules.ts';
import { rollToWorkday, explainWorkingDays, type Calendar } from '../deadlines/working-days.rules.ts';
import type { Level } from '../directory/directory.rules.ts';
import { addDays, type CalendarDay } from '../shared/calendar-day.ts';
import type { ExplanationLine } from '../shared/explanation.ts';

/** The two ways to make an agreement enforceable, of which the parties choose one together. */
export const CONFIRMATIONS = ['arbitrationReview', 'judicialConfirmation'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** What came of it. */
export const CONFIRMATION_RESULTS = ['granted', 'refused'] as const;
export type ConfirmationResult = (typeof CONFIRMATION_RESULTS)[number];

/** Days to file in, from the day on which the agreement took effect. */
const FILING_DAYS: Record<Confirmation, number> = {
  // 企业劳动争议协商调解规定 27; 劳动人事争议仲裁办案规则 74.
  arbitrationReview: 15,
  // 人民调解法 33.
  judicialConfirmation: 30,
};

/** What decides which way is open. */
export interface AgreementInForce {
  effectiveOn: CalendarDay;
  level: Level | null;
  types: readonly ClaimType[];
  totalFen: number;
}

/** A way to confirm an agreement: whether it is open, why not, until when, and the arithmetic of that day. */
export interface ConfirmationWay {
  kind: Confirmation;
  open: boolean;
  /** Why it is or is not (`settlements.confirmations.reasons.*`). */
  reason:
    'anyLevel' | 'relationship' | 'peoplesMediation' | 'notPeoplesMediation' | 'notPaymentOnly' | 'late';
  dueOn: CalendarDay;
  explanation: ExplanationLine[];
  provisional: boolean;
}

/**
 * Both ways for an agreement as of a day. 仲裁审查 is open to an agreement of any level, except on 确认劳动关系 (办案规则
 * 75); 司法确认 to one that a people's mediation committee (village) made and that is about payment only (人民调解法 33;
 * 法释〔2020〕26号 52). Filing deadlines, and only they, roll to the next working day (民事诉讼法 85).
 */
export function confirmationWays(
  agreement: AgreementInForce,
  today: CalendarDay,
  calendar: Calendar,
): ConfirmationWay[] {
  return CONFIRMATIONS.map((kind) => {
    const rolled = rollToWorkday(calendar, addDays(agreement.effectiveOn, FILING_DAYS[kind]));
    const { fits, reason } = fit(kind, agreement);
    const late = fits && today > rolled.day;
    return {
      kind,
      open: fits && !late,
      reason: late ? 'late' : reason,
      dueOn: rolled.day,
      explanation: [
        { key: 'deadlines.dayZero.effective', values: { day: agreement.effectiveOn } },
        { key: `deadlines.rules.${kind}`, values: { count: FILING_DAYS[kind] } },
        ...explainWorkingDays(rolled),
        { key: 'deadlines.dueOn', values: { day: rolled.day } },
      ],
      provisional: rolled.provisionalYears.length > 0,
    };
  });
}

/** Whether a way suits the agreement, in time or not. */
export function fitsAgreement({ open, reason }: ConfirmationWay): boolean {
  return open || reason === 'late';
}

function fit(
  kind: Confirmation,
  { level, types, totalFen }: AgreementInForce,
): { fits: boolean; reason: ConfirmationWay['reason'] } {
  if (kind === 'arbitrationReview') {
    return types.includes('relationship')
      ? { fits: false, reason: 'relationship' }
      : { fits: true, reason: 'anyLevel' };
  }
  if (level !== 'village') return { fits: false, reason: 'notPeoplesMediation' };
  const paymentOnly = totalFen > 0 && !types.includes('relationship');
  return paymentOnly ? { fits: true, reason: 'peoplesMediation' } : { fits: false, reason: 'notPaymentOnly' };
}
