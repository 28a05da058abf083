import { expect } from 'chai';
import { Area } from '../../models/areas.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { areaChoices, managedAreas } from '../../server/directory/areas.queries.ts';
import { addArea, addJurisdiction, renameArea } from '../../server/directory/areas.service.ts';
import { useDatabase } from '../support/database.ts';
import { aJurisdiction, anEnterprise, aReader, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

describe('areas', () => {
  useDatabase();

  it('are added below the own area, in the order in which they came', async () => {
    const jurisdiction = await aJurisdiction();
    const administrator = await aReader(['administrator', jurisdiction]);
    const town = await addArea(administrator, jurisdiction.id, { code: '320281103', name: '祝塘镇' });
    const villages = [
      await addArea(administrator, town.id, { code: 'v-2', name: '文林村' }),
      await addArea(administrator, town.id, { code: 'v-1', name: '金庄村' }),
    ];
    expect(town.kind).to.equal('town');
    expect(villages[1]!.path).to.equal(`${jurisdiction.id}/${town.id}/${villages[1]!.id}/`);
    expect((await managedAreas(administrator)).map(({ name }) => name)).to.deep.equal([
      '江阴市',
      '祝塘镇',
      '文林村',
      '金庄村',
    ]);
    const add = (code: string, name: string, parentId: string) =>
      refusal(addArea(administrator, parentId, { code, name }));
    expect(await add('v-1', '新村', town.id)).to.equal('code: directory.errors.areaCodeTaken');
    expect(await add('v-3', '金庄村', town.id)).to.equal('name: directory.errors.areaNameTaken');
    expect(await add('v 4', '新村', town.id)).to.equal('code: directory.errors.areaCodeForm');
    expect(await add('v-5', '新村', villages[0]!.id)).to.equal('parentId: errors.notInList');
  });

  it('are not seen, added or renamed outside of the own area', async () => {
    const [own, foreign] = [await aTown('本镇'), await aTown('外镇')];
    const administrator = await aReader(['administrator', own]);
    const added = addArea(administrator, foreign.id, { code: 'f-1', name: '外村' });
    expect(await refusal(added)).to.equal('parentId: errors.notInList');
    const renamed = renameArea(administrator, foreign.id, { was: '外镇', name: '我的镇' });
    expect(await refusal(renamed)).to.equal('errors.notFound');
    const atRoot = addArea(administrator, null, { code: 'r-1', name: '新镇' });
    expect(await refusal(atRoot)).to.equal('parentId: errors.notInList');
    expect((await managedAreas(administrator)).map(({ id }) => id)).to.deep.equal([own.id]);
    expect(await managedAreas(await aReader(['dispatcher', own]))).to.deep.equal([]);
  });

  it('are renamed unless somebody else did so first', async () => {
    const town = await aTown('旧名镇');
    const administrator = await aReader(['administrator', town]);
    await renameArea(administrator, town.id, { was: '旧名镇', name: '新名镇' });
    const second = renameArea(administrator, town.id, { was: '旧名镇', name: '别名镇' });
    expect(await refusal(second)).to.equal('errors.stale');
    expect((await Area.findByPk(town.id))!.name).to.equal('新名镇');
  });

  it('get a jurisdiction over them, whose people then reach what lies in them', async () => {
    const towns = [await aTown('甲镇'), await aTown('乙镇')];
    const village = await aVillage(towns[0]!, '甲村');
    await anEnterprise(towns[0]!, '甲村企业', { villageId: village.id });
    const codes = towns.map(({ code }) => code);
    const jurisdiction = await addJurisdiction({ code: 'county', name: '某县' }, codes);
    const user = await aUser('县领导', 'official', jurisdiction);
    const { reader } = (await findSignedIn(user.id))!;
    expect((await areaChoices(reader, 'directory.read')).map(({ name }) => name)).to.have.members([
      '甲镇',
      '甲村',
      '乙镇',
    ]);
    expect((await Area.findByPk(village.id))!.path).to.equal(
      `${jurisdiction.id}/${towns[0]!.id}/${village.id}/`,
    );
    const twice = addJurisdiction({ code: 'county-2', name: '另一县' }, codes);
    expect(await refusal(twice)).to.equal('undefined: directory.errors.notATownAlone');
    expect(await Area.count({ where: { code: 'county-2' } })).to.equal(0);
  });
});
