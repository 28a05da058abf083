import { expect } from 'chai';
import { RoleGrant } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { RoomMediator } from '../../models/directory.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { findRoom, listRooms, mediatorsFor, membershipsOf } from '../../server/directory/rooms.queries.ts';
import { addMediator, createRoom, editRoom, endMediator } from '../../server/directory/rooms.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aReader, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

describe('mediation rooms', () => {
  useDatabase();
  let town: Area;
  let village: Area;
  let neighbour: Area;
  let dispatcher: Reader;

  before(async () => {
    town = await aTown();
    [village, neighbour] = [await aVillage(town, '金庄村'), await aVillage(town, '文林村')];
    dispatcher = await aReader(['dispatcher', town]);
  });
  beforeEach(() => setClock(() => instantOf('2026-11-20', '09:00')));

  const room = (name: string, area: Area | null, enterpriseId: string | null = null) => ({
    name,
    ...{ address: null, openingHours: null, mapLink: null },
    phone: null,
    areaId: area?.id ?? null,
    enterpriseId,
  });

  it('have the level of the place in which they lie', async () => {
    const enterprise = await anEnterprise(town, '有调委会有限公司', {
      villageId: village.id,
      hasCommittee: true,
    });
    const ids = [
      await createRoom(dispatcher, room('镇调解室', town)),
      await createRoom(dispatcher, room('金庄村调解室', village)),
      await createRoom(dispatcher, room('企业调解室', null, enterprise.id)),
    ];
    const rooms = await Promise.all(ids.map((id) => findRoom(dispatcher, id)));
    expect(rooms.map(({ level, areaId }) => [level, areaId])).to.deep.equal([
      ['town', town.id],
      ['village', village.id],
      ['enterprise', village.id],
    ]);
    expect(await refusal(createRoom(dispatcher, room('镇调解室', village)))).to.equal(
      'name: directory.errors.roomNameTaken',
    );
  });

  it('are seen and changed within the own area only', async () => {
    const own = await createRoom(dispatcher, room('只属金庄', village));
    const abroad = await aReader(['dispatcher', await aTown('别处')]);
    const nextDoor = await aReader(['dispatcher', neighbour]);
    const official = await aReader(['official', town]);
    const { enterpriseId: _, ...changed } = room('改名', village);
    const where = { address: '金庄村 1 号', openingHours: '周一至周五', mapLink: 'https://maps.example/1' };
    const edited = { ...changed, ...where, active: true, version: 0 };
    for (const reader of [abroad, nextDoor]) {
      expect(await refusal(findRoom(reader, own))).to.equal('errors.notFound');
      expect(await refusal(editRoom(reader, own, edited))).to.equal('errors.notFound');
      expect((await listRooms(reader, {}, {})).total).to.equal(0);
    }
    expect(await refusal(findRoom(official, own))).to.equal('nothing');
    expect(await refusal(editRoom(official, own, edited))).to.equal('errors.notFound');
    const pushed = editRoom(await aReader(['dispatcher', village]), own, { ...edited, areaId: neighbour.id });
    expect(await refusal(pushed)).to.equal('areaId: errors.notInList');
    expect(await refusal(editRoom(dispatcher, own, edited))).to.equal('nothing');
    expect(await findRoom(dispatcher, own)).to.include(where);
    expect(await refusal(editRoom(dispatcher, own, edited))).to.equal('errors.stale');
  });

  it('take mediators whose role covers them, and nobody else', async () => {
    const enterprise = await anEnterprise(town, '甲有限公司', { villageId: village.id, hasCommittee: true });
    const bound = async (name: string, enterpriseId: string) => {
      const user = await aUser(name);
      await RoleGrant.create({ userId: user.id, role: 'mediator', areaId: town.id, enterpriseId });
      return user;
    };
    const people = {
      ofTown: await aUser('镇调解员', 'mediator', town),
      ofVillage: await aUser('村调解员', 'mediator', village),
      ofNeighbour: await aUser('邻村调解员', 'mediator', neighbour),
      ofEnterprise: await bound('企业调解员', enterprise.id),
      dispatcher: await aUser('调度员', 'dispatcher', town),
    };
    const [townRoom, villageRoom, enterpriseRoom] = [
      await createRoom(dispatcher, room('镇室', town)),
      await createRoom(dispatcher, room('村室', village)),
      await createRoom(dispatcher, room('企室', null, enterprise.id)),
    ];
    const candidates = async (roomId: string): Promise<string[]> =>
      (await mediatorsFor(await findRoom(dispatcher, roomId))).map(({ displayName }) => displayName);
    expect(await candidates(townRoom)).to.have.members(['镇调解员']);
    expect(await candidates(villageRoom)).to.have.members(['镇调解员', '村调解员']);
    expect(await candidates(enterpriseRoom)).to.have.members(['镇调解员', '村调解员', '企业调解员']);
    for (const { id } of [people.ofNeighbour, people.ofEnterprise, people.dispatcher]) {
      const added = addMediator(dispatcher, villageRoom, { userId: id, activeFrom: '2026-11-20' });
      expect(await refusal(added)).to.equal('userId: errors.notInList');
    }
  });

  it('open to a mediator from the first day to the last, and at once no more when it was yesterday', async () => {
    const { id: userId } = await aUser('进出调解员', 'mediator', village);
    const roomId = await createRoom(dispatcher, room('进出室', village));
    const sees = async () => (await findSignedIn(userId))!.reader.roomIds.includes(roomId);
    await addMediator(dispatcher, roomId, { userId, activeFrom: '2026-11-20' });
    expect(await sees()).to.equal(true);
    const again = addMediator(dispatcher, roomId, { userId, activeFrom: '2026-11-21' });
    expect(await refusal(again)).to.equal('userId: directory.errors.mediatesAlready');
    const [membership] = await membershipsOf(roomId);
    const end = (activeTo: string) => endMediator(dispatcher, roomId, membership!.id, { activeTo });
    expect(await refusal(end('2026-11-18'))).to.equal('activeTo: errors.dayBefore');
    expect(await refusal(end('2026-11-19'))).to.equal('nothing');
    expect(await sees()).to.equal(false);
    expect(await refusal(end('2026-11-20'))).to.equal('errors.conflict');
    await addMediator(dispatcher, roomId, { userId, activeFrom: '2026-11-20' });
    expect(await sees()).to.equal(true);
    expect(await RoomMediator.count({ where: { roomId } })).to.equal(1);
  });
});
