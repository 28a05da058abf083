import { readForm, requiredText, type Posted } from '../shared/form.ts';

export const readCoMediator = (fields: Posted) => readForm({ person: requiredText(300) }, fields);
export const readCoMediatorEnd = (fields: Posted) => readForm({ reason: requiredText(500) }, fields);
