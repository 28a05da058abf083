import { z } from 'zod';
import { CLAIM_TYPES } from '../cases/case.rules.ts';
import type { Outcome } from '../cases/lifecycle.rules.ts';
import { LEVELS } from '../directory/directory.rules.ts';
import { mappingErrors } from '../hotline/mapping.rules.ts';
import type { FieldError } from '../shared/errors.ts';
import { LEDGER_KEYS } from './ledger-columns.rules.ts';
import { LEDGER_OUTCOMES } from './ledger-values.rules.ts';

const key = z.enum(LEDGER_KEYS);
const valueTable = <V extends string>(values: readonly [V, ...V[]]) =>
  z.record(z.string().max(200), z.enum(values)).default({});

const mappingSchema = z.strictObject({
  name: z.string().trim().max(100).default(''),
  columns: z.partialRecord(key, z.string().max(200)).default({}),
  only: z.partialRecord(key, z.array(z.string().trim().max(200)).min(1).max(500)).default({}),
  values: z
    .strictObject({
      outcome: valueTable(LEDGER_OUTCOMES as [Outcome, ...Outcome[]]),
      type: valueTable(CLAIM_TYPES),
      level: valueTable(LEVELS),
    })
    .prefault({}),
});

/** How a ledger is read: header texts by our keys, which rows are wanted, and what the texts of the file mean. */
export type LedgerMapping = z.infer<typeof mappingSchema>;

export const NO_LEDGER_MAPPING: LedgerMapping = {
  name: '',
  columns: {},
  only: {},
  values: { outcome: {}, type: {}, level: {} },
};

/** A mapping file, or what is wrong with it; `field` is the path inside the file, such as `values.outcome.成功`. */
export function readLedgerMapping(input: unknown): { values: LedgerMapping } | { errors: FieldError[] } {
  const result = mappingSchema.safeParse(input);
  return result.success ? { values: result.data } : { errors: mappingErrors(result.error) };
}
