import { expect } from 'chai';
import type { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { inTx } from '../../models/dialect.ts';
import type { Enterprise } from '../../models/directory.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import { WageCheck } from '../../models/wage-checks.ts';
import { Warning, WarningEvaluation } from '../../models/warnings.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { instantOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { verifyPayment } from '../../server/settlements/payments.service.ts';
import { setClock, today } from '../../server/shared/clock.ts';
import { subscribeFeatures } from '../../server/subscriptions.ts';
import { recordFinding, type FindingValues } from '../../server/wage-checks/findings.service.ts';
import { openRound } from '../../server/wage-checks/rounds.service.ts';
import { evaluateWarnings } from '../../server/wage-checks/warning-night.service.ts';
import { evaluateEnterprise } from '../../server/wage-checks/warning.service.ts';
import { useDatabase } from '../support/database.ts';
import { aClaimant, anEnterprise, aReader, aTown, aUser } from '../support/factories.ts';

const NOTHING: Omit<FindingValues, 'foundOn'> = {
  ...{ manner: 'visit', verdict: 'noReport', payState: 'paid' },
  ...{ arrearsPeople: 0, arrearsFen: 0, arrearsSince: null, deferredUntil: null, deferralConsent: null },
  ...{ belowMinimum: null, leaversUnpaid: null, leaversUnpaidSince: null, risks: [] },
  ...{ promisedOn: null, workers: [], note: null },
};

describe('the warning of what the round finds', () => {
  useDatabase();
  let town: Area;
  let dispatcher: Reader;
  let enterprise: Enterprise;

  const at = (day: CalendarDay) => setClock(() => instantOf(day, '10:00'));
  const night = async (day: CalendarDay) => {
    at(day);
    await evaluateWarnings({ day, inTurn: inTx });
  };
  const find = async (day: CalendarDay, found: Partial<FindingValues>) => {
    at(day);
    const check = await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: day.slice(0, 7) } });
    await recordFinding(dispatcher, check!.id, { ...NOTHING, foundOn: day, ...found });
  };
  const warning = () => Warning.findOne({ where: { openKey: enterprise.id } });
  /** A payment on the agreement that the case of the warning came to, which waits for its second person. */
  const aPayment = async (caseId: string, amountFen: number): Promise<Payment> => {
    const [paidOn, { id: recordedById }] = [today(), await aUser('王秀英', 'mediator', town)];
    const closed = {
      state: 'closed',
      closedOn: paidOn,
      outcome: 'settledByInstalments',
      performance: 'pending',
    };
    const [disputeCase] = await DisputeCase.findAll({ where: { id: caseId } });
    if (disputeCase!.closedOn === null) await disputeCase!.update(closed as object);
    const settlement =
      (await Settlement.findOne({ where: { openKey: caseId } })) ??
      (await Settlement.create({
        ...{ caseId, openKey: caseId, kind: 'settledByInstalments', terms: '分期', totalFen: 1_800_000 },
        ...{ draftedById: recordedById, signedOn: paidOn },
      }));
    const line = { caseId, claimantId: (await aClaimant(disputeCase!)).id, amountFen };
    const instalment = await Instalment.create({ ...line, settlementId: settlement.id, dueOn: paidOn });
    return Payment.create({
      ...line,
      ...{ instalmentId: instalment.id, paidOn, manner: 'bankTransfer', proof: '回单', recordedById },
    });
  };

  before(async () => {
    at('2026-03-02');
    subscribeFeatures();
    town = await aTown();
    dispatcher = await aReader(['dispatcher', town]);
    enterprise = await anEnterprise(town, '江阴某针织厂');
  });
  after(() => setClock());

  it('goes from yellow to orange to red with its case, and after verified payment is watched', async () => {
    await openRound({ day: '2026-03-02', inTurn: inTx });
    const owed = { payState: 'unpaid' as const, arrearsPeople: 3, arrearsFen: 1_800_000 };
    await find('2026-03-20', { ...owed, arrearsSince: '2026-03-13' });
    expect(await warning()).to.include({ level: 'yellow' });
    await night('2026-04-12');
    expect((await warning())!.level, '30 days').to.equal('yellow');
    await night('2026-04-13');
    expect((await warning())!.level, '31 days').to.equal('orange');
    await night('2026-05-11');
    expect((await warning())!.level, '59 days').to.equal('orange');
    expect(await DisputeCase.count()).to.equal(0);
    await night('2026-05-12');
    expect((await warning())!.level, '60 days').to.equal('red');
    const [opened, ...others] = await DisputeCase.findAll();
    expect([opened!.source, opened!.enterpriseId, others]).to.deep.equal(['wageCheck', enterprise.id, []]);
    await night('2026-05-20');
    expect(await DisputeCase.count(), 'once').to.equal(1);
    at('2026-05-25');
    const check = (await WageCheck.findOne({ where: { enterpriseId: enterprise.id, month: '2026-03' } }))!;
    await recordFinding(dispatcher, check.id, { ...NOTHING, foundOn: '2026-05-25' });
    expect((await warning())!.level, 'six months of watching (Art. 40)').to.equal('blue');
    await night('2026-11-24');
    expect((await warning())?.level).to.equal('blue');
    await night('2026-11-26');
    expect(await warning()).to.equal(null);
  });

  it('ends with what its case recovered, when a second person has verified it', async () => {
    enterprise = await anEnterprise(town, '江阴某毛纺厂');
    at('2026-03-02');
    await openRound({ day: '2026-03-02', inTurn: inTx });
    await find('2026-03-20', {
      ...{ payState: 'unpaid', arrearsPeople: 2, arrearsFen: 1_800_000, arrearsSince: '2026-03-13' },
    });
    await night('2026-05-12');
    const { caseId } = (await warning())!;
    const paid = await aPayment(caseId!, 1_000_000);
    const rest = await aPayment(caseId!, 800_000);
    await evaluateEnterprise(enterprise.id, '2026-05-12', 'byHand');
    expect((await warning())!.level, 'nothing is verified').to.equal('red');
    await verifyPayment(dispatcher, caseId!, paid.id);
    const evaluations = { where: { latestKey: enterprise.id } };
    expect((await warning())!.level, 'a part is verified').to.equal('red');
    expect((await WarningEvaluation.findOne(evaluations))!.arrearsFen).to.equal(800_000);
    await verifyPayment(dispatcher, caseId!, rest.id);
    expect(await warning()).to.include({ level: 'blue', watchUntil: '2026-11-12', held: false });
    const { arrearsFen, people, inputs } = (await WarningEvaluation.findOne(evaluations))!;
    expect({ arrearsFen, people }).to.deep.equal({ arrearsFen: 0, people: 0 });
    expect(inputs.facts.payments).to.deep.equal([{ paidOn: '2026-05-12', amountFen: 1_800_000 }]);
    await night('2026-11-12');
    expect(await warning(), 'and it does not begin again').to.equal(null);
    await night('2026-11-13');
    expect(await warning()).to.equal(null);
  });
});
