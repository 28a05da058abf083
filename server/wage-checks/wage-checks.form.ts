import { WARNING_LEVELS } from '../directory/directory.rules.ts';
import {
  optionalId,
  optionalOneOf,
  optionalText,
  readForm,
  requiredId,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { readFilter } from '../shared/list-address.ts';
import { isMonth, type Month } from './rounds.rules.ts';
import { SHOWN, type CheckFilter } from './wage-checks-filter.rules.ts';
import { LEFT_OUT_REASONS } from './wage-checks.rules.ts';

/** The filter of an address; without any it is `month`, what is not checked yet, and `officer`'s own where given. */
export function readCheckFilter(query: Posted, month: Month, officer?: 'me'): CheckFilter {
  const filter = readFilter(
    {
      month: optionalText(7),
      village: optionalId(),
      show: optionalOneOf(SHOWN),
      officer: optionalText(36),
      level: optionalOneOf(WARNING_LEVELS),
    },
    query,
  );
  const asked = Object.keys(query).some((name) => ['village', 'show', 'officer', 'level'].includes(name));
  const { month: named, officer: chosen, show, ...rest } = filter;
  const theirs = chosen === 'me' || isId(chosen) ? chosen : asked ? undefined : officer;
  return {
    ...rest,
    month: named && isMonth(named) ? named : month,
    show: show ?? (asked ? 'all' : 'unchecked'),
    ...(theirs ? { officer: theirs } : {}),
  };
}

/** A round that is opened by hand. */
export function readOpening(fields: Posted): FormResult<{ townId: string; month: Month }> {
  const form = readForm({ townId: requiredId(), month: requiredText(7) }, fields);
  if (!form.ok || isMonth(form.values.month)) return form;
  return { ok: false, errors: [{ field: 'month', sentence: 'wage-checks.errors.notAMonth' }] };
}

export const readLeavingOut = (fields: Posted) =>
  readForm({ reason: requiredOneOf(LEFT_OUT_REASONS), explanation: optionalText(500) }, fields);
