import { expect } from 'chai';
import { AuditEntry, RoleGrant, Session } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { enterpriseNamed, findManagedUser, listUsers } from '../../server/accounts/users.queries.ts';
import * as users from '../../server/accounts/users.service.ts';
import { now } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aJurisdiction, anEnterprise, aReader, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

describe('accounts of other people', () => {
  useDatabase();
  let county: Area;
  let town: Area;
  let village: Area;
  let other: Area;
  let administrator: Reader;
  let above: Reader;

  before(async () => {
    county = await aJurisdiction();
    [town, other] = [await aTown('祝塘镇', county), await aTown('青阳镇', county)];
    village = await aVillage(town, '金庄村');
    administrator = await aReader(['administrator', town]);
    above = await aReader(['administrator', county]);
  });

  const newUser = (username: string, areaId: string) => ({
    username,
    displayName: '新人',
    roles: [{ role: 'mediator' as const, areaId }],
  });

  it('are made within the own area only', async () => {
    const { userId } = await users.createUser(administrator, newUser('金庄调解', village.id));
    const { reader } = (await findSignedIn(userId))!;
    expect(reader.grants.map(({ role, areaId }) => [role, areaId])).to.deep.equal([['mediator', village.id]]);
    for (const areaId of [other.id, county.id]) {
      const outside = users.createUser(administrator, newUser(`外-${areaId}`, areaId));
      expect(await refusal(outside)).to.equal('areaId: errors.notInList');
    }
    const twice = users.createUser(above, newUser('金庄调解', other.id));
    expect(await refusal(twice)).to.equal('username: accounts.errors.usernameTaken');
    for (const username of ['a b', '-a', '<b>', ''])
      expect(await refusal(users.createUser(administrator, newUser(username, town.id)))).to.equal(
        'username: accounts.errors.usernameForm',
      );
  });

  it('are the same as absent when they lie outside', async () => {
    const stranger = await aUser('外镇人', 'dispatcher', other);
    const [grant] = await RoleGrant.findAll({ where: { userId: stranger.id } });
    const attempts = [
      () => findManagedUser(administrator, stranger.id),
      () => users.grantRole(administrator, stranger.id, { role: 'official', areaId: town.id }),
      () => users.endRole(administrator, stranger.id, grant!.id),
      () => users.resetPassword(administrator, stranger.id),
      () => users.endUser(administrator, stranger.id),
    ];
    for (const attempt of attempts) expect(await refusal(attempt())).to.equal('errors.notFound');
    expect((await listUsers(administrator, { q: stranger.username }, {})).total).to.equal(0);
    expect((await listUsers(above, { q: stranger.username }, {})).total).to.equal(1);
    expect(await RoleGrant.count({ where: { userId: stranger.id, endedAt: null } })).to.equal(1);
  });

  it('of somebody with a role above get and lose roles here, but no password and no end', async () => {
    const wide = await aUser('县领导', 'official', county);
    await RoleGrant.create({ userId: wide.id, role: 'mediator', areaId: village.id });
    const { whole, grants } = await findManagedUser(administrator, wide.id);
    expect(whole).to.equal(false);
    expect(grants.map(({ areaId }) => areaId)).to.deep.equal([village.id]);
    expect(await refusal(users.resetPassword(administrator, wide.id))).to.equal(
      'accounts.errors.rolesElsewhere',
    );
    expect(await refusal(users.endUser(administrator, wide.id))).to.equal('accounts.errors.rolesElsewhere');
    const [aboveGrant] = await RoleGrant.findAll({ where: { userId: wide.id, areaId: county.id } });
    expect(await refusal(users.endRole(administrator, wide.id, aboveGrant!.id))).to.equal('errors.notFound');
    expect(await refusal(users.endRole(administrator, wide.id, grants[0]!.id))).to.equal('nothing');
    expect(await refusal(findManagedUser(administrator, wide.id))).to.equal('errors.notFound');
    expect(await refusal(users.resetPassword(above, wide.id))).to.equal('nothing');
  });

  it('are somebody else’s: nobody changes the own roles, password by link or account', async () => {
    const me = administrator.userId;
    const [grant] = await RoleGrant.findAll({ where: { userId: me } });
    const attempts = [
      () => users.grantRole(administrator, me, { role: 'dispatcher', areaId: town.id }),
      () => users.endRole(administrator, me, grant!.id),
      () => users.resetPassword(administrator, me),
      () => users.endUser(administrator, me),
    ];
    for (const attempt of attempts) expect(await refusal(attempt())).to.equal('accounts.errors.ownRole');
    expect(await RoleGrant.count({ where: { userId: me } })).to.equal(1);
  });

  it('lose an ended role at the next request, and only once', async () => {
    const user = await aUser('两岗', 'dispatcher', town);
    await users.grantRole(administrator, user.id, { role: 'official', areaId: village.id });
    await users.grantRole(administrator, user.id, { role: 'official', areaId: village.id });
    const roles = async () => (await findSignedIn(user.id))!.reader.grants.map(({ role }) => role).sort();
    expect(await roles()).to.deep.equal(['dispatcher', 'official']);
    const [official] = await RoleGrant.findAll({ where: { userId: user.id, role: 'official' } });
    await users.endRole(administrator, user.id, official!.id);
    expect(await roles()).to.deep.equal(['dispatcher']);
    expect(await refusal(users.endRole(administrator, user.id, official!.id))).to.equal('errors.conflict');
  });

  it('are signed out at once by their end and by a new link', async () => {
    const user = await aUser('退出', 'dispatcher', town);
    const session = (sid: string) => Session.create({ sid, data: '{}', expires: now(), userId: user.id });
    await session('one');
    const token = await users.resetPassword(administrator, user.id);
    expect(await Session.count({ where: { userId: user.id } })).to.equal(0);
    await session('two');
    await users.endUser(administrator, user.id);
    expect(await Session.count({ where: { userId: user.id } })).to.equal(0);
    expect(await findSignedIn(user.id)).to.equal(null);
    expect(await refusal(users.endUser(administrator, user.id))).to.equal('errors.conflict');
    expect(await refusal(users.resetPassword(administrator, user.id))).to.equal('errors.conflict');
    const acts = await AuditEntry.findAll({ where: { objectId: user.id }, order: [['at', 'ASC']] });
    expect(acts.map(({ action }) => action)).to.deep.equal(['resetPassword', 'endUser']);
    expect(JSON.stringify(acts)).to.not.include(token);
  });

  it('of an enterprise’s mediator are bounded by it', async () => {
    const here = await anEnterprise(town, '本镇企业有限公司', { villageId: village.id, hasCommittee: true });
    const there = await anEnterprise(other, '外镇企业有限公司', { hasCommittee: true });
    expect(await enterpriseNamed(administrator, '本镇企业有限公司', town.id)).to.equal(here.id);
    for (const [name, areaId, expected] of [
      ['外镇企业有限公司', town.id, 'enterprise: accounts.errors.enterpriseUnknown'],
      ['外镇企业有限公司', other.id, 'areaId: errors.notInList'],
      ['不存在', town.id, 'enterprise: accounts.errors.enterpriseUnknown'],
    ] as const)
      expect(await refusal(enterpriseNamed(administrator, name, areaId))).to.equal(expected);
    const user = await aUser('企业人', 'official', town);
    const grant = (role: 'mediator' | 'official', enterpriseId: string) =>
      refusal(users.grantRole(administrator, user.id, { role, areaId: town.id, enterpriseId }));
    expect(await grant('official', here.id)).to.equal('enterprise: accounts.errors.enterpriseForMediator');
    expect(await grant('mediator', there.id)).to.equal('enterprise: accounts.errors.enterpriseUnknown');
    expect(await grant('mediator', here.id)).to.equal('nothing');
    const { reader } = (await findSignedIn(user.id))!;
    expect(reader.grants.find(({ role }) => role === 'mediator')!.enterpriseId).to.equal(here.id);
  });

  it('are listed by role, area and state', async () => {
    const place = await aTown('名单镇', county);
    const reader = await aReader(['administrator', place]);
    const [one, two] = [await aUser('甲', 'dispatcher', place), await aUser('乙', 'official', place)];
    await users.endUser(reader, two.id);
    const ids = async (filter: Parameters<typeof listUsers>[1]) =>
      (await listUsers(reader, filter, {})).rows.map(({ id }) => id);
    expect(await ids({})).to.have.members([reader.userId, one.id]);
    expect(await ids({ state: 'ended' })).to.deep.equal([two.id]);
    expect(await ids({ role: 'dispatcher' })).to.deep.equal([one.id]);
    expect(await ids({ area: town.id })).to.deep.equal([]);
    expect(await ids({ q: '甲' })).to.deep.equal([one.id]);
  });
});
