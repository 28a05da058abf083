import { instantOf } from '../shared/calendar-day.ts';
import {
  checkbox,
  optionalFen,
  optionalId,
  optionalIdNumber,
  optionalOneOf,
  optionalPhone,
  optionalText,
  optionalYesNo,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredOneOf,
  requiredText,
  requiredTime,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { genderOf } from '../shared/personal-data.rules.ts';
import { CLAIM_TYPES, GENDERS, RESPONDENT_PARTS, type RespondentPart } from './case.rules.ts';
import {
  CLAIMANTS,
  NOT_LISTED,
  RESPONDENTS,
  TYPED_SOURCES,
  type Registration,
  type TypedClaimant,
  type TypedRespondent,
} from './register.rules.ts';

/** Reads the form of a case that somebody brought; what was received cannot be later than `now`. */
export function readRegistration(fields: Posted, now: Date): FormResult<Registration> {
  const basics = readForm(
    {
      source: requiredOneOf(TYPED_SOURCES),
      areaId: requiredId(),
      applied: checkbox(),
      title: requiredText(300),
      facts: requiredText(5000),
      workers: requiredInteger(1, 9999),
      visitId: optionalId(),
      wageCheckId: optionalId(),
    },
    fields,
  );
  const receipt = readReceipt(fields, now);
  const respondents = readRespondents(fields);
  const claimants = blocks('claimant', CLAIMANTS, ['Name', 'IdNumber', 'Phone', 'Claimed'], fields).map(
    (prefix) => readClaimant(prefix, fields),
  );
  const errors = [basics, receipt, ...respondents, ...claimants].flatMap((part) =>
    part.ok ? [] : part.errors,
  );
  if (!basics.ok || !receipt.ok || errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    values: {
      ...basics.values,
      receivedAt: receipt.values,
      respondents: valuesOf(respondents),
      claimants: valuesOf(claimants),
    },
  };
}

/** What the directory is asked about, whether or not the rest of the form is right. */
export function readWhereabouts(fields: Posted): { areaId: string | null; respondents: TypedRespondent[] } {
  const form = readForm({ areaId: requiredId() }, fields);
  return {
    areaId: form.ok ? form.values.areaId : null,
    respondents: valuesOf(readRespondents(fields)),
  };
}

type Named = Partial<TypedClaimant> & Pick<TypedClaimant, 'name' | 'claims'>;

/** A registration with the workers whom a finding names and for whom the form has no room. */
export function withFurtherWorkers<R extends { claimants: Named[] }>(
  registration: R,
  named: readonly string[],
): R {
  const further = named.slice(CLAIMANTS).map((name): TypedClaimant => ({
    ...{ name, gender: null, idNumber: null, phone: null, migrant: null, overRetirementAge: false },
    claims: [{ type: 'wages', claimedFen: null }],
  }));
  return { ...registration, claimants: [...registration.claimants, ...further] };
}

function readReceipt(fields: Posted, now: Date): FormResult<Date> {
  const form = readForm({ receivedOn: requiredDay(), receivedTime: requiredTime() }, fields);
  if (!form.ok) return form;
  const receivedAt = instantOf(form.values.receivedOn, form.values.receivedTime);
  if (receivedAt <= now) return { ok: true, values: receivedAt };
  return { ok: false, errors: [{ field: 'receivedOn', sentence: 'cases.register.errors.future' }] };
}

function readRespondents(fields: Posted): FormResult<TypedRespondent>[] {
  return blocks('respondent', RESPONDENTS, ['Name'], fields).map((prefix) => readRespondent(prefix, fields));
}

/** The prefixes of the first block and of the further ones in which something was filled in. */
function blocks(name: string, count: number, telling: string[], fields: Posted): string[] {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}`).filter(
    (prefix, index) => index === 0 || telling.some((field) => fields[prefix + field]),
  );
}

function valuesOf<T>(forms: FormResult<T>[]): T[] {
  return forms.flatMap((form) => (form.ok ? [form.values] : []));
}

function readRespondent(prefix: string, fields: Posted): FormResult<TypedRespondent> {
  const form = readForm(
    {
      [`${prefix}Name`]: requiredText(200),
      [`${prefix}Part`]: requiredOneOf(RESPONDENT_PARTS),
      [`${prefix}Choice`]: optionalText(36),
    },
    fields,
  );
  if (!form.ok) return form;
  const values = form.values as Record<string, string | null>;
  const choice = values[`${prefix}Choice`] ?? null;
  return {
    ok: true,
    values: {
      prefix,
      name: values[`${prefix}Name`]!,
      part: values[`${prefix}Part`] as RespondentPart,
      choice: choice === NOT_LISTED || isId(choice) ? choice : null,
    },
  };
}

const person = {
  Name: requiredText(100),
  Gender: optionalOneOf(GENDERS),
  IdNumber: optionalIdNumber(),
  Phone: optionalPhone(),
  Migrant: optionalYesNo(),
  OverRetirementAge: checkbox(),
  Type: requiredOneOf(CLAIM_TYPES),
  Claimed: optionalFen(),
};

function readClaimant(prefix: string, fields: Posted): FormResult<TypedClaimant> {
  const own = Object.fromEntries(Object.keys(person).map((name) => [name, fields[prefix + name]]));
  const form = readForm(person, own);
  if (!form.ok)
    return { ok: false, errors: form.errors.map((error) => ({ ...error, field: prefix + error.field })) };
  const { Name, Gender, IdNumber, Phone, Migrant, OverRetirementAge, Type, Claimed } = form.values;
  return {
    ok: true,
    values: {
      name: Name,
      gender: Gender ?? genderOf(IdNumber ?? ''),
      idNumber: IdNumber,
      phone: Phone,
      migrant: Migrant,
      overRetirementAge: OverRetirementAge,
      claims: [{ type: Type, claimedFen: Claimed }],
    },
  };
}
