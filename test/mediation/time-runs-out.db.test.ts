import { expect } from 'chai';
import { Room, RoomMediator } from '../../models/directory.ts';
import { inTx } from '../../models/dialect.ts';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { MediationSession } from '../../models/mediation.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { askToGoUp, goUpWhereDue } from '../../server/case-routing/going-up.service.ts';
import { extendMediation, logContact, type NewContact } from '../../server/mediation/mediation.service.ts';
import { draftFailures } from '../../server/mediation/expiry.service.ts';
import {
  cancelSession,
  planSession,
  recordSession,
  type NewSession,
} from '../../server/mediation/sessions.service.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { Payment, Settlement } from '../../models/settlements.ts';
import type { Confirmation } from '../../server/settlements/confirmation.rules.ts';
import { fileConfirmation } from '../../server/settlements/confirmation.service.ts';
import { markBreaches } from '../../server/settlements/default.service.ts';
import { rejectPayment, verifyPayment } from '../../server/settlements/payments.service.ts';
import { failCase } from '../../server/cases/closing.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import type { JobContext } from '../../server/shared/job.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { aRoom, aUser } from '../support/factories.ts';
import { acceptOffer, offerCase } from '../../server/case-routing/hand-over.service.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

const on = (day: string): JobContext => ({ day, inTurn: inTx });

