import {
  checkbox,
  optionalId,
  optionalOneOf,
  optionalText,
  failed,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredOneOf,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { DUTY_KINDS } from './directory.rules.ts';
import type { PatchWish } from './patch.service.ts';
import type { ResponsibilityFilter } from './responsibilities.queries.ts';
import type { ResponsibilityValues } from './responsibilities.service.ts';

/** Reads the filter in the address of the list. */
export function readResponsibilityFilter(query: Posted): ResponsibilityFilter {
  return readFilter(
    {
      officer: optionalId(),
      kind: optionalOneOf(DUTY_KINDS),
      village: optionalId(),
      state: optionalOneOf(['ended', 'all'] as const),
    },
    query,
  );
}

/** A new duty: for the enterprise that is named, or for all of a village, and not for both. */
export function readNewResponsibility(posted: Posted): FormResult<ResponsibilityValues> {
  const form = readForm(
    {
      officerId: requiredId(),
      enterprise: optionalText(200),
      villageId: optionalId(),
      kind: requiredOneOf(DUTY_KINDS),
      isLead: checkbox(),
      fromDay: requiredDay(),
    },
    posted,
  );
  const { enterprise, villageId } = readFilter(
    { enterprise: optionalText(200), villageId: optionalId() },
    posted,
  );
  if (enterprise && villageId)
    return failed(form, [{ field: 'villageId', sentence: 'duties.errors.oneObject' }]);
  if (!posted['enterprise'] && !posted['villageId'])
    return failed(form, [{ field: 'enterprise', sentence: 'duties.errors.noObject' }]);
  return form;
}

export function readResponsibilityEnd(posted: Posted) {
  return readForm({ toDay: requiredDay() }, posted);
}

const patch = { fromId: requiredId(), toId: requiredId(), day: requiredDay() };

/** The hand-over that an address asks to see; nothing is asked yet where it names nobody. */
export function readPatchAsked(query: Posted): FormResult<PatchWish> | null {
  const { fromId, toId } = query;
  return fromId === undefined && toId === undefined ? null : readForm(patch, query);
}

/** The hand-over as it was shown, with how many duties. */
export function readPatch(posted: Posted): FormResult<PatchWish & { shown: number }> {
  return readForm({ ...patch, shown: requiredInteger(0, 999_999_999) }, posted);
}
