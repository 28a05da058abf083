import { inTx } from '../../models/dialect.ts';
import { Person } from '../../models/directory.ts';
import type { Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { maskName, maskPhone } from '../shared/personal-data.rules.ts';
import { chosenPlace } from './areas.queries.ts';
import { changesOf } from './changes.rules.ts';
import type { PersonKind } from './directory.rules.ts';
import { findPerson } from './people.queries.ts';

/** What a form says of a person of the net; the days are the first and the last of their service. */
export interface PersonValues {
  name: string;
  kind: PersonKind;
  areaId: string;
  phone: string | null;
  activeFrom: CalendarDay;
  activeTo: CalendarDay | null;
}

/** Adds a person of the net; gives their id. */
export async function createPerson(reader: Reader, values: PersonValues): Promise<string> {
  return inTx(async () => {
    const { townId } = await chosenPlace(reader, 'directory.edit', values.areaId);
    const id = newId();
    await Person.create({ id, townId, ...values });
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
  { version, ...values }: PersonValues & { version: number },
): Promise<void> {
  await inTx(async () => {
    const person = await findPerson(reader, personId, 'directory.edit');
    const { townId } = await chosenPlace(reader, 'directory.edit', values.areaId);
    if (townId !== person.townId) throw new Unacceptable('errors.notInList', {}, 'areaId');
    const before = { ...person.get() };
    const [changed] = await Person.update(
      { ...values, version: version + 1 },
      { where: { id: personId, version } },
    );
    if (changed === 0) throw new Stale();
    await recordAudit(reader.userId, {
      action: 'editPerson',
      objectType: 'person',
      objectId: personId,
      detail: changesOf(before, values, { name: maskName, phone: maskPhone }),
    });
  });
}
