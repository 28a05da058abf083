import {
  checkbox,
  optionalId,
  optionalLink,
  optionalOneOf,
  optionalText,
  readForm,
  requiredDay,
  requiredId,
  requiredInteger,
  requiredText,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { readFilter } from '../shared/list-address.ts';
import { LEVELS } from './directory.rules.ts';
import type { RoomFilter } from './rooms.queries.ts';
import type { RoomValues } from './rooms.service.ts';

/** Reads the filter in the address of the list. */
export function readRoomFilter(query: Posted): RoomFilter {
  return readFilter(
    { q: optionalText(100), level: optionalOneOf(LEVELS), active: optionalOneOf(['no', 'all'] as const) },
    query,
  );
}

const fields = {
  name: requiredText(100),
  address: optionalText(200),
  openingHours: optionalText(100),
  mapLink: optionalLink(500),
  phone: optionalText(40),
};

/** A new room: of an enterprise, or of the town or village that is chosen. */
export function readNewRoom(posted: Posted): FormResult<Omit<RoomValues, 'active'>> {
  const form = readForm({ ...fields, enterpriseId: optionalId(), areaId: optionalId() }, posted);
  if (!form.ok || form.values.enterpriseId || form.values.areaId) return form;
  return { ok: false, errors: [{ field: 'areaId', sentence: 'errors.chooseOne' }] };
}

/** A changed room; one of an enterprise lies where that does. */
export function readRoom(posted: Posted): FormResult<Omit<RoomValues, 'enterpriseId'> & { version: number }> {
  return readForm(
    { ...fields, areaId: optionalId(), active: checkbox(), version: requiredInteger(0, 999_999_999) },
    posted,
  );
}

export function readNewMediator(posted: Posted) {
  return readForm({ userId: requiredId(), activeFrom: requiredDay() }, posted);
}

export function readMediatorEnd(posted: Posted) {
  return readForm({ activeTo: requiredDay() }, posted);
}
