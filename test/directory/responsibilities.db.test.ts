import { expect } from 'chai';
import { AuditEntry, RoleGrant, type User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Responsibility } from '../../models/one-duty.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { endRole, endUser } from '../../server/accounts/users.service.ts';
import { whoAnswersFor } from '../../server/directory/duties.queries.ts';
import { listEnterprises } from '../../server/directory/enterprises.queries.ts';
import { handOverPatch, patchOf } from '../../server/directory/patch.service.ts';
import { readNewResponsibility } from '../../server/directory/responsibility.form.ts';
import {
  listResponsibilities,
  type ResponsibilityFilter,
} from '../../server/directory/responsibilities.queries.ts';
import {
  createResponsibility,
  endResponsibility,
  type ResponsibilityValues,
} from '../../server/directory/responsibilities.service.ts';
import { enterprisesAnswered, enterprisesUnanswered } from '../../server/directory/unanswered.queries.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aReader, aResponsibility, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const TODAY = '2026-11-20';

describe('who answers for whom', () => {
  useDatabase();
  let town: Area;
  let village: Area;
  let neighbour: Area;
  let dispatcher: Reader;
  let enterprise: Enterprise;
  let number = 0;

  before(async () => {
    town = await aTown();
    [village, neighbour] = [await aVillage(town, '金庄村'), await aVillage(town, '文林村')];
    dispatcher = await aReader(['dispatcher', town]);
  });
  beforeEach(async () => {
    setClock(() => instantOf(TODAY, '09:00'));
    enterprise = await anEnterprise(town, `第${++number}纺织有限公司`, { villageId: village.id });
  });

  const officer = (area = town, name = '钱责任') => aUser(name, 'officer', area);
  const wish = (user: User, more: Partial<ResponsibilityValues> = {}): ResponsibilityValues => ({
    ...{ officerId: user.id, enterprise: enterprise.name, villageId: null, kind: 'union' },
    ...{ isLead: false, fromDay: TODAY, ...more },
  });
  const name = (user: User, more: Partial<ResponsibilityValues> = {}) =>
    createResponsibility(dispatcher, wish(user, more));
  const whoOn = async (day: CalendarDay): Promise<string[]> =>
    (await whoAnswersFor([enterprise], day)).get(enterprise.id)!.map((duty) => duty.officer);

  it('is known of every past day, the lead first, and a village’s officer answers for its enterprises', async () => {
    const [first, second, cadre] = [
      await officer(town, '前任'),
      await officer(town, '后任'),
      await officer(village, '村干部'),
    ];
    const id = await name(first, { fromDay: '2026-01-01', isLead: true });
    await endResponsibility(dispatcher, id, { toDay: '2026-06-30' });
    await name(second, { fromDay: '2026-07-01', isLead: true });
    await name(cadre, {
      ...{ enterprise: null, villageId: village.id, kind: 'villageCadre', fromDay: '2026-03-01' },
    });
    expect(await whoOn('2025-12-31')).to.deep.equal([]);
    expect(await whoOn('2026-02-28')).to.deep.equal(['前任']);
    expect(await whoOn('2026-06-30')).to.deep.equal(['前任', '村干部']);
    expect(await whoOn('2026-07-01')).to.deep.equal(['后任', '村干部']);
    const audit = await AuditEntry.findAll({ where: { objectId: id }, order: [['at', 'ASC']] });
    expect(audit.map(({ action }) => action)).to.deep.equal(['nameOfficer', 'endOfficer']);
    await Responsibility.update(
      { toDay: '2026-11-19', openKey: null },
      { where: { villageId: village.id, toDay: null } },
    );
  });

  it('has one lead at a time, and nobody twice as the same', async () => {
    const [one, other] = [await officer(town, '甲'), await officer(town, '乙')];
    const id = await name(one, { isLead: true, fromDay: '2026-05-01' });
    expect(await refusal(name(one, { fromDay: '2026-12-01' }))).to.equal('officerId: duties.errors.twice');
    expect(await refusal(name(one, { kind: 'justice' }))).to.equal('nothing');
    expect(await refusal(name(other, { isLead: true, fromDay: '2027-01-01' }))).to.equal(
      'isLead: duties.errors.leadTaken',
    );
    await endResponsibility(dispatcher, id, { toDay: '2026-12-31' });
    expect(await refusal(name(other, { isLead: true, fromDay: '2026-12-31' }))).to.equal(
      'isLead: duties.errors.leadTaken',
    );
    expect(await refusal(name(other, { isLead: true, fromDay: '2027-01-01' }))).to.equal('nothing');
  });

  it('lets one of two dispatchers name the lead who do it in the same moment', async () => {
    const officers = await Promise.all(['甲', '乙', '丙', '丁'].map((each) => officer(town, each)));
    const answers = await Promise.all(officers.map((each) => refusal(name(each, { isLead: true }))));
    expect(answers.filter((answer) => answer === 'nothing')).to.have.lengthOf(1);
    expect(answers.filter((answer) => answer === 'isLead: duties.errors.leadTaken')).to.have.lengthOf(3);
  });

  it('takes only officers whose role covers the place, and enterprises that it knows', async () => {
    const fromNextDoor = await officer(neighbour);
    expect(await refusal(name(fromNextDoor))).to.equal('officerId: duties.errors.officerElsewhere');
    const mediator = await aUser('调解员', 'mediator', town);
    expect(await refusal(name(mediator))).to.equal('officerId: errors.notInList');
    const abroad = await officer(await aTown('外镇'));
    expect(await refusal(name(abroad))).to.equal('officerId: errors.notInList');
    const own = await officer();
    expect(await refusal(name(own, { enterprise: '没有这家公司' }))).to.equal(
      'enterprise: duties.errors.enterpriseUnknown',
    );
    expect(await refusal(name(own, { enterprise: null, villageId: town.id }))).to.equal(
      'villageId: errors.notInList',
    );
    const nextDoor = await aReader(['dispatcher', neighbour]);
    expect(await refusal(createResponsibility(nextDoor, wish(own)))).to.equal(
      'enterprise: duties.errors.enterpriseUnknown',
    );
  });

  it('asks for an enterprise or a village, and not for both', () => {
    const fields = { officerId: town.id, kind: 'union', fromDay: TODAY };
    const faults = (more: object) => {
      const form = readNewResponsibility({ ...fields, ...more });
      return form.ok ? [] : form.errors.map(({ field, sentence }) => `${field}: ${sentence}`);
    };
    expect(faults({})).to.deep.equal(['enterprise: duties.errors.noObject']);
    expect(faults({ enterprise: '甲', villageId: village.id })).to.deep.equal([
      'villageId: duties.errors.oneObject',
    ]);
    expect(faults({ villageId: village.id })).to.deep.equal([]);
  });

  it('is ended once, not before its beginning, and taken back by the day before it', async () => {
    const user = await officer();
    const id = await name(user, { isLead: true });
    const end = (toDay: CalendarDay, reader = dispatcher) => endResponsibility(reader, id, { toDay });
    expect(await refusal(end('2026-11-18'))).to.equal('toDay: errors.dayBefore');
    const abroad = await aReader(['dispatcher', await aTown('别处')]);
    expect(await refusal(end(TODAY, abroad))).to.equal('errors.notFound');
    expect(await refusal(end(TODAY, await aReader(['official', town])))).to.equal('errors.notFound');
    expect(await refusal(end('2026-11-19'))).to.equal('nothing');
    expect(await refusal(end('2026-11-19'))).to.equal('duties.errors.ended');
    expect(await whoOn(TODAY)).to.deep.equal([]);
    expect((await listResponsibilities(dispatcher, { officer: user.id }, {})).rows).to.deep.equal([]);
    expect(await refusal(name(user, { isLead: true, fromDay: '2026-11-01' }))).to.equal('nothing');
  });

  it('is listed by officer, kind, village and whether it runs, within the own area', async () => {
    const user = await officer(town, '被查的');
    const other = await anEnterprise(town, '邻村有限公司', { villageId: neighbour.id });
    const ended = await name(user, { fromDay: '2026-01-01' });
    await endResponsibility(dispatcher, ended, { toDay: '2026-02-01' });
    const running = await name(user, { kind: 'justice' });
    const nextDoor = await name(user, { enterprise: other.name });
    const wholeVillage = await name(user, { enterprise: null, villageId: neighbour.id, kind: 'justice' });
    const ids = async (filter: ResponsibilityFilter, reader = dispatcher) =>
      (await listResponsibilities(reader, { officer: user.id, ...filter }, {})).rows.map(({ id }) => id);
    expect(await ids({})).to.have.members([running, nextDoor, wholeVillage]);
    expect(await ids({ state: 'ended' })).to.deep.equal([ended]);
    expect(await ids({ state: 'all' })).to.have.lengthOf(4);
    expect(await ids({ kind: 'justice' })).to.have.members([running, wholeVillage]);
    expect(await ids({ village: neighbour.id })).to.have.members([nextDoor, wholeVillage]);
    const cadre = await aReader(['officer', neighbour]);
    expect(await ids({}, cadre)).to.have.members([nextDoor, wholeVillage]);
    expect(await ids({}, await aReader(['dispatcher', await aTown('远镇')]))).to.deep.equal([]);
    await Responsibility.update(
      { toDay: '2026-11-19', openKey: null },
      { where: { villageId: neighbour.id, toDay: null } },
    );
  });

  it('passes as a whole to a successor from a day on, and the past stays as it was', async () => {
    const [from, to] = [await officer(town, '移交人'), await officer(town, '接手人')];
    await name(from, { isLead: true, fromDay: '2026-01-01' });
    await name(from, { kind: 'justice', fromDay: '2026-12-15' });
    const patch = { fromId: from.id, toId: to.id, day: '2026-12-01' };
    const passing = await patchOf(dispatcher, patch);
    expect(passing.map(({ obstacle }) => obstacle)).to.deep.equal([null, null]);
    expect(await refusal(handOverPatch(dispatcher, { ...patch, shown: 1 }))).to.equal('errors.stale');
    await handOverPatch(dispatcher, { ...patch, shown: 2 });
    expect(await whoOn('2026-11-30')).to.deep.equal(['移交人']);
    expect(await whoOn('2026-12-01')).to.deep.equal(['接手人']);
    expect(await whoOn('2026-12-15')).to.deep.equal(['接手人', '接手人']);
    const rows = await Responsibility.findAll({ where: { officerId: to.id }, order: [['fromDay', 'ASC']] });
    expect(rows.map(({ fromDay, isLead, kind }) => [fromDay, isLead, kind])).to.deep.equal([
      ['2026-12-01', true, 'union'],
      ['2026-12-15', false, 'justice'],
    ]);
    expect(await refusal(handOverPatch(dispatcher, { ...patch, shown: 0 }))).to.equal(
      'fromId: duties.errors.nothingToPass',
    );
    const audit = (await AuditEntry.findOne({ where: { action: 'handOverPatch' } }))!;
    expect(audit.detail['duties']).to.have.lengthOf(2);
  });

  it('passes nothing at all when one of it cannot pass', async () => {
    const [from, to] = [await officer(town, '移交人'), await officer(village, '村里接手')];
    const other = await anEnterprise(town, '邻村第二有限公司', { villageId: neighbour.id });
    await name(from);
    await name(from, { enterprise: other.name });
    const patch = { fromId: from.id, toId: to.id, day: TODAY };
    const obstacles = async () =>
      (await patchOf(dispatcher, patch)).map(({ duty, obstacle }) => [duty.enterprise!.name, obstacle]);
    expect(await obstacles()).to.have.deep.members([
      [enterprise.name, null],
      [other.name, 'role'],
    ]);
    expect(await refusal(handOverPatch(dispatcher, { ...patch, shown: 2 }))).to.equal(
      'undefined: duties.errors.obstacles',
    );
    expect(await whoOn(TODAY)).to.deep.equal(['移交人']);
    await name(to);
    expect(await obstacles()).to.have.deep.members([
      [enterprise.name, 'twice'],
      [other.name, 'role'],
    ]);
    const wrong = (more: Partial<typeof patch>) => refusal(patchOf(dispatcher, { ...patch, ...more }));
    expect(await wrong({ toId: from.id })).to.equal('toId: duties.errors.sameOfficer');
    expect(await wrong({ day: '2026-11-19' })).to.equal('day: errors.dayBefore');
    expect(await wrong({ toId: (await aUser('无岗位')).id })).to.equal('toId: errors.notInList');
  });

  it('ends with the role and with the account on the same day, as far as no other role covers it', async () => {
    const user = await officer(town, '两处任职');
    await RoleGrant.create({ userId: user.id, role: 'officer', areaId: village.id });
    const other = await anEnterprise(town, '邻村第三有限公司', { villageId: neighbour.id });
    const own = await name(user);
    const elsewhere = await name(user, { enterprise: other.name });
    const later = await name(user, { kind: 'justice', fromDay: '2026-12-01' });
    const ends = async () =>
      (await Responsibility.findAll({ where: { id: [own, elsewhere, later] } })).map(({ id, toDay }) => [
        id === own ? 'own' : id === later ? 'later' : 'elsewhere',
        toDay,
      ]);
    const grant = (await RoleGrant.findOne({ where: { userId: user.id, areaId: town.id } }))!;
    await endRole(null, user.id, grant.id);
    expect(await ends()).to.have.deep.members([
      ['own', null],
      ['elsewhere', TODAY],
      ['later', null],
    ]);
    await endUser(null, user.id);
    expect(await ends()).to.have.deep.members([
      ['own', TODAY],
      ['elsewhere', TODAY],
      ['later', '2026-11-30'],
    ]);
    setClock(() => instantOf('2026-11-21', '09:00'));
    expect(await whoOn('2026-11-21')).to.deep.equal([]);
  });

  it('finds the active enterprises for which nobody answers, and those of an officer', async () => {
    const away = await aTown('清点镇');
    const [here, there] = [await aVillage(away, '甲村'), await aVillage(away, '乙村')];
    const named = (text: string, villageId: string | null, active = true) =>
      anEnterprise(away, text, { villageId, active });
    const answered = await named('有人负责', here.id);
    await named('没人负责', here.id);
    await named('没人负责、已停用', here.id, false);
    await named('村里有人', there.id);
    const ended = await named('责任已结束', null);
    const begins = await named('责任未开始', null);
    const user = await officer(away, '清点人');
    await aResponsibility(user, { enterprise: answered });
    await aResponsibility(user, { village: there });
    await aResponsibility(user, { enterprise: ended, toDay: '2026-11-19' });
    await aResponsibility(user, { enterprise: begins, fromDay: '2026-11-21' });
    const reader = await aReader(['dispatcher', away]);
    const { enterprises, total } = await enterprisesUnanswered(reader, 2);
    expect([enterprises.length, total]).to.deep.equal([2, 3]);
    const list = async (who: Reader, by: 'nobody' | 'me') =>
      (await listEnterprises(who, { answered: by }, {})).rows.map((row) => row.name);
    expect(await list(reader, 'nobody')).to.have.members(['没人负责', '责任已结束', '责任未开始']);
    const mine = (await findSignedIn(user.id))!.reader;
    expect(await list(mine, 'me')).to.have.members(['有人负责', '村里有人']);
    expect((await enterprisesAnswered(mine, 6)).total).to.equal(2);
    expect(await list(reader, 'me')).to.deep.equal([]);
    expect((await enterprisesUnanswered(await aReader(['dispatcher', here]), 6)).total).to.equal(1);
  });
});
