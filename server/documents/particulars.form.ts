import { isCreditCode, tidyCreditCode } from '../directory/credit-code.rules.ts';
import type { FieldError } from '../shared/errors.ts';
import {
  failed,
  optionalDay,
  optionalFen,
  optionalIdNumber,
  optionalPhone,
  optionalText,
  readForm,
  requiredInteger,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { ParticularsOf, ParticularsSubject, WorkerIdentity } from './particulars.rules.ts';

const version = requiredInteger(0, 999_999_999);
const address = { address: optionalText(200), deliveryAddress: optionalText(200) };

const SHAPES = {
  claimant: {
    idNumber: optionalIdNumber(),
    phone: optionalPhone(),
    ...address,
    position: optionalText(60),
    workedFrom: optionalDay(),
    workedUntil: optionalDay(),
    monthlyWageFen: optionalFen(),
  },
  respondent: { ...address, creditCode: optionalText(40), legalRepresentative: optionalText(60) },
  case: {
    facts: optionalText(20_000),
    evidence: optionalText(5000),
    agent: optionalText(300),
    findings: optionalText(10_000),
    extensionTo: optionalDay(),
    supervisionUntil: optionalDay(),
  },
};

export interface ReadParticulars<S extends ParticularsSubject> {
  version: number;
  details: ParticularsOf[S];
  identity: WorkerIdentity;
}

/** What was typed for the papers; an empty field is not known. */
export function readParticulars<S extends ParticularsSubject>(
  subject: S,
  fields: Posted,
): FormResult<ReadParticulars<S>> {
  const form = readForm({ version, ...SHAPES[subject] }, fields);
  if (!form.ok) return form;
  const {
    version: opened,
    idNumber,
    phone,
    ...values
  } = form.values as Record<string, unknown> & {
    version: number;
  } & Partial<WorkerIdentity>;
  const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const fault = faultOf(known);
  if (fault) return failed(form, [fault]);
  if (typeof known['creditCode'] === 'string') known['creditCode'] = tidyCreditCode(known['creditCode']);
  const identity = { idNumber: idNumber ?? null, phone: phone ?? null };
  return { ok: true, values: { version: opened, details: known, identity } };
}

function faultOf(known: Record<string, unknown>): FieldError | null {
  const { creditCode, workedFrom, workedUntil } = known as Record<string, string | undefined>;
  if (creditCode && !isCreditCode(tidyCreditCode(creditCode)))
    return { field: 'creditCode', sentence: 'documents.errors.notACreditCode' };
  if (workedFrom && workedUntil && workedUntil < workedFrom)
    return { field: 'workedUntil', sentence: 'errors.dayBefore', values: { day: workedFrom } };
  return null;
}
