import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findPerson, listPeople } from '../../server/directory/people.queries.ts';
import { createPerson, editPerson, type PersonValues } from '../../server/directory/people.service.ts';
import { readNewPerson } from '../../server/directory/person.form.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aReader, aTown, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

describe('people of the net', () => {
  useDatabase();
  let town: Area;
  let village: Area;
  let dispatcher: Reader;

  before(async () => {
    town = await aTown();
    village = await aVillage(town, '金庄村');
    dispatcher = await aReader(['dispatcher', town]);
  });
  beforeEach(() => setClock(() => instantOf('2026-11-20', '09:00')));

  const person = (name: string, more: Partial<PersonValues> = {}): PersonValues => ({
    name,
    kind: 'gridWorker',
    areaId: village.id,
    phone: '13861605678',
    activeFrom: '2026-01-01',
    activeTo: null,
    ...{ skills: [], villages: [] },
    ...more,
  });

  it('are listed by who they are, where, and whether they serve today', async () => {
    await createPerson(dispatcher, person('张网格'));
    await createPerson(dispatcher, person('李志愿', { kind: 'legalVolunteer', areaId: town.id }));
    await createPerson(dispatcher, person('王离任', { activeTo: '2026-11-19' }));
    await createPerson(dispatcher, person('赵今天', { activeTo: '2026-11-20' }));
    const names = async (filter: Parameters<typeof listPeople>[1], reader = dispatcher) =>
      (await listPeople(reader, filter, {})).rows.map(({ name }) => name).sort();
    expect(await names({})).to.deep.equal(['张网格', '李志愿', '赵今天'].sort());
    expect(await names({ active: 'no' })).to.deep.equal(['王离任']);
    expect(await names({ active: 'all' })).to.have.lengthOf(4);
    expect(await names({ kind: 'legalVolunteer' })).to.deep.equal(['李志愿']);
    expect(await names({ area: village.id, q: '网' })).to.deep.equal(['张网格']);
    expect(await names({}, await aReader(['dispatcher', village]))).to.deep.equal(
      ['张网格', '赵今天'].sort(),
    );
    expect(await names({}, await aReader(['dispatcher', await aTown('别处')]))).to.deep.equal([]);
    expect(await names({}, await aReader(['mediator', town]))).to.deep.equal([]);
  });

  it('are changed by who may, with an encrypted telephone, and not by a stale form', async () => {
    const id = await createPerson(dispatcher, person('陈改'));
    const [row] = await selectRows<{ phone: string }>('SELECT phone FROM people WHERE id = :id', { id });
    expect(row!.phone).to.not.include('1386160');
    const changed = { ...person('陈改', { kind: 'villageCadre' }), version: 0 };
    for (const reader of [
      await aReader(['official', town]),
      await aReader(['dispatcher', await aTown('外镇')]),
    ])
      expect(await refusal(editPerson(reader, id, changed))).to.equal('errors.notFound');
    expect(await refusal(editPerson(dispatcher, id, changed))).to.equal('nothing');
    expect(await refusal(editPerson(dispatcher, id, changed))).to.equal('errors.stale');
    expect((await findPerson(dispatcher, id)).kind).to.equal('villageCadre');
  });

  it('are found by what they are asked for, and in every village in which they serve', async () => {
    const neighbour = await aVillage(town, '文林村');
    const serving = { skills: ['wages', 'dialects'] as const, villages: [neighbour.id, village.id] };
    const id = await createPerson(
      dispatcher,
      person('吴专长', { ...serving, skills: [...serving.skills], kind: 'mediator' }),
    );
    const names = async (filter: Parameters<typeof listPeople>[1], reader = dispatcher) =>
      (await listPeople(reader, filter, {})).rows.map(({ name }) => name);
    expect(await names({ skill: 'dialects' })).to.deep.equal(['吴专长']);
    expect(await names({ skill: 'accounting' })).to.deep.equal([]);
    expect(await names({ area: neighbour.id })).to.deep.equal(['吴专长']);
    const nextDoor = await aReader(['dispatcher', neighbour]);
    expect(await names({}, nextDoor)).to.deep.equal(['吴专长']);
    const { villages = [], skills = [] } = await findPerson(nextDoor, id);
    expect(villages.map(({ areaId }) => areaId)).to.deep.equal([neighbour.id]);
    expect(skills.map(({ skill }) => skill)).to.have.members([...serving.skills]);
    const changed = { ...person('吴专长'), version: 0 };
    expect(await refusal(editPerson(nextDoor, id, changed))).to.equal('errors.notFound');
    const own = await aReader(['dispatcher', village]);
    expect(await refusal(editPerson(own, id, { ...changed, skills: ['accounting'] }))).to.equal('nothing');
    const kept = await findPerson(dispatcher, id);
    expect(kept.skills!.map(({ skill }) => skill)).to.deep.equal(['accounting']);
    expect(kept.villages!.map(({ areaId }) => areaId)).to.deep.equal([neighbour.id]);
    const elsewhere = await aVillage(await aTown('邻镇'), '外村');
    const astray = { ...changed, version: 1, villages: [elsewhere.id] };
    expect(await refusal(editPerson(dispatcher, id, astray))).to.equal('villages: errors.notInList');
    expect(await refusal(editPerson(dispatcher, id, { ...changed, version: 1 }))).to.equal('nothing');
    expect((await findPerson(dispatcher, id)).villages).to.deep.equal([]);
  });

  it('do not leave before they come', () => {
    const form = readNewPerson({ ...person('周'), activeFrom: '2026-11-20', activeTo: '2026-11-19' });
    expect(form.ok ? [] : form.errors).to.deep.equal([
      { field: 'activeTo', sentence: 'errors.dayBefore', values: { day: '2026-11-20' } },
    ]);
  });
});
