import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { chosenArea, reportAreaByCode, reportAreas } from '../../server/reports/report-area.queries.ts';
import { NotFound, Unacceptable } from '../../server/shared/errors.ts';
import { newId } from '../../server/shared/ids.ts';
import { useDatabase } from '../support/database.ts';
import { aJurisdiction, aReader, aTown, aVillage } from '../support/factories.ts';

describe('areas of reports', () => {
  useDatabase();
  let city: Area, zhutang: Area, qingyang: Area, wenlin: Area, jiannan: Area;
  before(async () => {
    city = await aJurisdiction('江阴市');
    zhutang = await aTown('祝塘镇', city);
    qingyang = await aTown('青阳镇', city);
    jiannan = await aVillage(zhutang, '建南村', 2);
    wenlin = await aVillage(zhutang, '文林村', 1);
  });

  const namesFor = async (...roles: Parameters<typeof aReader>) =>
    (await reportAreas(await aReader(...roles))).map(({ name }) => name);

  it('of a city are its towns, each followed by its villages', async () => {
    const areas = await reportAreas(await aReader(['official', city]));
    expect(areas.map(({ name }) => name)).to.have.ordered.members(
      areas[1]!.name === '祝塘镇'
        ? ['江阴市', '祝塘镇', '文林村', '建南村', '青阳镇']
        : ['江阴市', '青阳镇', '祝塘镇', '文林村', '建南村'],
    );
    expect(areas[0]!.townIds).to.have.members([zhutang.id, qingyang.id]);
  });

  it('are those of the grants, the widest first', async () => {
    expect(await namesFor(['official', qingyang])).to.deep.equal(['青阳镇']);
    expect(await namesFor(['official', jiannan], ['official', qingyang])).to.deep.equal(['青阳镇', '建南村']);
    expect(await namesFor(['dispatcher', wenlin])).to.deep.equal(['文林村']);
    expect(await namesFor(['official', wenlin], ['dispatcher', zhutang])).to.deep.equal([
      '祝塘镇',
      '文林村',
      '建南村',
    ]);
    expect(await namesFor(['mediator', zhutang], ['administrator', zhutang])).to.deep.equal([]);
  });

  it('of a village is the village in its town', async () => {
    const [area] = await reportAreas(await aReader(['official', wenlin]));
    expect(area).to.deep.include({ townIds: [zhutang.id], villageId: wenlin.id });
  });

  it('an area out of reach is answered like one that does not exist', async () => {
    const areas = await reportAreas(await aReader(['official', qingyang]));
    expect(chosenArea(areas, null).id).to.equal(qingyang.id);
    for (const id of [zhutang.id, wenlin.id, city.id, newId()])
      expect(() => chosenArea(areas, id)).to.throw(NotFound);
    expect(() => chosenArea([], null)).to.throw(NotFound);
  });

  it('are found by their codes; with several towns one must be named', async () => {
    expect(await reportAreaByCode(city.code)).to.deep.include({ villageId: null });
    expect((await reportAreaByCode(city.code)).townIds).to.have.members([zhutang.id, qingyang.id]);
    expect(await reportAreaByCode(zhutang.code)).to.deep.include({ townIds: [zhutang.id], villageId: null });
    expect(await reportAreaByCode(wenlin.code)).to.deep.include({
      townIds: [zhutang.id],
      villageId: wenlin.id,
    });
    for (const code of ['nowhere', undefined]) {
      const error: unknown = await reportAreaByCode(code).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(Unacceptable);
    }
  });
});
