import { expect } from 'chai';
import { AuditEntry, RoleGrant } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { selectRows } from '../../models/dialect.ts';
import { Enterprise, Room } from '../../models/directory.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { creditCodeCheckDigit } from '../../server/directory/credit-code.rules.ts';
import type { EnterpriseFilter } from '../../server/directory/enterprise-filter.rules.ts';
import { readEnterprise, readNewEnterprise } from '../../server/directory/enterprise.form.ts';
import { findEnterprise, listEnterprises } from '../../server/directory/enterprises.queries.ts';
import {
  createEnterprise,
  editEnterprise,
  type EnterpriseValues,
} from '../../server/directory/enterprises.service.ts';
import { useDatabase } from '../support/database.ts';
import { anEnterprise, aReader, aRoom, aTown, aUser, aVillage } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';

const code = (number: number): string => {
  const first17 = `91320281MA1${String(number).padStart(6, '0')}`;
  return first17 + creditCodeCheckDigit(first17);
};

describe('the directory of enterprises', () => {
  useDatabase();
  let town: Area;
  let other: Area;
  let village: Area;
  let neighbour: Area;
  let dispatcher: Reader;

  before(async () => {
    [town, other] = [await aTown('祝塘镇'), await aTown('青阳镇')];
    [village, neighbour] = [await aVillage(town, '金庄村'), await aVillage(town, '文林村')];
    dispatcher = await aReader(['dispatcher', town]);
  });

  const values = (name: string, more: Partial<EnterpriseValues> = {}): EnterpriseValues => ({
    name,
    creditCode: null,
    areaId: village.id,
    industry: 'textile',
    headcount: 80,
    contactName: '王经理',
    contactPhone: '13861601234',
    aliases: [],
    hasCommittee: false,
    active: true,
    ...more,
  });

  it('keeps name and credit code apart within a town, and only there', async () => {
    const neighbourTown = await aReader(['dispatcher', other]);
    await createEnterprise(dispatcher, values('江阴宏达针织有限公司', { creditCode: code(1) }));
    expect(await refusal(createEnterprise(dispatcher, values('江阴宏达针织有限公司')))).to.equal(
      'name: directory.errors.nameTaken',
    );
    expect(
      await refusal(createEnterprise(dispatcher, values('另一家有限公司', { creditCode: code(1) }))),
    ).to.equal('creditCode: directory.errors.creditCodeTaken');
    const same = values('江阴宏达针织有限公司', { creditCode: code(1), areaId: other.id });
    expect(await refusal(createEnterprise(neighbourTown, same))).to.equal('nothing');
    expect(await Enterprise.count({ where: { name: '江阴宏达针织有限公司' } })).to.equal(2);
  });

  it('gives one of two simultaneous enterprises of the same name its sentence', async () => {
    const both = await Promise.all(
      [1, 2].map(() => refusal(createEnterprise(dispatcher, values('同名有限公司')))),
    );
    expect(both.sort()).to.deep.equal(['name: directory.errors.nameTaken', 'nothing']);
  });

  it('encrypts the telephone and records who did it, without personal data', async () => {
    const id = await createEnterprise(dispatcher, values('加密有限公司'));
    const [row] = await selectRows<{ contactPhone: string }>(
      'SELECT contactPhone FROM enterprises WHERE id = :id',
      { id },
    );
    expect(row!.contactPhone).to.not.include('1386160');
    await editEnterprise(dispatcher, id, {
      ...values('加密有限公司', { contactPhone: '13800000000' }),
      version: 0,
    });
    const [again] = await selectRows<{ contactPhone: string }>(
      'SELECT contactPhone FROM enterprises WHERE id = :id',
      { id },
    );
    expect(again!.contactPhone).to.match(/^[0-9a-f]{8}\./);
    expect((await findEnterprise(dispatcher, id)).contactPhone).to.equal('13800000000');
    const entries = await AuditEntry.findAll({ where: { objectId: id }, order: [['at', 'ASC']] });
    expect(entries.map(({ action }) => action)).to.deep.equal(['createEnterprise', 'editEnterprise']);
    expect(entries[1]!.userId).to.equal(dispatcher.userId);
    expect(entries[1]!.detail).to.deep.equal({
      contactPhone: { before: '138****1234', after: '138****0000' },
    });
  });

  it('refuses a stale form and keeps what the other one saved', async () => {
    const id = await createEnterprise(dispatcher, values('旧表单有限公司'));
    await editEnterprise(dispatcher, id, { ...values('旧表单有限公司', { headcount: 90 }), version: 0 });
    const stale = editEnterprise(dispatcher, id, {
      ...values('旧表单有限公司', { headcount: 10 }),
      version: 0,
    });
    expect(await refusal(stale)).to.equal('errors.stale');
    expect((await findEnterprise(dispatcher, id)).headcount).to.equal(90);
    expect(await AuditEntry.count({ where: { objectId: id } })).to.equal(2);
  });

  it('changes aliases, and moves its room with it to another village', async () => {
    const id = await createEnterprise(dispatcher, values('搬家有限公司', { aliases: ['老搬家', '搬家厂'] }));
    const { room } = await aRoom(town, village, [], (await Enterprise.findByPk(id))!);
    const changed = values('搬家有限公司', { aliases: ['搬家厂', '新搬家'], areaId: neighbour.id });
    await editEnterprise(dispatcher, id, { ...changed, version: 0 });
    const { aliases, villageId } = await findEnterprise(dispatcher, id);
    expect(aliases!.map(({ alias }) => alias)).to.have.members(['搬家厂', '新搬家']);
    expect(villageId).to.equal(neighbour.id);
    expect((await Room.findByPk(room.id))!.areaId).to.equal(neighbour.id);
    const elsewhere = editEnterprise(await aReader(['dispatcher', town], ['dispatcher', other]), id, {
      ...changed,
      areaId: other.id,
      version: 1,
    });
    expect(await refusal(elsewhere)).to.equal('areaId: errors.notInList');
  });

  describe('is open to', () => {
    const readers: Record<string, () => Promise<Reader>> = {
      'the dispatcher of the town': () => aReader(['dispatcher', town]),
      'the dispatcher of its village': () => aReader(['dispatcher', village]),
      'the dispatcher of another village': () => aReader(['dispatcher', neighbour]),
      'the dispatcher of another town': () => aReader(['dispatcher', other]),
      'an official of the town': () => aReader(['official', town]),
      'an administrator of the town': () => aReader(['administrator', town]),
      'a mediator of the town': () => aReader(['mediator', town]),
      'a dispatcher of one enterprise': async () => {
        const user = await aUser();
        const enterprise = await anEnterprise(town, `界内${user.id}有限公司`, { villageId: village.id });
        await RoleGrant.create({
          userId: user.id,
          role: 'dispatcher',
          areaId: town.id,
          enterpriseId: enterprise.id,
        });
        return (await findSignedIn(user.id))!.reader;
      },
    };
    const expected: Record<string, ['read' | 'no', 'edit' | 'no']> = {
      'the dispatcher of the town': ['read', 'edit'],
      'the dispatcher of its village': ['read', 'edit'],
      'the dispatcher of another village': ['no', 'no'],
      'the dispatcher of another town': ['no', 'no'],
      'an official of the town': ['read', 'no'],
      'an administrator of the town': ['read', 'edit'],
      'a mediator of the town': ['no', 'no'],
      'a dispatcher of one enterprise': ['no', 'no'],
    };

    for (const [who, [read, edit]] of Object.entries(expected)) {
      it(`${who}: ${read} / ${edit}`, async () => {
        const reader = await readers[who]!();
        const { id, name } = await anEnterprise(town, `${who}有限公司`, { villageId: village.id });
        const listed = await listEnterprises(reader, { q: name }, {});
        expect(listed.total, 'in the list').to.equal(read === 'read' ? 1 : 0);
        expect(await refusal(findEnterprise(reader, id)), 'page').to.equal(
          read === 'read' ? 'nothing' : 'errors.notFound',
        );
        const changed = editEnterprise(reader, id, { ...values(name, { headcount: 5 }), version: 0 });
        expect(await refusal(changed), 'edit').to.equal(edit === 'edit' ? 'nothing' : 'errors.notFound');
        const added = createEnterprise(reader, values(`${who}新增有限公司`));
        expect(await refusal(added), 'add').to.equal(
          edit === 'edit' ? 'nothing' : 'areaId: errors.notInList',
        );
      });
    }

    it('a village dispatcher who cannot push it out of the own village', async () => {
      const reader = await aReader(['dispatcher', village]);
      const { id, name } = await anEnterprise(town, '不搬走有限公司', { villageId: village.id });
      for (const areaId of [neighbour.id, town.id, other.id]) {
        const pushed = editEnterprise(reader, id, { ...values(name, { areaId }), version: 0 });
        expect(await refusal(pushed)).to.equal('areaId: errors.notInList');
      }
    });
  });

  describe('is listed', () => {
    let reader: Reader;
    let big: Area;

    before(async () => {
      big = await aTown('大镇');
      reader = await aReader(['dispatcher', big]);
      for (let number = 1; number <= 120; number++) {
        const name = `第${String(number).padStart(3, '0')}号企业`;
        await anEnterprise(big, name, {
          active: number !== 120,
          hasCommittee: number <= 10,
          warningLevel: number === 7 ? 'red' : null,
          industry: number % 2 === 0 ? 'metal' : 'textile',
        });
      }
    });

    const names = async (filter: EnterpriseFilter): Promise<string[]> =>
      (await listEnterprises(reader, filter, {})).rows.map(({ name }) => name);

    it('in pages that lead forward and back over every row once', async () => {
      const seen: string[] = [];
      let page = await listEnterprises(reader, {}, {});
      expect(page.total).to.equal(119);
      expect(page.newer).to.equal(null);
      for (;;) {
        seen.push(...page.rows.map(({ name }) => name));
        if (page.older === null) break;
        page = await listEnterprises(reader, {}, { after: page.older });
      }
      expect(seen).to.have.lengthOf(119);
      expect([...seen].sort()).to.deep.equal(seen);
      const back = await listEnterprises(reader, {}, { before: page.newer! });
      expect(back.rows.map(({ name }) => name)).to.deep.equal(seen.slice(50, 100));
      const first = await listEnterprises(reader, {}, { before: back.newer! });
      expect(first.rows.map(({ name }) => name)).to.deep.equal(seen.slice(0, 50));
      expect(first.newer).to.equal(null);
    });

    it('by its filters', async () => {
      expect(await names({ active: 'no' })).to.deep.equal(['第120号企业']);
      expect(await names({ committee: 'yes' })).to.have.lengthOf(10);
      expect(await names({ warning: 'red' })).to.deep.equal(['第007号企业']);
      expect(await names({ industry: 'metal', committee: 'yes' })).to.have.lengthOf(5);
      expect(await names({ village: 'none', committee: 'yes' })).to.have.lengthOf(10);
    });

    it('by name, alias and code, with % and _ meaning themselves', async () => {
      const id = await createEnterprise(reader, {
        ...values('江苏百分百（集团）有限公司', {
          areaId: big.id,
          creditCode: code(77),
          aliases: ['老百_家'],
        }),
      });
      for (const q of [
        '百分百集团',
        '江苏百分百（集团）有限公司',
        '百_',
        code(77).slice(4, 16).toLowerCase(),
      ]) {
        const found = await listEnterprises(reader, { q }, {});
        expect(
          found.rows.map((row) => row.id),
          q,
        ).to.deep.equal([id]);
      }
      expect(await names({ q: '%' })).to.deep.equal([]);
      expect(await names({ q: '-' })).to.deep.equal([]);
      expect((await listEnterprises(dispatcher, { q: '老百_家' }, {})).total).to.equal(0);
    });
  });
});

