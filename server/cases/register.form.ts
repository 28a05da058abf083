import { instantOf } from '../shared/calendar-day.ts';
import type { FieldError } from '../shared/errors.ts';
import {
  checkbox,
  optionalFen,
  optionalOneOf,
  optionalText,
  optionalYesNo,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { genderOf, isIdNumber, isPhone } from '../shared/personal-data.rules.ts';
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
      receivedOn: requiredDay(),
      receivedTime: requiredText(5),
      applied: checkbox(),
      title: requiredText(300),
      facts: requiredText(5000),
      workers: requiredInteger(1, 9999),
    },
    fields,
  );
  const respondents = blocks('respondent', RESPONDENTS, ['Name'], fields).map((prefix) =>
    readRespondent(prefix, fields),
  );
  const claimants = blocks('claimant', CLAIMANTS, ['Name', 'IdNumber', 'Phone', 'Claimed'], fields).map(
    (prefix) => readClaimant(prefix, fields),
  );
  const errors: FieldError[] = [basics, ...respondents, ...claimants].flatMap((part) =>
    part.ok ? [] : part.errors,
  );
  if (!basics.ok) return { ok: false, errors };
  const { receivedOn, receivedTime, ...values } = basics.values;
  const time = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(receivedTime);
  const receivedAt = instantOf(receivedOn, time ? `${time[1]!.padStart(2, '0')}:${time[2]!}` : '00:00');
  if (!time) errors.push({ field: 'receivedTime', sentence: 'cases.register.errors.notATime' });
  else if (receivedAt > now) errors.push({ field: 'receivedOn', sentence: 'cases.register.errors.future' });
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    values: { ...values, receivedAt, respondents: valuesOf(respondents), claimants: valuesOf(claimants) },
  };
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
  IdNumber: optionalText(40),
  Phone: optionalText(40),
  Migrant: optionalYesNo(),
  OverRetirementAge: checkbox(),
  Type: requiredOneOf(CLAIM_TYPES),
  Claimed: optionalFen(),
};

function readClaimant(prefix: string, fields: Posted): FormResult<TypedClaimant> {
  const own = Object.fromEntries(Object.keys(person).map((name) => [name, fields[prefix + name]]));
  const form = readForm(person, own);
  const errors: FieldError[] = form.ok
    ? []
    : form.errors.map((error) => ({ ...error, field: prefix + error.field }));
  const idNumber = typed(own['IdNumber']).toUpperCase();
  const phone = typed(own['Phone']);
  if (idNumber && !isIdNumber(idNumber))
    errors.push({ field: `${prefix}IdNumber`, sentence: 'errors.notAnIdNumber' });
  if (phone && !isPhone(phone)) errors.push({ field: `${prefix}Phone`, sentence: 'errors.notAPhone' });
  if (!form.ok || errors.length > 0) return { ok: false, errors };
  const { Name, Gender, Migrant, OverRetirementAge, Type, Claimed } = form.values;
  return {
    ok: true,
    values: {
      name: Name,
      gender: Gender ?? genderOf(idNumber),
      idNumber: idNumber || null,
      phone: phone || null,
      migrant: Migrant,
      overRetirementAge: OverRetirementAge,
      claims: [{ type: Type, claimedFen: Claimed }],
    },
  };
}

/** A number as typed, half width and without spaces. */
function typed(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFKC').replace(/\s/g, '') : '';
}
