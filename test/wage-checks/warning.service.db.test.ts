import { expect } from 'chai';
import { AuditEntry } from '../../models/accounts.ts';
import { CaseEvent, Claim, Claimant, DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { Notice } from '../../models/notifications.ts';
import { Responsibility } from '../../models/one-duty.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { WageCheck, WageFinding } from '../../models/wage-checks.ts';
import { Warning, WarningAction, WarningEvaluation, WarningEvent } from '../../models/warnings.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { loadCaseOrigin } from '../../server/cases/case-origin.queries.ts';
import { registerCase } from '../../server/cases/register.service.ts';
import { decideReversal, reversePayment } from '../../server/settlements/reversals.service.ts';
import { verifyPayment } from '../../server/settlements/payments.service.ts';
import { addDays, instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import type { JobContext } from '../../server/shared/job.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { completeAction, reassignActions } from '../../server/wage-checks/warning-actions.service.ts';
import type { PayState } from '../../server/wage-checks/wage-checks.rules.ts';
import { evaluateWarnings } from '../../server/wage-checks/warning-night.service.ts';
import {
  clearWarning,
  endSignal,
  recordSignal,
  type NewSignal,
} from '../../server/wage-checks/warning-signals.service.ts';
import { evaluateEnterprise } from '../../server/wage-checks/warning.service.ts';
import { listWarnings, loadWarningPage } from '../../server/wage-checks/warning.queries.ts';
import type { SignalKind } from '../../server/wage-checks/warning.rules.ts';
import { WageSignal } from '../../models/warnings.ts';
import { useDatabase } from '../support/database.ts';
import {
  aCase,
  aClaimant,
  anEnterprise,
  aReader,
  aResponsibility,
  aTown,
  aUser,
  aWageCheck,
} from '../support/factories.ts';
import { refusal } from '../support/refusal.ts';
import { aTownAtWork } from '../support/town-at-work.ts';

/** A Friday. */
const DAY = '2026-11-20';
const on = (day: string): JobContext => ({ day, inTurn: inTx });
const signal = (kind: SignalKind, since = DAY): NewSignal => ({
  ...{ kind, since, days: null, consentFiled: null, note: '现场查看' },
});

describe('warnings of an enterprise', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let dispatcher: Reader;
  let officer: Reader;
  let enterprise: Enterprise;

  before(async () => {
    subscribeFeatures();
    setClock(() => instantOf(DAY, '09:00'));
    town = await aTownAtWork('祝塘镇');
    dispatcher = (await findSignedIn(town.sender.id))!.reader;
  });
  beforeEach(async () => {
    setClock(() => instantOf(DAY, '09:00'));
    enterprise = await anEnterprise(town.town, `企业${Math.random()}`, { villageId: town.own.village.id });
    const user = await aUser('钱志远', 'officer', town.town);
    await aResponsibility(user, { enterprise, kind: 'enforcement', isLead: true });
    officer = (await findSignedIn(user.id))!.reader;
  });
  after(() => setClock());

  const at = (day: string): void => setClock(() => instantOf(day, '09:00'));
  const warning = () => Warning.findOne({ where: { openKey: enterprise.id } });
  const level = async (): Promise<string | null> => (await Enterprise.findByPk(enterprise.id))!.warningLevel;
  const openActions = async (): Promise<[string, string, string | null][]> => {
    const { id } = (await warning())!;
    const actions = await WarningAction.findAll({
      where: { warningId: id },
      order: [
        ['dueOn', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    return actions
      .filter(({ openKey }) => openKey !== null)
      .map(({ kind, dueOn, assigneeId }) => [kind, dueOn, assigneeId]);
  };
  const steps = async (warningId: string): Promise<string[]> =>
    (
      await WarningEvent.findAll({
        where: { warningId },
        order: [
          ['at', 'ASC'],
          ['id', 'ASC'],
        ],
      })
    ).map(({ action }) => action);
  const evaluations = () => WarningEvaluation.count({ where: { enterpriseId: enterprise.id } });
  const aComplaint = (receivedOn: string) =>
    aCase(town.town)
      .in(town.own.village)
      .receivedOn(receivedOn)
      .with({ enterpriseId: enterprise.id, respondentName: enterprise.name })
      .saved();
  const aFinding = async (payState: PayState, names: string[], caseId: string | null = null) => {
    const check = await aWageCheck(enterprise, '2026-11');
    return WageFinding.create({
      ...{ checkId: check.id, enterpriseId: enterprise.id, officerId: officer.userId, foundOn: DAY },
      ...{ manner: 'visit', verdict: 'noReport', payState, workers: names.join('\n'), caseId },
    });
  };
  const claimantsOf = async (caseId: string) =>
    (
      await Claimant.findAll({
        where: { caseId },
        include: [{ model: Claim, as: 'claims' }],
        order: [['position', 'ASC']],
      })
    ).flatMap(({ name, claims }) => claims!.map(({ type, claimedFen }) => [name, type, claimedFen]));
  /** A signed agreement of one worker with an instalment, and a payment that waits for its second person. */
  const anAgreement = async (dueOn: string, yuan = 800_000) => {
    const disputeCase = await aCase(town.town)
      .in(town.own.village)
      .closedOn('2026-09-01', 'settledByInstalments')
      .with({
        enterpriseId: enterprise.id,
        performance: 'pending',
        level: 'village',
        roomId: town.own.room.id,
      })
      .with({ mediatorId: town.own.mediators[0]!.id, takenOverAt: instantOf('2026-09-01') })
      .saved();
    const claimant = await aClaimant(disputeCase);
    const settlement = await Settlement.create({
      ...{ caseId: disputeCase.id, openKey: disputeCase.id, kind: 'settledByInstalments', terms: '分期' },
      ...{ draftedById: town.own.mediators[0]!.id, totalFen: yuan, signedOn: '2026-09-01' },
    });
    const line = { settlementId: settlement.id, caseId: disputeCase.id, claimantId: claimant.id };
    const instalment = await Instalment.create({ ...line, dueOn, amountFen: yuan });
    const payment = (amountFen: number) =>
      Payment.create({
        ...{ caseId: disputeCase.id, instalmentId: instalment.id, claimantId: claimant.id, amountFen },
        ...{ paidOn: DAY, manner: 'bankTransfer', proof: '回单', recordedById: town.own.mediators[0]!.id },
      });
    return { caseId: disputeCase.id, payment };
  };

  it('keeps nothing of an enterprise of which nothing is known', async () => {
    expect(await evaluateEnterprise(enterprise.id, DAY, 'nightly')).to.equal(null);
    expect(await evaluations()).to.equal(0);
    expect(await level()).to.equal(null);
  });

  it('two complaints raise a blue one, in the transaction of the second', async () => {
    const wish = (name: string) => ({
      ...{
        townId: town.town.id,
        villageId: town.own.village.id,
        source: 'walkIn' as const,
        title: '拖欠工资',
      },
      ...{ facts: null, primaryType: 'wages' as const, receivedAt: instantOf(DAY, '09:00'), workers: 1 },
      ...{ claimants: [{ name, claims: [] }], applied: false },
      respondents: [{ part: 'employer' as const, enterpriseId: enterprise.id, name: enterprise.name }] as [
        { part: 'employer'; enterpriseId: string; name: string },
      ],
    });
    await registerCase(dispatcher, wish('李强'));
    expect(await level()).to.equal(null);
    await registerCase(dispatcher, wish('周敏'));
    expect(await level()).to.equal('blue');
    const { evaluationId, openedOn } = (await warning())!;
    expect(openedOn).to.equal(DAY);
    const evaluation = (await WarningEvaluation.findByPk(evaluationId))!;
    expect(evaluation).to.include({ cause: 'complaint', ruleVersion: '2026-11', level: 'blue' });
    expect(evaluation.hits).to.deep.equal([
      { rule: 'complaints', level: 'blue', cause: 'other', params: { count: 2, days: 90 } },
    ]);
    expect(evaluation.inputs.facts.complaints).to.deep.equal([DAY, DAY]);
    expect(evaluation.inputs.settings).to.include({ warningComplaints: 2 });
    expect(await openActions()).to.deep.equal([['visit', '2026-11-27', officer.userId]]);
  });

  it('void complaints, no disputes and what a warning opened count for nothing', async () => {
    await aComplaint(DAY);
    for (const values of [
      { state: 'closed', closedOn: DAY, outcome: 'void' },
      { state: 'closed', closedOn: DAY, outcome: 'notLabour' },
      { state: 'closed', closedOn: DAY, outcome: 'duplicate' },
      { source: 'wageCheck' },
      { primaryType: 'workInjury' },
    ] as const)
      await DisputeCase.update(values, { where: { id: (await aComplaint(DAY)).id } });
    await evaluateEnterprise(enterprise.id, DAY, 'nightly');
    expect(await level()).to.equal(null);
  });

  it('ends with its cause: the first complaint is 91 days old', async () => {
    await aComplaint('2026-08-22');
    await aComplaint(DAY);
    await evaluateWarnings(on(DAY));
    const before = (await warning())!;
    expect(before.level).to.equal('blue');
    await evaluateWarnings(on('2026-11-21'));
    expect(await warning()).to.equal(null);
    expect(await level()).to.equal(null);
    expect(await Warning.findByPk(before.id, { raw: true })).to.include({
      ...{ endedOn: '2026-11-21', level: 'blue', dueOn: '9999-12-31' },
    });
    expect(await steps(before.id)).to.deep.equal(['raised', 'ended']);
    expect(await WarningAction.findOne({ where: { warningId: before.id }, raw: true })).to.include({
      ...{ openKey: null, lapsedOn: '2026-11-21', doneOn: null },
    });
  });

  it('stores an evaluation only when it differs, and notes that it still holds', async () => {
    await recordSignal(dispatcher, enterprise.id, signal('rentUnpaid'));
    expect(await evaluations()).to.equal(1);
    const again = await evaluateWarnings(on(DAY));
    expect(again.changed).to.equal(0);
    await evaluateWarnings(on('2026-11-23'));
    await evaluateWarnings(on('2026-11-23'));
    expect(await evaluations()).to.equal(1);
    const latest = await WarningEvaluation.findOne({ where: { latestKey: enterprise.id } });
    expect(latest).to.include({ day: DAY, lastSeenOn: '2026-11-23' });
    const { id } = (await warning())!;
    expect(await steps(id)).to.deep.equal(['raised']);
  });

  it('a day before the last evaluation changes nothing', async () => {
    await recordSignal(dispatcher, enterprise.id, signal('rentUnpaid'));
    await evaluateWarnings(on('2026-11-23'));
    await WageSignal.update({ endedOn: DAY, openKey: null }, { where: { enterpriseId: enterprise.id } });
    await evaluateEnterprise(enterprise.id, '2026-11-22', 'byHand');
    await evaluateWarnings(on('2026-11-22'));
    expect(await level()).to.equal('blue');
    await evaluateWarnings(on('2026-11-23'));
    expect(await level()).to.equal(null);
  });

  it('moves the check of the month to its place in the officers’ list, and leaves past months', async () => {
    const [past, current] = [
      await aWageCheck(enterprise, '2026-10'),
      await aWageCheck(enterprise, '2026-11'),
    ];
    const place = async ({ id }: WageCheck) => (await WageCheck.findByPk(id))!.listKey.slice(-2);
    expect([await place(past), await place(current)]).to.deep.equal(['55', '55']);
    await anAgreement(DAY);
    at(addDays(DAY, 1));
    await evaluateWarnings(on(addDays(DAY, 1)));
    expect([await place(past), await place(current)]).to.deep.equal(['55', '35']);
  });

  it('an instalment grows from yellow to orange to red with its days', async () => {
    await anAgreement(DAY);
    for (const [days, expected] of [
      [0, null],
      [1, 'yellow'],
      [30, 'yellow'],
      [31, 'orange'],
      [59, 'orange'],
      [60, 'red'],
    ] as const) {
      at(addDays(DAY, days));
      await evaluateWarnings(on(addDays(DAY, days)));
      expect(await level(), `${days} days`).to.equal(expected);
    }
    const { id, position, levelSince } = (await warning())!;
    expect(await steps(id)).to.deep.equal(['raised', 'raised', 'raised', 'openCase']);
    expect([position, levelSince]).to.deep.equal([8, addDays(DAY, 60)]);
    expect(await evaluations()).to.equal(3);
  });

  it('what was asked for stays asked for as the level rises, each with its person', async () => {
    await anAgreement(DAY);
    await evaluateWarnings(on('2026-11-23'));
    expect(await openActions()).to.deep.equal([
      ['visit', '2026-11-26', officer.userId],
      ['selfReport', '2026-11-26', officer.userId],
    ]);
    at('2026-12-21');
    await evaluateWarnings(on('2026-12-21'));
    expect((await openActions()).map(([kind]) => kind)).to.deep.equal([
      ...['visit', 'selfReport', 'supervision', 'repaymentPlan', 'opinion'],
    ]);
    expect((await warning())!.dueOn).to.equal('2026-11-26');
  });

  it('arrears go down only with a verified payment, and that a part was paid is enough for a part', async () => {
    const { caseId, payment } = await anAgreement('2026-09-20', 7_000_000);
    await evaluateWarnings(on(DAY));
    expect(await level()).to.equal('red');
    const first = await payment(1_000_000);
    await evaluateWarnings(on(DAY));
    expect(await level()).to.equal('red');
    await DisputeCase.update({ performance: 'fulfilled' }, { where: { id: caseId } });
    await evaluateWarnings(on(DAY));
    const held = (await warning())!;
    expect(held).to.include({ level: 'red', held: true });
    await DisputeCase.update({ performance: 'pending' }, { where: { id: caseId } });
    await verifyPayment(dispatcher, caseId, first.id);
    expect(await level()).to.equal('red');
    const rest = await payment(6_000_000);
    await verifyPayment(dispatcher, caseId, rest.id);
    const watched = (await warning())!;
    expect(watched).to.include({ level: 'blue', watchUntil: '2027-05-20', wasRed: true, held: false });
    expect(await level()).to.equal('blue');
    expect((await openActions()).map(([kind]) => kind)).to.deep.equal(['visit']);

    at('2027-05-20');
    await evaluateWarnings(on('2027-05-20'));
    expect(await warning()).to.equal(null);
    expect(await Warning.findByPk(watched.id)).to.include({ endedOn: '2027-05-20', levelSince: DAY });
    const told = await steps(watched.id);
    expect(told).to.deep.equal(['raised', 'openCase', 'kept', 'lowered', 'ended']);
  });

  it('a verified reversal raises it again', async () => {
    const { caseId, payment } = await anAgreement('2026-11-10');
    await evaluateWarnings(on(DAY));
    const paid = await payment(800_000);
    await verifyPayment(dispatcher, caseId, paid.id);
    expect(await level()).to.equal(null);
    const mediator = (await findSignedIn(town.own.mediators[0]!.id))!.reader;
    await reversePayment(mediator, caseId, paid.id, { reason: '登记错误' });
    expect(await level()).to.equal(null);
    await decideReversal(dispatcher, caseId, paid.id, { verified: true, reason: null });
    expect(await level()).to.equal('yellow');
  });

  it('verified claims of an open case count by people and amount', async () => {
    const disputeCase = await aComplaint(DAY);
    for (let worker = 0; worker < 10; worker++) {
      const { id: claimantId } = await aClaimant(disputeCase);
      await Claim.create({ caseId: disputeCase.id, claimantId, type: 'wages', verifiedFen: 600_000 });
      await Claim.create({
        caseId: disputeCase.id,
        claimantId,
        type: 'compensation',
        verifiedFen: 99_000_000,
      });
    }
    await evaluateWarnings(on(DAY));
    const { hits, crimeAmount } = (await WarningEvaluation.findOne({ where: { latestKey: enterprise.id } }))!;
    expect(hits.map(({ rule, params }) => [rule, params])).to.deep.equal([
      ['amount', { amount: '60,000.00', threshold: '60,000.00' }],
      ['workers', { people: 10, threshold: 10 }],
    ]);
    expect(crimeAmount).to.equal(true);
  });

  describe('red', () => {
    it('opens a case of the system for the town, once, and asks for a report on the same day', async () => {
      await recordSignal(officer, enterprise.id, signal('ownerAbsent'));
      const { caseId, id } = (await warning())!;
      const disputeCase = (await DisputeCase.findByPk(caseId!))!;
      expect(disputeCase).to.include({
        ...{ source: 'wageCheck', state: 'awaitingRouting', enterpriseId: enterprise.id, createdById: null },
        ...{ villageId: town.own.village.id, primaryType: 'wages', receivedOn: DAY },
      });
      const events = await CaseEvent.findAll({
        where: { caseId: caseId! },
        order: [
          ['at', 'ASC'],
          ['id', 'ASC'],
        ],
      });
      expect(events.map(({ action }) => action)).to.deep.equal(['register', 'warn']);
      expect(events[1]!.detail).to.deep.equal({
        ...{ warningLevel: 'red', warningRules: 'ownerAbsent', crimeAmount: null },
      });
      expect(await steps(id)).to.deep.equal(['raised', 'openCase']);
      expect(await openActions()).to.deep.equal([
        ['countyReport', DAY, dispatcher.userId],
        ['dailyFollowUp', '2026-11-23', officer.userId],
        ['emergencyFund', '2026-11-23', dispatcher.userId],
      ]);
      await recordSignal(officer, enterprise.id, signal('stopped'));
      expect(await DisputeCase.count({ where: { enterpriseId: enterprise.id } })).to.equal(1);
    });

    it('takes the workers whom the last finding names into the case, once', async () => {
      const found = await aFinding('unpaid', ['吴小妹', '陈国强', '何桂英']);
      await recordSignal(officer, enterprise.id, signal('ownerAbsent'));
      const { caseId } = (await warning())!;
      expect(await claimantsOf(caseId!)).to.deep.equal([
        ['吴小妹', 'wages', null],
        ['陈国强', 'wages', null],
        ['何桂英', 'wages', null],
      ]);
      expect(await DisputeCase.findByPk(caseId!)).to.include({ workers: 3 });
      expect(await WageFinding.findByPk(found.id)).to.include({ caseId });
    });

    it('is behind its case, with the check, for who may see them', async () => {
      const { checkId } = await aFinding('unpaid', ['吴小妹']);
      await recordSignal(officer, enterprise.id, signal('ownerAbsent'));
      const { id, caseId } = (await warning())!;
      expect(await loadCaseOrigin(dispatcher, caseId!)).to.deep.equal({
        ...{ check: { id: checkId, month: '2026-11' }, warning: { id, level: 'red', ended: false } },
      });
      const others = [
        (await findSignedIn(town.own.mediators[0]!.id))!.reader,
        await aReader(['dispatcher', await aTown('长泾镇')]),
      ];
      for (const reader of others)
        expect(await loadCaseOrigin(reader, caseId!)).to.deep.equal({ check: null, warning: null });
    });

    for (const [what, payState, opened] of [
      ['of a finding that all was paid', 'paid', false],
      ['of a finding that a case came of', 'unpaid', true],
    ] as const)
      it(`takes nobody ${what}`, async () => {
        const earlier = opened
          ? (await aCase(town.town).closedOn('2026-11-01', 'withdrawn').saved()).id
          : null;
        await aFinding(payState, ['吴小妹'], earlier);
        await recordSignal(officer, enterprise.id, signal('ownerAbsent'));
        expect(await claimantsOf((await warning())!.caseId!)).to.deep.equal([]);
      });

    it('leaves the workers of a case that it joins as they are', async () => {
      const joined = await aComplaint('2026-11-03');
      const before = await claimantsOf(joined.id);
      const found = await aFinding('unpaid', ['吴小妹']);
      await recordSignal(officer, enterprise.id, signal('ownerAbsent'));
      expect((await warning())!.caseId).to.equal(joined.id);
      expect(await claimantsOf(joined.id)).to.deep.equal(before);
      expect(await WageFinding.findByPk(found.id)).to.include({ caseId: null });
    });

    it('tells everybody who has something to do, and nobody twice', async () => {
      await recordSignal(officer, enterprise.id, signal('stopped'));
      const { id } = (await warning())!;
      const told = await Notice.findAll({ where: { subjectId: id } });
      expect(told.map(({ userId }) => userId)).to.have.members([officer.userId, dispatcher.userId]);
      expect(told[0]!.params).to.deep.equal({ level: 'red', day: DAY });
      expect(told.map(({ about }) => about)).to.deep.equal([enterprise.name, enterprise.name]);
      await recordSignal(officer, enterprise.id, signal('ownerAbsent'));
      expect(await Notice.count({ where: { subjectId: id } })).to.equal(2);
    });

    it('tells the officials of the town, and of no other town', async () => {
      const official = await aUser('镇领导', 'official', town.town);
      await aUser('邻镇', 'official', await aTown('长泾镇'));
      await recordSignal(officer, enterprise.id, signal('stopped'));
      const { id } = (await warning())!;
      const notices = await Notice.findAll({ where: { subjectId: id, template: 'warning.red' } });
      expect(notices.map(({ userId }) => userId)).to.deep.equal([official.id]);
    });

    it('joins the open case about wages, but none before the enterprise’s own committee', async () => {
      const atCommittee = await aComplaint(DAY);
      await DisputeCase.update(
        { level: 'enterprise', state: 'awaitingAcceptance' },
        { where: { id: atCommittee.id } },
      );
      const [older, newer] = [await aComplaint('2026-11-02'), await aComplaint('2026-11-03')];
      await DisputeCase.update({ level: 'village' }, { where: { id: newer.id } });
      await DisputeCase.update({ level: 'town' }, { where: { id: older.id } });
      await recordSignal(officer, enterprise.id, signal('groupAction'));
      const { caseId, id } = (await warning())!;
      expect(caseId).to.equal(older.id);
      expect(await steps(id)).to.deep.equal(['raised', 'joinCase']);
      expect(await CaseEvent.count({ where: { caseId: atCommittee.id, action: 'warn' } })).to.equal(0);
    });

    it('the end of its cause leaves six months of watching', async () => {
      await recordSignal(officer, enterprise.id, signal('equipmentMoved'));
      const { id: signalId } = (await WageSignal.findOne({ where: { enterpriseId: enterprise.id } }))!;
      await endSignal(officer, enterprise.id, signalId, { endedOn: DAY, endReason: '设备已搬回' });
      expect(await warning()).to.include({ level: 'blue', watchUntil: '2027-05-20' });
    });

    it('the daily follow-up is due again until it is over', async () => {
      await recordSignal(officer, enterprise.id, signal('stopped'));
      const { id } = (await warning())!;
      const daily = () => WarningAction.findOne({ where: { openKey: `${id}:dailyFollowUp` } });
      at('2026-11-23');
      const first = (await daily())!;
      await completeAction(officer, id, first.id, { doneOn: '2026-11-23', note: '已到场' });
      expect((await daily())!).to.include({ dueOn: '2026-11-24', assigneeId: officer.userId });
      expect(
        await refusal(completeAction(officer, id, first.id, { doneOn: '2026-11-23', note: '再报一次' })),
      ).to.equal('warnings.errors.actionDone');
      expect(await WarningAction.findByPk(first.id, { raw: true })).to.include({
        ...{ doneOn: '2026-11-23', doneById: officer.userId, note: '已到场', openKey: null },
      });
    });
  });

  describe('signals', () => {
    it('one of each kind is open', async () => {
      await recordSignal(officer, enterprise.id, signal('rentUnpaid'));
      expect(await refusal(recordSignal(officer, enterprise.id, signal('rentUnpaid')))).to.equal(
        'kind: warnings.errors.signalOpen',
      );
      const tomorrow = signal('utilitiesCut', '2026-11-21');
      expect(await refusal(recordSignal(officer, enterprise.id, tomorrow))).to.equal(
        'since: errors.dayAfter',
      );
    });

    for (const [words, days, consentFiled, expected] of [
      ['30 days with consent', 30, true, 'blue'],
      ['31 days with consent', 31, true, 'orange'],
      ['30 days without consent', 30, false, 'orange'],
    ] as const) {
      it(`a deferral of ${words} is ${expected}`, async () => {
        await recordSignal(officer, enterprise.id, { ...signal('deferral'), days, consentFiled });
        expect(await level()).to.equal(expected);
      });
    }

    it('are nobody’s who does not answer for the enterprise', async () => {
      const stranger = await aReader(['officer', town.town]);
      expect(await refusal(recordSignal(stranger, enterprise.id, signal('stopped')))).to.equal(
        'errors.notFound',
      );
      const official = await aReader(['official', town.town]);
      expect(await refusal(recordSignal(official, enterprise.id, signal('stopped')))).to.equal(
        'errors.notFound',
      );
      expect(await WageSignal.count({ where: { enterpriseId: enterprise.id } })).to.equal(0);
    });

    it('two at once leave one warning with one case', async () => {
      await Promise.all([
        recordSignal(officer, enterprise.id, signal('stopped')),
        recordSignal(dispatcher, enterprise.id, signal('ownerAbsent')),
        evaluateWarnings(on(DAY)),
      ]);
      expect(await Warning.count({ where: { enterpriseId: enterprise.id } })).to.equal(1);
      expect(await DisputeCase.count({ where: { enterpriseId: enterprise.id } })).to.equal(1);
      const { evaluationId } = (await warning())!;
      const { hits } = (await WarningEvaluation.findByPk(evaluationId))!;
      expect(hits.map(({ rule }) => rule)).to.have.members(['stopped', 'ownerAbsent']);
      expect(await WarningEvaluation.count({ where: { latestKey: enterprise.id } })).to.equal(1);
    });
  });

  describe('a clearance', () => {
    it('is the dispatcher’s, for what is held, and lets the level go down', async () => {
      const { caseId } = await anAgreement('2026-11-10');
      await evaluateWarnings(on(DAY));
      const { id } = (await warning())!;
      const paid = { paidOn: DAY, proof: '银行代发回单' };
      expect(await refusal(clearWarning(dispatcher, id, paid))).to.equal('warnings.errors.notClearable');
      await DisputeCase.update({ performance: 'fulfilled' }, { where: { id: caseId } });
      await evaluateWarnings(on(DAY));
      expect((await warning())!.held).to.equal(true);
      expect(await refusal(clearWarning(officer, id, paid))).to.equal('errors.forbidden');
      await clearWarning(dispatcher, id, paid);
      expect(await warning()).to.equal(null);
      expect(await steps(id)).to.deep.equal(['raised', 'kept', 'clear', 'ended']);
      expect(await AuditEntry.count({ where: { action: 'clearWarning', objectId: id } })).to.equal(1);
    });
  });

  it('actions go to the successor, and the town’s stay', async () => {
    await recordSignal(officer, enterprise.id, signal('stopped'));
    const successor = await aUser('孙立新', 'officer', town.town);
    await inTx(() => reassignActions(town.town.id, DAY));
    expect((await openActions())[1]![2]).to.equal(officer.userId);
    await Responsibility.update(
      { toDay: '2026-11-22', leadKey: null, openKey: null },
      { where: { enterpriseId: enterprise.id } },
    );
    await aResponsibility(successor, { enterprise, kind: 'union', isLead: true, fromDay: '2026-11-23' });
    await evaluateWarnings(on('2026-11-23'));
    expect((await openActions()).map(([kind, , person]) => [kind, person])).to.deep.equal([
      ['countyReport', dispatcher.userId],
      ['dailyFollowUp', successor.id],
      ['emergencyFund', dispatcher.userId],
    ]);
  });

  it('a list shows what the reader answers for, the highest first, and an absent one is not there', async () => {
    await recordSignal(officer, enterprise.id, signal('stopped'));
    const other = await anEnterprise(town.town, `另一家${Math.random()}`, {
      villageId: town.same.village.id,
    });
    await recordSignal(dispatcher, other.id, signal('rentUnpaid'));
    const mine = await listWarnings(officer, {}, {});
    expect(mine.rows.map(({ warning: { enterpriseId } }) => enterpriseId)).to.deep.equal([enterprise.id]);
    const all = await listWarnings(dispatcher, { village: town.same.village.id }, {});
    expect(all.rows.map(({ warning: { enterpriseId } }) => enterpriseId)).to.include(other.id);
    const levels = (await listWarnings(dispatcher, {}, {})).rows.map(({ warning: { position } }) => position);
    expect(levels).to.deep.equal([...levels].sort((a, b) => b - a));
    const theirs = await listWarnings(dispatcher, { officer: officer.userId }, {});
    expect(theirs.rows.map(({ warning: { enterpriseId } }) => enterpriseId)).to.deep.equal([enterprise.id]);
    const { id } = (await Warning.findOne({ where: { openKey: other.id } }))!;
    expect(await refusal(loadWarningPage(officer, id))).to.equal('errors.notFound');
    const elsewhere = await aReader(['dispatcher', await aTown('别的镇')]);
    expect(await refusal(loadWarningPage(elsewhere, id))).to.equal('errors.notFound');
  });

  it('a mediator of the enterprise’s committee knows of no warning', async () => {
    const { enterprise: bound, mediators } = town.same;
    await recordSignal(dispatcher, bound.id, signal('stopped'));
    const committee = (await findSignedIn(mediators[0]!.id))!.reader;
    expect((await listWarnings(committee, {}, {})).rows).to.deep.equal([]);
    const { id } = (await Warning.findOne({ where: { openKey: bound.id } }))!;
    expect(await refusal(loadWarningPage(committee, id))).to.equal('errors.notFound');
  });
});
