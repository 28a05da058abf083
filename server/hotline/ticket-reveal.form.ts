import { readForm, requiredOneOf, type Posted } from '../shared/form.ts';
import { CALLER_REVEAL_REASONS } from './ticket.rules.ts';

export const readTicketReveal = (fields: Posted) =>
  readForm({ reason: requiredOneOf(CALLER_REVEAL_REASONS) }, fields);
