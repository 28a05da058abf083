import { expect } from 'chai';
import type { CreationAttributes } from 'sequelize';
import type { Area } from '../../models/areas.ts';
import { inTx, isUniqueViolation, LostRace, selectRows } from '../../models/dialect.ts';
import { findRow, findRows, insertRows, saveRow, updateRows } from '../../models/rows.ts';
import { Ticket } from '../../models/tickets.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { aTicketRow, aTown } from '../support/factories.ts';

describe('rows of a model by statements of their own', () => {
  useDatabase();
  let town: Area;
  beforeEach(async () => (town = await aTown()));

  const everyKind = (): CreationAttributes<Ticket> =>
    aTicketRow(town, '2022-01-06', {
      callerPhone: '13812345678',
      content: `line one\nline two\t'; DROP TABLE tickets;-- \\' "x" :name $1 ? sqlite_master 𠮷`,
      anonymous: true,
      migrant: false,
      workers: 3,
      amountFen: 99_999_999_999,
      dispatchedAt: new Date('2022-01-06T01:02:03.456Z'),
      notes: [{ column: '村', value: "it's" }],
    });

  it('stores what bulkCreate stores', async () => {
    setClock(() => new Date('2026-11-20T08:00:00.123Z'));
    const [one, other] = [everyKind(), everyKind()];
    await insertRows(Ticket, [one]);
    await Ticket.bulkCreate([other]);
    const stored = await selectRows<Record<string, unknown>>('SELECT * FROM tickets WHERE townId = :townId', {
      townId: town.id,
    });
    const differing = Object.keys(stored[0]!).filter(
      (column) => JSON.stringify(stored[0]![column]) !== JSON.stringify(stored[1]![column]),
    );
    expect(differing.sort()).to.deep.equal(['callerPhone', 'id', 'number']);
    const read = await Ticket.findByPk(one.id);
    expect(read).to.include({ callerPhone: '13812345678', content: other.content, version: 0, caseId: null });
    expect(read!.notes).to.deep.equal(one.notes);
    expect(read!.dispatchedAt!.toISOString()).to.equal('2022-01-06T01:02:03.456Z');
  });

  it('says when a unique key exists, and nothing else is taken for that', async () => {
    const row = everyKind();
    await insertRows(Ticket, []);
    await insertRows(Ticket, [row]);
    const failures = [
      { ...everyKind(), number: row.number },
      { ...everyKind(), rowHash: null as unknown as string },
    ];
    const unique = await Promise.all(
      failures.map((faulty) => insertRows(Ticket, [faulty]).then(() => null, isUniqueViolation)),
    );
    expect(unique).to.deep.equal([true, false]);
  });

  it('is begun again with the whole transaction by who was overtaken', async () => {
    let attempts = 0;
    await inTx(async () => {
      await insertRows(Ticket, [everyKind()]);
      if (++attempts < 3) throw new LostRace();
    });
    expect([attempts, await Ticket.count({ where: { townId: town.id } })]).to.deep.equal([3, 1]);
  });

  it('are found as findOne finds them', async () => {
    const row = everyKind();
    await insertRows(Ticket, [row, everyKind()]);
    const found = await findRow(Ticket, { id: row.id, anonymous: true });
    expect(found!.get()).to.deep.equal((await Ticket.findByPk(row.id))!.get());
    expect(found!.isNewRecord).to.equal(false);
    expect(await findRow(Ticket, { id: row.id, anonymous: false })).to.equal(null);
  });

  it('are found in their order and no more of them than asked for, as findAll finds them', async () => {
    const titles = ["it's :id", 'b', "it's :id", 'a', 'c'];
    await insertRows(
      Ticket,
      titles.map((title, index) => ({ ...everyKind(), title, version: index })),
    );
    const where = { townId: town.id, title: ["it's :id", 'a', 'b'] };
    const order: [keyof Ticket & ('title' | 'version'), 'ASC' | 'DESC'][] = [
      ['title', 'ASC'],
      ['version', 'DESC'],
    ];
    const found = await findRows(Ticket, where, { order, limit: 3 });
    expect(found.map((row) => row.get())).to.deep.equal(
      (await Ticket.findAll({ where, order, limit: 3 })).map((row) => row.get()),
    );
    expect(found.map(({ version }) => version)).to.deep.equal([3, 1, 2]);
    expect(await findRows(Ticket, { townId: town.id, title: [] })).to.deep.equal([]);
    expect(await findRows(Ticket, where)).to.have.length(4);
  });

  const changes = {
    callerPhone: '13987654321',
    content: "it's :id `x` $1 ? \\ 𠮷",
    anonymous: false,
    migrant: null,
    dispatchedAt: new Date('2022-02-03T04:05:06.789Z'),
    notes: [],
    version: 1,
  };

  it('are changed as update changes them, and only those that fit', async () => {
    const [one, other] = ['欠薪', 'for :version'].map((title) => ({ ...everyKind(), title }));
    await insertRows(Ticket, [one!, other!]);
    const fitting = { id: [one!.id!, other!.id!], version: 0, title: ['欠薪', 'for :version'] };
    expect(await updateRows(Ticket, { ...changes, title: undefined }, fitting)).to.equal(2);
    expect(await updateRows(Ticket, changes, fitting)).to.equal(0);
    const read = (await Ticket.findByPk(one!.id))!;
    expect(read.get()).to.deep.include(changes);
    expect(read.title).to.equal('欠薪');
    const [stored] = await selectRows<{ callerPhone: string }>(
      'SELECT callerPhone FROM tickets WHERE id = :id',
      { id: one!.id },
    );
    expect(stored!.callerPhone).not.to.contain(changes.callerPhone);
  });

  it('are saved with what was set since they were read, and nothing else', async () => {
    const row = everyKind();
    await insertRows(Ticket, [row]);
    const read = (await findRow(Ticket, { id: row.id }))!;
    await updateRows(Ticket, { title: '别人改的标题' }, { id: row.id });
    read.set(changes);
    await saveRow(read);
    expect(read.changed()).to.equal(false);
    read.set({ version: 0 });
    await saveRow(read);
    await saveRow(read);
    const stored = (await Ticket.findByPk(row.id))!;
    expect(stored.get()).to.deep.include({ ...changes, version: 0, title: '别人改的标题' });
  });
});
