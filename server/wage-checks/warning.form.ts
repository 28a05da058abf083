import { WARNING_LEVELS } from '../directory/directory.rules.ts';
import {
  checkbox,
  failed,
  optionalId,
  optionalInteger,
  optionalOneOf,
  readForm,
  requiredDay,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import type { WarningFilter } from './warning-filter.rules.ts';
import type { NewSignal } from './warning-signals.service.ts';
import { SIGNAL_KINDS } from './warning.rules.ts';

/** Reads the filter in the address of the list. */
export function readWarningFilter(query: Posted): WarningFilter {
  return readFilter(
    {
      level: optionalOneOf(WARNING_LEVELS),
      village: optionalId(),
      officer: optionalId(),
      pressing: optionalOneOf(['overdue', 'redOrOverdue'] as const),
      provincial: optionalOneOf(['yes'] as const),
      state: optionalOneOf(['ended', 'all'] as const),
    },
    query,
  );
}

export const readCompletion = (fields: Posted) =>
  readForm({ doneOn: requiredDay(), note: requiredText(1000) }, fields);

export const readClearance = (fields: Posted) =>
  readForm({ paidOn: requiredDay(), proof: requiredText(500) }, fields);

export const readSignalEnd = (fields: Posted) =>
  readForm({ endedOn: requiredDay(), endReason: requiredText(500) }, fields);

/** A signal; days and consent belong to a deferral, and to nothing else. */
export function readSignal(fields: Posted): FormResult<NewSignal> {
  const form = readForm(
    {
      kind: requiredOneOf(SIGNAL_KINDS),
      since: requiredDay(),
      days: optionalInteger(1, 366),
      consentFiled: checkbox(),
      note: requiredText(500),
    },
    fields,
  );
  if (!form.ok) return form;
  const { kind, days, consentFiled } = form.values;
  if (kind === 'deferral')
    return days === null ? failed(form, [{ field: 'days', sentence: 'warnings.errors.deferralDays' }]) : form;
  if (days !== null || consentFiled)
    return failed(form, [{ field: 'days', sentence: 'warnings.errors.notDeferral' }]);
  return { ok: true, values: { ...form.values, consentFiled: null } };
}
