import { expect } from 'chai';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { FollowUp } from '../../models/follow-ups.ts';
import { Instalment, Settlement } from '../../models/settlements.ts';
import { RoomMediator } from '../../models/directory.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { revealField } from '../../server/cases/reveal.service.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import type { Outcome } from '../../server/cases/lifecycle.rules.ts';
import { recordCall, type Call } from '../../server/follow-ups/calls.service.ts';
import { listFollowUps } from '../../server/follow-ups/follow-up-list.queries.ts';
import { loadFollowUpPage } from '../../server/follow-ups/follow-up-page.queries.ts';
import { openFollowUps } from '../../server/follow-ups/opening.service.ts';
import { answerRedo } from '../../server/follow-ups/redo.service.ts';
import { reopenCase } from '../../server/follow-ups/reopening.service.ts';
import { loadIndicators } from '../../server/reports/indicator.queries.ts';
import { addDays, instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import type { JobContext } from '../../server/shared/job.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aClaimant, aReader, aTown, aUser } from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

const on = (day: string): JobContext => ({ day, inTurn: inTx });
const GOOD: Call = {
  ...{ reached: 'yes', performance: 'kept', satisfaction: 'satisfied', retaliation: false },
  ...{ hiddenRisk: false, mood: 'calm', risk: 'none', note: '李强说钱收到了' },
};
const BAD: Call = { ...GOOD, satisfaction: 'unsatisfied', mood: 'angry' };
const VAIN: Call = {
  ...{ reached: 'no', performance: null, satisfaction: null, retaliation: null },
  ...{ hiddenRisk: null, mood: null, risk: null, note: null },
};

describe('following up', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let clerk: Reader;
  let colleague: Reader;
  let mediator: Reader;
  let dispatcher: Reader;

  const readerOf = async ({ id }: { id: string }): Promise<Reader> => (await findSignedIn(id))!.reader;
  before(async () => {
    subscribeFeatures();
    town = await aTownAtWork('祝塘镇');
    clerk = await aReader(['callbackClerk', town.town]);
    colleague = await aReader(['callbackClerk', town.town]);
    mediator = await readerOf(town.own.mediators[0]!);
    dispatcher = await readerOf(town.sender);
  });
  beforeEach(async () => {
    await FollowUp.destroy({ where: {} });
    await DisputeCase.update({ archivedOn: '2022-03-03', followUpOn: null }, { where: {} });
    setClock(() => instantOf('2022-03-10', '09:00'));
  });
  afterEach(() => setClock());

  const ids = async (stage: 'followUp' | 'failed' = 'followUp') => {
    const { caseId, followUpId, claimantId } = await aCaseAt(town.own, stage);
    return { caseId: caseId!, followUpId: followUpId!, claimantId: claimantId! };
  };
  const row = (caseId: string) => DisputeCase.findByPk(caseId, { raw: true });
  const eventsOf = async (caseId: string): Promise<string[]> =>
    (
      await CaseEvent.findAll({
        where: { caseId },
        order: [
          ['at', 'ASC'],
          ['id', 'ASC'],
        ],
      })
    ).map(({ action }) => action);

  describe('the sweep', () => {
    const closed = (outcome: Outcome, closedOn = '2022-03-03') =>
      aCase(town.town).closedOn(closedOn, outcome).saved();
    const isDue = async ({ id }: DisputeCase) => (await FollowUp.count({ where: { caseId: id } })) === 1;

    it('opens every dispute that ended 7 days ago, once, however often it runs', async () => {
      const cases = await Promise.all(
        (
          ['settledAtOnce', 'reconciled', 'failed', 'declined', 'withdrawn', 'settledByInstalments'] as const
        ).map((outcome) => closed(outcome)),
      );
      expect(await openFollowUps(on('2022-03-09'))).to.deep.equal({ opened: 0 });
      expect(await openFollowUps(on('2022-03-10'))).to.deep.equal({ opened: cases.length });
      expect(await openFollowUps(on('2022-03-10'))).to.deep.equal({ opened: 0 });
      const { followUpOn } = (await row(cases[0]!.id))!;
      expect(followUpOn).to.equal('2022-03-10');
      const followUp = await FollowUp.findOne({ where: { caseId: cases[0]!.id }, raw: true });
      expect(followUp).to.include({ round: 1, state: 'due', dueOn: '2022-03-10', closedOn: '2022-03-03' });
    });

    it('two sweeps at once open it once', async () => {
      const disputeCase = await closed('settledAtOnce');
      const counts = await Promise.all([openFollowUps(on('2022-03-10')), openFollowUps(on('2022-03-10'))]);
      expect(counts.reduce((sum, { opened }) => sum + opened, 0)).to.equal(1);
      expect(await isDue(disputeCase)).to.equal(true);
    });

    it('leaves what went elsewhere or was no dispute, what is forgotten, archived or of a ledger', async () => {
      for (const outcome of ['transferred', 'lostContact', 'notLabour', 'duplicate', 'void'] as const)
        await closed(outcome);
      await closed('settledAtOnce', '2021-12-01');
      await aCase(town.town).closedOn('2022-03-03').with({ archivedOn: '2022-03-09' }).saved();
      expect(await openFollowUps(on('2022-03-10'))).to.deep.equal({ opened: 0 });
    });

    it('waits for 7 days after the last instalment', async () => {
      const disputeCase = await closed('settledByInstalments', '2021-11-01');
      const claimant = await aClaimant(disputeCase);
      const settlement = await Settlement.create({
        ...{ caseId: disputeCase.id, openKey: disputeCase.id, kind: 'settledByInstalments', terms: '分期' },
        ...{ draftedById: mediator.userId, totalFen: 200, signedOn: '2021-11-01' },
      });
      for (const dueOn of ['2022-02-20', '2022-03-20'])
        await Instalment.create({
          ...{ settlementId: settlement.id, caseId: disputeCase.id, claimantId: claimant.id },
          ...{ dueOn, amountFen: 100 },
        });
      expect(await openFollowUps(on('2022-03-26'))).to.deep.equal({ opened: 0 });
      expect(await openFollowUps(on('2022-03-27'))).to.deep.equal({ opened: 1 });
      expect(await isDue(disputeCase)).to.equal(true);
    });
  });

  describe('the call', () => {
    it('archives a case whose worker is pleased; the event has no personal data', async () => {
      const { caseId, followUpId } = await ids();
      await recordCall(clerk, followUpId, GOOD);
      expect(await row(caseId)).to.include({ archivedOn: '2022-03-10', followUpOn: null, redoOn: null });
      expect(await eventsOf(caseId)).to.deep.equal(['followUp', 'archive']);
      const event = await CaseEvent.findOne({ where: { caseId, action: 'followUp' } });
      expect(event!.actorId).to.equal(clerk.userId);
      expect(event!.detail).to.deep.equal({
        ...{ round: 1, reached: 'yes', kept: 'kept', satisfaction: 'satisfied', risk: null, redo: false },
      });
    });

    it('is made by somebody else than who has the case, or ever took it over', async () => {
      const { caseId, followUpId } = await ids();
      const own = await aUser('兼任', 'callbackClerk', town.town);
      await DisputeCase.update({ mediatorId: own.id }, { where: { id: caseId } });
      const reader = await readerOf(own);
      expect((await loadFollowUpPage(reader, followUpId)).ownCase).to.equal(true);
      expect(await refusal(recordCall(reader, followUpId, GOOD))).to.equal('follow-ups.errors.ownCase');
      await DisputeCase.update({ mediatorId: mediator.userId }, { where: { id: caseId } });
      await CaseEvent.create({ caseId, actorId: own.id, action: 'takeOver' });
      expect(await refusal(recordCall(reader, followUpId, GOOD))).to.equal('follow-ups.errors.ownCase');
      expect(await FollowUp.count({ where: { id: followUpId, state: 'due' } })).to.equal(1);
    });

    it('is recorded once when two clerks call at the same moment', async () => {
      const { caseId, followUpId } = await ids();
      const calls = await Promise.all([
        refusal(recordCall(clerk, followUpId, GOOD)),
        refusal(recordCall(colleague, followUpId, BAD)),
      ]);
      expect(calls.filter((said) => said === 'nothing')).to.have.length(1);
      expect(calls.find((said) => said !== 'nothing')).to.be.oneOf([
        ...['follow-ups.errors.done', 'errors.stale', 'errors.notFound'],
      ]);
      expect(await CaseEvent.count({ where: { caseId, action: 'followUp' } })).to.equal(1);
      expect(await refusal(recordCall(clerk, followUpId, GOOD))).to.equal('follow-ups.errors.done');
    });

    it('in vain is tried again, and the third one ends it', async () => {
      const { caseId, followUpId } = await ids();
      await recordCall(clerk, followUpId, VAIN);
      await recordCall(clerk, followUpId, VAIN);
      expect(await FollowUp.findByPk(followUpId, { raw: true })).to.include({ state: 'due', attempts: 2 });
      expect((await row(caseId))!.followUpOn).to.equal('2022-03-10');
      await recordCall(clerk, followUpId, VAIN);
      expect(await FollowUp.findByPk(followUpId, { raw: true })).to.include({ state: 'done', reached: 'no' });
      expect((await row(caseId))!.archivedOn).to.equal('2022-03-10');
    });

    it('the clerk knows name and phone only as long as it is open, and no other number', async () => {
      const { caseId, followUpId, claimantId } = await ids();
      const part = { caseId, part: 'claimant' as const, id: claimantId };
      const reveal = (field: 'phone' | 'idNumber') =>
        revealField(clerk, part, { field, reason: 'contactParty' });
      expect(await reveal('phone')).to.equal('13800001234');
      expect(await refusal(reveal('idNumber'))).to.equal('errors.notFound');
      const complaint = { caseId, part: 'complaint' as const, id: caseId };
      const facts = revealField(clerk, complaint, { field: 'facts', reason: 'contactParty' });
      expect(await refusal(facts)).to.equal('errors.notFound');
      expect((await loadCasePage(clerk, caseId)).privacy).to.equal('call');
      await recordCall(clerk, followUpId, GOOD);
      expect(await refusal(reveal('phone'))).to.equal('errors.notFound');
      expect(await refusal(loadCasePage(clerk, caseId))).to.equal('errors.notFound');
      expect((await loadFollowUpPage(clerk, followUpId)).privacy).to.equal('masked');
    });

    it('a clerk of another town finds nothing', async () => {
      const { followUpId } = await ids();
      const stranger = await aReader(['callbackClerk', await aTown('青阳镇')]);
      expect(await refusal(loadFollowUpPage(stranger, followUpId))).to.equal('errors.notFound');
      expect(await refusal(recordCall(stranger, followUpId, GOOD))).to.equal('errors.notFound');
      expect((await listFollowUps(stranger, { state: 'due' }, {})).total).to.equal(0);
    });
  });

  describe('what is done again', () => {
    it('goes to its mediator with 3 working days and is not archived; the outcome stays', async () => {
      const { caseId, followUpId } = await ids();
      await recordCall(clerk, followUpId, BAD);
      expect(await row(caseId)).to.include({
        ...{ state: 'closed', outcome: 'settledAtOnce', closedOn: '2022-03-03', archivedOn: null },
        ...{ redoOn: '2022-03-10', dueOn: '2022-03-15', dueKind: 'redo', mediatorId: mediator.userId },
      });
    });

    it('the next call says whether it changed anything, and counts', async () => {
      const { caseId, followUpId } = await ids();
      await recordCall(clerk, followUpId, BAD);
      const { version } = (await row(caseId))!;
      const page = await loadCasePage(mediator, caseId);
      expect([...page.actions]).to.include.members(['answerRedo', 'recordContact']);
      await answerRedo(mediator, caseId, version, { answer: '已补发加班费' });
      expect(await row(caseId)).to.include({ redoOn: null, followUpOn: '2022-03-17', dueKind: null });
      const again = await FollowUp.findOne({ where: { caseId, round: 2 } });
      await recordCall(clerk, again!.id, GOOD);
      const first = await FollowUp.findByPk(followUpId, { raw: true });
      expect(Boolean(first!.redoHelped)).to.equal(true);
      expect(first).to.include({ redoAnswer: '已补发加班费', redoAnsweredById: mediator.userId });
      expect((await row(caseId))!.archivedOn).to.equal('2022-03-10');
      const events = ['followUp', 'redo', 'answerRedo', 'followUp', 'archive'];
      expect(await eventsOf(caseId)).to.deep.equal(events);
    });

    it('of danger goes to the town at once, however satisfied the worker is; the level stays', async () => {
      const { caseId, followUpId } = await ids();
      await recordCall(clerk, followUpId, { ...GOOD, risk: 'violence' });
      const given = (await row(caseId))!;
      expect(given).to.include({ level: 'village', takenOverAt: null, redoOn: '2022-03-10' });
      expect(given.mediatorId).to.not.equal(mediator.userId);
      const event = await CaseEvent.findOne({ where: { caseId, action: 'redo' } });
      expect(event!.detail['receiver']).to.be.a('string');
      expect(await eventsOf(caseId)).to.deep.equal(['followUp', 'redo']);
    });

    it('goes to somebody else of the village where the mediator is gone', async () => {
      const { caseId, followUpId } = await ids();
      const where = { userId: mediator.userId };
      await RoomMediator.update({ activeTo: '2022-03-09' }, { where });
      await recordCall(clerk, followUpId, BAD);
      await RoomMediator.update({ activeTo: null }, { where });
      const given = await row(caseId);
      expect(given).to.include({
        mediatorId: town.own.mediators[1]!.id,
        takenOverAt: null,
        level: 'village',
      });
      const event = await CaseEvent.findOne({ where: { caseId, action: 'redo' } });
      expect(event!.detail).to.include({ receiver: '徐春梅', redoDueOn: '2022-03-15' });
    });
  });

  describe('opening a case again', () => {
    it('lets everything but number and history begin anew', async () => {
      const { caseId } = await ids('failed');
      await DisputeCase.update(
        {
          number: '祝劳调〔2022〕0007号',
          closedOn: '2022-03-03',
          archivedOn: null,
          followUpOn: '2022-03-10',
        },
        { where: { id: caseId } },
      );
      await FollowUp.create({
        ...{ caseId, townId: town.town.id, round: 1, closedOn: '2022-03-03', dueOn: '2022-03-10' },
      });
      const { version } = (await row(caseId))!;
      await reopenCase(dispatcher, caseId, version, { explanation: '有新证据' });
      expect(await row(caseId)).to.include({
        ...{ state: 'awaitingRouting', outcome: null, closedOn: null, mediatorId: null, takenOverAt: null },
        ...{ workerConsentOn: null, respondentConsentOn: null, acceptedOn: null, statutoryDueOn: null },
        ...{ number: '祝劳调〔2022〕0007号', dueOn: '2022-03-11', dueKind: 'dispatch', followUpOn: null },
      });
      expect(await FollowUp.count({ where: { caseId, state: 'dropped' } })).to.equal(1);
      expect(await eventsOf(caseId)).to.deep.equal(['reopen']);
    });

    it('is refused to the mediator, to a dispatcher of one village, and after 30 days', async () => {
      const { caseId } = await ids('failed');
      const set = (values: object) => DisputeCase.update(values, { where: { id: caseId } });
      const { version } = (await row(caseId))!;
      const reopen = (reader: Reader) =>
        refusal(reopenCase(reader, caseId, version, { explanation: '有新证据' }));
      await set({ mediatorId: dispatcher.userId, closedOn: '2022-03-03', archivedOn: null });
      expect(await reopen(dispatcher)).to.equal('follow-ups.errors.ownReopening');
      expect((await loadCasePage(dispatcher, caseId)).actions.has('reopen')).to.equal(false);
      await set({ mediatorId: mediator.userId });
      expect(await reopen(await aReader(['dispatcher', town.own.village]))).to.equal('errors.forbidden');
      await set({ closedOn: addDays('2022-03-10', -31) });
      expect(await reopen(dispatcher)).to.equal('follow-ups.errors.tooLate');
      await set({ closedOn: '2022-03-03', outcome: 'reconciled' });
      expect(await reopen(dispatcher)).to.equal('cases.obstacles.withoutAgreement');
      expect((await row(caseId))!.state).to.equal('closed');
    });
  });

  describe('the list and the figures', () => {
    const question = () => ({
      ...{ townIds: [town.town.id], villageId: null, basis: 'received' as const },
      period: { from: '2022-03-01', to: '2022-03-31' },
    });

    it('pages what is due, the longest due first', async () => {
      const days = ['2022-03-08', '2022-03-05', '2022-03-09', '2022-03-05', '2022-03-07'];
      for (const dueOn of days) {
        const { followUpId } = await ids();
        await FollowUp.update({ dueOn }, { where: { id: followUpId } });
      }
      const first = await listFollowUps(clerk, { state: 'due' }, {}, 2);
      const second = await listFollowUps(clerk, { state: 'due' }, { after: first.older! }, 2);
      const third = await listFollowUps(clerk, { state: 'due' }, { after: second.older! }, 2);
      const shown = [first, second, third].flatMap(({ rows }) => rows.map(({ followUp }) => followUp.dueOn));
      expect(shown).to.deep.equal([...days].sort());
      expect([first.total, first.due, third.older]).to.deep.equal([5, 5, null]);
      expect(first.rows[0]!.worker).to.equal('李强');
    });

    it('回访满意率 counts the valid calls of the period, and the list behind it is the same', async () => {
      const answers: Call[] = [
        GOOD,
        { ...GOOD, satisfaction: 'mostlySatisfied' },
        { ...GOOD, satisfaction: 'fair' },
        { ...GOOD, satisfaction: 'declined' },
        BAD,
      ];
      for (const answer of answers) await recordCall(clerk, (await ids()).followUpId, answer);
      const { followUpId } = await ids();
      await FollowUp.update({ attempts: 2 }, { where: { id: followUpId } });
      await recordCall(clerk, followUpId, VAIN);
      const { followUps } = await loadIndicators(question());
      expect(followUps).to.deep.equal({ valid: 4, satisfied: 2, redone: 1, redosHelped: 0 });
      const { from: calledFrom, to: calledTo } = question().period;
      const period = { area: town.town.id, state: 'done', calledFrom, calledTo } as const;
      expect((await listFollowUps(clerk, { ...period, valid: 'yes' }, {})).total).to.equal(4);
      expect((await listFollowUps(clerk, { ...period, redo: 'yes' }, {})).total).to.equal(1);
      const village = { ...question(), villageId: town.same.village.id };
      expect((await loadIndicators(village)).followUps.valid).to.equal(0);
    });
  });
});
