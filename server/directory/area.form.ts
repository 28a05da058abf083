import { readForm, requiredId, requiredText, type FormResult, type Posted } from '../shared/form.ts';

export function readNewArea(posted: Posted): FormResult<{ parentId: string; code: string; name: string }> {
  return readForm({ parentId: requiredId(), code: requiredText(64), name: requiredText(100) }, posted);
}

/** A new name of an area; `was` is the one that the form was opened with. */
export function readAreaName(posted: Posted): FormResult<{ was: string; name: string }> {
  return readForm({ was: requiredText(100), name: requiredText(100) }, posted);
}
