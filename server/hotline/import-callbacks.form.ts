import { readForm, requiredInteger, type Posted } from '../shared/form.ts';

/** The confirmation: how many callbacks the preview would store. */
export const readCallbackConfirmation = (posted: Posted) =>
  readForm({ shown: requiredInteger(1, 999_999) }, posted);
