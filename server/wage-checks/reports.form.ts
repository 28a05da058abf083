import type { FieldError } from '../shared/errors.ts';
import {
  checkbox,
  failed,
  optionalDay,
  optionalFen,
  optionalInteger,
  optionalOneOf,
  optionalText,
  optionalYesNo,
  readForm,
  requiredId,
  requiredInteger,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { reportFaults, type ReportValues } from './reports.rules.ts';
import {
  PAY_CHANNELS,
  PROTECTION_ITEMS,
  PROTECTION_PERCENTS,
  tickedSigns,
  type Protection,
} from './wage-checks.rules.ts';

const MOST_PEOPLE = 100_000;

/** A report as it was sent, with the version of the one that the form showed and the fingerprint of its photo. */
export interface SentReport {
  version: number | null;
  photo: string | null;
  values: ReportValues;
}

const people = () => optionalInteger(0, MOST_PEOPLE);

/** Reads an informant's report; amounts typed in yuan, what is left empty of people unpaid and arrears is none. */
export function readReport(
  fields: Posted,
  file: { sha256: string } | null,
  today: string,
): FormResult<SentReport> {
  const form = readForm(
    {
      version: optionalInteger(0, 999_999_999),
      headcount: requiredInteger(1, MOST_PEOPLE),
      ...{ migrants: people(), women: people(), dispatched: people(), overAge: people() },
      payDay: optionalInteger(1, 31),
      paidOn: optionalDay(),
      ...{ paidPeople: people(), unpaidPeople: people(), arrearsPeople: people() },
      ...{ grossFen: optionalFen(), netFen: optionalFen(), arrearsFen: optionalFen() },
      ...{ arrearsSince: optionalDay(), deferredUntil: optionalDay(), deferralConsent: optionalYesNo() },
      ...{ leaversUnpaid: people(), leaversUnpaidSince: optionalDay(), belowMinimum: optionalYesNo() },
      ...{ channel: optionalOneOf(PAY_CHANNELS), wageSlips: optionalYesNo() },
      nothingUnusual: checkbox(),
      note: optionalText(1000),
    },
    fields,
  );
  const risks = tickedSigns(fields);
  const protection = readProtection(fields);
  if (!form.ok || !protection.ok) return failed(form, protection.ok ? [] : protection.errors);
  const { version, paidPeople, unpaidPeople, arrearsPeople, arrearsFen, ...rest } = form.values;
  const values: ReportValues = {
    ...rest,
    ...{ paidPeople: paidPeople ?? 0, unpaidPeople: unpaidPeople ?? 0 },
    ...{ arrearsPeople: arrearsPeople ?? 0, arrearsFen: arrearsFen ?? 0 },
    ...{ risks, protection: protection.values },
  };
  const faults: FieldError[] = reportFaults(values, today);
  if (faults.length > 0) return { ok: false, errors: faults };
  return { ok: true, values: { version, photo: file?.sha256 ?? null, values } };
}

/** A browser does not keep a chosen file: who sent a photo with a mistake is told to choose it again. */
export function withPhotoAgain<S extends { errors: FieldError[] }>(state: S): S {
  if (state.errors.some(({ field }) => field === 'file')) return state;
  return {
    ...state,
    errors: [...state.errors, { field: 'file', sentence: 'wage-checks.errors.photoAgain' }],
  };
}

function readProtection(fields: Posted): FormResult<Protection> {
  const percents = PROTECTION_PERCENTS.map((name) => [name, optionalInteger(0, 100)]);
  const items = PROTECTION_ITEMS.map((name) => [name, optionalOneOf(['yes', 'no'] as const)]);
  const form = readForm(
    {
      ...(Object.fromEntries(percents) as Record<string, ReturnType<typeof people>>),
      overtimeHours: optionalInteger(0, 744),
      ...(Object.fromEntries(items) as Record<string, ReturnType<typeof optionalText>>),
    },
    fields,
  );
  return form.ok ? { ok: true, values: form.values } : form;
}

/** The press by which a month is reported as the last one: which report was shown. */
export const readUnchanged = (fields: Posted) => readForm({ last: requiredId() }, fields);
