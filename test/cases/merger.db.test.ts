import { expect } from 'chai';
import { CaseEvent, Claim, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { currentDatabase } from '../../models/dialect.ts';
import { lookupHash } from '../../models/encryption.ts';
import { Contact, MediationSession } from '../../models/mediation.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { mergeHints } from '../../server/case-routing/merge-suggestions.queries.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import { findCaseNamed } from '../../server/cases/case-number.queries.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { casesToMerge } from '../../server/cases/home-mergers.queries.ts';
import { mergeCases } from '../../server/cases/merger.service.ts';
import { loadIndicators } from '../../server/reports/indicator.queries.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { planOf, statementsOf } from '../support/statements.ts';
import { aCase, aClaimant, aRoom, aTicket, aTown } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

const NOON = instantOf('2022-03-07', '12:00');

describe('merging two cases', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let mediator: Reader;
  let dispatcher: Reader;
  let townMediator: string;
  let count = 0;

  before(async () => {
    subscribeFeatures();
    town = await aTownAtWork('祝塘镇');
    townMediator = (await aRoom(town.town, town.town, ['陆文忠'])).mediators[0]!.id;
    mediator = (await findSignedIn(town.own.mediators[0]!.id))!.reader;
    dispatcher = (await findSignedIn(town.sender.id))!.reader;
  });
  beforeEach(() => setClock(() => NOON));
  afterEach(() => setClock());

  const rowOf = (id: string) => DisputeCase.findByPk(id, { rejectOnEmpty: true });
  const merge = async (caseId: string, otherId: string, stays: string, by = dispatcher) => {
    const [one, other] = [await rowOf(caseId), await rowOf(otherId)];
    return mergeCases(by, caseId, one.version, { otherId, otherVersion: other.version, stays });
  };
  /** A case of one named worker with a ticket, a number and a claim of wages. */
  const caseOf = async (stage: CaseStage, values: Partial<DisputeCase['_creationAttributes']> = {}) => {
    const { caseId, claimantId, sessionId } = await aCaseAt(town.own, stage);
    count++;
    const number = `祝劳调〔2022〕9${String(count).padStart(3, '0')}号`;
    await DisputeCase.update({ number, ...values }, { where: { id: caseId! } });
    const phoneHash = lookupHash(`139${String(count).padStart(8, '0')}`);
    await Claimant.update({ phoneHash, name: `工人${count}` }, { where: { id: claimantId! } });
    const ticket = await aTicket(town.town, '2022-03-01', { caseId: caseId!, callerPhoneHash: phoneHash });
    return {
      id: caseId!,
      claimantId: claimantId!,
      sessionId: sessionId!,
      number,
      ticket: ticket.number,
      phoneHash,
    };
  };
  const people = async (...ids: string[]) =>
    (await Claimant.findAll({ where: { caseId: ids } })).map(({ id }) => id).sort();
  const tickets = async (...ids: string[]) =>
    (await Ticket.findAll({ where: { caseId: ids } })).map(({ id }) => id).sort();

  it('moves workers, claims, tickets, contacts and planned sessions, and closes the other as a duplicate', async () => {
    const [stays, goes] = [await caseOf('taken'), await caseOf('taken')];
    await Respondent.create({
      caseId: goes.id,
      position: 2,
      part: 'labourContractor',
      name: '江阴派遣有限公司',
    });
    await Contact.create({
      ...{ caseId: goes.id, at: NOON, byId: mediator.userId },
      ...{ channel: 'call', party: 'worker', reached: 'yes' },
    });
    const before = { people: await people(stays.id, goes.id), tickets: await tickets(stays.id, goes.id) };
    await merge(goes.id, stays.id, stays.id);
    expect({ people: await people(stays.id), tickets: await tickets(stays.id) }).to.deep.equal(before);
    expect(await rowOf(stays.id)).to.include({
      workers: 2,
      claimedFen: 1_600_000,
      state: 'awaitingAcceptance',
    });
    expect(await rowOf(goes.id)).to.include({
      ...{ state: 'closed', outcome: 'duplicate', closedOn: '2022-03-07', mergedIntoId: stays.id },
      claimedFen: null,
    });
    expect((await Respondent.findAll({ where: { caseId: stays.id } })).map(({ name }) => name)).to.include(
      '江阴派遣有限公司',
    );
    expect(await Contact.count({ where: { caseId: stays.id } })).to.equal(1);
    expect((await MediationSession.findByPk(goes.sessionId))!.caseId).to.equal(stays.id);
    expect(await Claim.count({ where: { caseId: goes.id } })).to.equal(0);
  });

  it('is found by both numbers, by the ticket and by the worker, and has both histories', async () => {
    const [stays, goes] = [await caseOf('mediated'), await caseOf('mediated')];
    await CaseEvent.create({ caseId: goes.id, action: 'takeOver', actorId: mediator.userId });
    await merge(stays.id, goes.id, stays.id);
    const found = async (text: string) =>
      (await listCases(dispatcher, { text })).rows.map(({ id }) => id).sort();
    expect(await found(stays.number)).to.deep.equal([stays.id]);
    expect(await found(goes.number)).to.deep.equal([stays.id, goes.id].sort());
    expect(await found(goes.ticket)).to.deep.equal([stays.id]);
    expect((await findCaseNamed(dispatcher, town.town.id, goes.number))!.id).to.equal(stays.id);
    const page = await loadCasePage(mediator, stays.id);
    expect(page.events.map(({ caseId, action }) => [caseId, action])).to.deep.include.members([
      [goes.id, 'takeOver'],
      [goes.id, 'merge'],
      [stays.id, 'takeIn'],
    ]);
    expect(page.mergedCases.get(goes.id)).to.equal(goes.number);
    const merged = await loadCasePage(mediator, goes.id);
    expect(merged.linkedCases.get(stays.id)).to.equal(stays.number);
    expect(merged.namesBeside, 'who moved is still known by name').to.include(`工人${count}`);
  });

  it('does not double who is in both, nor add amounts of one type', async () => {
    const [stays, goes] = [await caseOf('taken'), await caseOf('taken')];
    await Claimant.update({ phoneHash: stays.phoneHash }, { where: { id: goes.claimantId } });
    await Claim.create({
      caseId: goes.id,
      claimantId: goes.claimantId,
      type: 'overtime',
      claimedFen: 50_000,
    });
    await merge(stays.id, goes.id, stays.id);
    expect(await people(stays.id)).to.deep.equal([stays.claimantId]);
    expect(await rowOf(stays.id)).to.include({ workers: 1, claimedFen: 850_000 });
    expect(await rowOf(goes.id), 'the claim that nobody has decided about').to.include({
      claimedFen: 800_000,
    });
    const event = await CaseEvent.findOne({ where: { caseId: stays.id, action: 'takeIn' } });
    expect(event!.detail).to.include({ sameWorkers: 1, repeatedClaims: 1, workersNow: 1 });
  });

  it('keeps the earlier day 0 and says so', async () => {
    const stays = await caseOf('mediated', { workerConsentOn: '2022-03-05', statutoryDueOn: '2022-03-20' });
    const goes = await caseOf('mediated', { workerConsentOn: '2022-03-02', statutoryDueOn: '2022-03-17' });
    await merge(stays.id, goes.id, stays.id);
    expect(await rowOf(stays.id)).to.include({
      ...{ workerConsentOn: '2022-03-02', statutoryDueOn: '2022-03-17' },
    });
    const event = await CaseEvent.findOne({ where: { caseId: stays.id, action: 'takeIn' } });
    expect(event!.detail['dayZero']).to.equal('2022-03-02');
  });

  it('sends to the town what becomes collective by it', async () => {
    const [stays, goes] = [await caseOf('taken', { workers: 6 }), await caseOf('taken', { workers: 5 })];
    await merge(stays.id, goes.id, stays.id);
    expect(await rowOf(stays.id)).to.include({
      ...{ workers: 11, collective: true, level: 'town', mediatorId: townMediator },
    });
    expect((await rowOf(goes.id)).mediatorId, 'who has the one reads the other').to.equal(townMediator);
  });

  it('follows a case that is merged on, and whoever has it next', async () => {
    const [first, second, third] = [await caseOf('taken'), await caseOf('taken'), await caseOf('taken')];
    await merge(first.id, second.id, second.id);
    await merge(second.id, third.id, third.id);
    expect((await rowOf(first.id)).mergedIntoId).to.equal(third.id);
    expect(await people(third.id)).to.have.length(3);
    expect(await tickets(third.id)).to.have.length(3);
  });

  it('is refused with its sentence, and changes nothing', async () => {
    const one = await caseOf('taken');
    const elsewhere = await aCase(await aTown('长泾镇')).saved();
    const table: [string, Promise<string>][] = [
      ['merger.errors.drafted', caseOf('drafted').then(({ id }) => id)],
      ['merger.errors.closed', caseOf('failed').then(({ id }) => id)],
      ['merger.errors.closed', caseOf('paidOnce').then(({ id }) => id)],
      ['merger.errors.proposed', caseOf('proposed').then(({ id }) => id)],
      ['errors.notFound', Promise.resolve(elsewhere.id)],
    ];
    for (const [sentence, other] of table) {
      const id = await other;
      expect(await refusal(merge(one.id, id, one.id)), sentence).to.equal(sentence);
      expect(await rowOf(id)).to.include({ mergedIntoId: null });
    }
    const further = await caseOf('mediated');
    expect(await refusal(merge(one.id, further.id, one.id))).to.equal('stays: merger.errors.mayNotStay');
    const { name } = await refusalOf(merge(one.id, further.id, further.id, mediator));
    expect(name, 'a mediator asks the dispatcher').to.equal('Forbidden');
    expect(await rowOf(one.id)).to.include({ state: 'awaitingAcceptance', workers: 1 });
  });

  it('of two at the same moment, one into the other and back, one wins', async () => {
    const [one, other] = [await caseOf('taken'), await caseOf('taken')];
    const [a, b] = [await rowOf(one.id), await rowOf(other.id)];
    const answers = await Promise.all([
      refusal(
        mergeCases(dispatcher, a.id, a.version, { otherId: b.id, otherVersion: b.version, stays: b.id }),
      ),
      refusal(
        mergeCases(dispatcher, b.id, b.version, { otherId: a.id, otherVersion: a.version, stays: a.id }),
      ),
    ]);
    expect(answers.sort()).to.deep.equal(['errors.stale', 'nothing']);
    const after = [await rowOf(a.id), await rowOf(b.id)];
    expect(after.filter(({ mergedIntoId }) => mergedIntoId)).to.have.length(1);
    const staying = after.find(({ mergedIntoId }) => mergedIntoId === null)!;
    expect(staying).to.include({ state: 'awaitingAcceptance', workers: 2 });
    expect(await people(staying.id)).to.have.length(2);
    expect(await tickets(staying.id)).to.have.length(2);
  });

  it('counts tickets once and the merged case in no rate', async () => {
    const other = await aTownAtWork('徐霞客镇');
    const [stays, goes] = [await aCaseAt(other.own, 'taken'), await aCaseAt(other.own, 'taken')];
    for (const { caseId } of [stays, goes]) await aTicket(other.town, '2022-03-01', { caseId: caseId! });
    const reader = (await findSignedIn(other.sender.id))!.reader;
    const indicators = () =>
      loadIndicators({
        ...{ townIds: [other.town.id], villageId: null, basis: 'received' },
        period: { from: '2022-03-01', to: '2022-03-31' },
      });
    const before = await indicators();
    await merge(stays.caseId!, goes.caseId!, stays.caseId!, reader);
    const after = await indicators();
    expect(after.tickets, 'each is answered in the case that stays').to.deep.equal(before.tickets);
    expect(after.amountInvolvedFen, 'the claims of both, once').to.equal(1_600_000);
    expect(after).to.include({ succeeded: 0, failed: 0, excluded: 1 });
    expect(after.outcomes.duplicate).to.equal(1);
  });

  describe('is suggested', () => {
    const hints = async (reader: Reader, id: string) => mergeHints(reader, await loadCasePage(reader, id));

    it('for the same respondent within the days, and for the same worker', async () => {
      const home = await aTownAtWork('顾山镇');
      const reader = (await findSignedIn(home.sender.id))!.reader;
      const named = (day: string, name = '顾山宏达有限公司') =>
        aCase(home.town).receivedOn(day).with({ respondentName: name }).saved();
      const one = await named('2022-03-01');
      const near = await named('2022-03-31', '顾山宏达（有限公司）');
      await named('2022-04-01');
      await named('2022-03-01', '别家有限公司');
      const same = await named('2021-12-01', '别家有限公司');
      for (const each of [one, same])
        await aClaimant(each, { idNumberHash: lookupHash('32028119900101001X') });
      const found = (await hints(reader, one.id))!;
      expect(found).to.include({ windowDays: 30 });
      expect(
        found.suggestions.map(({ id, samePerson, sameRespondent }) => [id, samePerson, sameRespondent]),
      ).to.have.deep.members([
        [same.id, true, false],
        [near.id, false, true],
      ]);
    });

    it('to its own mediator without a word of what is out of reach, and to nobody else', async () => {
      const home = await aTownAtWork('月城镇');
      const own = await aCaseAt(home.own, 'taken');
      const waiting = await aCaseAt(home.own, 'waiting');
      const [first, second] = home.own.mediators;
      const reader = (await findSignedIn(first!.id))!.reader;
      const seen = (await hints(reader, own['caseId']!))!;
      expect(seen, 'not even how many').to.deep.equal({ suggestions: [], windowDays: 30 });
      const other = (await findSignedIn(second!.id))!.reader;
      expect(await hints(other, own['caseId']!)).to.equal(null);
      const sender = (await findSignedIn(home.sender.id))!.reader;
      expect((await hints(sender, own['caseId']!))!.suggestions.map(({ id }) => id)).to.deep.equal([
        waiting['caseId'],
      ]);
    });

    it('to the dispatcher on the home page, once for each respondent', async () => {
      const home = await aTownAtWork('璜土镇');
      const reader = (await findSignedIn(home.sender.id))!.reader;
      const named = (day: string, name: string) =>
        aCase(home.town).receivedOn(day).with({ respondentName: name }).saved();
      await named('2022-03-01', '璜土宏达有限公司');
      const latest = await named('2022-03-05', '璜土宏达有限公司');
      await named('2022-03-05', '别家有限公司');
      const { cases, total } = await casesToMerge(reader, 6);
      expect(cases.map(({ id, together }) => [id, together])).to.deep.equal([[latest.id, 2]]);
      expect(total).to.equal(1);
    });

    it('by an index', async () => {
      const { id } = await caseOf('taken');
      const page = await loadCasePage(dispatcher, id);
      const sqlite = currentDatabase().getDialect() === 'sqlite';
      const statements = await statementsOf(async () => {
        await mergeHints(dispatcher, page);
        await casesToMerge(dispatcher, 6);
      });
      const asked = statements.filter((sql) => /FROM `(cases|claimants)`/.test(sql) && /LIMIT/.test(sql));
      expect(asked).not.to.be.empty;
      for (const sql of asked) {
        const plan = await planOf(sql);
        expect(plan, sql).not.to.match(sqlite ? /SCAN (DisputeCase|Claimant)/ : /"type":"ALL"/);
      }
    });
  });

  async function refusalOf(work: Promise<unknown>): Promise<{ name: string }> {
    try {
      await work;
    } catch (error) {
      return { name: (error as Error).constructor.name };
    }
    return { name: 'nothing' };
  }
});
