import type { CalendarDay } from '../shared/calendar-day.ts';
import type { PayChannel, PayState, Protection, WageSigns } from './wage-checks.rules.ts';

/** What a report says, as its form has it; amounts in fen. */
export interface ReportValues extends WageSigns {
  headcount: number;
  migrants: number | null;
  women: number | null;
  dispatched: number | null;
  overAge: number | null;
  /** The agreed day of the month. */
  payDay: number | null;
  paidOn: CalendarDay | null;
  paidPeople: number;
  unpaidPeople: number;
  grossFen: number | null;
  netFen: number | null;
  channel: PayChannel | null;
  wageSlips: boolean | null;
  protection: Protection;
  nothingUnusual: boolean;
  note: string | null;
}

/** The names of all that a report says. */
export const REPORT_FIELDS = [
  ...(['headcount', 'migrants', 'women', 'dispatched', 'overAge', 'payDay', 'paidOn'] as const),
  ...(['paidPeople', 'unpaidPeople', 'grossFen', 'netFen'] as const),
  ...(['arrearsPeople', 'arrearsFen', 'arrearsSince', 'deferredUntil', 'deferralConsent'] as const),
  ...(['belowMinimum', 'leaversUnpaid', 'leaversUnpaidSince', 'risks'] as const),
  ...(['channel', 'wageSlips', 'protection', 'nothingUnusual', 'note'] as const),
] as const satisfies (keyof ReportValues)[];

type Paying = Pick<ReportValues, 'paidOn' | 'paidPeople' | 'unpaidPeople'>;

/**
 * Whether the wages of the month came, by a report: nobody unpaid is `paid`; before the pay day, and with nothing said of
 * payment, `notDue`.
 */
export function reportedPayState(
  { paidOn, paidPeople, unpaidPeople }: Paying,
  payDueOn: CalendarDay | null,
  reportedOn: CalendarDay,
): PayState {
  const early = payDueOn !== null && reportedOn < payDueOn;
  if (unpaidPeople > 0) {
    if (paidPeople > 0 && (paidOn !== null || !early)) return 'partly';
    return early ? 'notDue' : 'unpaid';
  }
  if (paidOn !== null) return 'paid';
  return early || paidPeople === 0 ? 'notDue' : 'paid';
}

/** What is wrong with a report, by the field at which it shows; the sentences are `wage-checks.errors.*`. */
export function reportFaults(
  values: ReportValues,
  today: CalendarDay,
): { field: keyof ReportValues; sentence: string }[] {
  const { headcount, paidPeople, unpaidPeople, grossFen, netFen, paidOn } = values;
  const { arrearsPeople, arrearsFen, arrearsSince, leaversUnpaidSince, nothingUnusual, risks } = values;
  const faults: [boolean, keyof ReportValues, string][] = [
    [paidPeople + unpaidPeople > headcount, 'unpaidPeople', 'morePaidThanThere'],
    [(netFen ?? 0) > (grossFen ?? Infinity), 'netFen', 'netAboveGross'],
    [paidOn !== null && paidOn > today, 'paidOn', 'future'],
    [paidOn !== null && paidPeople === 0, 'paidPeople', 'paidToNobody'],
    [arrearsFen > 0 && arrearsPeople === 0, 'arrearsPeople', 'arrearsOfNobody'],
    [arrearsPeople > 0 && arrearsFen === 0, 'arrearsFen', 'arrearsOfNothing'],
    [arrearsFen > 0 && arrearsSince === null, 'arrearsSince', 'arrearsSinceWhen'],
    [arrearsSince !== null && arrearsSince > today, 'arrearsSince', 'future'],
    [(values.leaversUnpaid ?? 0) > 0 && leaversUnpaidSince === null, 'leaversUnpaidSince', 'leftWhen'],
    [leaversUnpaidSince !== null && leaversUnpaidSince > today, 'leaversUnpaidSince', 'future'],
    [nothingUnusual && isUnusual(values), 'nothingUnusual', 'unusualAfterAll'],
    [!nothingUnusual && !isUnusual(values) && values.note === null, 'nothingUnusual', 'sayNothingUnusual'],
    [new Set(risks).size !== risks.length, 'risks', 'twice'],
    ...(['migrants', 'women', 'dispatched', 'overAge'] as const).map(
      (part): [boolean, keyof ReportValues, string] => [
        (values[part] ?? 0) > headcount,
        part,
        'moreThanHeadcount',
      ],
    ),
  ];
  return faults.flatMap(([wrong, field, fault]) =>
    wrong ? [{ field, sentence: `wage-checks.errors.${fault}` }] : [],
  );
}

/** Whether a report tells of something that is not in order. */
export function isUnusual(values: ReportValues): boolean {
  return (
    values.unpaidPeople > 0 ||
    values.arrearsPeople > 0 ||
    values.arrearsFen > 0 ||
    values.belowMinimum === true ||
    (values.leaversUnpaid ?? 0) > 0 ||
    values.risks.length > 0
  );
}

/**
 * Last month's report as the beginning of this month's: the standing figures and what is still owed stay; everybody is paid
 * on the agreed day, or nobody yet before it.
 */
export function asBeginning(
  last: ReportValues,
  payDueOn: CalendarDay | null,
  today: CalendarDay,
): ReportValues {
  const due = payDueOn !== null && payDueOn <= today;
  const standing = Object.fromEntries(
    REPORT_FIELDS.map((name) => [name, last[name]]),
  ) as unknown as ReportValues;
  return {
    ...standing,
    paidOn: due ? payDueOn : null,
    paidPeople: due ? last.headcount : 0,
    ...{ unpaidPeople: 0, note: null, nothingUnusual: false },
  };
}

/** The report of one press: as last month, and nothing unusual; null where last month was unusual. */
export function unchangedReport(
  last: ReportValues,
  payDueOn: CalendarDay | null,
  today: CalendarDay,
): ReportValues | null {
  const report = asBeginning(last, payDueOn, today);
  return isUnusual(report) ? null : { ...report, nothingUnusual: true };
}
