import { instantOf } from '../shared/calendar-day.ts';
import {
  failed,
  optionalDay,
  optionalText,
  optionalTime,
  readForm,
  requiredDay,
  requiredInteger,
  requiredOneOf,
  requiredText,
  requiredTime,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { REPLY_CHANNELS, VERDICTS } from './ticket-handling.rules.ts';
import { RETURN_REASONS } from './ticket.rules.ts';
import type { NewReply } from './reply.service.ts';

const version = requiredInteger(0, 999_999_999);
const EXPLANATION = 500;
export const LONGEST_REPLY = 4_000;

export const readVersion = (fields: Posted) => readForm({ version }, fields);

export const readReturnRequest = (fields: Posted) =>
  readForm(
    { version, returnReason: requiredOneOf(RETURN_REASONS), explanation: requiredText(EXPLANATION) },
    fields,
  );

/** A refusal says why; an approval need not. */
export function readReturnDecision(
  fields: Posted,
): FormResult<{ version: number; decision: 'approve' | 'refuse'; explanation: string | null }> {
  const form = readForm(
    {
      version,
      decision: requiredOneOf(['approve', 'refuse'] as const),
      explanation: optionalText(EXPLANATION),
    },
    fields,
  );
  if (!form.ok || form.values.decision === 'approve' || form.values.explanation !== null) return form;
  return failed(form, [{ field: 'explanation', sentence: 'errors.required' }]);
}

export const readUndoing = (fields: Posted) =>
  readForm({ version, explanation: requiredText(EXPLANATION) }, fields);

export function readReopening(fields: Posted): FormResult<{ version: number; sentAt: Date }> {
  const form = readForm({ version, sentOn: requiredDay(), sentTime: requiredTime() }, fields);
  if (!form.ok) return form;
  const { sentOn, sentTime } = form.values;
  return { ok: true, values: { version: form.values.version, sentAt: instantOf(sentOn, sentTime) } };
}

export const readExtension = (fields: Posted) =>
  // How many days at most is the town's setting.
  readForm(
    { version, days: requiredInteger(0, 999_999_999), explanation: requiredText(EXPLANATION) },
    fields,
  );

/** The answer to the hotline; what is not resolved says why, and who was contacted, when. */
export function readReply(fields: Posted): FormResult<NewReply & { version: number }> {
  const contacted = fields['channel'] !== 'unreachable';
  const form = readForm(
    {
      version,
      text: requiredText(LONGEST_REPLY),
      channel: requiredOneOf(REPLY_CHANNELS),
      contactedOn: contacted ? requiredDay() : optionalDay(),
      contactedTime: contacted ? requiredTime() : optionalTime(),
      verdict: requiredOneOf(VERDICTS),
      resolved: requiredOneOf(['yes', 'no']),
      unresolvedReason: fields['resolved'] === 'no' ? requiredText(EXPLANATION) : optionalText(EXPLANATION),
    },
    fields,
  );
  if (!form.ok) return form;
  const { contactedOn, contactedTime, resolved, unresolvedReason, ...rest } = form.values;
  return {
    ok: true,
    values: {
      ...rest,
      contactedAt: contacted ? instantOf(contactedOn!, contactedTime!) : null,
      resolved: resolved === 'yes',
      unresolvedReason: resolved === 'yes' ? null : unresolvedReason,
    },
  };
}
