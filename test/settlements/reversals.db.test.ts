import { expect } from 'chai';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { Payment, PaymentReversal } from '../../models/settlements.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { loadIndicators } from '../../server/reports/indicator.queries.ts';
import { verifyPayment } from '../../server/settlements/payments.service.ts';
import { decideReversal, reversePayment } from '../../server/settlements/reversals.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

const WHY = { reason: '登记到别人名下' };
const YES = { verified: true, reason: null };

describe('taking back a wrong payment', () => {
  useDatabase();
  let corner: Awaited<ReturnType<typeof aTownAtWork>>['own'];
  let mediator: Reader;
  let colleague: Reader;
  before(async () => {
    corner = (await aTownAtWork('祝塘镇')).own;
    [mediator, colleague] = (await Promise.all(
      corner.mediators.map(async ({ id }) => (await findSignedIn(id))!.reader),
    )) as [Reader, Reader];
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(async () => {
    setClock();
    await Payment.update({ state: 'rejected' }, { where: {} });
  });

  const at = async (stage: CaseStage) => {
    const ids = await aCaseAt(corner, stage);
    return { id: ids['caseId']!, paymentId: ids['paymentId']! };
  };
  const performanceOf = async (id: string) => (await DisputeCase.findByPk(id))!.performance;
  const recovered = async () =>
    (
      await loadIndicators({
        ...{ townIds: [corner.town.id], villageId: null, basis: 'received' as const },
        period: { from: '2022-01-01', to: '2022-12-31' },
      })
    ).recovered;

  it('leaves it counted until a second person agrees; then money, worker and performance follow', async () => {
    const { id, paymentId } = await at('paidOnce');
    await Payment.update({ amountFen: 800_000 }, { where: { id: paymentId } });
    await verifyPayment(colleague, id, paymentId);
    expect(await performanceOf(id)).to.equal('fulfilled');
    await reversePayment(mediator, id, paymentId, WHY);
    expect(await recovered()).to.include({ fen: 800_000, workers: 1 });
    expect(await refusal(decideReversal(mediator, id, paymentId, YES))).to.equal(
      'settlements.errors.ownPayment',
    );
    await decideReversal(colleague, id, paymentId, YES);
    expect(await recovered()).to.include({ fen: 0, workers: 0 });
    expect(await performanceOf(id)).to.equal('pending');
    expect((await DisputeCase.findByPk(id))!.dueOn).to.equal('2022-03-10');
    expect(await Payment.findByPk(paymentId)).to.include({ state: 'reversed', amountFen: 800_000 });
    const events = await CaseEvent.findAll({
      where: { caseId: id },
      order: [
        ['at', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    expect(events.map(({ action }) => action)).to.deep.equal([
      'verifyPayment',
      'reversePayment',
      'verifyReversal',
    ]);
  });

  it('is late at once where the instalment was due before', async () => {
    const { id, paymentId } = await at('reversing');
    setClock(() => instantOf('2022-03-11', '09:00'));
    await decideReversal(colleague, id, paymentId, YES);
    expect(await performanceOf(id)).to.equal('breached');
  });

  it('can be refused with a reason, and asked for again', async () => {
    const { id, paymentId } = await at('reversing');
    await decideReversal(colleague, id, paymentId, { verified: false, reason: '回单无误' });
    expect(await Payment.findByPk(paymentId)).to.include({ state: 'verified' });
    expect(await refusal(decideReversal(colleague, id, paymentId, YES))).to.equal('errors.notFound');
    await reversePayment(mediator, id, paymentId, WHY);
    expect(await PaymentReversal.count({ where: { paymentId } })).to.equal(2);
  });

  it('is for a verified payment, once', async () => {
    const recorded = await at('paidOnce');
    expect(await refusal(reversePayment(mediator, recorded.id, recorded.paymentId, WHY))).to.equal(
      'settlements.errors.notVerified',
    );
    const { id, paymentId } = await at('verified');
    const both = await Promise.all([1, 2].map(() => refusal(reversePayment(mediator, id, paymentId, WHY))));
    expect(both.sort()).to.deep.equal(['nothing', 'settlements.errors.reversalOpen'].sort());
    const decided = await Promise.all(
      [1, 2].map(() => refusal(decideReversal(colleague, id, paymentId, YES))),
    );
    expect(decided.filter((said) => said === 'nothing')).to.have.length(1);
  });
});
