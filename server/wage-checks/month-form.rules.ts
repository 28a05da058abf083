import type { CalendarDay } from '../shared/calendar-day.ts';
import {
  PROTECTION_ITEMS,
  PROTECTION_PERCENTS,
  type PayChannel,
  type PayState,
  type Protection,
  type RiskSign,
} from './wage-checks.rules.ts';

/** 企业工资支付情况月报表 of an enterprise and month (DOMAIN §4); what is not known is null. */
export interface MonthForm {
  month: string;
  enterprise: string;
  creditCode: string | null;
  village: string | null;
  headcount: number | null;
  migrants: number | null;
  women: number | null;
  dispatched: number | null;
  overAge: number | null;
  payDueOn: CalendarDay | null;
  paidOn: CalendarDay | null;
  grossFen: number | null;
  netFen: number | null;
  paidPeople: number | null;
  unpaidPeople: number | null;
  arrearsPeople: number | null;
  arrearsFen: number | null;
  arrearsSince: CalendarDay | null;
  deferralConsent: boolean | null;
  belowMinimum: boolean | null;
  channel: PayChannel | null;
  wageSlips: boolean | null;
  protection: Protection;
  risks: RiskSign[];
  payState: PayState | null;
  /** The source of the report; never a name. */
  reporter: 'informant' | 'employer' | null;
  reportedOn: CalendarDay | null;
  verifier: string | null;
  verifiedOn: CalendarDay | null;
}

const HOT_MONTHS = ['06', '07', '08', '09'];
const FIELDS = [
  ...(['creditCode', 'headcount', 'migrants', 'women', 'dispatched', 'overAge', 'payDueOn'] as const),
  ...(['grossFen', 'netFen', 'paidPeople', 'unpaidPeople', 'belowMinimum', 'channel'] as const),
  ...(['wageSlips', 'reporter', 'verifier'] as const),
] as const;

/** What the form lacks, by the keys of its words, in the order of the form. */
export function missingIn(form: MonthForm): string[] {
  const fields = FIELDS.filter((name) => form[name] === null).map((name) =>
    ['creditCode', 'reporter', 'verifier'].includes(name)
      ? `wage-checks.monthForm.${name}`
      : `wage-checks.fields.${name}`,
  );
  const unpaidSince =
    form.arrearsFen && form.arrearsSince === null ? ['wage-checks.fields.arrearsSince'] : [];
  const items = [...PROTECTION_PERCENTS, 'overtimeHours' as const, ...PROTECTION_ITEMS].filter(
    (name) => (form.protection[name] ?? null) === null && (name !== 'heat' || isHot(form.month)),
  );
  return [...fields, ...unpaidSince, ...items.map((name) => `wage-checks.protection.${name}`)];
}

/** Heat protection is asked of the months from June to September. */
export function isHot(month: string): boolean {
  return HOT_MONTHS.includes(month.slice(5));
}