describe('the form of an enterprise', () => {
  const posted = { name: ' 江阴  宏达 ', areaId: '01a1fc1c-3eaa-71bc-930d-b3cc44217b15', industry: 'metal' };

  it('tidies name, code, telephone and aliases', () => {
    const form = readNewEnterprise({
      ...posted,
      creditCode: code(5)
        .toLowerCase()
        .replace(/(.{6})/, '$1 '),
      contactPhone: '１３８ 6160 1234',
      aliases: '宏达\r\n宏达\n江阴 宏达\n  小宏  ',
      active: '',
      version: '9',
      role: 'administrator',
      warningLevel: 'red',
    });
    expect(form).to.deep.equal({
      ok: true,
      values: {
        name: '江阴 宏达',
        areaId: posted.areaId,
        industry: 'metal',
        creditCode: code(5),
        contactPhone: '13861601234',
        contactName: null,
        headcount: null,
        aliases: ['宏达', '小宏'],
        hasCommittee: false,
        active: true,
      },
    });
  });

  it('names everything that is wrong at once', () => {
    const form = readNewEnterprise({ name: '（）', creditCode: '123', contactPhone: '12', headcount: '-1' });
    expect(form.ok ? [] : form.errors.map(({ field, sentence }) => `${field} ${sentence}`)).to.have.members([
      'areaId errors.required',
      'industry errors.required',
      'headcount errors.notANumber',
      'name directory.errors.nameWithoutLetters',
      'creditCode errors.notACreditCode',
      'contactPhone errors.notAPhone',
    ]);
  });

  it('keeps a telephone whose mask was left as it stood, and no other mask', () => {
    const phone = (typed: string) => {
      const form = readEnterprise({ ...posted, version: '0', contactPhone: typed }, '13861601234');
      return form.ok ? form.values.contactPhone : form.errors[0]!.sentence;
    };
    expect(phone('138****1234')).to.equal('13861601234');
    expect(phone('138****9999')).to.equal('errors.notAPhone');
    expect(phone('0510-86380000')).to.equal('0510-86380000');
    expect(phone('')).to.equal(null);
  });
});
