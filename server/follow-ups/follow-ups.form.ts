import { MOODS, REACHED, RISKS } from '../mediation/mediation.rules.ts';
import {
  checkbox,
  failed,
  optionalDay,
  optionalId,
  optionalOneOf,
  optionalText,
  optionalYesNo,
  readForm,
  requiredOneOf,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import type { Call } from './calls.service.ts';
import { ALL, type FollowUpFilter } from './follow-up-filter.rules.ts';
import { FOLLOW_UP_STATES, KEPT, SATISFACTIONS } from './follow-up.rules.ts';

/** What only a worker who was reached can say. */
export const HEARD = ['performance', 'satisfaction', 'retaliation', 'hiddenRisk', 'mood', 'risk'] as const;
const NOTHING_HEARD = {
  ...{ performance: null, satisfaction: null, retaliation: null },
  ...{ hiddenRisk: null, mood: null, risk: null },
};

/** A call: of a worker who was reached every question is answered, of one who was not none. */
export function readCall(fields: Posted): FormResult<Call> {
  const form = readForm(
    {
      reached: requiredOneOf(REACHED),
      performance: optionalOneOf(KEPT),
      satisfaction: optionalOneOf(SATISFACTIONS),
      retaliation: optionalYesNo(),
      hiddenRisk: optionalYesNo(),
      mood: optionalOneOf(MOODS),
      risk: optionalOneOf(RISKS),
      note: optionalText(2000),
      noDanger: checkbox(),
    },
    fields,
  );
  if (!form.ok) return form;
  const { values } = form;
  if (values.reached === 'no') return { ok: true, values: { ...values, ...NOTHING_HEARD } };
  const missing = HEARD.filter((name) => values[name] === null);
  if (missing.length === 0) return form;
  return failed(
    form,
    missing.map((field) => ({ field, sentence: 'errors.required' })),
  );
}

export const readRedoAnswer = (fields: Posted) => readForm({ answer: requiredText(2000) }, fields);

export const readReopening = (fields: Posted) => readForm({ explanation: requiredText(500) }, fields);

/** Reads the filter of an address; without any condition the list shows what is due. */
export function readFollowUpFilter(query: Posted): FollowUpFilter {
  const { state, ...others } = readFilter(
    {
      area: optionalId(),
      state: optionalOneOf([...FOLLOW_UP_STATES, ALL] as const),
      satisfaction: optionalOneOf(SATISFACTIONS),
      valid: optionalOneOf(['yes'] as const),
      discontent: optionalOneOf(['yes'] as const),
      redo: optionalOneOf(['yes'] as const),
      helped: optionalOneOf(['yes'] as const),
      calledFrom: optionalDay(),
      calledTo: optionalDay(),
    },
    query,
  );
  if (state === undefined && Object.keys(others).length === 0) return { state: 'due' };
  return state === undefined || state === ALL ? others : { ...others, state };
}
