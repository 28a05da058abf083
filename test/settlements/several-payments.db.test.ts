import { expect } from 'chai';
import { Claimant } from '../../models/cases.ts';
import { Instalment, Payment } from '../../models/settlements.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { findSignedIn } from '../../server/accounts/reader.queries.ts';
import { presentCasePage } from '../../server/cases/case-page.presenter.ts';
import { loadCasePage } from '../../server/cases/case-page.queries.ts';
import { recordPayments, verifyPayments } from '../../server/settlements/payments.service.ts';
import { boxOf, readBox } from '../../server/settlements/several-payments.rules.ts';
import { instantOf } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { useDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { aCaseAt, aTownAtWork } from '../support/town-at-work.ts';

describe('payments of several workers', () => {
  useDatabase();
  let town: Awaited<ReturnType<typeof aTownAtWork>>;
  let mediator: Reader;
  let colleague: Reader;
  let dispatcher: Reader;

  before(async () => {
    town = await aTownAtWork('祝塘镇');
    const people = [...town.own.mediators, town.sender];
    [mediator, colleague, dispatcher] = (await Promise.all(
      people.map(async ({ id }) => (await findSignedIn(id))!.reader),
    )) as [Reader, Reader, Reader];
  });
  beforeEach(() => setClock(() => instantOf('2022-03-07', '09:00')));
  afterEach(() => setClock());

  /** An agreement in force with 5,000.00 open for one worker, 3,000.00 recorded, and 1,000.00 open for another. */
  const anAgreement = async () => {
    const ids = await aCaseAt(town.own, 'paidOnce');
    const [caseId, first] = [ids['caseId']!, ids['instalmentId']!];
    const { settlementId } = (await Instalment.findByPk(first))!;
    const { id: claimantId } = await Claimant.create({ caseId, position: 2, name: '周敏' });
    const line = { settlementId, caseId, claimantId, dueOn: '2022-03-10', amountFen: 100_000 };
    const { id: second } = await Instalment.create(line);
    return { caseId, first, second, claimantId };
  };
  const paidToday = { paidOn: '2022-03-07', manner: 'bankTransfer', proof: '代发工资回单' } as const;
  const both = ({ first, second }: { first: string; second: string }, fen = 500_000) => ({
    lines: [
      { instalmentId: first, amountFen: fen },
      { instalmentId: second, amountFen: 100_000 },
    ],
    ...paidToday,
  });
  const sums = async (caseId: string) => ({
    recorded: await Payment.sum('amountFen', { where: { caseId, state: 'recorded' } }),
    verified: await Payment.sum('amountFen', { where: { caseId, state: 'verified' } }),
  });

  it('pay what is open of each, to whom it belongs', async () => {
    const found = await anAgreement();
    await recordPayments(mediator, found.caseId, both(found));
    expect(await sums(found.caseId)).to.deep.equal({ recorded: 900_000, verified: null });
    const [payment] = await Payment.findAll({ where: { instalmentId: found.second } });
    expect(payment).to.include({ claimantId: found.claimantId, proof: '代发工资回单', state: 'recorded' });
  });

  it('are refused as a whole where something else is open by now, twice the same, on a day that cannot be', async () => {
    const found = await anAgreement();
    const record = (wish: Parameters<typeof recordPayments>[2]) =>
      refusal(recordPayments(mediator, found.caseId, wish));
    expect(await record(both(found, 800_000))).to.equal('instalments: settlements.errors.openChanged');
    expect(await record({ ...both(found), paidOn: '2022-03-08' })).to.equal('paidOn: errors.dayAfter');
    const other = await anAgreement();
    expect(await record(both({ ...found, second: other.second }))).to.equal('errors.notFound');
    const [line] = both(found).lines;
    expect(await record({ ...both(found), lines: [line!, line!] })).to.equal('errors.badRequest');
    expect(await Payment.count({ where: { caseId: found.caseId } })).to.equal(1);
  });

  it('recorded by two at the same moment count once', async () => {
    const found = await anAgreement();
    const results = await Promise.allSettled([
      recordPayments(mediator, found.caseId, both(found)),
      recordPayments(mediator, found.caseId, both(found)),
    ]);
    expect(results.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
    expect((await sums(found.caseId)).recorded).to.equal(900_000);
  });

  it('are verified by a second person, each once, or not at all', async () => {
    const found = await anAgreement();
    await recordPayments(mediator, found.caseId, both(found));
    const ids = (await Payment.findAll({ where: { caseId: found.caseId } })).map(({ id }) => id);
    expect(await refusal(verifyPayments(mediator, found.caseId, ids))).to.equal(
      'settlements.errors.ownPayment',
    );
    await verifyPayments(colleague, found.caseId, ids.slice(0, 2));
    expect(await refusal(verifyPayments(dispatcher, found.caseId, ids))).to.equal(
      'payments: settlements.errors.someDecided',
    );
    const other = await anAgreement();
    expect(await refusal(verifyPayments(dispatcher, other.caseId, ids))).to.equal('errors.notFound');
    expect(await Payment.count({ where: { caseId: found.caseId, state: 'verified' } })).to.equal(2);
  });

  it('are what comes next on the page of the mediator, as long as something is open', async () => {
    const found = await anAgreement();
    const first = async () => {
      const page = await loadCasePage(mediator, found.caseId);
      return presentCasePage(page, '2022-03-07', (key) => key).header.actions[0]!.href;
    };
    const at = `/cases/${found.caseId}`;
    expect(await first()).to.equal(`${at}/payments`);
    const [line] = both(found).lines;
    await recordPayments(mediator, found.caseId, { ...both(found), lines: [line!] });
    expect(await first()).to.equal(`${at}/instalments/${found.second}/payments`);
    const { claimantId, settlementId } = (await Instalment.findByPk(found.second))!;
    const later = { caseId: found.caseId, claimantId, settlementId, dueOn: '2022-05-10', amountFen: 1 };
    const { id } = await Instalment.create(later);
    expect(await first(), 'one worker, one instalment after the other').to.equal(
      `${at}/instalments/${found.second}/payments`,
    );
    await Instalment.destroy({ where: { id } });
    const last = { instalmentId: found.second, amountFen: 100_000 };
    await recordPayments(mediator, found.caseId, { ...paidToday, lines: [last] });
    expect(await first()).to.equal(`${at}/contacts`);
  });

  it('say in their box what was open, and nothing else is taken for one', () => {
    const id = '018f0000-0000-7000-8000-000000000001';
    expect(readBox(boxOf(id, 123_456))).to.deep.equal({ instalmentId: id, amountFen: 123_456 });
    for (const wrong of ['', id, `${id}:`, `${id}:0`, `${id}:-1`, `${id}:1.5`, `x:${id}:1`, ['a'], null])
      expect(readBox(wrong), String(wrong)).to.equal(null);
  });
});
