import { expect } from 'chai';
import { CaseEvent, Claim, Claimant, DisputeCase, Respondent } from '../../models/cases.ts';
import { Particulars } from '../../models/documents.ts';
import { encrypt, lookupHash } from '../../models/encryption.ts';
import { Person } from '../../models/directory.ts';
import { GroupCase } from '../../models/groups.ts';
import { CoMediator, Contact, MediationSession } from '../../models/mediation.ts';
import { Ticket } from '../../models/tickets.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { proposeForCase } from '../../server/case-routing/proposals.queries.ts';
import { linkTicket } from '../../server/case-routing/ticket-link.service.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import { presentCasePage } from '../../server/cases/case-page.presenter.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { recordClaims } from '../../server/cases/claims.service.ts';
import { electRepresentatives, recordCountyReport } from '../../server/cases/groups.service.ts';
import { importClaimants } from '../../server/cases/import-claimants.service.ts';
import { amountsOf } from '../../server/cases/register.service.ts';
import { seenText } from '../../server/cases/privacy.rules.ts';
import { splitOffWorker } from '../../server/cases/split-off.service.ts';
import { particularsOf } from '../../server/documents/particulars.queries.ts';
import { logContact } from '../../server/mediation/mediation.service.ts';
import { loadIndicators } from '../../server/reports/indicator.queries.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { translator } from '../../server/web/language.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aReader, aRoom, aTicket } from '../support/factories.ts';
import { pastedPeople } from '../support/people.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

