import type { FieldError } from '../shared/errors.ts';
import {
  checkbox,
  optionalInteger,
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
import { isId } from '../shared/ids.ts';
import { readFilter } from '../shared/list-address.ts';
import { isCreditCode, tidyCreditCode } from './credit-code.rules.ts';
import { INDUSTRIES, WARNING_LEVELS } from './directory.rules.ts';
import { NO_VILLAGE, type EnterpriseFilter } from './enterprise-filter.rules.ts';
import { normaliseEnterpriseName } from './enterprise-name.rules.ts';
import type { EnterpriseValues } from './enterprises.service.ts';
import { MOST_ALIASES, NAME_LENGTH, readAliases } from './names.rules.ts';
import { readPhoneField } from './phone.rules.ts';

/** Reads the filter in the address of the list. */
export function readEnterpriseFilter(query: Posted): EnterpriseFilter {
  const { village, ...filter } = readFilter(
    {
      q: optionalText(100),
      village: optionalText(36),
      industry: optionalOneOf(INDUSTRIES),
      committee: optionalOneOf(['yes', 'no'] as const),
      warning: optionalOneOf(WARNING_LEVELS),
      active: optionalOneOf(['no', 'all'] as const),
      answered: optionalOneOf(['nobody', 'me'] as const),
    },
    query,
  );
  return isId(village) || village === NO_VILLAGE ? { ...filter, village } : filter;
}

/** What the address of a new enterprise says: its name, and that somebody matches the names of ledgers meanwhile. */
export function readNewAsked(query: Posted): { name?: string; for?: 'ledgerNames' } {
  return readFilter({ name: optionalText(NAME_LENGTH), for: optionalOneOf(['ledgerNames'] as const) }, query);
}

/** The day of which the address of an enterprise's page asks who answered; null where it asks nothing. */
export function readDayAsked(query: Posted) {
  const typed = query['on'];
  if (typeof typed !== 'string' || typed === '') return null;
  return { typed, read: readForm({ on: requiredDay() }, query) };
}

const fields = {
  name: requiredText(NAME_LENGTH),
  creditCode: optionalText(40),
  areaId: requiredId(),
  industry: requiredOneOf(INDUSTRIES),
  headcount: optionalInteger(0, 200_000),
  contactName: optionalText(100),
  contactPhone: optionalText(40),
  aliases: optionalText(5000),
  hasCommittee: checkbox(),
};

/** A new enterprise, which is an active one. */
export function readNewEnterprise(posted: Posted): FormResult<EnterpriseValues> {
  const form = readForm(fields, posted);
  const faults = faultsOf(posted, null);
  if (!form.ok || faults.length > 0) return failed(form, faults);
  return { ok: true, values: { ...tidied(form.values, null), active: true } };
}

/** A changed enterprise; `storedPhone` stays where its mask was left as it stood. */
export function readEnterprise(
  posted: Posted,
  storedPhone: string | null,
): FormResult<EnterpriseValues & { version: number }> {
  const form = readForm({ ...fields, active: checkbox(), version: requiredInteger(0, 999_999_999) }, posted);
  const faults = faultsOf(posted, storedPhone);
  if (!form.ok || faults.length > 0) return failed(form, faults);
  const { active, version, ...values } = form.values;
  return { ok: true, values: { ...tidied(values, storedPhone), active, version } };
}

/** What is wrong with fields that have the right form, looked at beside those that have not. */
function faultsOf(posted: Posted, storedPhone: string | null): FieldError[] {
  const { name = '', creditCode, contactPhone = null, aliases = '' } = readFilter(fields, posted);
  const others = readAliases(aliases, name);
  const faults: FieldError[] = [];
  if (name !== '' && normaliseEnterpriseName(name) === '')
    faults.push({ field: 'name', sentence: 'directory.errors.nameWithoutLetters' });
  if (creditCode && !isCreditCode(tidyCreditCode(creditCode)))
    faults.push({ field: 'creditCode', sentence: 'errors.notACreditCode' });
  if (readPhoneField(contactPhone, storedPhone) === undefined)
    faults.push({ field: 'contactPhone', sentence: 'errors.notAPhone' });
  if (others.length > MOST_ALIASES)
    faults.push({
      field: 'aliases',
      sentence: 'directory.errors.tooManyAliases',
      values: { max: MOST_ALIASES },
    });
  if (others.some((alias) => [...alias].length > NAME_LENGTH))
    faults.push({ field: 'aliases', sentence: 'errors.tooLong', values: { max: NAME_LENGTH } });
  return faults;
}

type Typed = Omit<EnterpriseValues, 'aliases' | 'active'> & { aliases: string | null };

function tidied(values: Typed, storedPhone: string | null): Omit<EnterpriseValues, 'active'> {
  const name = values.name.replace(/\s+/g, ' ');
  return {
    ...values,
    name,
    creditCode: values.creditCode && tidyCreditCode(values.creditCode),
    contactPhone: readPhoneField(values.contactPhone, storedPhone) ?? null,
    aliases: readAliases(values.aliases ?? '', name),
  };
}
