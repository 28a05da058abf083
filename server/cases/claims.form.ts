import {
  checkbox,
  optionalFen,
  optionalOneOf,
  optionalText,
  optionalYesNo,
  readForm,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { FieldError } from '../shared/errors.ts';
import { isIdNumber } from '../shared/personal-data.rules.ts';
import { CLAIM_TYPES, GENDERS, type ClaimType } from './case.rules.ts';
import type { WorkerClaims } from './claims.service.ts';

const AMOUNTS = ['claimed', 'verified', 'agreed'] as const;
const PHONE = /^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,6})?)$/;

const person = {
  name: requiredText(100),
  gender: optionalOneOf(GENDERS),
  migrant: optionalYesNo(),
  overRetirementAge: checkbox(),
  idNumber: optionalText(18),
  phone: optionalText(20),
  clearNumbers: checkbox(),
};

const LINES = CLAIM_TYPES.map((_, index) => index + 1);

type LineField = ReturnType<typeof optionalFen> | ReturnType<typeof optionalOneOf<ClaimType>>;

const lineFields: Record<string, LineField> = Object.fromEntries(
  LINES.flatMap((line): [string, LineField][] => [
    [`type${line}`, optionalOneOf(CLAIM_TYPES)],
    ...AMOUNTS.map((amount) => [`${amount}${line}`, optionalFen()] as [string, LineField]),
  ]),
);

/**
 * A worker with lines of claims; an amount that is not known yet is left out. A phone or ID number that is left
 * empty stays as it was, unless `clearNumbers` is ticked.
 */
export function readWorkerClaims(fields: Posted): FormResult<WorkerClaims> {
  const form = readForm(person, fields);
  const amounts = readForm(lineFields, fields);
  if (!form.ok || !amounts.ok) {
    return { ok: false, errors: [...(form.ok ? [] : form.errors), ...(amounts.ok ? [] : amounts.errors)] };
  }
  const { idNumber, phone, clearNumbers, name, gender, migrant, overRetirementAge } = form.values;
  const id = idNumber?.toUpperCase() ?? null;
  const { claims, errors } = readLines(amounts.values);
  if (id && !isIdNumber(id)) errors.push({ field: 'idNumber', sentence: 'errors.notAnIdNumber' });
  if (phone && !PHONE.test(phone)) errors.push({ field: 'phone', sentence: 'errors.notAPhone' });
  if (errors.length > 0) return { ok: false, errors };
  const absent = clearNumbers ? null : undefined;
  return {
    ok: true,
    values: {
      name,
      gender,
      migrant,
      overRetirementAge,
      idNumber: id ?? absent,
      phone: phone ?? absent,
      claims,
    },
  };
}

/** The lines that have a type; amounts without a type, and a type named twice, are errors. */
function readLines(values: Record<string, unknown>): {
  claims: WorkerClaims['claims'];
  errors: FieldError[];
} {
  const claims: WorkerClaims['claims'] = [];
  const errors: FieldError[] = [];
  for (const line of LINES) {
    const type = values[`type${line}`] as ClaimType | null;
    const [claimedFen, verifiedFen, agreedFen] = AMOUNTS.map(
      (amount) => values[`${amount}${line}`] as number | null,
    );
    const empty = claimedFen === null && verifiedFen === null && agreedFen === null;
    if (type === null && !empty) errors.push({ field: `type${line}`, sentence: 'errors.chooseOne' });
    if (type === null) continue;
    if (claims.some((claim) => claim.type === type))
      errors.push({ field: `type${line}`, sentence: 'cases.errors.typeTwice' });
    claims.push({ type, claimedFen: claimedFen!, verifiedFen: verifiedFen!, agreedFen: agreedFen! });
  }
  return { claims, errors };
}
