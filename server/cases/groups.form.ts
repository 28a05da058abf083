import {
  failed,
  manyIds,
  readForm,
  requiredDay,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isRepresented, REPORT_WAYS } from './groups.rules.ts';
import type { Election } from './groups.service.ts';

/** Three to five workers, and what they may do. */
export function readElection(fields: Posted): FormResult<Election> {
  const form = readForm({ representatives: manyIds(), powers: requiredText(1000) }, fields);
  const { length } = [fields['representatives'] ?? []].flat();
  return isRepresented(length)
    ? form
    : failed(form, [{ field: 'representatives', sentence: 'group.errors.threeToFive', values: { length } }]);
}

/** When who was told, and how: the county of a group, the police of a danger. */
export const readReport = (fields: Posted) =>
  readForm(
    { reportedOn: requiredDay(), reportedTo: requiredText(100), reportedBy: requiredOneOf(REPORT_WAYS) },
    fields,
  );
