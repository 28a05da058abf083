import { expect } from 'chai';
import { RoleGrant } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { CaseEvent, Claimant, DisputeCase } from '../../models/cases.ts';
import { Room, RoomMediator } from '../../models/directory.ts';
import { Instalment, Payment } from '../../models/settlements.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { actOnCase } from '../../server/cases/case-action.service.ts';
import { recordClaims } from '../../server/cases/claims.service.ts';
import { decideProposal, failCase, proposeDecline, proposeVoid } from '../../server/cases/closing.service.ts';
import { registerCase, type NewCase } from '../../server/cases/register.service.ts';
import { revealField } from '../../server/cases/reveal.service.ts';
import { acceptCase, handBack, logContact, takeOver } from '../../server/mediation/mediation.service.ts';
import { recordPayment, verifyPayment } from '../../server/settlements/payments.service.ts';
import { draftSettlement, signSettlement } from '../../server/settlements/settlements.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { now, setClock } from '../../server/shared/clock.ts';
import type { DomainError } from '../../server/shared/errors.ts';
import { Conflict, Forbidden, NotFound, Stale, Unacceptable } from '../../server/shared/errors.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { useDatabase } from '../support/database.ts';
import { statementsOf } from '../support/statements.ts';
import { aReader, aTown, aUser } from '../support/factories.ts';

interface Desk {
  town: Area;
  room: Room;
  dispatcher: Reader;
  mediator: Reader;
  colleague: Reader;
}

