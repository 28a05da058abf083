import { expect } from 'chai';
import fc from 'fast-check';
import type { CreationAttributes } from 'sequelize';
import type { Area } from '../../models/areas.ts';
import { DisputeCase } from '../../models/cases.ts';
import { selectRows } from '../../models/dialect.ts';
import { Ticket } from '../../models/tickets.ts';
import { CLAIM_TYPES } from '../../server/cases/case.rules.ts';
import { OUTCOMES, type Outcome } from '../../server/cases/lifecycle.rules.ts';
import { LEVELS } from '../../server/directory/directory.rules.ts';
import {
  loadIndicators,
  loadReport,
  publishedIndicators,
  type Indicators,
  type Sums,
} from '../../server/reports/indicator.queries.ts';
import { NO_DISPUTE } from '../../server/reports/indicators.rules.ts';
import { BASES, type Basis } from '../../server/reports/report-period.rules.ts';
import { addDays, dayOf, type CalendarDay } from '../../server/shared/calendar-day.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aClaimant, aPayment, aTicket, aTicketRow, aTown, aVillage } from '../support/factories.ts';
import { statementsOf } from '../support/statements.ts';

const YEAR_2022 = { from: '2022-01-01', to: '2022-12-31' };

interface Wish {
  from?: CalendarDay;
  to?: CalendarDay;
  basis?: Basis;
  village?: Area;
}

const questionOf = (towns: Area[], { from, to, basis = 'received', village }: Wish = {}) => ({
  townIds: towns.map(({ id }) => id),
  villageId: village?.id ?? null,
  period: { from: from ?? YEAR_2022.from, to: to ?? YEAR_2022.to },
  basis,
});

const indicators = (town: Area | Area[], wish?: Wish): Promise<Indicators> =>
  loadIndicators(questionOf(Array.isArray(town) ? town : [town], wish));

