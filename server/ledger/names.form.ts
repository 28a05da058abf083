import { DomainError } from '../shared/errors.ts';
import {
  manyIds,
  optionalId,
  optionalOneOf,
  optionalText,
  readForm,
  type FormResult,
  type Posted,
} from '../shared/form.ts';
import { isId } from '../shared/ids.ts';
import { readFilter, readTurn, type Turn } from '../shared/list-address.ts';
import { nameField, type NameChoice } from './names.rules.ts';

const LONGEST = 200;
const MOST = 100;

/** Which names a page shows: all, or those of which an enterprise is proposed. */
export interface NamesAsked {
  proposed: boolean;
  turn: Turn;
}

export function readNamesAsked(query: Posted): NamesAsked {
  const { proposed } = readFilter({ proposed: optionalOneOf(['yes']) }, query);
  return { proposed: proposed === 'yes', turn: readTurn(query) };
}

/** What was chosen or typed for every name of the page. @throws DomainError 400 for what no such form holds */
export function readChoices(fields: Posted): NameChoice[] {
  const start = nameField('other', '');
  const nameIds = Object.keys(fields)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length));
  if (nameIds.length > MOST || !nameIds.every(isId)) throw new DomainError(400, 'errors.badRequest');
  return nameIds.map((nameId) => {
    const [enterprise, other, asked] = (['enterprise', 'other', 'asked'] as const).map((part) =>
      nameField(part, nameId),
    ) as [string, string, string];
    const shape = {
      enterpriseId: optionalId(),
      typed: optionalText(LONGEST),
      asked: optionalText(LONGEST),
    };
    const read = readForm(shape, {
      enterpriseId: fields[enterprise],
      typed: fields[other],
      asked: fields[asked],
    });
    // A browser sends no more than the box takes.
    if (!read.ok) throw new DomainError(400, 'errors.badRequest');
    return { nameId, ...read.values };
  });
}

/** The names that are ticked, with what is chosen for each. */
export function readTicked(fields: Posted): FormResult<NameChoice[]> {
  const form = readForm({ names: manyIds() }, fields);
  if (!form.ok) return form;
  const ticked: string[] = form.values.names;
  if (ticked.length === 0)
    return { ok: false, errors: [{ field: '', sentence: 'ledger.names.errors.noneTicked' }] };
  const choices = readChoices(fields).filter(({ nameId }) => ticked.includes(nameId));
  if (choices.length !== new Set(ticked).size) throw new DomainError(400, 'errors.badRequest');
  return { ok: true, values: choices };
}
