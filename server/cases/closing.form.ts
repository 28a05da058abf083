import {
  optionalText,
  readForm,
  requiredDay,
  requiredOneOf,
  requiredText,
  type Posted,
} from '../shared/form.ts';
import { AUTHORITIES, DECLINE_REASONS, REFERRALS, VOID_REASONS, type DeclineReason } from './case.rules.ts';

const reason = { reason: requiredText(500) };
/** The reason that a paper prints, and a note that none prints. */
const printed = { ...reason, note: optionalText(500) };
const explanation = { explanation: requiredText(1000) };

export const readReason = (fields: Posted) => readForm(reason, fields);
export const readPrintedReason = (fields: Posted) => readForm(printed, fields);
export const readFailure = (fields: Posted) =>
  readForm({ ...printed, referral: requiredOneOf(REFERRALS) }, fields);
export const readTransfer = (fields: Posted) =>
  readForm({ ...printed, authority: requiredOneOf(AUTHORITIES), letter: optionalText(60) }, fields);
export const readReceipt = (fields: Posted) =>
  readForm({ receivedOn: requiredDay(), receivedBy: optionalText(60) }, fields);
export const readDuplicate = (fields: Posted) => readForm({ number: requiredText(64) }, fields);
export const readDecline = (fields: Posted) =>
  readForm(
    { ...explanation, reason: requiredOneOf(Object.keys(DECLINE_REASONS) as DeclineReason[]) },
    fields,
  );
export const readVoid = (fields: Posted) =>
  readForm({ ...explanation, reason: requiredOneOf(VOID_REASONS) }, fields);
export const readDecision = (fields: Posted) =>
  readForm({ decision: requiredOneOf(['approve', 'refuse']) }, fields);
