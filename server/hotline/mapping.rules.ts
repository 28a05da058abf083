import { z } from 'zod';
import type { FieldError } from '../shared/errors.ts';
import { TICKET_KEYS } from './columns.rules.ts';

const key = z.enum(TICKET_KEYS);

const mappingSchema = z.strictObject({
  name: z.string().trim().max(100).default(''),
  columns: z.partialRecord(key, z.string().max(200)).default({}),
  only: z.partialRecord(key, z.array(z.string().trim().max(200)).min(1).max(500)).default({}),
});

/**
 * How a hotline's file is read: header texts by our keys, and which rows are wanted (all of `only` must hold; an empty
 * text there means an empty cell).
 */
export type TicketMapping = z.infer<typeof mappingSchema>;

export const NO_MAPPING: TicketMapping = { name: '', columns: {}, only: {} };

/** A mapping file, or what is wrong with it; `field` is the path inside the file, such as `columns.number`. */
export function readMapping(input: unknown): { values: TicketMapping } | { errors: FieldError[] } {
  const result = mappingSchema.safeParse(input);
  if (result.success) return { values: result.data };
  return { errors: mappingErrors(result.error) };
}

/** What is wrong with a mapping file, by the path inside it. */
export function mappingErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'invalid_value') {
      const values = { path, allowed: issue.values.join(', ') };
      return [{ field: path, sentence: 'hotline.errors.mappingValueUnknown', values }];
    }
    if (issue.code !== 'unrecognized_keys') {
      const sentence = issue.code === 'invalid_key' ? 'mappingKeyUnknown' : 'mappingInvalid';
      return [{ field: path, sentence: `hotline.errors.${sentence}`, values: { path: path || '{}' } }];
    }
    return issue.keys.map((name) => {
      const field = [...issue.path, name].join('.');
      return { field, sentence: 'hotline.errors.mappingKeyUnknown', values: { path: field } };
    });
  });
}
