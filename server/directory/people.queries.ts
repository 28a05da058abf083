import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { contains } from '../../models/dialect.ts';
import { Person } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import type { Action, Reader } from '../accounts/access.rules.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { PersonKind } from './directory.rules.ts';
import { withinReach } from './reach.queries.ts';

/** Which people of the net a list shows; without `active` those who serve today or will. */
export interface PersonFilter {
  q?: string;
  kind?: PersonKind;
  /** A town or village by its id. */
  area?: string;
  active?: 'no' | 'all';
}

const PAGE = 50;
const WITH_AREA = { model: Area, as: 'area', attributes: ['id', 'name', 'kind'] };

/** A page of the people of the net that the reader may see, by name. */
export async function listPeople(
  reader: Reader,
  filter: PersonFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<Person>> {
  const where = { [Op.and]: [withinReach(reader, 'directory.read', 'areaId'), asked(filter)] };
  return keysetPage(Person, 'name', { where, include: [WITH_AREA] }, turn, size);
}

function asked({ q, kind, area, active }: PersonFilter): WhereOptions {
  const inService = { [Op.or]: [null, { [Op.gte]: today() }] };
  return {
    [Op.and]: [
      q ? contains('Person.name', q) : {},
      kind ? { kind } : {},
      area ? { areaId: area } : {},
      active === 'all' ? {} : { activeTo: active === 'no' ? { [Op.lt]: today() } : inService },
    ],
  };
}

/** A person of the net. @throws NotFound, the same for absent and for out of reach */
export async function findPerson(
  reader: Reader,
  personId: string,
  action: Action = 'directory.read',
): Promise<Person> {
  const person = await Person.findOne({
    where: { [Op.and]: [{ id: personId }, withinReach(reader, action, 'areaId')] },
    include: [WITH_AREA],
  });
  if (!person) throw new NotFound();
  return person;
}
