import {
  checkbox,
  failed,
  optionalFen,
  optionalIdNumber,
  optionalOneOf,
  optionalPhone,
  optionalYesNo,
  readForm,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import type { FieldError } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import { CLAIM_TYPES, GENDERS, type ClaimType } from './case.rules.ts';
import { exceedsClaim } from './claims.rules.ts';
import type { WorkerClaims } from './claims.service.ts';

const AMOUNTS = ['claimed', 'verified', 'agreed'] as const;

const person = {
  name: requiredText(100),
  gender: optionalOneOf(GENDERS),
  migrant: optionalYesNo(),
  overRetirementAge: checkbox(),
  idNumber: optionalIdNumber(),
  phone: optionalPhone(),
  clearNumbers: checkbox(),
};

const LINES = CLAIM_TYPES.map((_, index) => index + 1);

type LineField =
  ReturnType<typeof optionalFen> | ReturnType<typeof optionalOneOf<ClaimType>> | ReturnType<typeof checkbox>;

const lineFields: Record<string, LineField> = Object.fromEntries(
  LINES.flatMap((line): [string, LineField][] => [
    [`type${line}`, optionalOneOf(CLAIM_TYPES)],
    ...AMOUNTS.map((amount) => [`${amount}${line}`, optionalFen()] as [string, LineField]),
    [`above${line}`, checkbox()],
  ]),
);

/**
 * A worker with lines of claims; an amount that is not known yet is left out, and more agreed than claimed needs the
 * tick that says so. A phone or ID number that is left empty stays as it was, unless `clearNumbers` is ticked.
 */
export function readWorkerClaims(fields: Posted): FormResult<WorkerClaims> {
  const form = readForm(person, fields);
  const amounts = readForm(lineFields, fields);
  const lines = amounts.ok ? readLines(amounts.values) : { claims: [], errors: amounts.errors };
  if (!form.ok || lines.errors.length > 0) return failed(form, lines.errors);
  const { idNumber, phone, clearNumbers, ...who } = form.values;
  const absent = clearNumbers ? null : undefined;
  return {
    ok: true,
    values: { ...who, idNumber: idNumber ?? absent, phone: phone ?? absent, claims: lines.claims },
  };
}

type Claims = WorkerClaims['claims'];

/** The lines that have a type; every line that cannot be so has its errors. */
function readLines(values: Record<string, unknown>): { claims: Claims; errors: FieldError[] } {
  const claims: Claims = [];
  const errors: FieldError[] = [];
  for (const line of LINES) {
    const type = values[`type${line}`] as ClaimType | null;
    const [claimedFen = null, verifiedFen = null, agreedFen = null] = AMOUNTS.map(
      (amount) => values[`${amount}${line}`] as number | null,
    );
    if (type === null) {
      const empty = claimedFen === null && verifiedFen === null && agreedFen === null;
      if (!empty) errors.push({ field: `type${line}`, sentence: 'errors.chooseOne' });
      continue;
    }
    if (claims.some((claim) => claim.type === type))
      errors.push({ field: `type${line}`, sentence: 'cases.errors.typeTwice' });
    if (exceedsClaim({ claimedFen, agreedFen }) && !values[`above${line}`])
      errors.push(aboveClaimed(line, claimedFen!));
    claims.push({ type, claimedFen, verifiedFen, agreedFen });
  }
  return { claims, errors };
}

const aboveClaimed = (line: number, claimedFen: number): FieldError => ({
  field: `agreed${line}`,
  sentence: 'cases.errors.agreedAboveClaimed',
  values: { claimed: formatYuan(claimedFen) },
});
