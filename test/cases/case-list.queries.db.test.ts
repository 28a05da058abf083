import { expect } from 'chai';
import fc from 'fast-check';
import type { Area } from '../../models/areas.ts';
import { CaseProposal, DisputeCase } from '../../models/cases.ts';
import { lookupHash } from '../../models/encryption.ts';
import { searchTokens } from '../../models/search-tokens.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import {
  CASE_SORTS,
  caseListHref,
  type CaseFilter,
  type CaseSort,
  type ListPlace,
} from '../../server/cases/case-filter.rules.ts';
import { loadCaseListChoices } from '../../server/cases/case-list-choices.queries.ts';
import { readCaseList } from '../../server/cases/case-list.form.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import { addDays, instantOf } from '../../server/shared/calendar-day.ts';
import { now, setClock } from '../../server/shared/clock.ts';
import { newId } from '../../server/shared/ids.ts';
import { useDatabase } from '../support/database.ts';
import { planOf, statementsOf } from '../support/statements.ts';
import {
  aCase,
  aClaimant,
  aPayment,
  aReader,
  aRoom,
  aTicket,
  aTown,
  aUser,
  aVillage,
  anEnterprise,
} from '../support/factories.ts';

const TODAY = '2026-11-20';

async function titles(reader: Reader, filter: CaseFilter, place: ListPlace = {}): Promise<string[]> {
  const { rows } = await listCases(reader, filter, place, 500);
  return rows.map(({ title }) => title).sort();
}

