import { expect } from 'chai';
import fc from 'fast-check';
import { faultOfSchedule, planInstalments } from '../../server/settlements/instalments.rules.ts';

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

describe('instalments', () => {
  it('are the lines of the schedule when there is one worker', () => {
    const lines = [
      { dueOn: '2026-12-31', amountFen: 400_001 },
      { dueOn: '2026-11-30', amountFen: 399_999 },
    ];
    expect(planInstalments([{ claimantId: 'w', agreedFen: 800_000 }], lines)).to.deep.equal([
      { claimantId: 'w', dueOn: '2026-11-30', amountFen: 399_999 },
      { claimantId: 'w', dueOn: '2026-12-31', amountFen: 400_001 },
    ]);
  });

  it('refuse a schedule that does not add up', () => {
    expect(() =>
      planInstalments([{ claimantId: 'w', agreedFen: 2 }], [{ dueOn: '2026-12-31', amountFen: 1 }]),
    ).to.throw(RangeError);
  });

  it('make up the lines that were agreed', () => {
    const shares = [6_667, 6_667, 6_666].map((agreedFen, index) => ({
      claimantId: String(index),
      agreedFen,
    }));
    const lines = ['2026-11-30', '2026-12-31'].map((dueOn) => ({ dueOn, amountFen: 10_000 }));
    const plan = planInstalments(shares, lines);
    for (const { dueOn, amountFen } of lines)
      expect(sum(plan.filter((part) => part.dueOn === dueOn).map((part) => part.amountFen))).to.equal(
        amountFen,
      );
  });

  it('give every worker exactly what they agreed to, and make up every line, whatever the lines', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 40 });
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 11 });
    fc.assert(
      fc.property(shares, cuts, (agreed, points) => {
        const total = sum(agreed);
        const edges = [0, ...points.map((point) => Math.floor(point * total)).sort((a, b) => a - b), total];
        const lines = edges.slice(1).map((edge, index) => ({
          dueOn: `2026-01-${String(index + 1).padStart(2, '0')}`,
          amountFen: edge - edges[index]!,
        }));
        const plan = planInstalments(
          agreed.map((agreedFen, index) => ({ claimantId: String(index), agreedFen })),
          lines,
        );
        agreed.forEach((agreedFen, index) => {
          const own = plan.filter(({ claimantId }) => claimantId === String(index));
          expect(sum(own.map(({ amountFen }) => amountFen))).to.equal(agreedFen);
        });
        for (const { dueOn, amountFen } of lines) {
          const ofLine = plan.filter((part) => part.dueOn === dueOn);
          expect(sum(ofLine.map((part) => part.amountFen)), dueOn).to.equal(amountFen);
        }
        expect(plan.every(({ amountFen }) => amountFen > 0)).to.equal(true);
      }),
    );
  });
});

const EIGHT_THOUSAND = [{ claimantId: 'w', agreedFen: 800_000 }];

describe('a schedule that is drafted on 2026-03-10 over 8,000 yuan', () => {
  const on = (dueOn: string, amountFen: number, line?: number) => ({ dueOn, amountFen, line });
  const differs = 'settlements.errors.scheduleDiffers';
  for (const [what, kind, schedule, field, sentence] of [
    ['one line today', 'settledAtOnce', [on('2026-03-10', 800_000)], null, null],
    [
      'two lines, the later day first',
      'settledByInstalments',
      [on('2026-05-01', 500_000), on('2026-04-01', 300_000)],
      null,
      null,
    ],
    [
      'yesterday in line 4',
      'settledByInstalments',
      [on('2026-04-01', 400_000, 1), on('2026-03-09', 400_000, 4)],
      'dueOn4',
      'settlements.errors.dueBefore',
    ],
    [
      'a day twice',
      'settledByInstalments',
      [on('2026-04-01', 400_000), on('2026-04-01', 400_000)],
      'dueOn2',
      'settlements.errors.dayTwice',
    ],
    [
      'two days at once',
      'settledAtOnce',
      [on('2026-03-10', 400_000), on('2026-04-01', 400_000)],
      'kind',
      'settlements.errors.onceIsOneDay',
    ],
    ['one fen less', 'settledAtOnce', [on('2026-03-10', 799_999)], 'amount1', differs],
    [
      'one fen more, named at the last line',
      'settledByInstalments',
      [on('2026-03-10', 400_000, 1), on('2026-04-01', 400_001, 3)],
      'amount3',
      differs,
    ],
    ['nothing', 'settledByInstalments', [], 'amount1', differs],
  ] as const) {
    it(`${what}: ${sentence ?? 'is right'}`, () => {
      const fault = faultOfSchedule(kind, schedule, EIGHT_THOUSAND, '2026-03-10');
      expect([fault?.field ?? null, fault?.sentence ?? null]).to.deep.equal([field, sentence]);
    });
  }

  it('is empty only for a reconciliation without money', () => {
    expect(faultOfSchedule('reconciled', [], [], '2026-03-10')).to.equal(null);
    expect(faultOfSchedule('settledAtOnce', [], [], '2026-03-10')).to.include({
      sentence: 'settlements.errors.nothingAgreed',
    });
  });
});

describe('a schedule with lines of single workers', () => {
  const shares = [
    { claimantId: 'a', agreedFen: 300_000 },
    { claimantId: 'b', agreedFen: 500_000 },
  ];
  const line = (claimantId: string | null, dueOn: string, amountFen: number) => ({
    claimantId,
    dueOn,
    amountFen,
  });
  const faultIn = (...schedule: ReturnType<typeof line>[]) =>
    faultOfSchedule('settledByInstalments', schedule, shares, '2026-03-10');

  it('pays each their own lines, and all what is left of their shares', () => {
    const schedule = [
      line('a', '2026-04-01', 200_000),
      line(null, '2026-05-01', 300_000),
      line(null, '2026-06-01', 300_000),
    ];
    expect(faultIn(...schedule)).to.equal(null);
    expect(planInstalments(shares, schedule)).to.deep.equal([
      { claimantId: 'a', dueOn: '2026-04-01', amountFen: 200_000 },
      { claimantId: 'a', dueOn: '2026-05-01', amountFen: 50_000 },
      { claimantId: 'a', dueOn: '2026-06-01', amountFen: 50_000 },
      { claimantId: 'b', dueOn: '2026-05-01', amountFen: 250_000 },
      { claimantId: 'b', dueOn: '2026-06-01', amountFen: 250_000 },
    ]);
  });

  it('may pay two workers on one day, but no worker twice', () => {
    expect(faultIn(line('a', '2026-04-01', 300_000), line('b', '2026-04-01', 500_000))).to.equal(null);
    for (const twice of ['a', null])
      expect(faultIn(line('a', '2026-04-01', 100_000), line(twice, '2026-04-01', 700_000))).to.include({
        field: 'dueOn2',
        sentence: 'settlements.errors.dayTwice',
      });
  });

  it('gives nobody more or less than agreed, nor somebody without a share', () => {
    expect(faultIn(line('a', '2026-04-01', 400_000), line('b', '2026-05-01', 400_000))).to.deep.include({
      field: 'amount1',
      sentence: 'settlements.errors.workerDiffers',
    });
    expect(faultIn(line('b', '2026-04-01', 600_000), line(null, '2026-05-01', 200_000))).to.deep.include({
      field: 'amount1',
      sentence: 'settlements.errors.workerDiffers',
    });
    expect(faultIn(line('c', '2026-04-01', 100_000), line(null, '2026-05-01', 700_000))).to.deep.include({
      field: 'claimant1',
      sentence: 'settlements.errors.noShare',
    });
  });
});
