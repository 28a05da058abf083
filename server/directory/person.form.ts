import type { FieldError } from '../shared/errors.ts';
import {
  manyIds,
  manyOf,
  optionalDay,
  optionalId,
  optionalOneOf,
  optionalText,
  failed,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { PERSON_KINDS, SKILLS } from './directory.rules.ts';
import type { PersonFilter } from './people.queries.ts';
import type { PersonValues } from './people.service.ts';
import { readPhoneField } from './phone.rules.ts';

/** Reads the filter in the address of the list. */
export function readPersonFilter(query: Posted): PersonFilter {
  return readFilter(
    {
      q: optionalText(100),
      kind: optionalOneOf(PERSON_KINDS),
      skill: optionalOneOf(SKILLS),
      area: optionalId(),
      active: optionalOneOf(['no', 'all'] as const),
    },
    query,
  );
}

const fields = {
  name: requiredText(100),
  kind: requiredOneOf(PERSON_KINDS),
  areaId: requiredId(),
  phone: optionalText(40),
  activeFrom: requiredDay(),
  activeTo: optionalDay(),
  skills: manyOf(SKILLS),
  villages: manyIds(),
};

export function readNewPerson(posted: Posted): FormResult<PersonValues> {
  const form = readForm(fields, posted);
  const faults = faultsOf(posted, null);
  if (!form.ok || faults.length > 0) return failed(form, faults);
  return { ok: true, values: { ...form.values, phone: readPhoneField(form.values.phone, null) ?? null } };
}

/** A changed person; `storedPhone` stays where its mask was left as it stood. */
export function readPerson(
  posted: Posted,
  storedPhone: string | null,
): FormResult<PersonValues & { version: number }> {
  const form = readForm({ ...fields, version: requiredInteger(0, 999_999_999) }, posted);
  const faults = faultsOf(posted, storedPhone);
  if (!form.ok || faults.length > 0) return failed(form, faults);
  return {
    ok: true,
    values: { ...form.values, phone: readPhoneField(form.values.phone, storedPhone) ?? null },
  };
}

/** What is wrong with fields that have the right form, looked at beside those that have not. */
function faultsOf(posted: Posted, storedPhone: string | null): FieldError[] {
  const { phone = null, activeFrom, activeTo } = readFilter(fields, posted);
  const faults: FieldError[] = [];
  if (readPhoneField(phone, storedPhone) === undefined)
    faults.push({ field: 'phone', sentence: 'errors.notAPhone' });
  if (activeFrom && activeTo && activeTo < activeFrom)
    faults.push({ field: 'activeTo', sentence: 'errors.dayBefore', values: { day: activeFrom } });
  return faults;
}
