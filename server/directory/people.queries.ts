import { Op, type WhereOptions } from 'sequelize';
import { Area } from '../../models/areas.ts';
import { among, contains } from '../../models/dialect.ts';
import { Person, PersonSkill, PersonVillage } from '../../models/directory.ts';
import { keysetPage, type KeysetPage } from '../../models/keyset.ts';
import { grantsFor, type Action, type Reader } from '../accounts/access.rules.ts';
import { today } from '../shared/clock.ts';
import { NotFound } from '../shared/errors.ts';
import type { Turn } from '../shared/list-address.ts';
import type { PersonKind, Skill } from './directory.rules.ts';
import { withinReach } from './reach.queries.ts';

/** Which people of the net a list shows; without `active` those who serve today or will. */
export interface PersonFilter {
  q?: string;
  kind?: PersonKind;
  skill?: Skill;
  /** A town or village by its id: who belongs there, and who serves there too. */
  area?: string;
  active?: 'no' | 'all';
}

const PAGE = 50;
const WITH_AREA = { model: Area, as: 'area', attributes: ['id', 'name', 'kind'] };
const WITH_ALL = [
  WITH_AREA,
  { model: PersonSkill, as: 'skills', separate: true },
  {
    model: PersonVillage,
    as: 'villages',
    separate: true,
    include: [{ model: Area, as: 'area', attributes: ['id', 'name'] }],
  },
];

/** A page of the people of the net that the reader may see, by name. */
export async function listPeople(
  reader: Reader,
  filter: PersonFilter,
  turn: Turn,
  size = PAGE,
): Promise<KeysetPage<Person>> {
  const where = { [Op.and]: [whoServe(reader, 'directory.read'), asked(filter)] };
  return keysetPage(Person, 'name', { where, include: WITH_ALL }, turn, size);
}

/** Those within the reader's reach; to be seen also those from elsewhere who serve in the reader's village. */
function whoServe(reader: Reader, action: Action): WhereOptions {
  const reach = withinReach(reader, action, 'areaId');
  const villages = grantsFor(reader, action).flatMap(({ grant }) => grant.villageId ?? []);
  if (action !== 'directory.read' || villages.length === 0) return reach;
  return { [Op.or]: [reach, { id: servingIn(villages) }] };
}

function servingIn(areaIds: string[]) {
  return among('SELECT personId FROM person_villages WHERE areaId IN (:areaIds)', { areaIds });
}

function asked({ q, kind, skill, area, active }: PersonFilter): WhereOptions {
  const inService = { [Op.or]: [null, { [Op.gte]: today() }] };
  return {
    [Op.and]: [
      q ? contains('Person.name', q) : {},
      kind ? { kind } : {},
      skill ? { id: among('SELECT personId FROM person_skills WHERE skill = :skill', { skill }) } : {},
      area ? { [Op.or]: [{ areaId: area }, { id: servingIn([area]) }] } : {},
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
    where: { [Op.and]: [{ id: personId }, whoServe(reader, action)] },
    include: WITH_ALL,
  });
  if (!person) throw new NotFound();
  return person;
}
