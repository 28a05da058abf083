import { expect } from 'chai';
import { CaseEvent, DisputeCase } from '../../models/cases.ts';
import { Instalment, Payment, Settlement } from '../../models/settlements.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { presentCasePage } from '../../server/cases/case-page.presenter.ts';
import { presentPayment } from '../../server/settlements/payments.presenter.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { recordConfirmationResult } from '../../server/settlements/confirmation.service.ts';
import {
  recordPayment,
  rejectPayment,
  verifyPayment,
  withdrawPayment,
} from '../../server/settlements/payments.service.ts';
import { readSettlement } from '../../server/settlements/settlements.form.ts';
import {
  draftSettlement,
  signSettlement,
  withdrawDraft,
  type NewSettlement,
} from '../../server/settlements/settlements.service.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork, type CaseStage } from '../support/town-at-work.ts';

describe('an agreement and its payments', () => {
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
  afterEach(() => setClock());

  const at = async (stage: CaseStage) => {
    const ids = await aCaseAt(corner, stage);
    const { version } = (await DisputeCase.findByPk(ids['caseId']))!;
    return { id: ids['caseId']!, version, paymentId: ids['paymentId'], instalmentId: ids['instalmentId'] };
  };
  const wish = (schedule: NewSettlement['schedule']): NewSettlement => ({
    kind: 'settledByInstalments',
    terms: '分两期转入本人账户',
    schedule,
  });

  it('is put into the order of its days, however the lines were filled in', async () => {
    const { id, version } = await at('mediated');
    const lines = [
      { line: 1, dueOn: '2022-05-10', amountFen: 500_000 },
      { line: 3, dueOn: '2022-04-10', amountFen: 300_000 },
    ];
    await draftSettlement(mediator, id, version, wish(lines));
    const { instalments } = await loadCasePage(mediator, id);
    expect(instalments.map(({ dueOn, amountFen }) => [dueOn, amountFen])).to.deep.equal([
      ['2022-04-10', 300_000],
      ['2022-05-10', 500_000],
    ]);
  });

  it('has no instalment in the past, and names the line of the form', async () => {
    const { id, version } = await at('mediated');
    const lines = [
      { line: 1, dueOn: '2022-03-07', amountFen: 500_000 },
      { line: 3, dueOn: '2022-03-06', amountFen: 300_000 },
    ];
    const refused = await refusal(draftSettlement(mediator, id, version, wish(lines)));
    expect(refused).to.equal('dueOn3: settlements.errors.dueBefore');
    expect(await Settlement.count({ where: { caseId: id } })).to.equal(0);
  });

  for (const [signedOn, sentence] of [
    ['2022-03-12', 'errors.dayAfter'],
    ['2022-03-11', 'settlements.errors.signedAfterDue'],
    ['2022-03-01', 'errors.dayBefore'],
  ] as const) {
    it(`is not signed on ${signedOn}: ${sentence}`, async () => {
      const { id, version } = await at('drafted');
      setClock(() => instantOf('2022-03-11', '09:00'));
      const refused = await refusal(signSettlement(mediator, id, version, { signedOn }));
      expect(refused).to.equal(`signedOn: ${sentence}`);
      expect((await DisputeCase.findByPk(id))!.state).to.equal('awaitingSignature');
    });
  }

  it('withdrawn as a draft stays readable, and another can be drafted', async () => {
    const { id, version } = await at('drafted');
    const note = '单位要求改成一次付清';
    const withdrawn = await withdrawDraft(mediator, id, version, { note });
    expect(withdrawn).to.include({ state: 'inMediation', version: version + 1 });
    const event = (await CaseEvent.findOne({ where: { caseId: id, action: 'withdrawDraft' } }))!;
    expect(event.detail).to.deep.equal({ note });
    const page = await loadCasePage(mediator, id);
    expect(page.settlement).to.equal(null);
    expect(page.withdrawnDrafts.map(({ terms, schedule }) => [terms, schedule])).to.deep.equal([
      ['分期支付', [{ dueOn: '2022-03-10', amountFen: 800_000 }]],
    ]);
    const lines = [{ dueOn: '2022-03-07', amountFen: 800_000 }];
    await draftSettlement(mediator, id, withdrawn.version, wish(lines));
    expect((await loadCasePage(mediator, id)).settlement?.terms).to.equal('分两期转入本人账户');
    expect(await Instalment.count({ where: { caseId: id } }), 'of both drafts').to.equal(2);
  });

  it('is not withdrawn once it is signed, nor by a colleague', async () => {
    const signed = await at('paidOnce');
    const why = { note: null };
    expect(await refusal(withdrawDraft(mediator, signed.id, signed.version, why))).to.equal(
      'cases.obstacles.state',
    );
    const drafted = await at('drafted');
    expect(await refusal(withdrawDraft(colleague, drafted.id, drafted.version, why))).to.equal(
      'errors.forbidden',
    );
    expect(
      await Settlement.count({ where: { caseId: [signed.id, drafted.id], withdrawnAt: null } }),
    ).to.equal(2);
  });

  it('lets a second person reject a payment with a reason; it can then be recorded again', async () => {
    const { id, paymentId, instalmentId } = await at('paidOnce');
    const reason = '回单金额与登记不符';
    expect(await refusal(rejectPayment(mediator, id, paymentId!, reason))).to.equal(
      'settlements.errors.ownPayment',
    );
    const rejected = await rejectPayment(colleague, id, paymentId!, reason);
    expect(rejected.performance, 'nothing was recovered').to.equal('pending');
    expect(await Payment.findByPk(paymentId)).to.include({
      state: 'rejected',
      decidedById: colleague.userId,
    });
    const event = (await CaseEvent.findOne({ where: { caseId: id, action: 'rejectPayment' } }))!;
    expect(event.detail).to.deep.equal({ amountFen: 300_000, paidOn: '2022-03-04', reason, paymentId });
    for (const again of [
      rejectPayment(colleague, id, paymentId!, reason),
      verifyPayment(colleague, id, paymentId!),
    ])
      expect(await refusal(again)).to.equal('settlements.errors.paymentDecided');
    await recordPayment(mediator, id, {
      instalmentId: instalmentId!,
      amountFen: 800_000,
      paidOn: '2022-03-05',
      manner: 'bankTransfer',
      proof: '银行回单',
    });
    expect(await Payment.count({ where: { caseId: id, state: 'recorded' } })).to.equal(1);
  });

  it('is paid by proofs whose names nobody reads who has not taken over, and whose numbers nobody', async () => {
    const { id, paymentId } = await at('paidOnce');
    await Payment.update({ proof: '李强本人签字，卡号6222021234567890123' }, { where: { id: paymentId! } });
    for (const [reader, name] of [
      [mediator, '李强'],
      [colleague, '李*'],
    ] as const) {
      const page = await loadCasePage(reader, id);
      const [instalment] = page.instalments;
      const [payment] = instalment!.payments!;
      const onPayment = JSON.stringify(
        presentPayment(page, { instalment: instalment!, payment: payment! }, [], (key) => key),
      );
      const onCase = JSON.stringify(presentCasePage(page, '2022-03-07', (key) => key));
      for (const shown of [onPayment, onCase]) {
        expect(shown).to.include(`${name}本人签字`).and.not.to.include('6222021234567890123');
        if (name !== '李强') expect(shown).not.to.include('李强');
      }
    }
  });

  it('an entry that nobody has verified is taken back by whoever made it, with the reason on record', async () => {
    const { id, paymentId, instalmentId } = await at('paidTwice');
    const reason = '金额录错';
    expect(await refusal(withdrawPayment(colleague, id, paymentId!, reason))).to.equal('errors.forbidden');
    await withdrawPayment(mediator, id, paymentId!, reason);
    expect((await Payment.findByPk(paymentId))!.state).to.equal('withdrawn');
    const event = (await CaseEvent.findOne({ where: { caseId: id, action: 'withdrawPayment' } }))!;
    expect(event.detail).to.include({ amountFen: 300_000, reason });
    expect(await refusal(withdrawPayment(mediator, id, paymentId!, reason))).to.equal(
      'settlements.errors.paymentDecided',
    );
    const again = { amountFen: 800_000, paidOn: '2022-03-05', manner: 'cash', proof: '收条' } as const;
    await recordPayment(mediator, id, { instalmentId: instalmentId!, ...again });
  });

  it('the result of what was filed for is recorded once', async () => {
    const { id, version } = await at('paidTwice');
    const granted = { result: 'granted', decidedOn: '2022-03-06' } as const;
    const early = { ...granted, decidedOn: '2022-03-03' };
    expect(await refusal(recordConfirmationResult(mediator, id, version, early))).to.equal(
      'decidedOn: errors.dayBefore',
    );
    const done = await recordConfirmationResult(mediator, id, version, granted);
    const event = (await CaseEvent.findOne({ where: { caseId: id, action: 'recordConfirmation' } }))!;
    expect(event.detail).to.include({ confirmationResult: 'granted', decidedOn: '2022-03-06' });
    expect(await refusal(recordConfirmationResult(mediator, id, done.version, granted))).to.equal(
      'settlements.errors.confirmationDecided',
    );
    const unfiled = await at('paidOnce');
    expect(await refusal(recordConfirmationResult(mediator, unfiled.id, unfiled.version, granted))).to.equal(
      'settlements.errors.confirmationDecided',
    );
  });

  it('a reconciliation without money has no instalment, whatever day stands in the form', () => {
    const form = readSettlement({ kind: 'reconciled', terms: '双方和好', dueOn1: '2022-03-07' });
    expect(form).to.deep.equal({ ok: true, values: { kind: 'reconciled', terms: '双方和好', schedule: [] } });
  });
});
