import { readForm, requiredText, type Posted } from '../shared/form.ts';

export const readGoingUp = (fields: Posted) => readForm({ explanation: requiredText(500) }, fields);
