import { expect } from 'chai';
import { Area } from '../../models/areas.ts';
import { RoleGrant, User } from '../../models/accounts.ts';
import { holdersOf } from '../../server/notifications/recipients.queries.ts';
import { newId } from '../../server/shared/ids.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aTown, aUser, aVillage } from '../support/factories.ts';

describe('who holds a role where something stands', () => {
  useDatabase();

  it('is who has it in the town, in the county above it, or in the village itself', async () => {
    const id = newId();
    const county = await Area.create({
      ...{ id, code: `j-${id}`, name: '江阴市', kind: 'jurisdiction', path: `${id}/` },
    });
    const town = await aTown('祝塘镇', county);
    const [own, other] = [await aVillage(town, '建南村'), await aVillage(town, '河塘村')];
    const expected = [
      await aUser('县', 'official', county),
      await aUser('镇', 'official', town),
      await aUser('村', 'official', own),
    ];
    await aUser('邻村', 'official', other);
    await aUser('邻镇', 'official', await aTown('长泾镇', county));
    await aUser('调度员', 'dispatcher', town);
    const gone = await aUser('已离任', 'official', town);
    await User.update({ endedAt: new Date(0) }, { where: { id: gone.id } });
    const moved = await aUser('已调离', 'official', town);
    await RoleGrant.update({ endedAt: new Date(0) }, { where: { userId: moved.id } });
    const bound = await aUser('企业');
    const { id: enterpriseId } = await anEnterprise(town, '江阴宏达针织有限公司');
    await RoleGrant.create({ userId: bound.id, role: 'official', areaId: town.id, enterpriseId });

    const holders = await holdersOf('official', { townId: town.id, villageId: own.id });
    expect(holders).to.have.members(expected.map((user) => user.id));
    expect(await holdersOf('official', { townId: town.id })).to.have.members(
      expected.slice(0, 2).map((user) => user.id),
    );
  });
});
