import { readForm, requiredText, type Posted } from '../shared/form.ts';

export const readUndoing = (fields: Posted) => readForm({ reason: requiredText(500) }, fields);
