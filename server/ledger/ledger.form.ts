import { DomainError } from '../shared/errors.ts';
import {
  optionalId,
  optionalText,
  readForm,
  requiredOneOf,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { columnField, type HeaderTexts } from '../shared/spreadsheets/chosen-headers.rules.ts';
import { LEDGER_KEYS, type LedgerKey } from './ledger-columns.rules.ts';
import type { LedgerChoice } from './ledger-uploads.service.ts';
import { VALUE_KEYS } from './ledger-values.rules.ts';

const PARTS = ['columns', 'values', 'saved'] as const;
const HEADER_LENGTH = 200;

/** One of the forms by which the reading of a ledger is corrected. */
export function readLedgerChoice(posted: Posted): FormResult<LedgerChoice> {
  const form = readForm({ part: requiredOneOf(PARTS) }, posted);
  if (!form.ok) throw new DomainError(400, 'errors.badRequest');
  const { part } = form.values;
  if (part === 'saved') {
    const saved = readForm({ mappingId: optionalId() }, posted);
    return saved.ok ? { ok: true, values: { part, ...saved.values } } : saved;
  }
  if (part === 'values') return { ok: true, values: { part, meanings: meaningsAmong(posted) } };
  const shape = Object.fromEntries(LEDGER_KEYS.map((key) => [columnField(key), optionalText(HEADER_LENGTH)]));
  const columns = readForm(shape, posted);
  if (!columns.ok) return columns;
  const entries = LEDGER_KEYS.map((key) => [key, columns.values[columnField(key)] ?? '']);
  return { ok: true, values: { part, headers: Object.fromEntries(entries) as HeaderTexts<LedgerKey> } };
}

/** The fields in which meanings are chosen; what was chosen is compared with what there is to choose later. */
function meaningsAmong(posted: Posted): Record<string, string> {
  const names = Object.keys(posted).filter((name) => VALUE_KEYS.some((key) => name.startsWith(`${key}:`)));
  if (names.some((name) => typeof posted[name] !== 'string')) throw new DomainError(400, 'errors.badRequest');
  return Object.fromEntries(names.map((name) => [name, posted[name] as string]));
}