describe('the list of cases', () => {
  useDatabase();
  beforeEach(() => setClock(() => instantOf(TODAY, '09:00')));

  describe('shows what its filter describes', () => {
    let reader: Reader;
    let town: Area;
    const ids: Record<string, string> = {};

    before(async () => {
      town = await aTown();
      reader = await aReader(['dispatcher', town]);
      const village = await aVillage(town, '文林村');
      const enterprise = await anEnterprise(town, '江阴市华星纺织有限公司');
      const { room, mediators } = await aRoom(town, town, ['周建国']);
      const mediatorId = mediators[0]!.id;
      Object.assign(ids, {
        town: town.id,
        village: village.id,
        enterprise: enterprise.id,
        room: room.id,
        mediatorId,
      });

      const at = (day: string) => aCase(town).receivedOn(day);
      await at('2026-11-01')
        .with({ title: '待分派', dueOn: '2026-11-02', dueKind: 'dispatch' })
        .in(village)
        .saved();
      const routed = at('2026-11-05')
        .routedTo('village')
        .with({ title: '待受理', roomId: room.id, mediatorId });
      const waiting = await routed.with({ dueOn: '2026-11-21', dueKind: 'firstContact' }).saved();
      await at('2026-11-06')
        .inState('inMediation')
        .about('overtime')
        .with({
          title: '调解中',
          level: 'town',
          firstLevel: 'village',
          enterpriseId: enterprise.id,
          source: 'petition',
        })
        .with({ dueOn: '2026-12-01', dueKind: 'statutory', takenOverAt: instantOf('2026-11-06') })
        .saved();
      const settled = await at('2026-10-01')
        .routedTo('town')
        .of(12)
        .fromHotline()
        .with({ title: '成功' })
        .closedOn('2026-10-20', 'settledByInstalments')
        .with({ dueOn: '2026-11-30', dueKind: 'instalment' })
        .saved();
      await at('2026-10-02')
        .routedTo('town')
        .with({ title: '不成' })
        .closedOn('2026-10-21', 'failed')
        .saved();
      await at('2026-10-03').with({ title: '作废' }).closedOn('2026-10-22', 'void').saved();
      await aPayment(await aClaimant(settled, { migrant: true }), '500', '2026-11-01');
      await aPayment(await aClaimant(settled), '500', '2026-11-02', 'recorded');
      const { id: proposedById } = await aUser('提议人');
      await CaseProposal.create({
        caseId: waiting.id,
        openKey: waiting.id,
        action: 'decline',
        reason: 'outOfScope',
        explanation: '不属于',
        proposedById,
      });
    });

    const OPEN = ['待分派', '待受理', '调解中'];
    const CLOSED = ['成功', '不成', '作废'];
    const EXPECTED: [() => CaseFilter, string[]][] = [
      [() => ({}), [...OPEN, ...CLOSED]],
      [() => ({ state: 'open' }), OPEN],
      [() => ({ state: 'closed' }), CLOSED],
      [() => ({ state: 'inMediation' }), ['调解中']],
      [() => ({ due: 'overdue' }), ['待分派']],
      [() => ({ due: 'soon' }), ['待受理']],
      [() => ({ level: 'village' }), ['待受理']],
      [() => ({ level: 'none' }), ['待分派', '作废']],
      [() => ({ village: ids.village }), ['待分派']],
      [() => ({ village: 'none', state: 'open' }), ['待受理', '调解中']],
      [() => ({ area: ids.town }), [...OPEN, ...CLOSED]],
      [() => ({ area: ids.village }), ['待分派']],
      [() => ({ room: ids.room }), ['待受理']],
      [() => ({ mediator: ids.mediatorId }), ['待受理']],
      [() => ({ mine: 'yes' }), []],
      [() => ({ enterprise: ids.enterprise }), ['调解中']],
      [() => ({ enterprise: '华星' }), ['调解中']],
      [() => ({ enterprise: '没有这家' }), []],
      [() => ({ type: 'overtime' }), ['调解中']],
      [() => ({ source: 'petition' }), ['调解中']],
      [() => ({ outcome: 'failed' }), ['不成']],
      [() => ({ outcomeGroup: 'succeeded' }), ['成功']],
      [() => ({ outcomeGroup: 'decided' }), ['成功', '不成']],
      [() => ({ outcomeGroup: 'excluded' }), ['作废']],
      [() => ({ valid: 'yes', state: 'closed' }), ['成功', '不成']],
      [() => ({ wentUp: 'yes' }), ['调解中']],
      [() => ({ wentUp: 'no' }), ['待受理', '成功', '不成']],
      [() => ({ receivedFrom: '2026-10-02', receivedTo: '2026-11-01' }), ['不成', '作废', '待分派']],
      [() => ({ closedFrom: '2026-10-21', closedTo: '2026-10-21' }), ['不成']],
      [() => ({ openOn: '2026-10-20' }), ['不成', '作废']],
      [() => ({ openOn: '2026-11-05' }), ['待分派', '待受理']],
      [() => ({ collective: 'yes' }), ['成功']],
      [() => ({ hasTicket: 'yes' }), ['成功']],
      [() => ({ paidFrom: '2026-11-01', paidTo: '2026-11-30' }), ['成功']],
      [() => ({ paidFrom: '2026-11-02', paidTo: '2026-11-30' }), []],
      [() => ({ paidMigrant: 'yes' }), ['成功']],
      [() => ({ awaits: 'takeOver' }), ['待受理']],
      [() => ({ awaits: 'instalment' }), ['成功']],
      [() => ({ awaits: 'decision' }), ['待受理']],
      [() => ({ awaits: 'verification' }), ['成功']],
    ];
    for (const [filter, expected] of EXPECTED) {
      it(`${filter.toString().slice(6)}`, async () => {
        for (const sort of Object.keys(CASE_SORTS) as CaseSort[])
          expect(await titles(reader, filter(), { sort }), sort).to.deep.equal([...expected].sort());
      });
    }
  });

  describe('is read page by page', () => {
    let reader: Reader;
    const SIZE = 4;

    before(async () => {
      const town = await aTown('翻页镇');
      const { room, mediators } = await aRoom(town, town, ['周建国']);
      reader = await aReader(['dispatcher', town], ['mediator', town]);
      reader.roomIds.push(room.id);
      // Many ties in every order, many cases that lack the value, and rows that several reaches see.
      const rows = Array.from({ length: 31 }, (_, i) => {
        const factory = aCase(town)
          .receivedOn(addDays('2026-03-01', i % 3))
          .with({ dueOn: addDays('2026-04-01', i % 4) });
        if (i % 3 > 0) factory.with({ roomId: room.id, mediatorId: mediators[0]!.id });
        if (i % 2 > 0) factory.claiming(String(100 * (i % 5)));
        if (i % 4 > 1) factory.closedOn(addDays('2026-03-10', i % 2));
        return factory.asRow();
      });
      await DisputeCase.bulkCreate(rows);
    });

    for (const sort of Object.keys(CASE_SORTS) as CaseSort[]) {
      it(`by ${sort}: every case once forwards, and the same pages backwards`, async () => {
        const whole = (await listCases(reader, {}, { sort }, 100)).rows.map(({ id }) => id);
        expect(whole).to.have.length(31);
        const pages = [await listCases(reader, {}, { sort }, SIZE)];
        while (pages.at(-1)!.older)
          pages.push(await listCases(reader, {}, { sort, after: pages.at(-1)!.older }, SIZE));
        expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).to.deep.equal(whole);
        expect(pages.every(({ total }) => total === 31)).to.be.true;
        for (let index = pages.length - 1; index > 0; index--) {
          const back = await listCases(reader, {}, { sort, before: pages[index]!.newer }, SIZE);
          expect(back).to.deep.equal(pages[index - 1]);
        }
        expect(pages[0]!.newer).to.be.null;
      });
    }

    it('begins at the beginning again where rows before the page are gone', async () => {
      const first = await listCases(reader, {}, { sort: 'received' }, SIZE);
      const second = first.rows[1]!;
      const before = { value: second.receivedOn, id: second.id };
      expect((await listCases(reader, {}, { sort: 'received', before }, SIZE)).rows).to.deep.equal(
        first.rows,
      );
    });
  });

  describe('holds no more than its reader may see', () => {
    it('by role, area, room and own cases', async () => {
      const [town, other] = [await aTown('甲镇'), await aTown('乙镇')];
      const [east, west] = [await aVillage(town, '东村'), await aVillage(town, '西村')];
      const { room, mediators } = await aRoom(town, east, ['东村调解员']);
      const mine = { mediatorId: mediators[0]!.id };
      await aCase(town).in(east).with({ title: '东' }).saved();
      await aCase(town).in(west).with({ title: '西' }).saved();
      await aCase(other).with({ title: '乙' }).saved();
      await aCase(town).in(west).routedTo('village').with({ title: '本室', roomId: room.id }).saved();
      await aCase(town)
        .in(west)
        .routedTo('town')
        .with({ title: '本人', ...mine })
        .saved();
      const ofTown = ['东', '西', '本室', '本人'].sort();
      const mediator = await aReader(['mediator', east]);
      Object.assign(mediator, { userId: mine.mediatorId, roomIds: [room.id] });
      const expected: [Reader, string[]][] = [
        [await aReader(['dispatcher', town]), ofTown],
        [await aReader(['official', town]), ofTown],
        [await aReader(['official', east]), ['东']],
        [await aReader(['official', east], ['official', other]), ['东', '乙'].sort()],
        [await aReader(['dispatcher', other]), ['乙']],
        [mediator, ['本人', '本室'].sort()],
        [await aReader(['mediator', town]), []],
        [await aReader(['administrator', town]), []],
      ];
      for (const [reader, seen] of expected) {
        expect(await titles(reader, {})).to.deep.equal(seen);
        expect((await listCases(reader, {}, {}, 1)).total).to.equal(seen.length);
        for (const area of [town, east, other]) {
          const within = await titles(reader, { area: area.id });
          expect(seen).to.include.members(within);
        }
      }
      expect(await titles(mediator, { mine: 'yes' })).to.deep.equal(['本人']);
      expect(await titles(mediator, { area: other.id })).to.deep.equal([]);
      expect(await titles(mediator, { area: town.id })).to.deep.equal(['本人', '本室'].sort());
      const both = await aReader(['official', east], ['mediator', east]);
      expect(await titles(both, { area: west.id })).to.deep.equal([]);
      expect(await titles(both, { area: town.id })).to.deep.equal(['东']);
      expect(await titles(both, { area: newId() })).to.deep.equal([]);
    });

    it('offers only places and people of that reach as conditions', async () => {
      const [town, other] = [await aTown('丙镇'), await aTown('丁镇')];
      const { room, mediators } = await aRoom(other, other, ['丁镇调解员']);
      const reader = await aReader(['dispatcher', town]);
      const choices = await loadCaseListChoices(reader);
      const query = { room: room.id, mediator: mediators[0]!.id, area: other.id, state: 'open' };
      const { filter, errors } = readCaseList(query, choices, reader);
      expect(filter).to.deep.equal({ state: 'open' });
      expect(errors.map(({ field }) => field).sort()).to.deep.equal(['area', 'mediator', 'room']);
      expect(JSON.stringify(choices)).not.to.include('丁镇');
    });
  });

  describe('finds a text', () => {
    let dispatcher: Reader;
    let official: Reader;
    let mediator: Reader;
    let stranger: Reader;
    let own: Reader;

    before(async () => {
      const [town, other] = [await aTown('查找镇'), await aTown('外镇')];
      const { room, mediators } = await aRoom(town, town, ['周建国']);
      const give = (title: string, number: string | null, ...tickets: string[]) =>
        aCase(town)
          .routedTo('town')
          .with({ title, number, roomId: room.id, mediatorId: mediators[0]!.id })
          .with({ hasTicket: tickets.length > 0, searchTokens: searchTokens(title, number, ...tickets) });
      const wages = await give('拖欠工资50%', '祝劳调〔2026〕0123号').with({ takenOverAt: now() }).saved();
      const overtime = await give('加班费_争议', '祝劳调〔2026〕0124号', 'GD20261101').saved();
      await give('工伤', null).saved();
      await aTicket(town, '2026-11-01', { caseId: overtime.id, number: 'GD20261101' });
      const worker = { name: '欧阳小红', phoneHash: lookupHash('13812345678') };
      await aClaimant(wages, worker);
      await aClaimant(overtime, { name: '王芳' });
      const handed = give('另案', null).with({ takenOverAt: null });
      await aClaimant(await handed.saved(), { ...worker, name: '欧阳小兰' });
      own = (await findSignedIn(mediators[0]!.id))!.reader;
      [dispatcher, official] = [await aReader(['dispatcher', town]), await aReader(['official', town])];
      mediator = await aReader(['mediator', town]);
      mediator.roomIds.push(room.id);
      stranger = await aReader(['dispatcher', other]);
    });

    const WORDS: [string, string[]][] = [
      ['工资', ['拖欠工资50%']],
      ['争议', ['加班费_争议']],
      ['祝劳调〔2026〕0123号', ['拖欠工资50%']],
      ['祝劳调〔2026〕012', ['拖欠工资50%', '加班费_争议']],
      ['GD20261101', ['加班费_争议']],
      ['GD2026', ['加班费_争议']],
      ['gd20261101', ['加班费_争议']],
      ['0124', ['加班费_争议']],
      ['50%', ['拖欠工资50%']],
      ['工%', ['工伤', '拖欠工资50%']],
      ['加班费_争', ['加班费_争议']],
      ['加_费', []],
      ["' OR 1=1 --", []],
      ['没有这样的词', []],
      ['%', []],
      ["'_", []],
    ];
    for (const [text, expected] of WORDS) {
      it(`${text} in numbers, title and respondent`, async () => {
        for (const reader of [dispatcher, official, mediator])
          expect(await titles(reader, { text })).to.deep.equal([...expected].sort());
        expect(await titles(stranger, { text })).to.deep.equal([]);
      });
    }

    for (const text of ['欧阳小红', '13812345678', '138 1234 5678']) {
      it(`${text}: a worker by name or phone, for who sees the worker's name`, async () => {
        const ofPhone = text.startsWith('1') ? ['另案'] : [];
        expect(await titles(dispatcher, { text })).to.deep.equal([...ofPhone, '拖欠工资50%']);
        expect(await titles(own, { text }), 'taken over').to.deep.equal(['拖欠工资50%']);
        for (const reader of [official, mediator, stranger])
          expect(await titles(reader, { text })).to.deep.equal([]);
      });
    }

    for (const [text, found] of [
      ['欧阳', ['另案', '拖欠工资50%']],
      ['王', ['加班费_争议']],
      ['钱', []],
    ] as const)
      it(`${text}: everybody of a surname, for who sees the workers' names`, async () => {
        expect(await titles(dispatcher, { text })).to.deep.equal([...found].sort());
        const own1 = found.filter((title) => title === '拖欠工资50%');
        expect(await titles(own, { text }), 'taken over').to.deep.equal(own1);
        for (const reader of [official, mediator, stranger])
          expect(await titles(reader, { text })).to.deep.equal([]);
      });

    it('by a surname the worker of whom no more is known, the others of it, and what is called so', async () => {
      const town = await aTown('姓氏镇');
      const clerk = await aReader(['dispatcher', town]);
      const give = (title: string) => aCase(town).with({ title, searchTokens: searchTokens(title) });
      const [brief, full] = [await give('工伤一').saved(), await give('工伤二').saved()];
      await aClaimant(brief, { name: '金' });
      await aClaimant(full, { name: '金建国' });
      await give('金江针织欠薪').saved();
      await aClaimant(await aCase(await aTown('邻镇')).saved(), { name: '金外人' });
      expect(await titles(clerk, { text: '金' })).to.deep.equal(['工伤一', '工伤二', '金江针织欠薪'].sort());
      const blind = await aReader(['official', town]);
      expect(await titles(blind, { text: '金' })).to.deep.equal(['金江针织欠薪']);
      expect(await titles(clerk, { text: '江' })).to.deep.equal(['金江针织欠薪']);
    });

    it('never fails, whatever is typed', async () => {
      const choices = await loadCaseListChoices(dispatcher);
      const typed = fc
        .string({ unit: 'binary', minLength: 1, maxLength: 30 })
        .map((text) => text.replaceAll('\0', ''));
      await fc.assert(
        fc.asyncProperty(typed, async (text) => {
          const { filter } = readCaseList(
            { text, enterprise: text, room: text, after: text },
            choices,
            dispatcher,
          );
          await listCases(dispatcher, filter);
        }),
        { numRuns: 60 },
      );
    });
  });

  describe('is read by an index', () => {
    let town: Area;
    let dispatcher: Reader;
    let mediator: Reader;
    let rooms: string[];

    before(async () => {
      town = await aTown('大镇');
      const made = [await aRoom(town, town, ['周建国']), await aRoom(town, town, ['徐敏'])];
      rooms = made.map(({ room }) => room.id);
      const mediators = made.map(({ mediators: [user] }) => user!.id);
      const rows = Array.from({ length: 3000 }, (_, i) => {
        const factory = aCase(town).receivedOn(addDays('2020-01-01', i % 2000));
        factory.with({ searchTokens: searchTokens(i % 100 === 0 ? '工伤' : '工资') });
        factory.with({
          roomId: rooms[i % 2],
          mediatorId: mediators[i % 2],
          dueOn: addDays('2026-11-01', i % 30),
        });
        if (i % 10 > 0) factory.closedOn(addDays('2020-01-20', i % 2000)).with({ dueOn: '9999-12-31' });
        return factory.asRow();
      });
      for (let start = 0; start < rows.length; start += 500)
        await DisputeCase.bulkCreate(rows.slice(start, start + 500));
      dispatcher = await aReader(['dispatcher', town]);
      mediator = await aReader(['mediator', town]);
      Object.assign(mediator, { userId: mediators[0], roomIds: [rooms[0]] });
    });

    const LISTS: [string, () => Reader, CaseFilter, ListPlace?][] = [
      ['open', () => dispatcher, { state: 'open' }],
      ['one state', () => dispatcher, { state: 'awaitingRouting' }],
      ['overdue', () => dispatcher, { state: 'open', due: 'overdue' }],
      ['all', () => dispatcher, {}],
      ['closed', () => dispatcher, { state: 'closed' }, { sort: 'closed' }],
      [
        'received in a year',
        () => dispatcher,
        { receivedFrom: '2022-01-01', receivedTo: '2022-12-31' },
        { sort: 'received' },
      ],
      ['by amount', () => dispatcher, {}, { sort: 'claimed' }],
      ['of a type', () => dispatcher, { type: 'wages', state: 'closed' }, { sort: 'closed' }],
      ['my open', () => mediator, { mine: 'yes', state: 'open' }],
      ['open of my rooms', () => mediator, { state: 'open' }],
    ];
    for (const [name, reader, filter, place] of LISTS) {
      it(`${name}: neither the table is read through, nor the cases sorted`, async () => {
        const after = { value: filter.state === 'open' ? '2026-11-10' : '2022-06-01', id: town.id };
        for (const turn of [null, ...(place?.sort === 'claimed' ? [] : [after])])
          await expectIndexed(() => listCases(reader(), filter, { ...place, after: turn }), true);
      });
    }

    it('what few cases wait for: no town is read through for them', async () => {
      for (const awaits of ['decision', 'receipt', 'reassignment', 'redo', 'verification'] as const)
        for (const [sql, plan] of await plansOf(() => listCases(dispatcher, { awaits })))
          expect(plan, sql).not.to.match(/ix_cases_townId_dueOn_id \(townId=\?\)|SCAN/);
    });

    it('a text: only what was found is sorted', async () => {
      await expectIndexed(() => listCases(dispatcher, { text: '工伤' }), false);
    });
  });

  it('says its address so that it can be read again', async () => {
    const town = await aTown('地址镇');
    const reader = await aReader(['dispatcher', town]);
    const choices = await loadCaseListChoices(reader);
    const filter: CaseFilter = {
      state: 'closed',
      type: 'wages',
      receivedFrom: '2026-01-01',
      text: '50%&_',
      area: town.id,
    };
    const after = { value: '2026-05-01', id: town.id };
    const query = Object.fromEntries(
      new URL(caseListHref(filter, { sort: 'received', after }), 'http://x').searchParams,
    );
    const read = readCaseList(query, choices, reader);
    expect(read).to.deep.include({ filter, sort: 'received', after, before: null, errors: [] });
    const all = Object.fromEntries(new URL(caseListHref({}), 'http://x').searchParams);
    expect(readCaseList(all, choices, reader).filter).to.deep.equal({});
  });

  const WRONG: [Record<string, string>, string[]][] = [
    [{ state: 'nowhere' }, ['state']],
    [{ receivedFrom: '2022-02-30', type: 'wages' }, ['receivedFrom']],
    [{ receivedFrom: '2026-02-01', receivedTo: '2026-01-31' }, ['receivedTo']],
    [{ text: '%_' }, ['text']],
    [{ village: '1 OR 1=1', level: 'moon', due: 'never' }, ['due', 'level', 'village']],
    [{ sort: 'password', after: 'x', before: "1'_--" }, []],
  ];
  for (const [query, fields] of WRONG) {
    it(`leaves out what cannot be: ${JSON.stringify(query)}`, async () => {
      const reader = await aReader(['dispatcher', await aTown()]);
      const { filter, errors, sort, after } = readCaseList(query, await loadCaseListChoices(reader), reader);
      expect(errors.map(({ field }) => field).sort()).to.deep.equal(fields);
      for (const field of fields) expect(filter).not.to.have.property(field);
      expect([sort in CASE_SORTS, after]).to.deep.equal([true, null]);
    });
  }
});

/** Explains every statement on cases: an index leads to the rows and, with `ordered`, gives them in their order. */
async function expectIndexed(ask: () => Promise<unknown>, ordered: boolean): Promise<void> {
  for (const [sql, plan] of await plansOf(ask)) {
    expect(plan, sql).not.to.match(/SCAN DisputeCase|"table":"DisputeCase","type":"ALL"/);
    if (ordered && !/COUNT/.test(sql)) expect(plan, sql).not.to.match(/TEMP B-TREE|filesort/);
  }
}

/** The questions for beginnings of lists that were asked, each with the database's plan. */
async function plansOf(ask: () => Promise<unknown>): Promise<[sql: string, plan: string][]> {
  const lists = (await statementsOf(ask)).filter((sql) => /FROM `cases`/.test(sql) && /LIMIT/.test(sql));
  expect(lists).not.to.be.empty;
  return Promise.all(lists.map(async (sql): Promise<[string, string]> => [sql, await planOf(sql)]));
}