describe('when time runs out', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let mediator: Reader;
  let colleague: Reader;
  let dispatcher: Reader;

  before(async () => {
    subscribeFeatures();
    town = await aTownAtWork('祝塘镇');
    const readerOf = async ({ id }: { id: string }) => (await findSignedIn(id))!.reader;
    mediator = await readerOf(town.own.mediators[0]!);
    colleague = await readerOf(town.own.mediators[1]!);
    dispatcher = await readerOf(town.sender);
  });
  beforeEach(async () => {
    await MediationSession.destroy({ where: {} });
    setClock(() => instantOf('2022-03-07', '09:00'));
  });
  afterEach(async () => {
    setClock();
    await DisputeCase.update(
      { state: 'closed', closedOn: '2022-03-07', outcome: 'failed', dueKind: null, performance: null },
      { where: {} },
    );
  });

  const caseAt = async (stage: CaseStage, corner = town.own) => {
    const ids = await aCaseAt(corner, stage);
    return {
      id: ids['caseId']!,
      ids,
      row: () => DisputeCase.findByPk(ids['caseId']!, { rejectOnEmpty: true }),
    };
  };
  const eventsOf = async (caseId: string, action: CaseEvent['action']) =>
    (await CaseEvent.findAll({ where: { caseId, action } })).map(({ actorId, detail }) => ({
      actorId,
      detail,
    }));

  describe('a case goes up', () => {
    it('once, to the named mediator of the town with the fewest cases; the statutory clock stays', async () => {
      const { mediators } = await aRoom(town.town, town.town, ['陆文忠']);
      const { id, row } = await caseAt('mediated');
      await (
        await row()
      ).update({ statutoryDueOn: '2022-03-17', firstContactAt: instantOf('2022-03-02', '10:00') });
      expect(await goUpWhereDue(on('2022-03-12'))).to.deep.equal({ goneUp: 0 });
      setClock(() => instantOf('2022-03-13', '01:05'));
      expect(await goUpWhereDue(on('2022-03-13'))).to.deep.equal({ goneUp: 1 });
      expect(await goUpWhereDue(on('2022-03-13'))).to.deep.equal({ goneUp: 0 });
      expect(await row()).to.include({
        ...{ level: 'town', firstLevel: 'village', mediatorId: mediators[0]!.id, takenOverAt: null },
        ...{ state: 'inMediation', statutoryDueOn: '2022-03-17', workerConsentOn: '2022-03-02' },
      });
      expect(await eventsOf(id, 'goUp')).to.deep.equal([
        {
          actorId: null,
          detail: {
            goingUp: 'noAgreement',
            from: 'village',
            level: 'town',
            receiver: '陆文忠',
            explanation: null,
          },
        },
      ]);
      await RoomMediator.destroy({ where: { userId: mediators[0]!.id } });
    });

    it('to the dispatcher by name where nobody mediates above', async () => {
      const { id, row } = await caseAt('taken');
      await askToGoUp(mediator, id, (await row()).version, { explanation: '当事人要求镇里处理' });
      expect(await row()).to.include({
        level: 'town',
        roomId: null,
        mediatorId: null,
        state: 'awaitingAcceptance',
      });
      expect((await eventsOf(id, 'goUp'))[0]!.detail).to.include({ goingUp: 'asked', receiver: '陈建国' });
      const { rows } = await listCases(dispatcher, { awaits: 'reassignment' });
      expect(rows.map((found) => found.id)).to.deep.equal([id]);
      expect(
        await refusal(askToGoUp(dispatcher, id, (await row()).version, { explanation: '再提' })),
      ).to.equal('cases.obstacles.belowTown');
    });

    it('from an enterprise to its village, never to somebody who sits on its committee', async () => {
      const { mediators } = await aRoom(town.town, town.same.village, ['钱卫东']);
      const { row } = await caseAt('mediated', town.same);
      await (await row()).update({ firstContactAt: instantOf('2022-03-02', '10:00') });
      expect(await goUpWhereDue(on('2022-03-07'))).to.deep.equal({ goneUp: 0 });
      expect(await goUpWhereDue(on('2022-03-08'))).to.deep.equal({ goneUp: 1 });
      expect(await row()).to.include({ level: 'village', mediatorId: mediators[0]!.id });
      await Room.update({ active: false }, { where: { id: (await row()).roomId! } });
    });

    it('stays at the enterprise when a session was held in time', async () => {
      const { id, row } = await caseAt('mediated', town.same);
      await MediationSession.update({ state: 'held', minutes: '双方陈述' }, { where: { caseId: id } });
      await (await row()).update({ firstContactAt: instantOf('2022-03-02', '10:00') });
      expect(await goUpWhereDue(on('2022-03-08'))).to.deep.equal({ goneUp: 0 });
    });

    it('at once when somebody may come to harm, in the same transaction as the contact', async () => {
      const { id, row } = await caseAt('taken');
      const contact: NewContact = {
        ...{ at: instantOf('2022-03-07', '08:00'), channel: 'call', party: 'worker', reached: 'yes' },
        ...{ note: null, mood: 'furious', risk: 'violence' },
      };
      await logContact(mediator, id, { ...contact, risk: 'petition' });
      expect((await row()).level).to.equal('village');
      await logContact(mediator, id, contact);
      expect((await row()).level).to.equal('town');
      expect((await eventsOf(id, 'goUp'))[0]!.detail).to.include({ goingUp: 'danger' });
    });
  });

  it('a contact from before the case was taken over is no first contact, and is shown as entered later', async () => {
    const { id, row } = await caseAt('taken');
    const contact: NewContact = {
      ...{ at: instantOf('2022-03-01', '15:00'), channel: 'call', party: 'worker', reached: 'yes' },
      ...{ note: null, mood: null, risk: null },
    };
    await logContact(mediator, id, contact);
    expect((await row()).firstContactAt).to.equal(null);
    expect((await eventsOf(id, 'recordContact'))[0]!.detail).to.include({ madeOn: '2022-03-01' });
    await logContact(mediator, id, { ...contact, at: instantOf('2022-03-02', '15:00') });
    expect(Number((await row()).firstContactAt)).to.equal(Number(instantOf('2022-03-02', '15:00')));
  });

  it('an end more than 60 days away is read again first', async () => {
    const { id, row } = await caseAt('mediated');
    const signed = { workerSignedOn: '2022-03-06', respondentSignedOn: '2022-03-06' };
    const far = { extendedTo: '2022-05-07', ...signed };
    const { version } = await row();
    expect(await refusal(extendMediation(mediator, id, version, far))).to.equal(
      'extendedTo: mediation.errors.farAway',
    );
    await extendMediation(mediator, id, version, { ...far, farAway: true });
    expect((await row()).extendedTo).to.equal('2022-05-07');
    expect((await eventsOf(id, 'extend'))[0]!.detail).to.deep.equal(far);
  });

  it('what was planned is called off when the case ends', async () => {
    const { id, row } = await caseAt('mediated');
    const then = { startsAt: instantOf('2022-03-09', '14:00'), endsAt: instantOf('2022-03-09', '15:00') };
    await MediationSession.update(then, { where: { caseId: id } });
    await failCase(mediator, id, (await row()).version, { referral: 'arbitration', reason: '分歧大' });
    expect((await MediationSession.findOne({ where: { caseId: id } }))!.state).to.equal('cancelled');
    expect((await eventsOf(id, 'cancelSession'))[0]!.detail).to.deep.equal({
      startsAt: '2022-03-09 14:00',
      reason: 'caseClosed',
    });
  });

  describe('the days of mediation', () => {
    it('end with a drafted failure, once, which a person confirms', async () => {
      const { id, row } = await caseAt('mediated');
      await (await row()).update({ statutoryDueOn: '2022-03-17' });
      expect(await draftFailures(on('2022-03-17'))).to.deep.equal({ drafted: 0 });
      expect(await draftFailures(on('2022-03-18'))).to.deep.equal({ drafted: 1 });
      expect(await draftFailures(on('2022-03-19'))).to.deep.equal({ drafted: 0 });
      expect(await row()).to.include({ state: 'inMediation', failureDraftedOn: '2022-03-18', outcome: null });
      const { version } = await row();
      await failCase(mediator, id, version, { referral: 'arbitration', reason: '期限届满' });
      expect(await row()).to.include({ state: 'closed', outcome: 'failed' });
    });

    it('are extended by both parties before they end, and the failure is not drafted', async () => {
      const { id, row } = await caseAt('mediated');
      await (await row()).update({ statutoryDueOn: '2022-03-17' });
      const wish = {
        extendedTo: '2022-03-31',
        workerSignedOn: '2022-03-06',
        respondentSignedOn: '2022-03-07',
      };
      const extend = async (changes: Partial<typeof wish>) =>
        refusal(extendMediation(mediator, id, (await row()).version, { ...wish, ...changes }));
      expect(await extend({ respondentSignedOn: '2022-03-08' })).to.equal(
        'respondentSignedOn: errors.dayAfter',
      );
      expect(await extend({ workerSignedOn: '2022-02-01' })).to.equal('workerSignedOn: errors.dayBefore');
      expect(await extend({ extendedTo: '2022-03-17' })).to.equal('extendedTo: mediation.errors.notLater');
      expect(await extend({ extendedTo: '2202-03-31' })).to.equal('extendedTo: errors.dayAfter');
      setClock(() => instantOf('2022-03-20', '09:00'));
      expect(await extend({ respondentSignedOn: '2022-03-18' })).to.equal(
        'respondentSignedOn: mediation.errors.signedAfterEnd',
      );
      expect(await extend({})).to.equal('nothing');
      expect(await row()).to.include({ extendedTo: '2022-03-31', statutoryDueOn: '2022-03-17' });
      expect(await draftFailures(on('2022-03-31'))).to.deep.equal({ drafted: 0 });
      expect(await draftFailures(on('2022-04-01'))).to.deep.equal({ drafted: 1 });
    });
  });

  describe('an instalment', () => {
    it('that is a day late is a default, once; the outcome stays, and a part of the money does not end it', async () => {
      const { id, ids, row } = await caseAt('paidOnce');
      await (await row()).update({ dueOn: '2022-03-10', dueKind: 'instalment' });
      expect(await markBreaches(on('2022-03-10'))).to.deep.equal({ breached: 0 });
      expect(await markBreaches(on('2022-03-11'))).to.deep.equal({ breached: 1 });
      expect(await markBreaches(on('2022-03-12'))).to.deep.equal({ breached: 0 });
      expect(await row()).to.include({ performance: 'breached', outcome: 'settledByInstalments' });
      setClock(() => instantOf('2022-03-12', '09:00'));
      await verifyPayment(colleague, id, ids['paymentId']!);
      expect(await row()).to.include({ performance: 'breached' });
    });

    it('that was paid in time and waits for its second person is none, until that person rejects it', async () => {
      const { id, ids, row } = await caseAt('paidOnce');
      await (await row()).update({ dueOn: '2022-03-10', dueKind: 'instalment' });
      await Payment.update({ amountFen: 800_000 }, { where: { id: ids['paymentId']! } });
      expect(await markBreaches(on('2022-03-11'))).to.deep.equal({ breached: 0 });
      await rejectPayment(colleague, id, ids['paymentId']!, '回单不是本案的');
      expect(await markBreaches(on('2022-03-11'))).to.deep.equal({ breached: 1 });
    });
  });

  describe('an agreement is made enforceable', () => {
    it('once, by a way that was open on the day of filing', async () => {
      const { id, row } = await caseAt('paidOnce');
      const file = async (kind: Confirmation, filedOn: string) =>
        refusal(fileConfirmation(mediator, id, (await row()).version, { kind, filedOn }));
      expect(await file('judicialConfirmation', '2022-03-08')).to.equal('filedOn: errors.dayAfter');
      expect(await file('judicialConfirmation', '2022-03-02')).to.equal('filedOn: errors.dayBefore');
      setClock(() => instantOf('2022-03-25', '09:00'));
      expect(await file('arbitrationReview', '2022-03-21')).to.equal(
        'kind: settlements.confirmations.reasons.late',
      );
      expect((await loadCasePage(mediator, id)).confirmations.map(({ open }) => open)).to.deep.equal([
        false,
        true,
      ]);
      expect(await file('arbitrationReview', '2022-03-18')).to.equal('nothing');
      expect(await file('judicialConfirmation', '2022-03-20')).to.equal(
        'settlements.errors.confirmationFiled',
      );
      expect((await loadCasePage(mediator, id)).confirmations).to.deep.equal([]);
      expect(await Settlement.findOne({ where: { openKey: id } })).to.include({
        confirmation: 'arbitrationReview',
        confirmationFiledOn: '2022-03-18',
      });
    });
  });

  describe('a session', () => {
    const wish: NewSession = {
      ...{ startsAt: instantOf('2022-03-08', '14:00'), endsAt: instantOf('2022-03-08', '15:00') },
      ...{ place: null, attendees: '申请人、企业代表', minutes: null },
    };

    it('is planned in the room of the case, held, and then closed to changes', async () => {
      const { id } = await caseAt('mediated');
      await MediationSession.destroy({ where: {} });
      await planSession(mediator, id, wish);
      const session = (await MediationSession.findOne({ where: { caseId: id } }))!;
      expect(session).to.include({ roomId: town.own.room.id, place: null, state: 'planned' });
      const record = { attendees: '申请人、企业代表、工会', minutes: '双方同意分两期支付' };
      expect(await refusal(recordSession(mediator, id, session.id, record))).to.equal(
        'minutes: mediation.errors.notOver',
      );
      setClock(() => instantOf('2022-03-08', '15:10'));
      await recordSession(mediator, id, session.id, record);
      expect(await session.reload()).to.include({ state: 'held', ...record });
      expect(await refusal(cancelSession(mediator, id, session.id, { reason: '改期' }))).to.equal(
        'mediation.errors.sessionOver',
      );
    });

    it('that is over needs its minutes, one to come has none', async () => {
      const { id } = await caseAt('mediated');
      await MediationSession.destroy({ where: {} });
      const past = {
        ...wish,
        startsAt: instantOf('2022-03-04', '14:00'),
        endsAt: instantOf('2022-03-04', '15:00'),
      };
      expect(await refusal(planSession(mediator, id, past))).to.equal(
        'minutes: mediation.errors.minutesWanted',
      );
      expect(await refusal(planSession(mediator, id, { ...wish, minutes: '谈妥' }))).to.equal(
        'minutes: mediation.errors.notOver',
      );
      await planSession(mediator, id, { ...past, minutes: '双方陈述' });
      expect(await MediationSession.count({ where: { caseId: id, state: 'held' } })).to.equal(1);
    });

    it('clashes with none of the same room or mediator, except one that was called off', async () => {
      const [first, second] = [await caseAt('mediated'), await caseAt('mediated')];
      await MediationSession.destroy({ where: {} });
      await DisputeCase.update({ mediatorId: colleague.userId }, { where: { id: second.id } });
      await planSession(mediator, first.id, wish);
      const overlapping = {
        ...wish,
        startsAt: instantOf('2022-03-08', '14:59'),
        endsAt: instantOf('2022-03-08', '16:00'),
      };
      expect(await refusal(planSession(colleague, second.id, overlapping))).to.equal(
        'from: mediation.errors.roomTaken',
      );
      expect(
        await refusal(planSession(mediator, first.id, { ...overlapping, place: '厂区会议室' })),
      ).to.equal('from: mediation.errors.mediatorTaken');
      await planSession(colleague, second.id, { ...overlapping, place: '厂区会议室' });
      await planSession(mediator, first.id, {
        ...wish,
        startsAt: instantOf('2022-03-08', '15:00'),
        endsAt: instantOf('2022-03-08', '15:30'),
      });
      const planned = (await MediationSession.findOne({
        where: { caseId: first.id },
        order: [['startsAt', 'ASC']],
      }))!;
      await cancelSession(mediator, first.id, planned.id, { reason: '企业改期' });
      await planSession(mediator, first.id, wish);
    });

    it('goes with its case to another mediator, who is then not free', async () => {
      const [first, second] = [await caseAt('mediated'), await caseAt('mediated')];
      await MediationSession.destroy({ where: {} });
      await planSession(mediator, first.id, { ...wish, place: '厂区会议室' });
      const desk = { roomId: town.own.room.id, mediatorId: colleague.userId };
      const explanation = '调解员休假';
      await offerCase(mediator, first.id, null, { desk, reason: 'ill', explanation });
      await acceptOffer(colleague, first.id, null);
      await DisputeCase.update({ mediatorId: colleague.userId }, { where: { id: second.id } });
      expect(await refusal(planSession(colleague, second.id, { ...wish, place: '村委会' }))).to.equal(
        'from: mediation.errors.mediatorTaken',
      );
      const third = await caseAt('mediated');
      await planSession(mediator, third.id, { ...wish, place: '村委会' });
    });

    it('of two who plan at the same moment only one gets the room', async () => {
      const [first, second] = [await caseAt('mediated'), await caseAt('mediated')];
      await MediationSession.destroy({ where: {} });
      await DisputeCase.update({ mediatorId: colleague.userId }, { where: { id: second.id } });
      const results = await Promise.all([
        refusal(planSession(mediator, first.id, wish)),
        refusal(planSession(colleague, second.id, wish)),
      ]);
      expect(results).to.have.members(['nothing', 'from: mediation.errors.roomTaken']);
    });
  });

  it('a stranger’s case is nobody’s to extend or to send up', async () => {
    const stranger = (await findSignedIn((await aUser('外人', 'mediator', town.town)).id))!.reader;
    const { id } = await caseAt('mediated');
    expect(await refusal(askToGoUp(stranger, id, 0, { explanation: '看看' }))).to.equal('errors.notFound');
    expect(
      await refusal(
        planSession(stranger, id, {
          startsAt: new Date(0),
          endsAt: new Date(1),
          place: null,
          attendees: 'x',
          minutes: null,
        }),
      ),
    ).to.equal('errors.notFound');
  });
});
