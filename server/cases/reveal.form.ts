import { readForm, requiredOneOf, type Posted } from '../shared/form.ts';
import { REVEAL_FIELDS, REVEAL_REASONS } from './privacy.rules.ts';

export const readReveal = (fields: Posted) =>
  readForm({ field: requiredOneOf(REVEAL_FIELDS), reason: requiredOneOf(REVEAL_REASONS) }, fields);
