import { expect } from 'chai';
import { AuditEntry, RoleGrant, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { CaseEvent, Claim, Claimant, DisputeCase, Respondent, RoutingDecision } from '../../models/cases.ts';
import { EnterpriseAlias, RoomMediator, type Enterprise, type Room } from '../../models/directory.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { routeFields } from '../../server/case-routing/proposal.presenter.ts';
import {
  listRouting,
  proposeForCase,
  proposeForTicket,
  relatedFor,
  ROUTING_PAGE,
  type RoutingRow,
} from '../../server/case-routing/proposals.queries.ts';
import {
  confirmAll,
  confirmRoute,
  reassignCase,
  routeCase,
} from '../../server/case-routing/routing.service.ts';
import { presentRoutingTable } from '../../server/case-routing/routing-table.presenter.ts';
import { presentTicket } from '../../server/case-routing/ticket-page.presenter.ts';
import { loadTicketPage } from '../../server/case-routing/ticket-page.queries.ts';
import { loadDesks } from '../../server/case-routing/town.queries.ts';
import { alarmsAmongCases } from '../../server/cases/case-alarms.queries.ts';
import { linkTicket } from '../../server/case-routing/ticket-link.service.ts';
import { eventLines } from '../../server/cases/event.presenter.ts';
import { returnTicket } from '../../server/hotline/ticket-handling.service.ts';
import { handBack, takeOver } from '../../server/mediation/mediation.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { Conflict, DomainError, NotFound, Stale, Unacceptable } from '../../server/shared/errors.ts';
import { newId } from '../../server/shared/ids.ts';
import { LANGUAGES } from '../../server/shared/language.ts';
import { translator } from '../../server/web/language.ts';
import { useDatabase } from '../support/database.ts';
import {
  aCase,
  aClaimant,
  anEnterprise,
  aReader,
  aRoom,
  aTicket,
  aTown,
  aVillage,
} from '../support/factories.ts';
import { statementsOf } from '../support/statements.ts';

const DAY = '2026-03-02';

/** A town with two mediators, a village with one, and an enterprise in the village whose committee has one. */
interface World {
  town: Area;
  village: Area;
  enterprise: Enterprise;
  townRoom: Room;
  townMediators: User[];
  villageRoom: Room;
  villageMediator: User;
  committeeRoom: Room;
  committeeMediator: User;
  dispatcher: Reader;
}

async function aWorld(): Promise<World> {
  const town = await aTown();
  const village = await aVillage(town, '建南村');
  const enterprise = await anEnterprise(town, '江阴市宏达针织有限公司', {
    villageId: village.id,
    creditCode: `9132028${newId().slice(-11).toUpperCase()}`,
    hasCommittee: true,
  });
  const ofTown = await aRoom(town, town, ['周强', '陈静']);
  const ofVillage = await aRoom(town, village, ['吴敏']);
  const ofCommittee = await aRoom(town, village, ['郑工'], enterprise);
  return {
    town,
    village,
    enterprise,
    townRoom: ofTown.room,
    townMediators: ofTown.mediators,
    villageRoom: ofVillage.room,
    villageMediator: ofVillage.mediators[0]!,
    committeeRoom: ofCommittee.room,
    committeeMediator: ofCommittee.mediators[0]!,
    dispatcher: await aReader(['dispatcher', town]),
  };
}

async function failure(work: Promise<unknown>): Promise<DomainError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

const readerFor = async (user: User): Promise<Reader> => (await findSignedIn(user.id))!.reader;

describe('routing tickets and cases', () => {
  useDatabase();
  let world: World;

  beforeEach(async () => {
    setClock(() => instantOf(DAY, '09:30'));
    world = await aWorld();
  });
  afterEach(() => setClock());

  const waiting = (values: Parameters<typeof aTicket>[2] = {}, on = DAY): Promise<Ticket> =>
    aTicket(world.town, on, {
      title: '拖欠工资',
      content: '要求支付二月份工资。',
      respondentText: '宏达针织',
      workers: 1,
      amountFen: 800_000,
      callerName: '李强',
      ...values,
    });

  const rowOf = async (ticket: Ticket): Promise<RoutingRow> => {
    const { rows } = await listRouting(world.dispatcher, {});
    return rows.find((row) => row.ticket.id === ticket.id)!;
  };

  describe('the rules, from ticket to case', () => {
    const committee = (): Parameters<typeof confirmRoute>[3] => ({ enterpriseConsent: true });
    const cases: {
      rule: string;
      level: 'town' | 'village' | 'enterprise';
      ticket: Parameters<typeof aTicket>[2];
      choice?: () => Parameters<typeof confirmRoute>[3];
      prepare?: () => Promise<unknown>;
    }[] = [
      { rule: 'danger', level: 'town', ticket: { content: '再不发工资就从楼上跳楼。' } },
      { rule: 'group', level: 'town', ticket: { workers: 10 } },
      { rule: 'absconding', level: 'town', ticket: { content: '老板跑路了，找不到人。' } },
      { rule: 'absconding', level: 'town', ticket: { workers: 10, amountFen: 6_000_000 } },
      { rule: 'construction', level: 'town', ticket: { content: '在工地干活没拿到钱。' } },
      { rule: 'authority', level: 'town', ticket: { content: '要求补缴社保。' } },
      { rule: 'largeAmount', level: 'town', ticket: { amountFen: 5_000_000 } },
      {
        rule: 'warned',
        level: 'town',
        ticket: {},
        prepare: () => world.enterprise.update({ warningLevel: 'red' }),
      },
      { rule: 'enterprise', level: 'enterprise', ticket: {}, choice: committee },
      { rule: 'village', level: 'village', ticket: {} },
    ];
    for (const { rule, level, ticket: values, choice, prepare } of cases) {
      const { workers = 1, amountFen = 800_000 } = values ?? {};
      it(`${rule}: ${workers} workers, ${amountFen} fen, goes to the ${level}`, async () => {
        await prepare?.();
        const ticket = await waiting(values);
        const made = await confirmRoute(world.dispatcher, ticket.id, 0, choice?.());
        const decision = (await RoutingDecision.findOne({ where: { caseId: made.id } }))!;
        // The criminal amount of ten workers is named beside the rule for groups, which stands before it.
        expect(decision.rule).to.equal(workers === 10 ? 'group' : rule);
        expect([made.level, made.firstLevel, decision.level, decision.proposedLevel]).to.deep.equal(
          Array.from({ length: 4 }, () => level),
        );
        expect(made.state).to.equal('awaitingAcceptance');
        expect(decision.reason).to.equal(null);
      });
    }

    it('makes the whole case of the ticket', async () => {
      const phone = '13812345678';
      const ticket = await waiting({
        villageId: world.village.id,
        callerPhone: phone,
        callerPhoneHash: lookupHash(phone),
        gender: 'female',
        migrant: true,
        workers: 3,
      });
      const made = await confirmRoute(world.dispatcher, ticket.id, 0);
      await ticket.reload();
      expect([ticket.state, ticket.caseId, ticket.version]).to.deep.equal(['linked', made.id, 1]);
      expect(made).to.include({
        source: 'hotline',
        hasTicket: true,
        workers: 3,
        collective: false,
        enterpriseId: world.enterprise.id,
        villageId: world.village.id,
        roomId: world.villageRoom.id,
        mediatorId: world.villageMediator.id,
        primaryType: 'wages',
        claimedFen: 800_000,
        workerConsentOn: null,
        respondentName: '江阴市宏达针织有限公司',
      });
      expect(made.routedAt?.getTime()).to.equal(instantOf(DAY, '09:30').getTime());
      expect(made.dueKind).to.equal('firstContact');
      const [claimant] = await Claimant.findAll({ where: { caseId: made.id } });
      expect(claimant).to.include({
        name: '李强',
        gender: 'female',
        migrant: true,
        phone,
        phoneHash: lookupHash(phone),
      });
      const [claim] = await Claim.findAll({ where: { caseId: made.id } });
      expect(claim).to.include({ type: 'wages', claimedFen: 800_000 });
      const [respondent] = await Respondent.findAll({ where: { caseId: made.id } });
      expect(respondent).to.include({ part: 'employer', enterpriseId: world.enterprise.id });
      const events = await CaseEvent.findAll({ where: { caseId: made.id }, order: [['id', 'ASC']] });
      expect(events.map(({ action }) => action)).to.deep.equal(['register', 'route']);
      const decision = (await RoutingDecision.findOne({ where: { caseId: made.id } }))!;
      const inputs = decision.inputs as Record<string, Record<string, unknown>>;
      expect(inputs['thresholds']).to.include({ groupWorkers: 10, townAmountFen: 5_000_000 });
      expect(inputs['enterprise']).to.include({ matchedBy: 'normalisedName', complainantsInWindow: 1 });
    });

    it('keeps the name of an anonymous caller out of the case', async () => {
      const ticket = await waiting({ anonymous: true, callerName: '李强' });
      const { id } = await confirmRoute(world.dispatcher, ticket.id, 0);
      expect((await Claimant.findOne({ where: { caseId: id } }))!.name).to.equal('匿名诉求人');
    });

    it('takes the ticket’s village for an unknown enterprise, and the town without any', async () => {
      const known = await waiting({ respondentText: '某小店', villageId: world.village.id });
      const nowhere = await waiting({ respondentText: null, content: null, title: '欠薪', workers: null });
      const inVillage = await confirmRoute(world.dispatcher, known.id, 0);
      const inTown = await confirmRoute(world.dispatcher, nowhere.id, 0);
      expect([inVillage.level, inVillage.enterpriseId, inVillage.respondentName]).to.deep.equal([
        'village',
        null,
        '某小店',
      ]);
      expect([inTown.level, inTown.villageId]).to.deep.equal(['town', null]);
    });

    it('falls back to the town when nobody mediates in the village', async () => {
      await RoomMediator.update({ activeTo: '2026-03-01' }, { where: { roomId: world.villageRoom.id } });
      const { level, roomId } = await confirmRoute(world.dispatcher, (await waiting()).id, 0);
      expect([level, roomId]).to.deep.equal(['town', world.townRoom.id]);
    });

    it('refuses when nobody mediates anywhere', async () => {
      await User.update({ endedAt: new Date(0) }, { where: { id: world.townMediators.map(({ id }) => id) } });
      await RoleGrant.update({ endedAt: new Date(0) }, { where: { userId: world.villageMediator.id } });
      const ticket = await waiting();
      const refused = await failure(confirmRoute(world.dispatcher, ticket.id, 0));
      expect(refused.sentence).to.equal('routing.errors.nobody');
      await ticket.reload();
      expect(ticket.state).to.equal('awaitingRouting');
      expect(await DisputeCase.count({ where: { townId: world.town.id } })).to.equal(0);
    });
  });

  describe('recognising the enterprise', () => {
    it('by credit code, name, alias and normalised name', async () => {
      await EnterpriseAlias.create({
        enterpriseId: world.enterprise.id,
        alias: '老宏达',
        normalisedAlias: '老宏达',
      });
      const by = async (values: Parameters<typeof aTicket>[2]): Promise<unknown> =>
        (await proposeForTicket(await waiting(values))).matchedBy;
      expect(
        await by({ respondentCreditCode: world.enterprise.creditCode, respondentText: '别的' }),
      ).to.equal('creditCode');
      expect(await by({ respondentText: '江阴市宏达针织有限公司' })).to.equal('name');
      expect(await by({ respondentText: '老宏达' })).to.equal('alias');
      expect(await by({ respondentText: '江阴市宏达针织（有限公司）' })).to.equal('normalisedName');
      expect(await by({ respondentText: '不认识' })).to.equal(null);
    });

    it('takes the dispatcher’s word, and refuses a name that the directory does not have', async () => {
      const other = await anEnterprise(world.town, '江阴市大成机械有限公司');
      const ticket = await waiting();
      const refused = await failure(
        confirmRoute(world.dispatcher, ticket.id, 0, { enterprise: '没有这家公司' }),
      );
      expect(refused).to.include({ sentence: 'routing.errors.enterpriseUnknown', field: 'enterprise' });
      const made = await confirmRoute(world.dispatcher, ticket.id, 0, { enterprise: other.name });
      expect([made.enterpriseId, made.level]).to.deep.equal([other.id, 'town']);
    });

    it('does not look at another town’s enterprises', async () => {
      const elsewhere = await aTown('长泾镇');
      await anEnterprise(elsewhere, '外镇独有有限公司');
      const { enterprise } = await proposeForTicket(await waiting({ respondentText: '外镇独有有限公司' }));
      expect(enterprise).to.equal(null);
    });
  });

  describe('the mediator', () => {
    it('is the one with the fewest open cases, counting along within a page', async () => {
      const [first, second] = world.townMediators;
      await aCase(world.town).routedTo('town').with({ mediatorId: first!.id }).saved();
      await aCase(world.town).closedOn(DAY).with({ mediatorId: second!.id }).saved();
      for (let n = 0; n < 4; n++) await waiting({ workers: 12 });
      const { rows } = await listRouting(world.dispatcher, {});
      expect(rows.map(({ proposal }) => proposal.desk?.mediatorId)).to.deep.equal(
        [second, first, second, first].map((mediator) => mediator!.id),
      );
      expect(rows.map(({ proposal }) => proposal.desk?.openCases)).to.deep.equal([0, 1, 0, 1]);
    });

    it('of a row differs from the ticket’s own page only where the row says why', async () => {
      for (let n = 0; n < 2; n++) await waiting({ workers: 12 });
      const page = await listRouting(world.dispatcher, {});
      const [above, below] = page.rows.map(({ proposal }) => proposal);
      const [first, second] = [above!.desk!.mediatorName, below!.desk!.mediatorName];
      expect([first, second]).to.have.members(world.townMediators.map(({ displayName }) => displayName));
      expect((await proposeForTicket(page.rows[1]!.ticket)).desk!.mediatorName).to.equal(first);
      expect([above!.insteadOf, below!.insteadOf!.mediatorName]).to.deep.equal([null, first]);
      const { table } = presentRoutingTable(translator('zh-CN'), page, newId());
      expect(table.rows.map(({ cells }) => cells[3]!.secondary)).to.deep.equal([
        `${first}（在办0件）`,
        `${second}（在办0件）；轮派：${first}本页已有1件`,
      ]);
    });

    it('of the enterprise’s committee does not get a dispute to which they are a party', async () => {
      const ticket = await waiting({ callerName: '郑工' });
      const { routing } = await proposeForTicket(ticket, { enterpriseConsent: true });
      expect(routing.level).to.equal('village');
    });

    it('of a committee does not take the own enterprise’s dispute in another room either', async () => {
      const { committeeMediator, villageRoom, village } = world;
      await RoomMediator.create({
        roomId: villageRoom.id,
        userId: committeeMediator.id,
        activeFrom: '2020-01-01',
      });
      await RoleGrant.create({ userId: committeeMediator.id, role: 'mediator', areaId: village.id });
      const { desks } = await proposeForTicket(await waiting());
      expect(
        desks.filter(({ mediatorId }) => mediatorId === committeeMediator.id).map(({ level }) => level),
      ).to.deep.equal(['enterprise']);
    });
  });

  describe('the third complaint of different workers', () => {
    it('goes to the town; the same worker is counted once, and only within the window', async () => {
      const { town, enterprise } = world;
      const old = await aCase(town).receivedOn('2025-11-01').with({ enterpriseId: enterprise.id }).saved();
      await aClaimant(old, { phoneHash: 'long ago' });
      const recent = await aCase(town).receivedOn('2026-02-01').with({ enterpriseId: enterprise.id }).saved();
      await aClaimant(recent, { phoneHash: 'one' });
      const mistake = await aCase(town)
        .receivedOn('2026-02-02')
        .closedOn('2026-02-02', 'void')
        .with({ enterpriseId: enterprise.id })
        .saved();
      await aClaimant(mistake, { phoneHash: 'mistake' });
      const again = await waiting({ callerPhoneHash: 'one' }, '2026-02-20');
      const second = await waiting({ callerPhoneHash: 'two' }, '2026-02-27');
      const third = await waiting({ callerPhoneHash: 'three' });
      expect((await rowOf(again)).proposal).to.include({ complainantsInWindow: 1 });
      expect((await rowOf(second)).proposal).to.include({ complainantsInWindow: 2 });
      const { proposal } = await rowOf(third);
      expect(proposal.complainantsInWindow).to.equal(3);
      expect(proposal.routing).to.include({ ruleCode: 'repeated', level: 'town' });
    });
  });

  describe('what else is there', () => {
    it('shows other tickets and open cases on the same enterprise, and the same phone', async () => {
      const { town, enterprise } = world;
      const first = await waiting({ callerPhoneHash: 'same' }, '2026-02-25');
      const second = await waiting({ callerPhoneHash: 'same', workers: 4 });
      const stranger = await waiting({ respondentText: '不认识' });
      const open = await aCase(town)
        .receivedOn('2026-02-10')
        .of(6)
        .with({ enterpriseId: enterprise.id })
        .saved();
      const linked = await aTicket(town, '2026-02-10', { caseId: open.id });
      await aCase(town)
        .receivedOn('2026-02-11')
        .closedOn('2026-02-20')
        .with({ enterpriseId: enterprise.id })
        .saved();
      await aCase(town).receivedOn('2026-01-10').with({ enterpriseId: enterprise.id }).saved();
      const { related } = await rowOf(second);
      expect(related.sameEnterprise.waiting.map(({ id }) => id)).to.deep.equal([first.id]);
      expect(related.sameEnterprise.cases.map(({ id }) => id)).to.deep.equal([open.id]);
      expect(related.sameEnterprise.cases[0]!.ticketNumbers).to.deep.equal([linked.number]);
      expect(related.duplicates.waiting.map(({ id }) => id)).to.deep.equal([first.id]);
      expect(related.workersTogether).to.equal(4 + 1 + 6);
      const alone = (await rowOf(stranger)).related;
      expect([alone.sameEnterprise, alone.duplicates]).to.deep.equal([
        { waiting: [], cases: [] },
        { waiting: [], cases: [] },
      ]);
    });
  });

  describe('related without a name in the directory', () => {
    it('shows tickets and walk-in cases against the same name, however it is written, within reach', async () => {
      const { town, village, dispatcher } = world;
      const neighbour = await aVillage(town, '河塘村');
      const ticket = await waiting({ respondentText: '江阴张记制衣有限公司', villageId: village.id });
      const other = await waiting({ respondentText: '江阴张记制衣（有限公司）', villageId: village.id });
      const walkIn = await aCase(town)
        .receivedOn('2026-02-20')
        .in(village)
        .with({ respondentName: '江阴张记制衣公司' })
        .saved();
      const next = await aCase(town)
        .receivedOn('2026-02-20')
        .in(neighbour)
        .with({ respondentName: '江阴张记制衣有限公司' })
        .saved();
      await aCase(town).receivedOn('2026-01-02').with({ respondentName: '江阴张记制衣有限公司' }).saved();
      await aCase(town)
        .receivedOn('2026-02-20')
        .closedOn('2026-02-21')
        .with({ respondentName: '江阴张记制衣有限公司' })
        .saved();
      const { related } = await rowOf(ticket);
      expect(related.sameEnterprise.waiting.map(({ id }) => id)).to.deep.equal([other.id]);
      expect(related.sameEnterprise.cases.map(({ id }) => id)).to.have.members([walkIn.id, next.id]);
      const clerk = await aReader(['dispatcher', village]);
      const page = await loadTicketPage(clerk, ticket.id);
      expect(page.related!.sameEnterprise.cases.map(({ id }) => id)).to.deep.equal([walkIn.id]);
      const ofCase = relatedFor(dispatcher, await proposeForCase(walkIn));
      expect(ofCase.sameEnterprise.waiting.map(({ id }) => id)).to.have.members([ticket.id, other.id]);
      expect(ofCase.sameEnterprise.cases.map(({ id }) => id)).to.deep.equal([next.id]);
    });

    it('recognises a walk-in’s respondent that has come into the directory since', async () => {
      const walkIn = await aCase(world.town)
        .receivedOn('2026-02-20')
        .with({ respondentName: '宏达针织' })
        .saved();
      const { related } = await rowOf(await waiting());
      expect(related.sameEnterprise.cases.map(({ id }) => id)).to.deep.equal([walkIn.id]);
    });

    it('takes nobody for somebody', async () => {
      for (const respondentText of ['不详', '被申请人不详', '无', '', null]) {
        await waiting({ respondentText });
        const ticket = await waiting({ respondentText });
        const { waiting: others, cases } = (await rowOf(ticket)).related.sameEnterprise;
        expect([...others, ...cases], String(respondentText)).to.deep.equal([]);
      }
    });
  });

  describe('the table', () => {
    const ticked = async (): Promise<Map<string, boolean | undefined>> => {
      const page = await listRouting(world.dispatcher, {});
      const { table } = presentRoutingTable(translator('zh-CN'), page, newId());
      return new Map(table.rows.map(({ cells, select }) => [cells[0]!.text, select?.checked]));
    };

    it('ticks a plain proposal', async () => {
      await world.enterprise.update({ hasCommittee: false });
      const { number } = await waiting();
      expect((await ticked()).get(number)).to.equal(true);
    });

    for (const [told, values, prepare] of [
      ['danger', { content: '再不发工资就跳楼' }],
      ['a way to petition', { content: '再不解决就上访' }],
      ['a group', { workers: 12 }],
      ['a matter for an authority', { content: '公司不给交社保' }],
      ['a large amount', { amountFen: 5_000_000 }],
      ['an unknown enterprise', { respondentText: '不认识的厂' }],
      ['a committee whose consent is not asked', {}, () => world.enterprise.update({ hasCommittee: true })],
      [
        'another ticket of the phone',
        { callerPhoneHash: 'p', respondentText: '宏达针织' },
        () =>
          aCase(world.town)
            .receivedOn(DAY)
            .saved()
            .then((made) => aClaimant(made, { phoneHash: 'p' })),
      ],
      [
        'a case of the enterprise',
        {},
        () => aCase(world.town).receivedOn(DAY).with({ enterpriseId: world.enterprise.id }).saved(),
      ],
      [
        'nobody in the village',
        {},
        () => RoomMediator.update({ activeTo: '2026-03-01' }, { where: { roomId: world.villageRoom.id } }),
      ],
    ] as [string, Parameters<typeof aTicket>[2], (() => Promise<unknown>)?][]) {
      it(`leaves unticked what has a remark: ${told}`, async () => {
        await world.enterprise.update({ hasCommittee: false });
        await prepare?.();
        const { number } = await waiting(values);
        expect((await ticked()).get(number)).to.equal(false);
      });
    }

    it('has danger and petitions first, in red and with their words, on every page', async () => {
      const numbers: string[] = [];
      for (let n = 0; n < ROUTING_PAGE; n++) numbers.push((await waiting({}, '2026-02-20')).number);
      const petition = await waiting({ content: '工资不给就去集访' });
      const danger = await waiting({ title: '有人要跳楼' });
      const first = await listRouting(world.dispatcher, {});
      const { table } = presentRoutingTable(translator('zh-CN'), first, newId());
      expect(table.rows.slice(0, 2).map(({ cells: [cell] }) => [cell!.text, cell!.tag])).to.deep.equal([
        [petition.number, { text: '上访苗头：集访', tone: 'bad' }],
        [danger.number, { text: '危险：跳楼', tone: 'bad' }],
      ]);
      expect([first.rows.length, first.total]).to.deep.equal([ROUTING_PAGE, ROUTING_PAGE + 2]);
      const second = await listRouting(world.dispatcher, { after: first.older! });
      expect(second.rows.map(({ ticket }) => ticket.number)).to.deep.equal([
        petition.number,
        danger.number,
        ...numbers.slice(-2),
      ]);
    });

    it('is not longer than what can be confirmed at once, however much sounds an alarm', async () => {
      for (let n = 0; n < ROUTING_PAGE + 5; n++) await waiting({ content: '要上访' });
      const first = await listRouting(world.dispatcher, {});
      const second = await listRouting(world.dispatcher, { after: first.older! });
      expect([first.rows.length, second.rows.length]).to.deep.equal([ROUTING_PAGE, 25]);
      const seen = new Set([...first.rows, ...second.rows].map(({ ticket }) => ticket.id));
      expect(seen.size).to.equal(ROUTING_PAGE + 5);
    });

    it('a ticket’s page says it too, also to who cannot route it', async () => {
      const ticket = await waiting({ content: '再不发就上访' });
      for (const reader of [world.dispatcher, await aReader(['official', world.town])]) {
        const page = await loadTicketPage(reader, ticket.id);
        const { header } = presentTicket(translator('zh-CN'), { ...page, key: newId() });
        expect(header.tags[0]).to.deep.equal({ text: '上访苗头：上访', tone: 'bad' });
      }
      await ticket.update({ state: 'returned', returnReason: 'duplicate' });
      expect((await loadTicketPage(world.dispatcher, ticket.id)).alarms).to.deep.equal([]);
    });
  });

  describe('choosing otherwise', () => {
    const townDesk = () => ({ roomId: world.townRoom.id, mediatorId: world.townMediators[1]!.id });

    it('needs a reason, which is kept beside the proposal', async () => {
      const ticket = await waiting();
      const refused = await failure(confirmRoute(world.dispatcher, ticket.id, 0, { desk: townDesk() }));
      expect(refused).to.include({ sentence: 'routing.errors.reasonWanted', field: 'reason' });
      const made = await confirmRoute(world.dispatcher, ticket.id, 0, {
        desk: townDesk(),
        reason: '村调解员本周外出',
      });
      expect([made.level, made.mediatorId]).to.deep.equal(['town', townDesk().mediatorId]);
      const decision = (await RoutingDecision.findOne({ where: { caseId: made.id } }))!;
      expect(decision).to.include({
        rule: 'village',
        proposedLevel: 'village',
        proposedRoomId: world.villageRoom.id,
        level: 'town',
        reason: '村调解员本周外出',
      });
    });

    it('never gives a worker’s name to the enterprise without consent, committee and name', async () => {
      const desk = { roomId: world.committeeRoom.id, mediatorId: world.committeeMediator.id };
      const choice = { desk, reason: '劳动者希望在厂里解决' };
      const ticket = await waiting();
      const anonymous = await waiting({ anonymous: true });
      expect(await failure(confirmRoute(world.dispatcher, ticket.id, 0, choice))).to.include({
        sentence: 'routing.errors.consentWanted',
        field: 'consent',
      });
      const consenting = { ...choice, enterpriseConsent: true };
      expect(await failure(confirmRoute(world.dispatcher, anonymous.id, 0, consenting))).to.include({
        sentence: 'routing.errors.anonymous',
      });
      await world.enterprise.update({ hasCommittee: false });
      expect(await failure(confirmRoute(world.dispatcher, ticket.id, 0, consenting))).to.include({
        sentence: 'routing.errors.noCommittee',
      });
      await world.enterprise.update({ hasCommittee: true });
      const made = await confirmRoute(world.dispatcher, ticket.id, 0, consenting);
      expect([made.level, made.enterpriseConsent]).to.deep.equal(['enterprise', true]);
    });

    it('never gives an anonymous worker’s case to the enterprise later either', async () => {
      const desk = { roomId: world.committeeRoom.id, mediatorId: world.committeeMediator.id };
      const choice = { desk, reason: '劳动者希望在厂里解决', enterpriseConsent: true };
      const made = await confirmRoute(world.dispatcher, (await waiting({ anonymous: true })).id, 0);
      expect(made.level).to.equal('village');
      const proposal = await proposeForCase(made, { enterpriseConsent: true });
      expect(proposal.routing.level).to.equal('village');
      const fields = routeFields(proposal, { values: {}, errors: [] }, (key) => key);
      expect(fields.map(({ name }) => name)).not.to.include('consent');
      const reassigned = reassignCase(world.dispatcher, made.id, made.version, choice);
      expect((await failure(reassigned)).sentence).to.equal('routing.errors.anonymous');
      const mediator = await readerFor(world.villageMediator);
      const back = await handBack(mediator, made.id, made.version, { reason: 'noCapacity', note: null });
      const routed = routeCase(world.dispatcher, made.id, back.version, choice);
      expect((await failure(routed)).sentence).to.equal('routing.errors.anonymous');
    });

    it('does not offer another enterprise’s committee', async () => {
      const other = await anEnterprise(world.town, '江阴市大成机械有限公司', { hasCommittee: true });
      const { room, mediators } = await aRoom(world.town, world.village, ['冯工'], other);
      const choice = {
        desk: { roomId: room.id, mediatorId: mediators[0]!.id },
        reason: '试试',
        enterpriseConsent: true,
      };
      const refused = await failure(confirmRoute(world.dispatcher, (await waiting()).id, 0, choice));
      expect(refused.sentence).to.equal('routing.errors.deskGone');
    });

    it('an unticked word does not count', async () => {
      const ticket = await waiting({ content: '住在工地旁边，厂里欠工资。' });
      expect((await proposeForTicket(ticket)).routing.ruleCode).to.equal('construction');
      const made = await confirmRoute(world.dispatcher, ticket.id, 0, { keptHits: [] });
      expect(made.level).to.equal('village');
      const decision = (await RoutingDecision.findOne({ where: { caseId: made.id } }))!;
      expect((decision.inputs as { hits: unknown }).hits).to.deep.equal([
        { kind: 'construction', word: '工地', dismissed: true },
      ]);
    });

    it('shows a proposal that changed since the page was opened before it is taken', async () => {
      const ticket = await waiting();
      const seen = { roomId: world.villageRoom.id, mediatorId: world.villageMediator.id };
      await world.enterprise.update({ warningLevel: 'orange' });
      const refused = await failure(confirmRoute(world.dispatcher, ticket.id, 0, { seen }));
      expect(refused.sentence).to.equal('routing.errors.proposalChanged');
    });

    it('keeps the mediator that stood on the page when only the number of cases changed', async () => {
      const ticket = await waiting({ workers: 12 });
      const [first] = world.townMediators;
      await aCase(world.town).routedTo('town').with({ mediatorId: first!.id }).saved();
      const made = await confirmRoute(world.dispatcher, ticket.id, 0, {
        seen: { roomId: world.townRoom.id, mediatorId: first!.id },
      });
      expect(made.mediatorId).to.equal(first!.id);
    });
  });

  describe('two dispatchers', () => {
    it('who confirm the same ticket at once make one case; the other is told', async () => {
      const ticket = await waiting();
      const colleague = await aReader(['dispatcher', world.town]);
      const outcomes = await Promise.allSettled(
        [world.dispatcher, colleague].map((reader) => confirmRoute(reader, ticket.id, 0)),
      );
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).to.have.length(1);
      expect(lost[0]!.reason).to.be.instanceOf(Conflict).and.not.instanceOf(Stale);
      expect(await DisputeCase.count({ where: { townId: world.town.id } })).to.equal(1);
    });

    it('are told when the ticket was changed meanwhile', async () => {
      const ticket = await waiting();
      await ticket.update({ version: 1, workers: 12 });
      expect(await failure(confirmRoute(world.dispatcher, ticket.id, 0))).to.be.instanceOf(Stale);
    });
  });

  describe('confirming many', () => {
    it('routes 60 in two pages, once each, and says which failed', async () => {
      for (let n = 0; n < 60; n++) await waiting({ number: `GD-${String(n).padStart(4, '0')}` });
      const tick = ({ ticket, proposal: { desk } }: RoutingRow) => ({
        ticketId: ticket.id,
        version: ticket.version,
        seen: { roomId: desk!.roomId, mediatorId: desk!.mediatorId },
      });
      const page = await listRouting(world.dispatcher, {});
      expect([page.rows.length, page.total]).to.deep.equal([ROUTING_PAGE, 60]);
      const rest = await listRouting(world.dispatcher, { after: page.older! });
      expect(rest.rows.map(({ ticket }) => ticket.number)).to.deep.equal(
        Array.from({ length: 10 }, (_, n) => `GD-${String(n + 50).padStart(4, '0')}`),
      );
      await returnTicket(world.dispatcher, page.rows[3]!.ticket.id, 0, 'duplicate');
      const key = newId();
      const ticks = [...page.rows, ...rest.rows].map(tick);
      const first = await confirmAll(world.dispatcher, ticks, key);
      expect(first).to.deep.equal({
        routed: 59,
        failures: [{ number: 'GD-0003', sentence: 'tickets.errors.dealtWith', values: {} }],
      });
      expect(await confirmAll(world.dispatcher, ticks, key)).to.deep.equal(first);
      expect(await DisputeCase.count({ where: { townId: world.town.id } })).to.equal(59);
      expect((await listRouting(world.dispatcher, {})).total).to.equal(0);
    });
  });

  describe('the pages', () => {
    it('ask the database as often for fifty tickets as for two', async () => {
      const count = async (): Promise<number> =>
        (await statementsOf(() => listRouting(world.dispatcher, {}))).length;
      for (let n = 0; n < 2; n++) await waiting({ callerPhoneHash: `phone ${n}` });
      const few = await count();
      for (let n = 2; n < 50; n++) await waiting({ callerPhoneHash: `phone ${n}` });
      expect(await count()).to.equal(few);
      expect(few).to.be.lessThan(20);
    });

    it('mask phones, also those in the text, and do not name an anonymous caller', async () => {
      const ticket = await waiting({
        title: '电话13812345678，老板说要跳楼',
        content: '请拨打13812345678。',
        callerPhone: '13987654321',
        callerName: '欧阳振华',
        anonymous: true,
        notes: [{ column: '备用电话', value: '13700001111' }],
      });
      for (const language of LANGUAGES) {
        const page = await loadTicketPage(world.dispatcher, ticket.id);
        const t = translator(language);
        const printed = JSON.stringify(presentTicket(t, { ...page, key: newId() }));
        expect(printed).to.contain('138****5678').and.contain('139****4321').and.contain('137****1111');
        expect(printed).not.to.match(/13812345678|13987654321|13700001111|欧阳振华/);
        const table = presentRoutingTable(t, await listRouting(world.dispatcher, {}), newId());
        expect(JSON.stringify(table)).not.to.match(/13812345678|13987654321|欧阳振华/);
      }
    });
  });

  describe('reach', () => {
    it('another town’s ticket is not there, in any verb', async () => {
      const stranger = await aReader(['dispatcher', await aTown('长泾镇')]);
      const ticket = await waiting();
      for (const work of [
        confirmRoute(stranger, ticket.id, 0),
        linkTicket(stranger, ticket.id, 0, { number: 'x' }),
        returnTicket(stranger, ticket.id, 0, 'notLabour'),
      ]) {
        expect(await failure(work)).to.be.instanceOf(NotFound);
      }
      expect((await listRouting(stranger, {})).rows).to.deep.equal([]);
      expect(await confirmAll(stranger, [{ ticketId: ticket.id, version: 0 }])).to.deep.equal({
        routed: 0,
        failures: [{ number: null, sentence: 'errors.notFound', values: {} }],
      });
    });

    it('a dispatcher of one village sees its tickets only and sends none out of reach', async () => {
      const clerk = await aReader(['dispatcher', world.village]);
      const neighbour = await aVillage(world.town, '河塘村');
      await anEnterprise(world.town, '江阴市邻村制衣有限公司', { villageId: neighbour.id });
      const own = await waiting({ villageId: world.village.id, respondentText: '邻村制衣' });
      const other = await waiting({ villageId: neighbour.id });
      const { rows } = await listRouting(clerk, {});
      expect(rows.map(({ ticket }) => ticket.id)).to.deep.equal([own.id]);
      expect(await failure(confirmRoute(clerk, other.id, 0))).to.be.instanceOf(NotFound);
      expect((await failure(confirmRoute(clerk, own.id, 0))).sentence).to.equal('routing.errors.outOfReach');
    });

    it('a ticket says nothing of a case that went out of reach', async () => {
      const { town, village, dispatcher } = world;
      const moved = await aCase(town)
        .in(await aVillage(town, '河塘村'))
        .saved();
      const ticket = await waiting({ villageId: village.id, state: 'linked', caseId: moved.id });
      const seenBy = async (reader: Reader): Promise<unknown> =>
        (await loadTicketPage(reader, ticket.id)).disputeCase?.id;
      expect(await seenBy(await aReader(['dispatcher', village]))).to.equal(undefined);
      expect(await seenBy(dispatcher)).to.equal(moved.id);
    });

    it('a mediator cannot route', async () => {
      const mediator = await readerFor(world.villageMediator);
      expect(await failure(confirmRoute(mediator, (await waiting()).id, 0))).to.be.instanceOf(NotFound);
    });
  });

  describe('linking', () => {
    it('adds workers, claims and the ticket to an open case, by any of its numbers', async () => {
      const first = await waiting({ workers: 4, callerPhoneHash: 'one' });
      const second = await waiting({
        workers: 6,
        callerPhoneHash: 'two',
        callerName: '赵敏',
        amountFen: 500_000,
      });
      const again = await waiting({ workers: 1, callerPhoneHash: 'one' });
      const made = await confirmRoute(world.dispatcher, first.id, 0);
      await Claimant.update({ phoneHash: 'one' }, { where: { caseId: made.id } });
      const linked = await linkTicket(world.dispatcher, second.id, 0, { number: first.number });
      expect(linked).to.include({ id: made.id, workers: 10, collective: true, claimedFen: 1_300_000 });
      const known = await linkTicket(world.dispatcher, again.id, 0, { number: made.id });
      expect(known).to.include({ workers: 10, claimedFen: 1_300_000 });
      const claimants = await Claimant.findAll({ where: { caseId: made.id }, order: [['position', 'ASC']] });
      expect(claimants.map(({ name }) => name)).to.deep.equal(['李强', '赵敏']);
      expect(await Ticket.count({ where: { caseId: made.id, state: 'linked' } })).to.equal(3);
      expect(await CaseEvent.count({ where: { caseId: made.id, action: 'linkTicket' } })).to.equal(2);
      expect(known.searchTokens.split(' ')).to.include.members(made.searchTokens.split(' '));
      expect(known.searchTokens.length).to.be.greaterThan(made.searchTokens.length);
    });

    it('takes the number of the case as people type it', async () => {
      const open = await aCase(world.town)
        .with({ number: `祝劳调〔${DAY.slice(0, 4)}〕0120号` })
        .saved();
      for (const number of [
        '120',
        '0120',
        `祝劳调(${DAY.slice(0, 4)})0120号`,
        `祝劳调〔${DAY.slice(0, 4)}〕0120号`,
      ]) {
        const ticket = await waiting();
        expect((await linkTicket(world.dispatcher, ticket.id, 0, { number })).id, number).to.equal(open.id);
      }
    });

    it('refuses an unknown, a closed and a foreign case, and leaves the ticket waiting', async () => {
      const closed = await aCase(world.town).closedOn(DAY).with({ number: '祝劳调〔2026〕0009号' }).saved();
      const foreign = await aCase(await aTown('长泾镇'))
        .with({ number: '长劳调〔2026〕0001号' })
        .saved();
      const ticket = await waiting();
      const refuse = async (number: string): Promise<string> =>
        (await failure(linkTicket(world.dispatcher, ticket.id, 0, { number }))).sentence;
      expect(await refuse('没有这个号')).to.equal('routing.errors.caseUnknown');
      expect(await refuse(foreign.number!)).to.equal('routing.errors.caseUnknown');
      expect(await refuse(foreign.id)).to.equal('routing.errors.caseUnknown');
      expect(await refuse(closed.number!)).to.equal('routing.errors.caseClosed');
      await ticket.reload();
      expect([ticket.state, ticket.version]).to.deep.equal(['awaitingRouting', 0]);
    });

    it('takes nobody into a case whose agreement awaits signature, and hides the name of who joins', async () => {
      const drafted = await aCase(world.town)
        .inState('awaitingSignature')
        .with({ number: '祝劳调〔2026〕0007号' })
        .saved();
      const link = async (number: string) =>
        linkTicket(world.dispatcher, (await waiting({ callerName: '王小明' })).id, 0, { number });
      expect((await failure(link('7'))).sentence).to.equal('routing.errors.caseAwaitsSignature');
      const open = await aCase(world.town)
        .with({ number: '祝劳调〔2026〕0008号', title: '王小明等人讨薪' })
        .saved();
      expect((await link('8')).title).to.equal('王**等人讨薪');
      expect(open.id).not.to.equal(drafted.id);
    });

    it('does not let a committee learn of a worker who has not consented', async () => {
      const first = await waiting();
      const made = await confirmRoute(world.dispatcher, first.id, 0, { enterpriseConsent: true });
      expect(made.level).to.equal('enterprise');
      const second = await waiting({ callerName: '赵敏' });
      const anonymous = await waiting({ anonymous: true });
      const link = (ticket: Ticket, enterpriseConsent: boolean) =>
        linkTicket(world.dispatcher, ticket.id, 0, { number: made.id, enterpriseConsent });
      expect((await failure(link(second, false))).sentence).to.equal('routing.errors.consentWanted');
      expect((await failure(link(anonymous, true))).sentence).to.equal('routing.errors.anonymous');
      expect((await link(second, true)).id).to.equal(made.id);
      const { detail } = (await CaseEvent.findOne({ where: { caseId: made.id, action: 'linkTicket' } }))!;
      expect(detail).to.deep.equal({ number: second.number, enterpriseConsent: true });
      for (const language of LANGUAGES) {
        const t = translator(language);
        expect(eventLines(detail, t, (text) => text)).to.include(
          t('common.labelled', { label: t('cases.eventValues.enterpriseConsent'), text: t('common.yes') }),
        );
      }
    });

    it('counts both of two tickets that join at once', async () => {
      const made = await confirmRoute(world.dispatcher, (await waiting()).id, 0);
      const joining = [await waiting({ workers: 2 }), await waiting({ workers: 3 })];
      const outcomes = await Promise.allSettled(
        joining.map(({ id }) => linkTicket(world.dispatcher, id, 0, { number: made.id })),
      );
      const lost = outcomes.flatMap((outcome, index) =>
        outcome.status === 'rejected' ? [{ error: outcome.reason as unknown, id: joining[index]!.id }] : [],
      );
      for (const { error, id } of lost) {
        expect(error).to.be.instanceOf(Conflict);
        await linkTicket(world.dispatcher, id, 0, { number: made.id });
      }
      await made.reload();
      expect(made.workers).to.equal(6);
    });
  });

  describe('returning', () => {
    it('is recorded with its reason, once', async () => {
      const ticket = await waiting();
      await returnTicket(world.dispatcher, ticket.id, 0, 'inArbitration');
      await ticket.reload();
      expect(ticket).to.include({ state: 'returned', returnReason: 'inArbitration', version: 1 });
      const entry = (await AuditEntry.findOne({ where: { objectId: ticket.id } }))!;
      expect([entry.action, entry.userId, entry.detail]).to.deep.equal([
        'tickets.return',
        world.dispatcher.userId,
        { returnReason: 'inArbitration' },
      ]);
      expect(await failure(returnTicket(world.dispatcher, ticket.id, 1, 'duplicate'))).to.be.instanceOf(
        Conflict,
      );
      expect(await failure(confirmRoute(world.dispatcher, ticket.id, 1))).to.be.instanceOf(Conflict);
    });
  });

  describe('cases', () => {
    it('brought in person go where their own words say', async () => {
      const walkIn = await aCase(world.town)
        .receivedOn(DAY)
        .with({ respondentName: '宏达针织', facts: '两个月没发工资。' })
        .saved();
      await Respondent.create({ caseId: walkIn.id, position: 1, part: 'employer', name: '宏达针织' });
      const routed = await routeCase(world.dispatcher, walkIn.id, 0);
      expect(routed).to.include({
        level: 'village',
        mediatorId: world.villageMediator.id,
        enterpriseId: world.enterprise.id,
        villageId: world.village.id,
        respondentName: world.enterprise.name,
      });
      const [respondent] = await Respondent.findAll({ where: { caseId: walkIn.id } });
      expect(respondent).to.include({ enterpriseId: world.enterprise.id, name: world.enterprise.name });
    });

    it('handed back are routed again; the first level and the day of acceptance stay', async () => {
      const made = await confirmRoute(world.dispatcher, (await waiting()).id, 0);
      const mediator = await readerFor(world.villageMediator);
      const back = await handBack(mediator, made.id, made.version, { reason: 'noCapacity', note: null });
      setClock(() => instantOf('2026-03-04', '10:00'));
      const routed = await routeCase(world.dispatcher, made.id, back.version, {
        desk: { roomId: world.townRoom.id, mediatorId: world.townMediators[0]!.id },
        reason: '村里无力承办',
      });
      expect([routed.level, routed.firstLevel]).to.deep.equal(['town', 'village']);
      expect(routed.routedAt).to.deep.equal(instantOf('2026-03-04', '10:00'));
      expect(routed.firstRoutedAt).to.deep.equal(made.routedAt);
      expect(routed).to.include({ dueKind: 'acceptance', dueOn: '2026-03-05' });
    });

    it('change hands with a reason: the new mediator takes over, the clocks go on', async () => {
      const made = await confirmRoute(world.dispatcher, (await waiting()).id, 0);
      const taken = await takeOver(await readerFor(world.villageMediator), made.id, made.version);
      const desk = { roomId: world.townRoom.id, mediatorId: world.townMediators[0]!.id };
      setClock(() => instantOf('2026-03-05', '10:00'));
      const moved = await reassignCase(world.dispatcher, made.id, taken.version, {
        desk,
        reason: '升级处理',
      });
      expect(moved).to.include({
        level: 'town',
        firstLevel: 'village',
        mediatorId: desk.mediatorId,
        takenOverAt: null,
      });
      expect(moved.routedAt?.getTime()).to.equal(made.routedAt?.getTime());
      const same = await failure(
        reassignCase(world.dispatcher, made.id, moved.version, { desk, reason: '再来一次' }),
      );
      expect(same).to.include({ sentence: 'routing.errors.sameDesk', field: 'desk' });
      const events = await CaseEvent.findAll({ where: { caseId: made.id, action: 'reassign' } });
      expect(events.map(({ detail }) => detail['explanation'])).to.deep.equal(['升级处理']);
      const stale = await failure(
        reassignCase(world.dispatcher, made.id, made.version, {
          desk: { roomId: world.villageRoom.id, mediatorId: world.villageMediator.id },
          reason: '回村',
        }),
      );
      expect(stale).to.be.instanceOf(Stale);
    });

    it('do not go to the committee once the worker’s consent is taken back', async () => {
      const made = await confirmRoute(world.dispatcher, (await waiting()).id, 0, { enterpriseConsent: true });
      expect(made).to.include({ level: 'enterprise', enterpriseConsent: true });
      const village = { roomId: world.villageRoom.id, mediatorId: world.villageMediator.id };
      const moved = await reassignCase(world.dispatcher, made.id, made.version, {
        ...{ desk: village, reason: '本人不愿企业知情', enterpriseConsent: false },
      });
      expect(moved).to.include({ level: 'village', enterpriseConsent: false });
      const committee = { roomId: world.committeeRoom.id, mediatorId: world.committeeMediator.id };
      const back = { desk: committee, reason: '交企业', enterpriseConsent: false };
      expect((await failure(reassignCase(world.dispatcher, made.id, moved.version, back))).sentence).to.equal(
        'routing.errors.consentWanted',
      );
    });

    it('stay calm where the word that sounded danger was dismissed', async () => {
      const ticket = await waiting({ content: '在跳楼机游乐场上班，欠工资' });
      const made = await confirmRoute(world.dispatcher, ticket.id, 0, { keptHits: [] });
      expect(made.level).to.equal('village');
      const proposal = await proposeForCase(await made.reload());
      expect(proposal.routing).to.include({ ruleCode: 'village' });
      expect(await alarmsAmongCases([made.id])).to.deep.equal(new Map());
    });

    it('sound the alarm of their last routing only, in lists as on their page', async () => {
      const ticket = await waiting({ content: '再不给就跳楼' });
      const made = await confirmRoute(world.dispatcher, ticket.id, 0);
      expect(await alarmsAmongCases([made.id])).to.deep.equal(new Map([[made.id, 'danger']]));
      const mediator = await readerFor((await User.findByPk(made.mediatorId!))!);
      const back = await handBack(mediator, made.id, made.version, { reason: 'noCapacity', note: null });
      await routeCase(world.dispatcher, made.id, back.version, { keptHits: [] });
      expect(await alarmsAmongCases([made.id])).to.deep.equal(new Map());
    });

    it('are not proposed to who mediates by a role in another town', async () => {
      const other = await aTown('青阳镇');
      await RoleGrant.update({ areaId: other.id }, { where: { userId: world.villageMediator.id } });
      const desks = await loadDesks(world.town.id);
      expect(desks.map(({ mediatorId }) => mediatorId)).not.to.include(world.villageMediator.id);
      expect(desks.map(({ mediatorId }) => mediatorId)).to.include(world.townMediators[0]!.id);
    });

    it('with a mediator are not routed a second time', async () => {
      const made = await confirmRoute(world.dispatcher, (await waiting()).id, 0);
      const refused = await failure(routeCase(world.dispatcher, made.id, made.version));
      expect(refused).to.be.instanceOf(Conflict).and.not.instanceOf(Unacceptable);
    });
  });
});
