import { expect } from 'chai';
import { AuditEntry, RoleGrant, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Informant } from '../../models/one-duty.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { endRole, grantRole } from '../../server/accounts/users.service.ts';
import { editEnterprise } from '../../server/directory/enterprises.service.ts';
import {
  activeInformants,
  monthsOwed,
  findInformant,
  listInformants,
} from '../../server/directory/informants.queries.ts';
import {
  createInformant,
  endInformant,
  renewInformantLink,
  revealInformant,
} from '../../server/directory/informants.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import {
  anEnterprise,
  anInformant,
  aReader,
  aResponsibility,
  aTown,
  aUser,
  aVillage,
  aWageCheck,
  aWageReport,
} from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const NAME = '欧阳金雀';
const PHONE = '13955550123';

describe('informants', () => {
  useDatabase();
  let town: Area;
  let village: Area;
  let enterprise: Enterprise;
  let other: Enterprise;
  let dispatcher: Reader;

  before(async () => {
    town = await aTown();
    village = await aVillage(town, '金庄村');
    dispatcher = await aReader(['dispatcher', town]);
    enterprise = await anEnterprise(town, '甲纺织有限公司', { villageId: village.id });
    other = await anEnterprise(town, '乙机械有限公司');
  });
  beforeEach(() => setClock(() => instantOf('2026-11-20', '09:00')));

  const named = (reader = dispatcher, of = enterprise, activeFrom = '2026-11-20') =>
    createInformant(reader, { enterprise: of.name, name: NAME, phone: PHONE, activeFrom });
  /** An officer who answers for the enterprise as this. */
  async function officer(kind: 'union' | 'enforcement', of = enterprise): Promise<Reader> {
    const user = await aUser('责任人', 'officer', town);
    await aResponsibility(user, { enterprise: of, kind });
    return (await findSignedIn(user.id))!.reader;
  }

  it('have an account that says nothing but a random code, and a name that is stored encrypted', async () => {
    const { id } = await named();
    const { code, userId } = await findInformant(dispatcher, id);
    const user = (await User.findByPk(userId))!;
    expect([user.username, user.displayName]).to.deep.equal([code, code]);
    expect(code).to.match(/^[A-Z]\d{4}$/);
    const grants = await RoleGrant.findAll({ where: { userId } });
    expect(grants.map(({ role, enterpriseId }) => [role, enterpriseId])).to.deep.equal([
      ['informant', enterprise.id],
    ]);
    const [row] = await selectRows<{ name: string; phone: string }>(
      'SELECT name, phone FROM informants WHERE id = :id',
      { id },
    );
    expect(JSON.stringify(row)).to.not.include(NAME).and.not.include(PHONE);
    const audit = await AuditEntry.findAll();
    expect(audit.map(({ action }) => action)).to.include.members(['nameInformant', 'createUser']);
    expect(JSON.stringify(audit)).to.not.include(NAME).and.not.include(PHONE);
  });

  it('are known to the town’s dispatcher and to the union officer of their enterprise alone', async () => {
    const { id } = await named();
    const union = await officer('union');
    for (const reader of [dispatcher, union])
      expect(await refusal(findInformant(reader, id))).to.equal('nothing');
    const others = [
      await officer('enforcement'),
      await officer('union', other),
      await aReader(['dispatcher', village]),
      await aReader(['administrator', town]),
      await aReader(['official', town]),
      await aReader(['mediator', town]),
      await aReader(['dispatcher', await aTown('外镇')]),
    ];
    for (const reader of others) {
      expect(await refusal(findInformant(reader, id))).to.equal('errors.notFound');
      expect((await listInformants(reader, { state: 'all' }, {})).total).to.equal(0);
      expect(await refusal(revealInformant(reader, id, REVEAL))).to.equal('errors.notFound');
      expect(await refusal(renewInformantLink(reader, id))).to.equal('errors.notFound');
      expect(await refusal(endInformant(reader, id))).to.equal('errors.notFound');
      expect(await refusal(named(reader))).to.equal('enterprise: duties.errors.enterpriseUnknown');
    }
    expect(await refusal(named(union))).to.equal('nothing');
    expect(await refusal(named(union, other))).to.equal('enterprise: duties.errors.enterpriseUnknown');
    const [listed] = (await listInformants(union, {}, {})).rows;
    expect(listed!.getDataValue('name'), 'a list does not even read it').to.equal(undefined);
  });

  const REVEAL = { field: 'name', reason: 'callInformant' } as const;

  it('are shown in full one thing at a time, and that is on record without what was shown', async () => {
    const { id } = await named();
    expect(await revealInformant(dispatcher, id, REVEAL)).to.equal(NAME);
    expect(await revealInformant(dispatcher, id, { ...REVEAL, field: 'phone' })).to.equal(PHONE);
    const audit = await AuditEntry.findAll({ where: { action: 'reveal', objectId: id } });
    expect(
      audit.map(({ userId, detail }) => [userId, detail['field'], detail['reason']]),
    ).to.have.deep.members([
      [dispatcher.userId, 'name', 'callInformant'],
      [dispatcher.userId, 'phone', 'callInformant'],
    ]);
    expect(JSON.stringify(audit)).to.not.include(NAME).and.not.include(PHONE);
    await Informant.update({ phone: null }, { where: { id } });
    expect(await refusal(revealInformant(dispatcher, id, { ...REVEAL, field: 'phone' }))).to.equal(
      'errors.notFound',
    );
  });

  it('end with their account at once, or with the role that an administrator ends', async () => {
    const { id } = await named();
    const { userId } = await findInformant(dispatcher, id);
    await endInformant(dispatcher, id);
    expect(await findSignedIn(userId)).to.equal(null);
    expect((await findInformant(dispatcher, id)).activeTo).to.equal('2026-11-20');
    expect(await refusal(endInformant(dispatcher, id))).to.equal('errors.conflict');
    expect(await refusal(renewInformantLink(dispatcher, id))).to.equal('errors.conflict');

    const second = await named();
    const informant = await findInformant(dispatcher, second.id);
    const administrator = await aReader(['administrator', town]);
    const grant = (await RoleGrant.findOne({ where: { userId: informant.userId } }))!;
    await endRole(administrator, informant.userId, grant.id);
    expect((await findInformant(dispatcher, second.id)).activeTo).to.equal('2026-11-20');
    const again = { role: 'informant', areaId: village.id, enterpriseId: enterprise.id } as const;
    expect(await refusal(grantRole(administrator, informant.userId, again))).to.equal(
      'enterprise: accounts.errors.enterpriseForMediator',
    );
  });

  it('owe the months whose last day for a report they served, as long as they have not reported', async () => {
    const workplace = await anEnterprise(town, '丁服饰有限公司', { villageId: village.id });
    const informant = await anInformant(workplace, { activeFrom: '2026-09-20' });
    const checks = [];
    for (const month of ['2025-11', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12'])
      checks.push(
        await aWageCheck(workplace, month, month === '2026-10' ? { leftOutReason: 'dormant' } : {}),
      );
    const owed = async () => (await monthsOwed(informant)).map(({ month, dueOn }) => [month, dueOn]);
    expect(await owed()).to.deep.equal([
      ['2026-11', '2026-11-20'],
      ['2026-09', '2026-09-20'],
    ]);
    await aWageReport(checks[2]!, informant);
    expect(await owed()).to.deep.equal([['2026-11', '2026-11-20']]);
    await informant.update({ activeFrom: '2026-11-21' });
    expect(await owed()).to.deep.equal([]);
  });

  it('make a report due from their first day to their last, and move with their enterprise', async () => {
    const workplace = await anEnterprise(town, '丙服饰有限公司', { villageId: village.id });
    const { id } = await named(dispatcher, workplace, '2026-11-22');
    const on = async (day: string) =>
      (await activeInformants([workplace.id, other.id], day)).get(workplace.id)?.map((one) => one.id) ?? [];
    expect(await on('2026-11-21')).to.deep.equal([]);
    expect(await on('2026-11-22')).to.deep.equal([id]);
    await Informant.update({ activeTo: '2026-12-31' }, { where: { id } });
    expect(await on('2026-12-31')).to.deep.equal([id]);
    expect(await on('2027-01-01')).to.deep.equal([]);
    expect((await activeInformants([other.id], '2026-11-22')).size).to.equal(0);
    await editEnterprise(dispatcher, workplace.id, {
      ...{ name: workplace.name, creditCode: null, areaId: town.id, industry: 'garment', headcount: null },
      ...{ contactName: null, contactPhone: null, aliases: [], hasCommittee: false },
      ...{ active: true, version: 0 },
    });
    expect((await findInformant(dispatcher, id)).villageId).to.equal(null);
  });
});
