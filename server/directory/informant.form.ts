import {
  optionalId,
  optionalOneOf,
  optionalPhone,
  optionalText,
  readForm,
  requiredDay,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { INFORMANT_NAME_LENGTH, INFORMANT_SECRETS, SECRET_REASONS } from './informants.rules.ts';
import type { InformantFilter } from './informants.queries.ts';
import type { InformantValues } from './informants.service.ts';

/** Reads the filter in the address of the list. */
export function readInformantFilter(query: Posted): InformantFilter {
  return readFilter(
    { q: optionalText(20), village: optionalId(), state: optionalOneOf(['ended', 'all'] as const) },
    query,
  );
}

export function readNewInformant(posted: Posted): FormResult<InformantValues> {
  return readForm(
    {
      enterprise: requiredText(200),
      name: requiredText(INFORMANT_NAME_LENGTH),
      phone: optionalPhone(),
      activeFrom: requiredDay(),
    },
    posted,
  );
}

export const readSecretAsked = (posted: Posted) =>
  readForm({ field: requiredOneOf(INFORMANT_SECRETS), reason: requiredOneOf(SECRET_REASONS) }, posted);