describe('indicators of the database', () => {
  useDatabase();
  let town: Area;
  beforeEach(async () => (town = await aTown()));

  describe('golden test 1', () => {
    /** 673 tickets of 2022, each its own case, with amounts that make 8,174,258 yuan. */
    async function yearOfTickets(succeeded: number): Promise<void> {
      const cases = Array.from({ length: 673 }, (_, index) => {
        const day = addDays('2022-01-01', index % 365);
        const amount =
          index % 2 === 0 ? { verifiedFen: 1_214_600, claimedFen: 9_999_900 } : { claimedFen: 1_214_600 };
        return aCase(town)
          .fromHotline()
          .receivedOn(day)
          .with(amount)
          .closedOn(addDays(day, 10), outcomeAt(index, succeeded))
          .asRow();
      });
      await DisputeCase.bulkCreate(cases);
      await Ticket.bulkCreate(
        cases.map(({ id, receivedOn }) => aTicketRow(town, receivedOn, { caseId: id })),
      );
    }

    const outcomeAt = (index: number, succeeded: number): Outcome =>
      index < succeeded
        ? (['settledAtOnce', 'settledByInstalments', 'reconciled'] as const)[index % 3]!
        : (['failed', 'declined'] as const)[index % 2]!;

    it('prints the sentence of 2022', async () => {
      await yearOfTickets(660);
      const published = publishedIndicators(await indicators(town));
      expect(published.sentences.hotline).to.equal(
        '2022年，共接到12345劳动争议诉求件673件，调处成功率98%以上，涉及总金额817万多元',
      );
      expect(published.successRate).to.equal('98.07');
      expect(published.amountInvolvedFen).to.equal(817_425_800);
    });

    it('prints 97% when one fewer succeeded', async () => {
      await yearOfTickets(659);
      const published = publishedIndicators(await indicators(town));
      expect(published.sentences.hotline).to.equal(
        '2022年，共接到12345劳动争议诉求件673件，调处成功率97%以上，涉及总金额817万多元',
      );
      expect(published.successRate).to.equal('97.92');
    });
  });

  it('golden test 2: prints the sentence of 2023 to 2 November', async () => {
    const disputeCase = await aCase(town).of(184).receivedOn('2022-12-20').closedOn('2022-12-30').saved();
    const pay = async (migrant: boolean, amount: string, day: CalendarDay) =>
      aPayment(await aClaimant(disputeCase, { migrant }), amount, day);
    for (let i = 0; i < 168; i++) await pay(true, '17,679.00', addDays('2023-01-01', i));
    await pay(true, '17,728.00', '2023-11-02');
    for (let i = 0; i < 14; i++) await pay(false, '7,233.00', '2023-01-01');
    await pay(false, '7,238.00', '2023-11-02');
    await pay(true, '50,000.00', '2022-12-31');
    await pay(true, '50,000.00', '2023-11-03');

    const published = publishedIndicators(await indicators(town, { from: '2023-01-01', to: '2023-11-02' }));
    expect(published.recovered).to.deep.equal({
      fen: 309_630_000,
      workers: 184,
      migrantFen: 298_780_000,
      migrantWorkers: 169,
    });
    expect(published.sentences.recovery).to.equal(
      '截至11月2日，为184名劳动者追回309.63万元，其中为169名农民工追回298.78万元',
    );
  });

  it('prints the keys of the command line in their order', async () => {
    expect(JSON.stringify(publishedIndicators(await indicators(town)))).to.equal(
      '{"period":{"from":"2022-01-01","to":"2022-12-31"},"basis":"received","tickets":{"received":0,"returned":0},' +
        '"cases":{"opening":0,"received":0,"closed":0,"open":0,"collective":0},"outcomes":{"settledAtOnce":0,' +
        '"settledByInstalments":0,"reconciled":0,"failed":0,"declined":0,"transferred":0,"withdrawn":0,"lostContact":0,' +
        '"notLabour":0,"duplicate":0,"void":0},"succeeded":0,"failed":0,"excluded":0,"successRate":null,' +
        '"amountInvolvedFen":0,"recovered":{"fen":0,"workers":0,"migrantFen":0,"migrantWorkers":0},"hotline":' +
        '{"assigned":0,"signedInTime":0,"due":0,"closed":0,"closedInTime":0,"resolved":0,"rated":0,"satisfied":0,' +
        '"returned":0,"redone":0,"contactedInTime":0,"signRate":null,"onTimeRate":null,"resolvedRate":null,' +
        '"satisfactionRate":null,"returnRate":null,"redoRate":null,"responseRate":null},"outreach":{"events":0,"audience":0,"materials":0},"sentences":' +
        '{"hotline":"2022年，共接到12345劳动争议诉求件0件，涉及总金额0元","recovery":"2022年，尚无已核实的追回金额"}}',
    );
  });

  describe('tickets', () => {
    it('are counted without the returned and without those that were no labour dispute of their own', async () => {
      for (const outcome of OUTCOMES) {
        const { id } = await aCase(town).fromHotline().closedOn('2022-03-09', outcome).saved();
        await aTicket(town, '2022-03-01', { caseId: id });
      }
      await aTicket(town, '2022-03-01');
      await aTicket(town, '2022-03-01', { state: 'returned' });
      const { tickets } = await indicators(town);
      expect(tickets).to.deep.equal({ received: OUTCOMES.length - NO_DISPUTE.length + 1, returned: 1 });
    });

    it('of one case are each counted, the case once', async () => {
      const { id } = await aCase(town).of(12).fromHotline().saved();
      for (const day of ['2022-03-01', '2022-03-02', '2022-03-05']) await aTicket(town, day, { caseId: id });
      const { tickets, cases } = await indicators(town);
      expect(tickets.received).to.equal(3);
      expect(cases).to.include({ received: 1, collective: 1, open: 1 });
    });

    it('alone stand in the sentence about the hotline', async () => {
      const hotline = await aCase(town).fromHotline().claiming('10,000').closedOn('2022-03-09').saved();
      await aTicket(town, '2022-03-01', { caseId: hotline.id });
      await aCase(town).claiming('990,000').closedOn('2022-03-09', 'failed').saved();
      await aCase(town).saved();
      const { hotline: facts, succeeded, failed, amountInvolvedFen } = await indicators(town);
      expect({ succeeded, failed, amountInvolvedFen }).to.deep.equal({
        succeeded: 1,
        failed: 1,
        amountInvolvedFen: 100_000_000,
      });
      expect(facts).to.include({
        received: 1,
        succeeded: 1,
        failed: 0,
        open: 0,
        amountInvolvedFen: 1_000_000,
      });
    });
  });

  describe('days', () => {
    it('are those of Shanghai, both ends included', async () => {
      for (const instant of [
        '2021-12-31T15:59:59Z',
        '2021-12-31T16:00:00Z',
        '2022-12-31T15:59:59Z',
        '2022-12-31T16:00:00Z',
      ]) {
        const receivedAt = new Date(instant);
        const receivedOn = dayOf(receivedAt);
        const { id } = await aCase(town).fromHotline().with({ receivedAt, receivedOn }).saved();
        await aTicket(town, receivedOn, { receivedAt, caseId: id });
      }
      const { tickets, cases } = await indicators(town);
      expect(tickets.received).to.equal(2);
      expect(cases).to.deep.equal({ opening: 1, received: 2, closed: 0, open: 3, collective: 0 });
    });

    it('of payments decide what is recovered, whatever the case', async () => {
      const disputeCase = await aCase(town).receivedOn('2020-01-01').closedOn('2020-02-01').saved();
      const claimant = await aClaimant(disputeCase);
      for (const day of ['2021-12-31', '2022-01-01', '2022-12-31', '2023-01-01'])
        await aPayment(claimant, '1,000', day);
      for (const basis of BASES) {
        const { recovered } = await indicators(town, { basis });
        expect(recovered).to.include({ fen: 200_000, workers: 1 });
      }
    });
  });

  describe('recovered money', () => {
    it('counts verified payments only', async () => {
      const claimant = await aClaimant(await aCase(town).closedOn('2022-03-09').saved());
      await aPayment(claimant, '1,000.50', '2022-05-01', 'verified');
      await aPayment(claimant, '2,000', '2022-05-01', 'recorded');
      await aPayment(claimant, '4,000', '2022-05-01', 'rejected');
      expect((await indicators(town)).recovered).to.include({ fen: 100_050, workers: 1 });
    });

    it('counts a worker once whose ID number is known, however many cases and payments', async () => {
      const [first, second] = [await aCase(town).saved(), await aCase(town).saved()];
      const known = { idNumberHash: 'a'.repeat(64) };
      const claimants = [
        await aClaimant(first, { ...known, migrant: true }),
        await aClaimant(second, { ...known, migrant: null }),
        await aClaimant(second, { migrant: null }),
        await aClaimant(second, { migrant: false }),
      ];
      for (const claimant of [...claimants, claimants[0]!]) await aPayment(claimant, '100', '2022-05-01');
      expect((await indicators(town)).recovered).to.deep.equal({
        fen: 50_000,
        workers: 3,
        migrantFen: 20_000,
        migrantWorkers: 1,
        shareUnknownFen: 0,
      });
    });
  });

  describe('basis', () => {
    beforeEach(async () => {
      await aCase(town).receivedOn('2021-12-01').claiming('1').closedOn('2022-01-05', 'reconciled').saved();
      await aCase(town).receivedOn('2022-06-01').claiming('10').closedOn('2022-06-11', 'failed').saved();
      await aCase(town)
        .receivedOn('2022-12-30')
        .claiming('100')
        .closedOn('2023-01-04', 'settledAtOnce')
        .saved();
      await aCase(town).fromHotline().receivedOn('2022-12-30').claiming('1,000').saved();
    });
    const flows = { opening: 1, received: 3, closed: 2, open: 2, collective: 0 };

    it('received: the cohort of the period with its outcomes as known today', async () => {
      const { cases, outcomes, succeeded, failed, amountInvolvedFen, hotline } = await indicators(town);
      expect(cases).to.deep.equal(flows);
      expect(outcomes).to.include({ failed: 1, settledAtOnce: 1, reconciled: 0 });
      expect({ succeeded, failed, amountInvolvedFen }).to.deep.equal({
        succeeded: 1,
        failed: 1,
        amountInvolvedFen: 111_000,
      });
      expect(hotline.open).to.equal(1);
    });

    it('closed: what was closed in the period', async () => {
      const { cases, outcomes, succeeded, failed, amountInvolvedFen, hotline } = await indicators(town, {
        basis: 'closed',
      });
      expect(cases).to.deep.equal(flows);
      expect(outcomes).to.include({ failed: 1, settledAtOnce: 0, reconciled: 1 });
      expect({ succeeded, failed, amountInvolvedFen }).to.deep.equal({
        succeeded: 1,
        failed: 1,
        amountInvolvedFen: 1_100,
      });
      expect(hotline.open).to.equal(1);
    });
  });

  it('the amount involved is the verified one, also when it is 0, else the claimed, and leaves out what is void', async () => {
    await aCase(town).claiming('500').verifiedAt('300').saved();
    await aCase(town).claiming('500').verifiedAt('0').saved();
    await aCase(town).claiming('20').closedOn('2022-04-01', 'withdrawn').saved();
    await aCase(town).saved();
    await aCase(town).claiming('9,000').closedOn('2022-04-01', 'void').saved();
    expect((await indicators(town)).amountInvolvedFen).to.equal(32_000);
  });

  it('矛盾不上交 counts what was settled at the level of the first routing', async () => {
    await aCase(town).routedTo('village').closedOn('2022-03-09').saved();
    await aCase(town).routedTo('village').goneUpTo('town').closedOn('2022-03-09').saved();
    await aCase(town).routedTo('village').closedOn('2022-03-09', 'failed').saved();
    expect((await indicators(town)).settledAtFirstLevel).to.equal(1);
  });

  it('scope: two towns together, each alone, a village alone', async () => {
    const other = await aTown('青阳镇');
    const [north, south] = [await aVillage(town, '文林村'), await aVillage(town, '建南村')];
    const inNorth = await aCase(town).in(north).fromHotline().closedOn('2022-03-09').saved();
    await aCase(town).in(south).saved();
    await aCase(town).saved();
    await aCase(other).saved();
    await aTicket(town, '2022-03-01', { caseId: inNorth.id, villageId: south.id });
    await aTicket(town, '2022-03-01', { villageId: south.id });
    await aTicket(other, '2022-03-01');
    await aPayment(await aClaimant(inNorth), '700', '2022-05-01');
    const told = async (...question: Parameters<typeof indicators>) => {
      const { cases, tickets, recovered } = await indicators(...question);
      return [cases.received, tickets.received, recovered.fen];
    };
    expect(await told([town, other])).to.deep.equal([4, 3, 70_000]);
    expect(await told(town)).to.deep.equal([3, 2, 70_000]);
    expect(await told(other)).to.deep.equal([1, 1, 0]);
    expect(await told(town, { village: north })).to.deep.equal([1, 1, 70_000]);
    expect(await told(town, { village: south })).to.deep.equal([1, 1, 0]);
  });

  describe('any town', () => {
    const day = fc.integer({ min: 0, max: 500 }).map((offset) => addDays('2021-10-01', offset));
    const someCase = fc.record({
      receivedOn: day,
      lasted: fc.option(fc.integer({ min: 0, max: 200 })),
      outcome: fc.constantFrom(...OUTCOMES),
      level: fc.option(fc.constantFrom(...LEVELS)),
      type: fc.constantFrom(...CLAIM_TYPES),
      village: fc.option(fc.constantFrom(0, 1)),
      claimed: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      verified: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      paid: fc.option(fc.record({ fen: fc.integer({ min: 1, max: 99_999 }), on: day })),
      hasTicket: fc.boolean(),
    });
    const period = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

    it('balances, and every table adds up to the indicators', async () => {
      const property = fc.asyncProperty(
        fc.array(someCase, { minLength: 1, maxLength: 25 }),
        period,
        fc.constantFrom(...BASES),
        async (wishes, { from, to }, basis) => {
          const place = await aTown();
          const villages = [await aVillage(place, '甲村'), await aVillage(place, '乙村')];
          for (const wish of wishes) {
            const row: CreationAttributes<DisputeCase> = aCase(place)
              .receivedOn(wish.receivedOn)
              .about(wish.type)
              .with({
                level: wish.level,
                firstLevel: wish.level,
                villageId: wish.village === null ? null : villages[wish.village]!.id,
                claimedFen: wish.claimed,
                verifiedFen: wish.verified,
                hasTicket: wish.hasTicket,
                ...(wish.lasted === null
                  ? {}
                  : {
                      state: 'closed',
                      outcome: wish.outcome,
                      closedOn: addDays(wish.receivedOn, wish.lasted),
                    }),
              })
              .asRow();
            const disputeCase = await DisputeCase.create(row);
            if (wish.paid)
              await aPayment(await aClaimant(disputeCase), (wish.paid.fen / 100).toFixed(2), wish.paid.on);
          }
          const report = await loadReport(questionOf([place], { from, to, basis }));
          const { cases, succeeded, failed, amountInvolvedFen, recovered } = report.indicators;

          const openAtEnd = wishes.filter(
            ({ receivedOn, lasted }) =>
              receivedOn <= to && (lasted === null || addDays(receivedOn, lasted) > to),
          );
          expect(cases.open).to.equal(openAtEnd.length);
          const dayBefore = await loadIndicators(
            questionOf([place], { from: '2021-01-01', to: addDays(from, -1) }),
          );
          expect(cases.opening).to.equal(dayBefore.cases.open);

          const { received, closed } = cases;
          const totals = {
            received,
            closed,
            succeeded,
            failed,
            amountInvolvedFen,
            recoveredFen: recovered.fen,
          };
          for (const rows of Object.values(report.breakdown) as { sums: Sums }[][])
            for (const name of Object.keys(totals) as (keyof Sums)[])
              expect(rows.reduce((sum, row) => sum + row.sums[name], 0)).to.equal(totals[name]);
        },
      );
      await fc.assert(property, { numRuns: 15 });
    });
  });

  // MariaDB plans by the number of rows, and here there are few.
  const onSqlite = process.env.TEST_DATABASE_URL ? undefined : it;
  onSqlite?.('no statement reads all cases, tickets or payments', async () => {
    const village = await aVillage(town, '文林村');
    const statements = await statementsOf(async () => {
      for (const wish of [{}, { village }]) await loadReport(questionOf([town], wish));
    });
    expect(statements).to.have.length.above(10);
    for (const statement of statements) {
      const plan = await selectRows<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`);
      const scans = plan.map(({ detail }) => detail).filter((detail) => /^SCAN (c|t|p|w)\b/.test(detail));
      expect(scans, statement).to.deep.equal([]);
    }
  });
});
