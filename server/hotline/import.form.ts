import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import {
  checkbox,
  manyIds,
  optionalId,
  optionalText,
  readForm,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { columnField } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { TICKET_KEYS } from './columns.rules.ts';
import type { HeadersByKey, MappingChoice } from './import-mapping.rules.ts';

const PARTS = ['columns', 'categories', 'saved'] as const;
const HEADER_LENGTH = 200;
const CATEGORY_LENGTH = 200;
const MOST_CATEGORIES = 500;

/** One of the forms by which the reading of a file is corrected. */
export function readMappingChoice(posted: Posted): FormResult<MappingChoice> {
  const form = readForm({ part: requiredOneOf(PARTS), category: manyTexts() }, posted);
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  const { part, category } = form.values;
  if (part === 'categories') return { ok: true, values: { part, ticked: category } };
  if (part === 'saved') {
    const saved = readForm({ mappingId: optionalId() }, posted);
    return saved.ok ? { ok: true, values: { part, ...saved.values } } : saved;
  }
  const shape = Object.fromEntries(TICKET_KEYS.map((key) => [columnField(key), optionalText(HEADER_LENGTH)]));
  const columns = readForm(shape, posted);
  if (!columns.ok) return columns;
  const entries = TICKET_KEYS.map((key) => [key, columns.values[columnField(key)] ?? '']);
  return { ok: true, values: { part, headers: Object.fromEntries(entries) as HeadersByKey } };
}

/** The confirmation: what the preview showed, and the known tickets that are to be taken over. */
export function readConfirmation(posted: Posted) {
  return readForm({ shown: requiredText(64), takeOver: manyIds() }, posted);
}

/** The name under which a reading is kept, and whether an older mapping of that name may go. */
export function readMappingName(posted: Posted): FormResult<{ name: string; replace: boolean }> {
  const form = readForm({ mappingName: requiredText(100), replace: checkbox() }, posted);
  if (!form.ok) return form;
  const { mappingName: name, replace } = form.values;
  return { ok: true, values: { name, replace } };
}

/** The values of ticked boxes, an empty text among them. */
function manyTexts() {
  return z.unknown().transform((raw): string[] => {
    const values: unknown[] = raw === undefined ? [] : Array.isArray(raw) ? raw : [raw];
    const fit = values.every((value) => typeof value === 'string' && value.length <= CATEGORY_LENGTH);
    if (!fit || values.length > MOST_CATEGORIES) throw new DomainError(400, 'errors.badRequest');
    return values as string[];
  });
}
