import { expect } from 'chai';
import { RoleGrant, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { RoutingDecision } from '../../models/cases.ts';
import { RoomMediator } from '../../models/directory.ts';
import { OutboxMessage } from '../../models/notifications.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { readCaseList } from '../../server/cases/case-list.form.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import { loadCaseListChoices } from '../../server/cases/case-list-choices.queries.ts';
import { loadHome } from '../../server/cases/home.queries.ts';
import { presentHome } from '../../server/cases/home.presenter.ts';
import { readTicketFilter } from '../../server/hotline/ticket-list.form.ts';
import { listTickets } from '../../server/hotline/ticket-list.queries.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import type { WorkList } from '../../server/web/view-model.ts';
import { useDatabase } from '../support/database.ts';
import {
  aCase,
  anEnterprise,
  aReader,
  aRoom,
  aTicket,
  aTown,
  aUser,
  aVillage,
} from '../support/factories.ts';

/** A Monday. */
const TODAY = '2026-03-02';

const words = (key: string, values: Record<string, string | number> = {}): string =>
  [key, ...Object.values(values)].join(' ');

async function homeOf(reader: Reader): Promise<WorkList[]> {
  return presentHome(words, await loadHome(reader), TODAY).lists;
}

async function listOf(reader: Reader, name: string): Promise<WorkList> {
  const lists = await homeOf(reader);
  const found = lists.find(({ title }) => title.startsWith(`home.lists.${name}`));
  if (!found) throw new Error(`no list ${name} among ${lists.map(({ title }) => title).join()}`);
  return found;
}

/** How many rows the list behind a link has. */
async function countBehind(reader: Reader, href: string): Promise<number> {
  const { pathname, searchParams } = new URL(href, 'http://desk.example');
  const query = Object.fromEntries(searchParams);
  if (pathname === '/tickets') return (await listTickets(reader, readTicketFilter(query))).total;
  expect(pathname).to.equal('/cases');
  const { filter, errors } = readCaseList(query, await loadCaseListChoices(reader), reader);
  expect(errors).to.deep.equal([]);
  return (await listCases(reader, filter)).total;
}

const readerFor = async (user: User): Promise<Reader> => (await findSignedIn(user.id))!.reader;

describe('the desk', () => {
  useDatabase();
  let town: Area;

  beforeEach(async () => {
    setClock(() => instantOf(TODAY, '09:00'));
    town = await aTown();
  });
  afterEach(() => setClock());

  it('of a dispatcher of one village counts and names only its tickets, without phone numbers', async () => {
    const [own, other] = [await aVillage(town, '建南村'), await aVillage(town, '河塘村')];
    const title = '欠薪，电话13812345678';
    const ticket = await aTicket(town, TODAY, { villageId: own.id, title });
    await aTicket(town, '2026-03-01', { villageId: other.id, title: '邻村的工资，要跳楼' });
    const { count, items } = await listOf(await aReader(['dispatcher', own]), 'tickets');
    expect([count, items.map((item) => [item.title, item.href])]).to.deep.equal([
      1,
      [['欠薪，电话138****5678', `/tickets/${ticket.id}`]],
    ]);
  });

  it('of a dispatcher begins with danger and petitions, in red, then what has waited longest', async () => {
    for (let day = 10; day < 20; day++) await aTicket(town, `2026-02-${day}`, { title: `工资${day}` });
    await aTicket(town, TODAY, { title: '欠薪', content: '再不发就集体上访' });
    await aTicket(town, '2026-03-01', { title: '要跳楼' });
    await aTicket(town, '2026-01-01', { title: '跳楼', state: 'returned' });
    const { count, items } = await listOf(await aReader(['dispatcher', town]), 'tickets');
    expect(count).to.equal(12);
    expect(items.map(({ title, tag }) => [title, tag?.tone, tag?.text])).to.deep.equal([
      ['要跳楼', 'bad', 'routing.alarms.danger 跳楼'],
      ['欠薪', 'bad', 'routing.alarms.petition 上访'],
      ...[10, 11, 12, 13].map((day) => [`工资${day}`, undefined, undefined]),
    ]);
    expect(items[2]!.due).to.deep.equal({ text: 'cases.due.overdue 19', tone: 'bad' });
  });

  it('of a mediator begins with what presses, whatever its stage: overdue first, then the nearest day', async () => {
    const { room, mediators } = await aRoom(town, town, ['周强', '陈静']);
    const [own, colleague] = mediators;
    const dueOn = (day: CalendarDay, title: string, of: User = own!) =>
      aCase(town)
        .routedTo('town')
        .with({ title, dueOn: day, dueKind: 'statutory', roomId: room.id, mediatorId: of.id });
    await dueOn('2026-03-04', '后天').inState('inMediation').saved();
    await dueOn('2026-02-20', '分期款')
      .closedOn('2026-01-20', 'settledByInstalments')
      .with({ dueKind: 'instalment', performance: 'performing' })
      .saved();
    await dueOn(TODAY, '今天').inState('awaitingSignature').saved();
    await dueOn('2026-02-27', '首次联系').saved();
    await dueOn('2026-03-05', '还早').saved();
    await dueOn('2026-02-01', '同事的', colleague).saved();
    const reader = await readerFor(own!);
    const [first] = await homeOf(reader);
    expect(first!.items.map(({ title, due }) => [title, due?.tone, due?.text])).to.deep.equal([
      ['分期款', 'bad', 'cases.due.overdue 10'],
      ['首次联系', 'bad', 'cases.due.overdue 3'],
      ['今天', 'warn', 'cases.due.today'],
      ['后天', 'warn', 'cases.due.left 2'],
    ]);
    expect(await countBehind(reader, first!.all!.href)).to.equal(first!.count);
  });

  describe('of an official', () => {
    let official: Reader;
    beforeEach(async () => (official = await aReader(['official', town])));

    it('names the tickets that wait longer than a working day, and opens exactly those', async () => {
      const neighbour = await aTown('长泾镇');
      const late = await aTicket(town, '2026-02-26', { title: '星期四的' });
      // Due on Monday, which is today: Friday's and the weekend's are not late.
      for (const day of ['2026-02-27', '2026-03-01', TODAY]) await aTicket(town, day);
      await aTicket(town, '2026-02-10', { state: 'returned' });
      await aTicket(neighbour, '2026-02-10');
      const { count, items, all } = await listOf(official, 'lateTickets');
      expect([count, items.map(({ href }) => href)]).to.deep.equal([1, [`/tickets/${late.id}`]]);
      const { rows } = await listTickets(official, { state: 'awaitingRouting', late: 'yes' });
      expect(rows.map(({ ticket }) => ticket.id)).to.deep.equal([late.id]);
      expect(await countBehind(official, all!.href)).to.equal(1);
    });

    it('names who has not paid by the day, not who waits for a second person’s look', async () => {
      const paying = (dueOn: CalendarDay, performance: 'performing' | 'breached') =>
        aCase(town)
          .closedOn('2026-01-20', 'settledByInstalments')
          .with({ dueOn, dueKind: 'instalment', performance })
          .saved();
      const unpaid = await paying('2026-03-01', 'breached');
      await paying('2026-03-01', 'performing');
      const { count, items, all } = await listOf(official, 'breach');
      expect([count, items.map(({ href }) => href)]).to.deep.equal([1, [`/cases/${unpaid.id}`]]);
      expect(await countBehind(official, all!.href)).to.equal(1);
    });

    it('names the open cases that were last routed for danger, and the collective ones', async () => {
      const { room, mediators } = await aRoom(town, town, ['周强']);
      const routed = async (...rules: string[]) => {
        const disputeCase = await aCase(town).saved();
        for (const [index, rule] of rules.entries())
          await RoutingDecision.create({
            ...{ caseId: disputeCase.id, at: instantOf('2026-03-01', `0${index + 1}:00`), rule },
            ...{ decidedById: mediators[0]!.id, mediatorId: mediators[0]!.id, roomId: room.id },
            ...{ level: 'town', inputs: {} },
          });
        return disputeCase;
      };
      const danger = await routed('village', 'danger');
      await routed('danger', 'village');
      await (await routed('danger')).update({ closedOn: TODAY, outcome: 'failed', state: 'closed' });
      const alarm = await listOf(official, 'alarm');
      expect(alarm.items.map(({ href }) => href)).to.deep.equal([`/cases/${danger.id}`]);
      expect(await countBehind(official, alarm.all!.href)).to.equal(1);
      const group = await aCase(town).with({ collective: true, workers: 12 }).saved();
      const groups = await listOf(official, 'groups');
      expect(groups.items.map(({ href }) => href)).to.deep.equal([`/cases/${group.id}`]);
      expect(await countBehind(official, groups.all!.href)).to.equal(1);
    });

    it('says who and where is late, each figure opening the cases that it counts', async () => {
      const village = await aVillage(town, '建南村');
      const { room, mediators } = await aRoom(town, village, ['周强', '陈静']);
      const late = (mediator: User | undefined, dueOn: CalendarDay) =>
        aCase(town)
          .with({ dueOn, dueKind: 'statutory' })
          .with(mediator ? { mediatorId: mediator.id, roomId: room.id, state: 'awaitingAcceptance' } : {});
      const [first, second] = mediators;
      await late(first, '2026-02-20').in(village).saved();
      await late(second, '2026-02-10').in(village).saved();
      await late(second, '2026-02-27').saved();
      await late(undefined, '2026-02-28').saved();
      await late(first, TODAY).saved();
      const byMediator = await listOf(official, 'overdueByMediator');
      expect(byMediator.items.map(({ title, due, meta }) => [title, due?.text, meta])).to.deep.equal([
        ['陈静', 'home.count 2', 'home.earliest 2026-02-10'],
        ['周强', 'home.count 1', 'home.earliest 2026-02-20'],
        ['home.noMediator', 'home.count 1', 'home.earliest 2026-02-28'],
      ]);
      const byVillage = await listOf(official, 'overdueByVillage');
      expect(byVillage.items.map(({ title }) => title)).to.deep.equal(['建南村', 'home.noVillage']);
      for (const { count, items, all } of [byMediator, byVillage]) {
        expect(count).to.equal(4);
        expect(await countBehind(official, all!.href)).to.equal(4);
        for (const { due, href } of items)
          expect(due?.text).to.equal(`home.count ${await countBehind(official, href)}`);
      }
    });
  });

  describe('of whoever keeps the rooms', () => {
    const endings: [string, (user: User, roomId: string) => Promise<unknown>][] = [
      [
        'left the room',
        (user) => RoomMediator.update({ activeTo: '2026-03-01' }, { where: { userId: user.id } }),
      ],
      ['has no account any more', (user) => user.update({ endedAt: new Date(0) })],
      [
        'lost the role',
        (user) =>
          RoleGrant.update({ endedAt: new Date(0) }, { where: { userId: user.id, role: 'mediator' } }),
      ],
    ];
    for (const [told, end] of endings) {
      it(`shows cases of a mediator who ${told}, with the way to reassign them`, async () => {
        const { room, mediators } = await aRoom(town, town, ['周强', '陈静']);
        const [gone, present] = mediators as [User, User];
        const with_ = (user: User) =>
          aCase(town).routedTo('town').with({ roomId: room.id, mediatorId: user.id, dueOn: '2026-03-20' });
        const left = await with_(gone).saved();
        await with_(gone).closedOn('2026-02-01', 'failed').saved();
        await with_(present).saved();
        const dispatcher = await aReader(['dispatcher', town]);
        const before = (await homeOf(dispatcher)).map(({ title }) => title);
        expect(before.join()).not.to.contain('home.lists.reassignment');
        await end(gone, room.id);
        const { count, items, all } = await listOf(dispatcher, 'reassignment');
        expect([count, items.map(({ href }) => href)]).to.deep.equal([1, [`/cases/${left.id}/routing`]]);
        expect(items[0]!.tag).to.deep.equal({ text: 'home.mediatorGone', tone: 'bad' });
        expect(await countBehind(dispatcher, all!.href)).to.equal(1);
        const [person] = (await listOf(await aReader(['administrator', town]), 'leftBehind')).items;
        expect([person?.title, person?.href, person?.due?.text]).to.deep.equal([
          '周强',
          `/users/${gone.id}`,
          'home.count 1',
        ]);
      });
    }

    it('does not take a role in another town for being there', async () => {
      const { room, mediators } = await aRoom(town, town, ['周强']);
      const [user] = mediators as [User];
      await aCase(town).routedTo('town').with({ roomId: room.id, mediatorId: user.id }).saved();
      await RoleGrant.update({ endedAt: new Date(0) }, { where: { userId: user.id } });
      await RoleGrant.create({ userId: user.id, role: 'mediator', areaId: (await aTown('长泾镇')).id });
      expect((await listOf(await aReader(['dispatcher', town]), 'reassignment')).count).to.equal(1);
    });

    it('shows an administrator whom no message reached, of their own area and still in service', async () => {
      const inTown = await aUser('周强', 'mediator', town);
      const gone = await aUser('陈静', 'mediator', town);
      const elsewhere = await aUser('别镇的', 'mediator', await aTown('长泾镇'));
      await User.update({ endedAt: new Date(0) }, { where: { id: gone.id } });
      for (const [user, state, digestOn] of [
        [inTown, 'dead', '2026-02-26'],
        [inTown, 'dead', '2026-02-27'],
        [inTown, 'sent', TODAY],
        [gone, 'dead', TODAY],
        [elsewhere, 'dead', TODAY],
      ] as const)
        await OutboxMessage.create({ userId: user.id, channel: 'mail', digestOn, state, dueAt: new Date(0) });
      const { count, items, all } = await listOf(await aReader(['administrator', town]), 'undelivered');
      expect([count, all!.href, items.map(({ title, href, due }) => [title, href, due?.text])]).to.deep.equal(
        [1, '/outbox', [['周强', `/users/${inTown.id}`, 'home.messages 2']]],
      );
    });

    it('shows new mediators without a room, and leads to the room that is theirs', async () => {
      const village = await aVillage(town, '建南村');
      const enterprise = await anEnterprise(town, '江阴宏达针织有限公司', { villageId: village.id });
      const ofVillage = await aRoom(town, village, ['吴敏']);
      const ofEnterprise = await aRoom(town, village, [], enterprise);
      await aUser('何新', 'mediator', village);
      const worker = await aUser('郑工');
      await RoleGrant.create({
        userId: worker.id,
        role: 'mediator',
        areaId: village.id,
        enterpriseId: enterprise.id,
      });
      await aUser('别镇的', 'mediator', await aTown('长泾镇'));
      for (const role of ['dispatcher', 'administrator'] as const) {
        const { count, items } = await listOf(await aReader([role, town]), 'roomless');
        expect(count).to.equal(2);
        expect(items.map(({ title, href }) => `${title} ${href}`)).to.have.members([
          `何新 /rooms/${ofVillage.room.id}`,
          `郑工 /rooms/${ofEnterprise.room.id}`,
        ]);
      }
    });
  });
});
