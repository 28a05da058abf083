import {
  failed,
  optionalDay,
  optionalFen,
  optionalId,
  optionalText,
  readForm,
  requiredDay,
  requiredFen,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { FieldError } from '../shared/errors.ts';
import { CONFIRMATION_RESULTS, CONFIRMATIONS } from './confirmation.rules.ts';
import type { ScheduleLine } from './instalments.rules.ts';
import { PAYMENT_MANNERS, SETTLEMENT_KINDS, type SettlementKind } from './settlement.rules.ts';
import type { NewSettlement } from './settlements.service.ts';
import type { NewPayment } from './payments.service.ts';
import type { ReversalDecision } from './reversals.service.ts';

/** Lines of the schedule that the form offers. */
export const SCHEDULE_LINES = 12;
const LINE_NUMBERS = Array.from({ length: SCHEDULE_LINES }, (_, index) => index + 1);

type LineField = ReturnType<typeof optionalText> | ReturnType<typeof optionalFen>;

const lineFields = Object.fromEntries(
  LINE_NUMBERS.flatMap((line): [string, LineField][] => [
    [`dueOn${line}`, optionalDay()],
    [`amount${line}`, optionalFen()],
    [`claimant${line}`, optionalId()],
  ]),
);

/** The agreement: kind, terms and the lines of its schedule; a line needs both its day and its amount. */
export function readSettlement(fields: Posted): FormResult<NewSettlement> {
  const form = readForm({ kind: requiredOneOf(SETTLEMENT_KINDS), terms: requiredText(10_000) }, fields);
  const lines = readForm(lineFields, fields);
  const { schedule, errors } = !lines.ok
    ? { schedule: [], errors: lines.errors }
    : form.ok && isWithoutMoney(form.values.kind, lines.values)
      ? { schedule: [], errors: [] }
      : readSchedule(lines.values);
  if (!form.ok || errors.length > 0) return failed(form, errors);
  return { ok: true, values: { ...form.values, schedule } };
}

/** The parties were reconciled, and no amount is named: a day alone is no instalment. */
function isWithoutMoney(kind: SettlementKind, values: Record<string, unknown>): boolean {
  return kind === 'reconciled' && LINE_NUMBERS.every((line) => values[`amount${line}`] === null);
}

function readSchedule(values: Record<string, unknown>): { schedule: ScheduleLine[]; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const schedule = LINE_NUMBERS.flatMap((line): ScheduleLine[] => {
    const dueOn = values[`dueOn${line}`] as string | null;
    const amountFen = values[`amount${line}`] as number | null;
    if (dueOn === null && amountFen === null) return [];
    if (dueOn === null) errors.push({ field: `dueOn${line}`, sentence: 'errors.required' });
    if (amountFen === null) errors.push({ field: `amount${line}`, sentence: 'errors.required' });
    if (amountFen === 0) errors.push({ field: `amount${line}`, sentence: 'errors.notPositive' });
    const claimantId = values[`claimant${line}`] as string | null;
    return [{ line, dueOn: dueOn ?? '', amountFen: amountFen ?? 0, claimantId }];
  });
  return { schedule, errors };
}

export const readDraftWithdrawal = (fields: Posted) => readForm({ note: optionalText(500) }, fields);

const SIGNATURES = ['workerSigned', 'respondentSigned', 'mediatorSigned', 'sealed'] as const;

/** All four signatures must be ticked (劳动争议调解仲裁法 14). */
export function readSignature(fields: Posted): FormResult<{ signedOn: string }> {
  const form = readForm(
    { signedOn: requiredDay(), ...Object.fromEntries(SIGNATURES.map((name) => [name, optionalText(10)])) },
    fields,
  );
  if (!form.ok) return form;
  const values = form.values as Record<string, string | null>;
  const missing = SIGNATURES.filter((name) => !values[name]);
  if (missing.length > 0)
    return {
      ok: false,
      errors: missing.map((field) => ({ field, sentence: 'settlements.errors.signatureMissing' })),
    };
  return { ok: true, values: { signedOn: form.values.signedOn } };
}

export const readReversal = (fields: Posted) => readForm({ reason: requiredText(500) }, fields);

/** Yes or no to a reversal; a no says why. */
export function readReversalDecision(fields: Posted): FormResult<ReversalDecision> {
  const form = readForm(
    { decision: requiredOneOf(['verified', 'rejected']), reason: optionalText(500) },
    fields,
  );
  if (!form.ok) return form;
  const { decision, reason } = form.values;
  if (decision === 'rejected' && !reason)
    return failed(form, [{ field: 'reason', sentence: 'errors.required' }]);
  return { ok: true, values: { verified: decision === 'verified', reason } };
}

const payment = {
  amount: requiredFen(),
  paidOn: requiredDay(),
  manner: requiredOneOf(PAYMENT_MANNERS),
  proof: requiredText(500),
};

export const readRejection = (fields: Posted) => readForm({ reason: requiredText(500) }, fields);

export function readPayment(fields: Posted): FormResult<Omit<NewPayment, 'instalmentId'>> {
  const form = readForm(payment, fields);
  if (!form.ok) return form;
  const { amount, ...rest } = form.values;
  return { ok: true, values: { amountFen: amount, ...rest } };
}

export const readConfirmationResult = (fields: Posted) =>
  readForm({ result: requiredOneOf(CONFIRMATION_RESULTS), decidedOn: requiredDay() }, fields);

export const readConfirmation = (fields: Posted) =>
  readForm({ kind: requiredOneOf(CONFIRMATIONS), filedOn: requiredDay() }, fields);
