import { manyIds, optionalOneOf, readForm, type Posted } from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { MESSAGE_STATES, type MessageState } from './notifications.rules.ts';

/** The state whose messages are shown: what was given up calls first. */
export function readOutboxState(query: Posted): MessageState {
  return readFilter({ state: optionalOneOf(MESSAGE_STATES) }, query).state ?? 'dead';
}

export function readTicked(fields: Posted) {
  return readForm({ message: manyIds() }, fields);
}
