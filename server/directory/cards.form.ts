import {
  checkbox,
  failed,
  optionalId,
  optionalOneOf,
  optionalText,
  readForm,
  requiredOneOf,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import type { CardFilter } from './cards.queries.ts';
import { PRINT_FORMATS, REVOCATION_REASONS, type PrintFormat } from './cards.rules.ts';
import type { CardValues } from './cards.service.ts';

/** Reads the filter in the address of the list. */
export function readCardFilter(query: Posted): CardFilter {
  return readFilter(
    {
      q: optionalText(100),
      village: optionalId(),
      enterprise: optionalId(),
      state: optionalOneOf(['revoked', 'all'] as const),
    },
    query,
  );
}

export function readPrintFormat(query: Posted): PrintFormat {
  return readFilter({ format: optionalOneOf(PRINT_FORMATS) }, query).format ?? 'sheet';
}

/** New cards: for the enterprise that is named, or for a village, and not for both. */
export function readNewCards(posted: Posted): FormResult<CardValues> {
  const form = readForm(
    {
      enterprise: optionalText(200),
      villageId: optionalId(),
      everyEnterprise: checkbox(),
      informants: checkbox(),
    },
    posted,
  );
  if (!form.ok) return form;
  const { enterprise, villageId } = form.values;
  if (enterprise && villageId)
    return failed(form, [{ field: 'villageId', sentence: 'duties.errors.oneObject' }]);
  if (!enterprise && !villageId)
    return failed(form, [{ field: 'enterprise', sentence: 'cards.errors.noObject' }]);
  return form;
}

export function readRevocation(posted: Posted) {
  return readForm({ reason: requiredOneOf(REVOCATION_REASONS), reissue: checkbox() }, posted);
}