describe('a collective dispute', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let townMediator: string;
  let mediator: Reader;
  let dispatcher: Reader;

  before(async () => {
    subscribeFeatures();
    town = await aTownAtWork('祝塘镇');
    townMediator = (await aRoom(town.town, town.town, ['陆文忠'])).mediators[0]!.id;
    mediator = (await findSignedIn(town.own.mediators[0]!.id))!.reader;
    dispatcher = (await findSignedIn(town.sender.id))!.reader;
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(() => setClock());

  const caseAt = async (stage: CaseStage) => {
    const { caseId, claimantId } = await aCaseAt(town.own, stage);
    return { id: caseId!, claimantId: claimantId!, row: await rowOf(caseId!) };
  };
  const rowOf = (id: string) => DisputeCase.findByPk(id, { rejectOnEmpty: true });
  const versionOf = async (id: string) => (await rowOf(id)).version;
  const eventsOf = async (caseId: string, action: CaseEvent['action']) =>
    (await CaseEvent.findAll({ where: { caseId, action } })).map(({ actorId, detail }) => ({
      actorId,
      detail,
    }));

  describe('goes to the town at once when it becomes one', () => {
    const add = async (id: string, people: number): Promise<void> => {
      await importClaimants(mediator, id, await versionOf(id), pastedPeople(people));
    };
    const expectGoneUp = async (id: string, before: DisputeCase): Promise<void> => {
      const after = await rowOf(id);
      expect(after).to.include({ collective: true, level: 'town', firstLevel: 'village', takenOverAt: null });
      expect(after.mediatorId).to.equal(townMediator);
      expect(after.workerConsentOn).to.equal(before.workerConsentOn);
      expect(after.statutoryDueOn).to.equal(before.statutoryDueOn);
      expect(await eventsOf(id, 'goUp')).to.deep.equal([
        {
          actorId: null,
          detail: {
            ...{ goingUp: 'group', from: 'village', level: 'town', receiver: '陆文忠', explanation: null },
          },
        },
      ]);
    };

    it('by a list of workers, and not by one too few', async () => {
      const { id, row } = await caseAt('mediated');
      await row.update({ statutoryDueOn: '2022-03-17' });
      await add(id, 8);
      expect(await rowOf(id)).to.include({ workers: 9, collective: false, level: 'village' });
      const tenth = { gender: null, migrant: null, overRetirementAge: false, claims: [] };
      await recordClaims(mediator, id, await versionOf(id), null, { name: '钱进', ...tenth });
      await expectGoneUp(id, row);
    });

    it('by the ticket of a tenth worker', async () => {
      const { id, row } = await caseAt('taken');
      await add(id, 8);
      const ticket = await aTicket(town.town, '2022-03-06', { callerName: '赵敏', title: '拖欠工资' });
      await linkTicket(dispatcher, ticket.id, 0, { number: id });
      await expectGoneUp(id, row);
    });

    it('by the rule of routing where it is one from the beginning', async () => {
      for (const [workers, ruleCode, level] of [
        [12, 'group', 'town'],
        [9, 'village', 'village'],
      ] as const) {
        const registered = await aCase(town.town).in(town.own.village).of(workers).saved();
        const proposal = await proposeForCase(registered);
        expect(proposal.routing).to.include({ ruleCode, level });
      }
    });

    it('once: what is collective already stays where the dispatcher sent it', async () => {
      const { id } = await caseAt('group');
      await add(id, 2);
      expect(await rowOf(id)).to.include({ collective: true, level: 'village', mediatorId: mediator.userId });
      expect(await eventsOf(id, 'goUp')).to.deep.equal([]);
    });

    it('and stays below its number, however many amounts are changed', async () => {
      const { id, claimantId } = await caseAt('mediated');
      const same = { name: '李强', gender: null, migrant: null, overRetirementAge: false, claims: [] };
      await recordClaims(mediator, id, await versionOf(id), claimantId, same);
      expect(await rowOf(id)).to.include({ workers: 1, collective: false, level: 'village' });
    });
  });

  describe('elects representatives', () => {
    const powers = '参加调解；和解须经本人同意。';
    const elect = async (id: string, representatives: string[]) =>
      electRepresentatives(mediator, id, await versionOf(id), { representatives, powers });
    const electedOf = async (caseId: string) =>
      (await Claimant.findAll({ where: { caseId, representative: true } })).map(({ id }) => id).sort();

    it('who take the place of whoever was elected before', async () => {
      const { id } = await caseAt('group');
      const ids = (await Claimant.findAll({ where: { caseId: id }, order: ['position'] })).map(
        (one) => one.id,
      );
      await elect(id, ids.slice(0, 3));
      expect(await electedOf(id)).to.deep.equal(ids.slice(0, 3).sort());
      await elect(id, ids.slice(1, 4));
      expect(await electedOf(id)).to.deep.equal(ids.slice(1, 4).sort());
      expect(await GroupCase.findByPk(id)).to.include({ powers });
      expect((await eventsOf(id, 'electRepresentatives'))[0]!.detail).to.deep.equal({ elected: 3 });
    });

    it('of its own workers only, and only as a group', async () => {
      const { id } = await caseAt('group');
      const other = await caseAt('group');
      expect(await refusal(elect(id, [other.claimantId]))).to.equal(
        'representatives: group.errors.notInCase',
      );
      const small = await caseAt('mediated');
      expect(await refusal(elect(small.id, [small.claimantId]))).to.equal('cases.obstacles.collective');
    });
  });

  describe('is reported to the county', () => {
    const report = { reportedTo: '江阴市人社局仲裁科', reportedBy: 'inPerson' } as const;

    it('by the dispatcher, and leaves the list of what is to be reported', async () => {
      const { id } = await caseAt('group');
      const waits = async () =>
        (await listCases(dispatcher, { awaits: 'countyReport' })).rows.some((row) => row.id === id);
      expect(await waits()).to.equal(true);
      await recordCountyReport(dispatcher, id, await versionOf(id), { reportedOn: '2022-03-07', ...report });
      expect(await waits()).to.equal(false);
      expect(await GroupCase.findByPk(id)).to.include({ reportedOn: '2022-03-07', ...report });
      expect((await eventsOf(id, 'reportToCounty'))[0]!.detail).to.deep.equal({
        reportedOn: '2022-03-07',
        ...report,
      });
    });

    it('neither before it came nor tomorrow; cases of few workers are not on the list', async () => {
      const { id } = await caseAt('group');
      const few = await caseAt('mediated');
      for (const reportedOn of ['2022-02-28', '2022-03-08']) {
        const late = recordCountyReport(dispatcher, id, await versionOf(id), { reportedOn, ...report });
        expect(await refusal(late), reportedOn).to.match(/^reportedOn: /);
      }
      const { rows } = await listCases(dispatcher, { awaits: 'countyReport' });
      expect(rows.map((row) => row.id))
        .to.include(id)
        .and.not.include(few.id);
    });
  });

  describe('splits a worker off', () => {
    const split = async (id: string, claimantId: string, reader = mediator) =>
      splitOffWorker(reader, id, await versionOf(id), claimantId, { reason: '不同意分期' });
    const splitCaseOf = async (id: string): Promise<DisputeCase> => {
      const event = (await eventsOf(id, 'splitOff')).at(-1)!;
      return rowOf(String(event.detail['splitTo']));
    };
    let numbered = 0;
    const accepted = async (workers = 12) => {
      const found = await caseAt('group');
      await found.row.update({
        ...{ number: `祝劳调〔2022〕${9000 + ++numbered}号`, statutoryDueOn: '2022-03-17', workers },
        ...{ extendedTo: '2022-03-27', firstContactAt: instantOf('2022-03-03', '10:00') },
        ...(await amountsOf(found.id)),
      });
      return found;
    };

    it('into a case that stands where the first stood, with a number of its own', async () => {
      const { id, claimantId, row } = await accepted();
      await split(id, claimantId);
      const own = await splitCaseOf(id);
      for (const kept of [
        ...(['townId', 'villageId', 'enterpriseId', 'source', 'level', 'firstLevel', 'roomId'] as const),
        ...(['mediatorId', 'state', 'primaryType', 'respondentName', 'receivedOn', 'hasTicket'] as const),
        ...([
          'workerConsentOn',
          'respondentConsentOn',
          'acceptedOn',
          'statutoryDueOn',
          'extendedTo',
        ] as const),
      ])
        expect(own[kept], kept).to.equal(row[kept]);
      for (const moment of [
        'receivedAt',
        'routedAt',
        'firstRoutedAt',
        'takenOverAt',
        'firstContactAt',
      ] as const)
        expect(own[moment]?.getTime(), moment).to.equal(row[moment]?.getTime());
      expect(own).to.include({ workers: 1, collective: false, claimedFen: 800_000, dueOn: '2022-03-27' });
      expect(own.number)
        .to.match(/〔2022〕\d{4}号/)
        .and.not.equal(row.number);
      expect(await rowOf(id)).to.include({ workers: 11, collective: true, claimedFen: null });
      expect(await Claimant.findByPk(claimantId)).to.include({ caseId: own.id, position: 1 });
      expect(await Claim.count({ where: { claimantId, caseId: own.id } })).to.equal(1);
      const names = (await Respondent.findAll({ where: { caseId: own.id } })).map(({ name }) => name);
      expect(names).to.deep.equal([row.respondentName]);
      const { rows } = await listCases(dispatcher, { text: own.number! });
      expect(rows.map((found) => found.id)).to.deep.equal([own.id]);
    });

    it('and both histories lead to the other case; no name is told to who may not know it', async () => {
      const { id, claimantId } = await accepted();
      await split(id, claimantId);
      const own = await splitCaseOf(id);
      const [first, second] = [await loadCasePage(mediator, id), await loadCasePage(mediator, own.id)];
      expect([...first.linkedCases]).to.deep.equal([[own.id, own.number]]);
      expect([...second.linkedCases.keys()]).to.deep.equal([id]);
      const official = await loadCasePage(await aReader(['official', town.town]), id);
      expect(seenText('李强不同意', official)).to.equal('李*不同意');
    });

    it('with what the papers know of the worker and of the respondents', async () => {
      const { id, claimantId } = await accepted();
      const respondent = (await Respondent.findOne({ where: { caseId: id } }))!;
      for (const subjectId of [claimantId, respondent.id])
        await Particulars.create({
          subjectId,
          caseId: id,
          details: encrypt('{"address":"某路1号"}'),
          version: 1,
        });
      await split(id, claimantId);
      const own = await splitCaseOf(id);
      const known = await particularsOf(own.id);
      const copy = (await Respondent.findOne({ where: { caseId: own.id } }))!;
      expect(known.ofClaimant(claimantId).address).to.equal('某路1号');
      expect(known.ofRespondent(copy.id).address).to.equal('某路1号');
      expect((await particularsOf(id)).ofRespondent(respondent.id).address).to.equal('某路1号');
    });

    it('with what was said to them or to all; what was said to another, and what is planned, stays', async () => {
      const { id, claimantId, row } = await accepted();
      const another = (await Claimant.findOne({ where: { caseId: id, name: '周敏' } }))!.id;
      const call = { caseId: id, byId: mediator.userId, channel: 'call', reached: 'yes' } as const;
      for (const [note, party, about] of [
        ['李强不同意分期', 'worker', claimantId],
        ['周敏同意分期', 'worker', another],
        ['企业愿分三期', 'respondent', null],
      ] as const) {
        const at = instantOf('2022-03-03', '10:00');
        await Contact.create({ ...call, note, party, claimantId: about, at, createdAt: at });
      }
      const meeting = {
        caseId: id,
        mediatorId: mediator.userId,
        plannedById: mediator.userId,
        place: '镇政府',
      };
      const times = { startsAt: instantOf('2022-03-04', '14:00'), endsAt: instantOf('2022-03-04', '15:00') };
      const minutes = '周敏、李强各自陈述';
      await MediationSession.create({ ...meeting, ...times, attendees: '双方', minutes, state: 'held' });
      await split(id, claimantId);
      const own = await splitCaseOf(id);
      const notesIn = async (caseId: string) =>
        (await Contact.findAll({ where: { caseId } })).map(({ note, fromCaseId }) => [note, fromCaseId]);
      expect(await notesIn(own.id)).to.have.deep.members([
        ['李强不同意分期', id],
        ['企业愿分三期', id],
      ]);
      expect(await notesIn(id)).to.have.lengthOf(3);
      const sessions = await MediationSession.findAll({ where: { caseId: own.id } });
      expect(sessions.map((session) => [session.minutes, session.state, session.fromCaseId])).to.deep.equal([
        [minutes, 'held', id],
      ]);
      const texts = async (reader: Reader) =>
        JSON.stringify(
          presentCasePage(await loadCasePage(reader, own.id), '2022-03-07', translator('zh-CN')),
        );
      const seen = await texts(mediator);
      expect(seen)
        .to.include('涉及：李强')
        .and.include(`分案前的记录，原载 ${row.number}`)
        .and.include(minutes);
      const masked = await texts(await aReader(['official', town.town]));
      expect(masked).to.include('周*、李*各自陈述').and.not.include('李强').and.not.include('周敏');
    });

    it('about whom a contact was is one of the case’s own workers', async () => {
      const [one, other] = [await accepted(), await accepted()];
      const at = instantOf('2022-03-06', '10:00');
      const call = { at, channel: 'call', party: 'worker', reached: 'yes', note: null, mood: null } as const;
      const log = (claimantId: string) => logContact(mediator, one.id, { ...call, risk: null, claimantId });
      await log(one.claimantId);
      expect(await refusal(log(other.claimantId))).to.equal('claimantId: errors.notInList');
      const rows = await Contact.findAll({ where: { caseId: one.id } });
      expect(rows.map(({ claimantId }) => claimantId)).to.deep.equal([one.claimantId]);
    });

    it('and whoever mediates along does so in both', async () => {
      const { id, claimantId } = await accepted();
      const volunteer = { name: '孙律师', kind: 'legalVolunteer' as const, activeFrom: '2022-01-01' };
      const whose = { townId: town.town.id, areaId: town.own.village.id };
      const { id: personId } = await Person.create({ ...volunteer, ...whose });
      const namedById = mediator.userId;
      await CoMediator.create({ caseId: id, openKey: id, personId, since: '2022-03-05', namedById });
      await split(id, claimantId);
      const own = await splitCaseOf(id);
      const named = await CoMediator.findAll({ where: { personId, until: null } });
      expect(named.map(({ caseId }) => caseId)).to.have.members([id, own.id]);
    });

    it('who represents nobody any more', async () => {
      const { id, claimantId } = await accepted();
      await Claimant.update({ representative: true }, { where: { caseId: id } });
      await split(id, claimantId);
      expect((await Claimant.findByPk(claimantId))!.representative).to.equal(false);
      expect(await Claimant.count({ where: { caseId: id, representative: true } })).to.equal(3);
    });

    for (const [told, ticketWorkers, shared, along] of [
      ['their own ticket goes along', 1, false, true],
      ['a ticket for all stays and is answered there', 12, false, false],
      ['a ticket by a phone that another worker has too stays', 1, true, false],
    ] as const) {
      it(told, async () => {
        const { id, claimantId } = await accepted();
        const phoneHash = lookupHash(`1390000${claimantId.slice(-4)}`);
        await Claimant.update({ phoneHash }, { where: shared ? { caseId: id } : { id: claimantId } });
        const values = { caseId: id, callerPhoneHash: phoneHash, workers: ticketWorkers };
        const ticket = await aTicket(town.town, '2022-03-01', values);
        await split(id, claimantId);
        const own = await splitCaseOf(id);
        expect((await Ticket.findByPk(ticket.id))!.caseId).to.equal(along ? own.id : id);
      });
    }

    it('but not while an agreement awaits signature, nor the only one, nor somebody else’s', async () => {
      const { id, claimantId, row } = await accepted();
      await row.update({ state: 'awaitingSignature' });
      expect(await refusal(split(id, claimantId))).to.equal('group.errors.withdrawDraftFirst');
      const alone = await caseAt('mediated');
      await alone.row.update({ workers: 2 });
      expect(await refusal(split(alone.id, alone.claimantId))).to.equal('group.errors.nobodyLeft');
      const other = await accepted();
      expect(await refusal(split(other.id, claimantId))).to.equal('errors.notFound');
      expect(await refusal(split(other.id, other.claimantId, dispatcher))).to.equal('errors.forbidden');
      expect(await DisputeCase.count({ where: { id: [id, alone.id, other.id] } })).to.equal(3);
    });

    it('and every sum of workers and amounts stays, however often it is done', async () => {
      const { id } = await accepted(14);
      const amount = (index: number) => (index % 3 === 0 ? null : 10_000 * index + 7);
      await Claim.destroy({ where: { caseId: id } });
      const claimants = await Claimant.findAll({ where: { caseId: id } });
      for (const [index, { id: claimantId }] of claimants.entries())
        await Claim.create({
          ...{ caseId: id, claimantId, type: 'wages', claimedFen: 100_000 + index },
          ...{ verifiedFen: 90_000 + index, agreedFen: amount(index) },
        });
      const whole = await amountsOf(id);
      await (await rowOf(id)).update(whole);
      const before = await sums();
      for (const { id: claimantId } of claimants.slice(1)) {
        await split(id, claimantId);
        expect(await sums()).to.deep.equal(before);
      }
      expect(await rowOf(id)).to.include({ workers: 11, collective: true, claimedFen: 100_000 });
    });

    /** What reports count of the town: workers and amounts over all cases, tickets, and the sum involved. */
    async function sums() {
      const [workers, claimed, verified, agreed] = await Promise.all(
        (['workers', 'claimedFen', 'verifiedFen', 'agreedFen'] as const).map((column) =>
          DisputeCase.sum(column),
        ),
      );
      const { amountInvolvedFen, tickets } = await loadIndicators({
        townIds: [town.town.id],
        villageId: null,
        period: { from: '2022-03-01', to: '2022-03-31' },
        basis: 'received',
      });
      return { workers, claimed, verified, agreed, amountInvolvedFen, received: tickets.received };
    }
  });
});