describe('a case from the door to the last payment', () => {
  useDatabase();
  let desk: Desk;

  before(() => subscribeFeatures());
  beforeEach(async () => {
    setClock(() => instantOf('2026-03-02', '09:00'));
    desk = await aDesk();
  });
  afterEach(() => setClock());

  it('tells each feature that follows it once, however often they were introduced', async () => {
    const { mediator } = desk;
    const { id } = await aRoutedCase(desk);
    const statements = async (): Promise<number> =>
      (await statementsOf(() => logContact(mediator, id, aCall()))).length;
    await takeOver(mediator, id, 1);
    await statements();
    const once = await statements();
    subscribeFeatures();
    subscribeFeatures();
    expect(await statements()).to.equal(once);
  });

  it('is routed, taken over, accepted, settled, signed, paid and verified', async () => {
    const { dispatcher, mediator, colleague } = desk;
    const { id } = await aRoutedCase(desk);
    let { version } = await takeOver(mediator, id, 1);
    await logContact(mediator, id, aCall());
    version = (
      await acceptCase(mediator, id, version + 1, {
        workerConsentOn: null,
        respondentConsentOn: '2026-03-02',
      })
    ).version;
    expect((await DisputeCase.findByPk(id))!.number).to.equal('祝劳调〔2026〕0001号');
    expect(
      (await DisputeCase.findByPk(id))!.statutoryDueOn,
      '15 calendar days from the application',
    ).to.equal('2026-03-17');

    const worker = (await Claimant.findOne({ where: { caseId: id } }))!;
    const amounts = {
      type: 'wages' as const,
      claimedFen: 1_000_000,
      verifiedFen: 900_000,
      agreedFen: 800_000,
    };
    version = (await recordClaims(mediator, id, version, worker.id, { ...aPerson(), claims: [amounts] }))
      .version;
    const schedule = [
      { dueOn: '2026-03-31', amountFen: 300_000 },
      { dueOn: '2026-04-30', amountFen: 500_000 },
    ];
    version = (
      await draftSettlement(mediator, id, version, {
        kind: 'settledByInstalments',
        terms: '分两期支付',
        schedule,
      })
    ).version;
    const signed = await signSettlement(mediator, id, version, { signedOn: '2026-03-02' });
    expect(signed).to.include({
      state: 'closed',
      outcome: 'settledByInstalments',
      performance: 'pending',
      closedOn: '2026-03-02',
    });
    expect(signed).to.include({ dueOn: '2026-03-31', dueKind: 'instalment' });

    for (const instalment of await Instalment.findAll({ where: { caseId: id }, order: [['dueOn', 'ASC']] })) {
      setClock(() => instantOf(instalment.dueOn, '10:00'));
      await recordPayment(mediator, id, {
        ...aPayment(instalment.dueOn),
        instalmentId: instalment.id,
        amountFen: instalment.amountFen,
      });
      const payment = (await Payment.findOne({ where: { instalmentId: instalment.id } }))!;
      expect(
        await failure(verifyPayment(mediator, id, payment.id)),
        'not by the one who recorded it',
      ).to.be.instanceOf(Forbidden);
      await verifyPayment(instalment.amountFen === 300_000 ? colleague : dispatcher, id, payment.id);
    }
    expect(await DisputeCase.findByPk(id)).to.include({
      performance: 'fulfilled',
      outcome: 'settledByInstalments',
      dueOn: '9999-12-31',
    });
    const actions = (await CaseEvent.findAll({ where: { caseId: id }, order: [['id', 'ASC']] })).map(
      ({ action }) => action,
    );
    expect(actions).to.deep.equal([
      ...[
        'register',
        'route',
        'takeOver',
        'recordContact',
        'recordConsent',
        'accept',
        'recordClaims',
        'draftSettlement',
        'sign',
        'freezeDocument',
      ],
      ...['recordPayment', 'verifyPayment', 'recordPayment', 'verifyPayment'],
    ]);
  });

  it('refuses more money than is outstanding, and a schedule that does not add up', async () => {
    const { mediator } = desk;
    const { id, version } = await anAcceptedCase(desk, 500_000);
    const wish = {
      kind: 'settledAtOnce' as const,
      terms: '当场付清',
      schedule: [{ dueOn: '2026-03-02', amountFen: 500_001 }],
    };
    expect(await failure(draftSettlement(mediator, id, version, wish))).to.include({
      sentence: 'settlements.errors.scheduleDiffers',
      field: 'amount1',
    });
    wish.schedule[0]!.amountFen = 500_000;
    const drafted = await draftSettlement(mediator, id, version, wish);
    await signSettlement(mediator, id, drafted.version, { signedOn: '2026-03-02' });
    const instalment = (await Instalment.findOne({ where: { caseId: id } }))!;
    const pay = (amountFen: number) =>
      recordPayment(mediator, id, { ...aPayment('2026-03-02'), instalmentId: instalment.id, amountFen });
    await pay(499_999);
    const refused = await failure(pay(2));
    expect(refused).to.be.instanceOf(Unacceptable).and.to.include({ field: 'amount' });
    expect((refused as DomainError).values).to.deep.equal({ outstanding: '0.01' });
    expect(await Payment.count({ where: { caseId: id } })).to.equal(1);
  });

  it('lets one of two people win who act on the same page', async () => {
    const { mediator } = desk;
    const { id } = await aRoutedCase(desk);
    const results = await Promise.allSettled([
      takeOver(mediator, id, 1),
      takeOver(mediator, id, 1),
      takeOver(mediator, id, 1),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).to.be.instanceOf(Conflict);
    expect(await CaseEvent.count({ where: { caseId: id, action: 'takeOver' } })).to.equal(1);
  });

  it('tells a stale form so and writes nothing', async () => {
    const { mediator } = desk;
    const { id } = await aRoutedCase(desk);
    await takeOver(mediator, id, 1);
    expect(await failure(handBack(mediator, id, 1, { reason: 'wrongArea', note: null }))).to.be.instanceOf(
      Stale,
    );
    expect((await DisputeCase.findByPk(id))!.state).to.equal('awaitingAcceptance');
  });

  it('is not accepted only with a second person', async () => {
    const { dispatcher, mediator } = desk;
    const { id } = await aRoutedCase(desk);
    await takeOver(mediator, id, 1);
    await proposeDecline(mediator, id, 2, { reason: 'partyRefuses', explanation: '用人单位明确拒绝' });
    expect(await failure(decideProposal(mediator, id, 3, true))).to.be.instanceOf(Forbidden);
    const declined = await decideProposal(dispatcher, id, 3, true);
    expect(declined).to.include({ state: 'closed', outcome: 'declined', closedOn: '2026-03-02' });
  });

  it('becomes void only by a second person, and once', async () => {
    const { dispatcher, mediator } = desk;
    const { id } = await aRoutedCase(desk);
    await proposeVoid(dispatcher, id, 1, { reason: 'enteredTwice', explanation: '重复' });
    expect(await failure(proposeVoid(dispatcher, id, 2, { reason: 'test', explanation: '再来' }))).to.include(
      { sentence: 'cases.errors.proposalOpen' },
    );
    expect(await failure(decideProposal(dispatcher, id, 2, true))).to.include({
      sentence: 'cases.errors.ownProposal',
    });
    expect(await failure(decideProposal(mediator, id, 2, true))).to.be.instanceOf(Forbidden);
    const other = await aReader(['dispatcher', desk.town]);
    expect(await decideProposal(other, id, 2, true)).to.include({ outcome: 'void', state: 'closed' });
    expect(
      await failure(failCase(mediator, id, 3, { referral: 'court', reason: '作废后' })),
    ).to.be.instanceOf(Conflict);
  });

  it('does not exist for another town, and shows its numbers to the mediator only after taking over', async () => {
    const { mediator } = desk;
    const stranger = await aReader(['dispatcher', await aTown('邻镇')]);
    const { id } = await aRoutedCase(desk);
    const worker = (await Claimant.findOne({ where: { caseId: id } }))!;
    const wish = { field: 'phone' as const, reason: 'contactParty' as const };
    const whose = { caseId: id, part: 'claimant' as const, id: worker.id };
    expect(await failure(actOnCase(stranger, id, 'transfer', 1, () => ({})))).to.be.instanceOf(NotFound);
    expect(await failure(revealField(stranger, whose, wish))).to.be.instanceOf(NotFound);
    expect(await failure(revealField(mediator, whose, wish))).to.be.instanceOf(NotFound);
    await takeOver(mediator, id, 1);
    expect(await revealField(mediator, whose, wish)).to.equal('13800001234');
  });
});

/** The error that a promise fails with; a promise that holds is a failure of the test. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
}

async function aDesk(): Promise<Desk> {
  const town = await aTown();
  const room = await Room.create({
    townId: town.id,
    areaId: town.id,
    level: 'town',
    name: `镇调解室${town.id}`,
  });
  return {
    town,
    room,
    dispatcher: await aReader(['dispatcher', town]),
    mediator: await aMediator(town, room),
    colleague: await aMediator(town, room),
  };
}

async function aMediator(town: Area, room: Room): Promise<Reader> {
  const user = await aUser();
  await RoleGrant.create({ userId: user.id, role: 'mediator', areaId: town.id });
  await RoomMediator.create({ roomId: room.id, userId: user.id, activeFrom: '2020-01-01' });
  return (await findSignedIn(user.id))!.reader;
}

function aWalkIn(town: Area): NewCase {
  return {
    townId: town.id,
    villageId: null,
    source: 'walkIn',
    title: '拖欠2月工资',
    facts: '2月工资未发',
    primaryType: 'wages',
    receivedAt: now(),
    respondents: [{ part: 'employer', name: '江阴宏瑞针织有限公司' }],
    claimants: [{ name: '王小明', phone: '13800001234', claims: [{ type: 'wages', claimedFen: 1_000_000 }] }],
    workers: 1,
    applied: true,
  };
}

/** A walk-in case at version 1, assigned to the desk's mediator. */
async function aRoutedCase({ town, room, dispatcher, mediator }: Desk): Promise<DisputeCase> {
  const { id } = await registerCase(dispatcher, aWalkIn(town));
  return actOnCase(dispatcher, id, 'route', 0, () => ({
    set: { level: 'town', firstLevel: 'town', roomId: room.id, mediatorId: mediator.userId, routedAt: now() },
  }));
}

async function anAcceptedCase(desk: Desk, agreedFen: number): Promise<DisputeCase> {
  const { id } = await aRoutedCase(desk);
  await takeOver(desk.mediator, id, 1);
  const accepted = await acceptCase(desk.mediator, id, 2, {
    workerConsentOn: null,
    respondentConsentOn: '2026-03-02',
  });
  const worker = (await Claimant.findOne({ where: { caseId: id } }))!;
  const amounts = { type: 'wages' as const, claimedFen: 1_000_000, verifiedFen: agreedFen, agreedFen };
  return recordClaims(desk.mediator, id, accepted.version, worker.id, { ...aPerson(), claims: [amounts] });
}

function aPerson() {
  return { name: '王小明', gender: 'male' as const, migrant: true, overRetirementAge: false };
}

function aCall() {
  return {
    at: now(),
    channel: 'call',
    party: 'worker',
    reached: 'yes',
    note: '已说明调解程序',
    mood: 'worried',
    risk: 'none',
  } as const;
}

function aPayment(paidOn: string) {
  return { paidOn, manner: 'bankTransfer' as const, proof: '转账凭证 0001' };
}
