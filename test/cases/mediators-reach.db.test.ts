import { expect } from 'chai';
import { RoleGrant } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { RoomMediator } from '../../models/directory.ts';
import { may, type Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { casesWithin, placeOf } from '../../server/cases/case.queries.ts';
import { now } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, anEnterprise, aRoom, aTown, aUser, aVillage } from '../support/factories.ts';

/** What a mediator reaches ends with the role that opened it, and stops before the own enterprise (DOMAIN §0, 5). */
describe("a mediator's reach", () => {
  useDatabase();

  it('ends with the role of a town, also when a role in another town goes on', async () => {
    const [here, there] = [await aTown('祝塘镇'), await aTown('青阳镇')];
    const user = await aUser();
    const ended = await RoleGrant.create({ userId: user.id, role: 'mediator', areaId: here.id });
    await RoleGrant.create({ userId: user.id, role: 'mediator', areaId: there.id });
    const { room } = await aRoom(here, here, []);
    await RoomMediator.create({ roomId: room.id, userId: user.id, activeFrom: '2020-01-01' });
    const disputeCase = await aCase(here).with({ mediatorId: user.id, roomId: room.id }).saved();
    expect(await reaches(user.id, disputeCase)).to.equal(true);
    await ended.update({ endedAt: now() });
    expect(await reaches(user.id, disputeCase)).to.equal(false);
  });

  it('holds no complaint against the enterprise of the own committee that was not routed to it', async () => {
    const town = await aTown();
    const village = await aVillage(town, '东浜村');
    const enterprise = await anEnterprise(town, '江阴宏瑞针织有限公司');
    const user = await aUser();
    await grant(user.id, village, null);
    await grant(user.id, village, enterprise.id);
    const { room } = await aRoom(town, town, []);
    await RoomMediator.create({ roomId: room.id, userId: user.id, activeFrom: '2020-01-01' });
    const against = { roomId: room.id, enterpriseId: enterprise.id, villageId: village.id };
    const inVillage = await aCase(town).routedTo('village').with(against).saved();
    const toCommittee = await aCase(town).routedTo('enterprise').with(against).saved();
    const ofAnother = await aCase(town)
      .routedTo('village')
      .with({ ...against, enterpriseId: null })
      .saved();
    expect(await reaches(user.id, inVillage)).to.equal(false);
    expect(await reaches(user.id, toCommittee)).to.equal(true);
    expect(await reaches(user.id, ofAnother)).to.equal(true);
  });
});

async function grant(userId: string, area: Area, enterpriseId: string | null): Promise<void> {
  await RoleGrant.create({ userId, role: 'mediator', areaId: area.id, enterpriseId });
}

/** Whether the list and the access table let the person see a case; the two agree. */
async function reaches(userId: string, disputeCase: DisputeCase): Promise<boolean> {
  const reader: Reader = (await findSignedIn(userId))!.reader;
  const listed = (await DisputeCase.findAll({ where: casesWithin(reader, 'cases.read') })).some(
    ({ id }) => id === disputeCase.id,
  );
  expect(may(reader, 'cases.read', placeOf(disputeCase))).to.equal(listed);
  return listed;
}
