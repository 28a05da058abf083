import { inTx } from '../../models/dialect.ts';
import { Person, PersonSkill, PersonVillage } from '../../models/directory.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { areaChoices, chosenPlace } from './areas.queries.ts';
import { changesOf } from './changes.rules.ts';
import { SKILLS, type PersonKind, type Skill } from './directory.rules.ts';
import { findPerson } from './people.queries.ts';

/** What a form says of a person of the net; the days are the first and the last of their service. */
export interface PersonValues {
  name: string;
  kind: PersonKind;
  areaId: string;
  phone: string | null;
  activeFrom: CalendarDay;
  activeTo: CalendarDay | null;
  skills: Skill[];
  /** Where they serve besides their own place. */
  villages: string[];
}

/** Adds a person of the net; gives their id. */
export async function createPerson(reader: Reader, values: PersonValues): Promise<string> {
  return inTx(async () => {
    const { skills, villages, ...data } = values;
    const { townId } = await chosenPlace(reader, 'directory.edit', values.areaId);
    const id = newId();
    await Person.create({ id, townId, ...data });
    await keep(id, skills, await villagesToServe(reader, townId, values, []));
    await recordAudit(reader.userId, {
      action: 'createPerson',
      objectType: 'person',
      objectId: id,
      detail: { kind: values.kind },
    });
    return id;
  });
}

/** Changes a person that still has the version the form was opened with; they stay in their town. */
export async function editPerson(
  reader: Reader,
  personId: string,
  { version, skills, villages: chosen, ...values }: PersonValues & { version: number },
): Promise<void> {
  await inTx(async () => {
    const person = await findPerson(reader, personId, 'directory.edit');
    const { townId } = await chosenPlace(reader, 'directory.edit', values.areaId);
    if (townId !== person.townId) throw new Unacceptable('errors.notInList', {}, 'areaId');
    const stored = (person.villages ?? []).map(({ areaId }) => areaId);
    const villages = await villagesToServe(reader, townId, { ...values, villages: chosen }, stored);
    const before = {
      ...person.get(),
      skills: SKILLS.filter((skill) => (person.skills ?? []).some((one) => one.skill === skill)),
      villages: stored.sort(),
    };
    const [changed] = await Person.update(
      { ...values, version: version + 1 },
      { where: { id: personId, version } },
    );
    if (changed === 0) throw new Stale();
    await keep(personId, skills, villages);
    await recordAudit(reader.userId, {
      action: 'editPerson',
      objectType: 'person',
      objectId: personId,
      detail: changesOf(before, { ...values, skills, villages }, { name: maskName, phone: maskPhone }),
    });
  });
}

/**
 * The villages that were chosen, without the own one, and those that are not the reader's to choose.
 * @throws Unacceptable for a village of another town
 */
async function villagesToServe(
  reader: Reader,
  townId: string,
  { areaId, villages }: Pick<PersonValues, 'areaId' | 'villages'>,
  stored: string[],
): Promise<string[]> {
  const choices = await areaChoices(reader, 'directory.edit');
  const mine = new Set(
    choices.filter((choice) => choice.townId === townId && choice.villageId !== null).map(({ id }) => id),
  );
  if (!villages.every((id) => mine.has(id) || stored.includes(id)))
    throw new Unacceptable('errors.notInList', {}, 'villages');
  const kept = stored.filter((id) => !mine.has(id));
  return [...new Set([...villages, ...kept])].filter((id) => id !== areaId).sort();
}

async function keep(personId: string, skills: Skill[], villages: string[]): Promise<void> {
  await PersonSkill.destroy({ where: { personId } });
  await PersonVillage.destroy({ where: { personId } });
  await PersonSkill.bulkCreate(skills.map((skill) => ({ personId, skill })));
  await PersonVillage.bulkCreate(villages.map((areaId) => ({ personId, areaId })));
}
