import { expect } from 'chai';
import fc from 'fast-check';
import { townSettingsOn } from '../../config/town.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';
import type { WarningLevel } from '../../server/directory/directory.rules.ts';
import { addDays } from '../../server/shared/calendar-day.ts';
import { addMonths, payDayIn } from '../../server/wage-checks/rounds.rules.ts';
import {
  evaluateWarning,
  highest,
  NO_FACTS,
  rankOf,
  SIGNAL_KINDS,
  WARNING_RULES,
  type Deferral,
  type RuleKey,
  type WageFacts,
  type WageMonth,
} from '../../server/wage-checks/warning.rules.ts';

const DAY = '2026-11-20';
const SETTINGS = townSettingsOn(DAY, []);
const CALENDAR = buildCalendar(
  [
    { day: '2026-10-01', isWorkday: false, name: '国庆节' },
    { day: '2026-10-02', isWorkday: false, name: '国庆节' },
    { day: '2026-10-10', isWorkday: true, name: '国庆节' },
  ],
  [2026],
);
const evaluate = (facts: Partial<WageFacts>, day = DAY) =>
  evaluateWarning({ ...NO_FACTS, ...facts }, day, SETTINGS, CALENDAR);

/** Wages whose agreed pay day was so many days ago. */
const unpaid = (daysAgo: number, values: Partial<WageMonth> = {}): WageMonth => {
  const payDay = addDays(DAY, -daysAgo);
  return {
    ...{ month: payDay.slice(0, 7), payDay, people: 1, arrearsFen: 100_000 },
    ...{ toldOn: payDay, paidOn: null, verifiedOn: null, belowMinimum: false, contradicted: false },
    ...values,
  };
};
const deferral = (days: number, consentFiled = true, daysAgo = 3): Deferral => ({
  ...{ since: addDays(DAY, -daysAgo), days, consentFiled },
});

type Row = [words: string, facts: Partial<WageFacts>, level: WarningLevel | null, rules: RuleKey[]];
const YUAN = 100;

const ROWS: Row[] = [
  ['nothing is known', {}, null, []],
  ['the pay day is today', { months: [unpaid(0)] }, null, []],
  ['1 day late', { months: [unpaid(1)] }, 'yellow', ['overdue']],
  ['30 days late', { months: [unpaid(30)] }, 'yellow', ['overdue']],
  ['31 days late', { months: [unpaid(31)] }, 'orange', ['overdueLong']],
  ['59 days late', { months: [unpaid(59)] }, 'orange', ['overdueLong']],
  ['60 days late', { months: [unpaid(60)] }, 'red', ['overdueVeryLong']],
  ['9 workers', { months: [unpaid(1, { people: 9 })] }, 'yellow', ['overdue']],
  ['10 workers', { months: [unpaid(1, { people: 10 })] }, 'orange', ['workers', 'overdue']],
  ['49 workers', { months: [unpaid(1, { people: 49 })] }, 'orange', ['workers', 'overdue']],
  ['50 workers', { months: [unpaid(1, { people: 50 })] }, 'red', ['manyWorkers', 'overdue']],
  ['99 workers', { months: [unpaid(1, { people: 99 })] }, 'red', ['manyWorkers', 'overdue']],
  [
    '100 workers',
    { months: [unpaid(1, { people: 100 })] },
    'red',
    ['provinceWorkers', 'manyWorkers', 'overdue'],
  ],
  ['59,999.99', { months: [unpaid(1, { arrearsFen: 60_000 * YUAN - 1 })] }, 'yellow', ['overdue']],
  ['60,000.00', { months: [unpaid(1, { arrearsFen: 60_000 * YUAN })] }, 'orange', ['amount', 'overdue']],
  [
    '999,999.99',
    { months: [unpaid(1, { arrearsFen: 1_000_000 * YUAN - 1 })] },
    'orange',
    ['amount', 'overdue'],
  ],
  [
    '1,000,000.00',
    { months: [unpaid(1, { arrearsFen: 1_000_000 * YUAN })] },
    'red',
    ['largeAmount', 'overdue'],
  ],
  [
    '5,000,000.00',
    { months: [unpaid(1, { arrearsFen: 5_000_000 * YUAN })] },
    'red',
    ['provinceAmount', 'largeAmount', 'overdue'],
  ],
  [
    'two months in a row, of which the younger is 31 days past',
    { months: [unpaid(31, { month: '2026-10' }), unpaid(58, { month: '2026-09' })] },
    'red',
    ['consecutiveMonths', 'overdueLong'],
  ],
  [
    'two months in a row, of which the younger is 30 days past',
    { months: [unpaid(30, { month: '2026-10' }), unpaid(58, { month: '2026-09' })] },
    'orange',
    ['overdueLong'],
  ],
  [
    'two months with a gap',
    { months: [unpaid(31, { month: '2026-10' }), unpaid(59, { month: '2026-08' })] },
    'orange',
    ['overdueLong'],
  ],
  [
    'three months with gaps',
    {
      months: [
        unpaid(31, { month: '2026-10' }),
        unpaid(45, { month: '2026-08' }),
        unpaid(59, { month: '2026-06' }),
      ],
    },
    'red',
    ['cumulativeMonths', 'overdueLong'],
  ],
  [
    'what a case recovered settles the oldest months first',
    {
      months: [unpaid(31, { month: '2026-10' }), unpaid(61, { month: '2026-09' })],
      payments: [{ paidOn: DAY, amountFen: 100_000 }],
    },
    'orange',
    ['overdueLong'],
  ],
  [
    'a part of it leaves the rest owed, as late as before',
    {
      months: [unpaid(61, { arrearsFen: 60_000 * YUAN })],
      payments: [{ paidOn: DAY, amountFen: 1 }],
    },
    'red',
    ['overdueVeryLong'],
  ],
  [
    'all of it, on two days',
    {
      months: [unpaid(61, { people: 60 })],
      payments: [
        { paidOn: addDays(DAY, -1), amountFen: 40_000 },
        { paidOn: DAY, amountFen: 60_000 },
      ],
    },
    null,
    [],
  ],
  [
    'what was paid before it was told of is not in what is owed',
    {
      months: [unpaid(61, { toldOn: addDays(DAY, -3) })],
      payments: [{ paidOn: addDays(DAY, -4), amountFen: 100_000 }],
    },
    'red',
    ['overdueVeryLong'],
  ],
  ['deferred for 30 days with consent', { deferrals: [deferral(30)] }, 'blue', ['lawfulDeferral']],
  [
    'deferred for 31 days with consent',
    { deferrals: [deferral(31)] },
    'orange',
    ['unlawfulDeferral', 'overdue'],
  ],
  [
    'deferred for 30 days without consent',
    { deferrals: [deferral(30, false)] },
    'orange',
    ['unlawfulDeferral', 'overdue'],
  ],
  [
    'the month of a lawful deferral is not late, however many are unpaid',
    { months: [unpaid(3, { people: 60 })], deferrals: [deferral(30)] },
    'blue',
    ['lawfulDeferral'],
  ],
  ['the last day of the deferral', { deferrals: [deferral(30, true, 30)] }, 'blue', ['lawfulDeferral']],
  [
    'a deferral that has run out counts from the agreed pay day',
    { months: [unpaid(31)], deferrals: [deferral(30, true, 31)] },
    'orange',
    ['unlawfulDeferral', 'overdueLong'],
  ],
  ['a shorter one that has run out', { deferrals: [deferral(10, true, 11)] }, 'yellow', ['overdue']],
  // 11-18 and 11-19 and 11-20 are working days.
  ['left 2 working days ago', { leavers: [{ leftOn: '2026-11-18', people: 1 }] }, null, []],
  ['left 3 working days ago', { leavers: [{ leftOn: '2026-11-17', people: 1 }] }, 'yellow', ['leavers']],
  ['the leavers were paid', { leavers: [{ leftOn: '2026-11-02', people: 0 }] }, null, []],
  ['one complaint', { complaints: [DAY] }, null, []],
  ['two complaints, the first 90 days ago', { complaints: ['2026-08-22', DAY] }, 'blue', ['complaints']],
  ['two complaints, the first 91 days ago', { complaints: ['2026-08-21', DAY] }, null, []],
  ['wages below the minimum', { months: [unpaid(0, { belowMinimum: true })] }, 'yellow', ['belowMinimum']],
  [
    'the informant says otherwise',
    { months: [unpaid(0, { contradicted: true })] },
    'yellow',
    ['contradiction'],
  ],
  [
    'a case shows what is owed since a day',
    { cases: [{ caseId: 'a', people: 12, arrearsFen: 100, since: '2026-09-21' }] },
    'red',
    ['overdueVeryLong', 'workers'],
  ],
  [
    'cases together, since when is not known',
    {
      cases: [
        { caseId: 'a', people: 4, arrearsFen: 3_000_000, since: null },
        { caseId: 'b', people: 6, arrearsFen: 3_000_000, since: null },
      ],
    },
    'orange',
    ['amount', 'workers'],
  ],
  [
    'a month and a case that may be of the same workers count once',
    {
      months: [unpaid(1, { people: 9, arrearsFen: 3_000_000 })],
      cases: [{ caseId: 'a', people: 9, arrearsFen: 3_000_000, since: null }],
    },
    'yellow',
    ['overdue'],
  ],
  ['paid, but not verified', { months: [unpaid(60, { paidOn: DAY })] }, 'red', ['overdueVeryLong']],
  [
    'the days end with the payment, not with its verification',
    { months: [unpaid(60, { paidOn: addDays(DAY, -40) })] },
    'yellow',
    ['overdue'],
  ],
  ['paid and verified', { months: [unpaid(60, { paidOn: DAY, verifiedOn: DAY })] }, null, []],
  ['nobody is unpaid', { months: [unpaid(60, { people: 0, arrearsFen: 0 })] }, null, []],
];

describe('warning rules', () => {
  for (const [words, facts, level, rules] of ROWS) {
    it(`${words}: ${level ?? 'no warning'}`, () => {
      const evaluation = evaluate(facts);
      expect(evaluation.level).to.equal(level);
      expect(evaluation.hits.map(({ rule }) => rule)).to.deep.equal(rules);
    });
  }

  for (const [kind, level] of [
    ['utilitiesCut', 'blue'],
    ['rentUnpaid', 'blue'],
    ['stopped', 'red'],
    ['ownerAbsent', 'red'],
    ['equipmentMoved', 'red'],
    ['groupAction', 'red'],
  ] as const) {
    it(`the signal ${kind} is ${level}`, () => {
      const evaluation = evaluate({ signals: [{ kind, since: '2026-11-18' }] });
      expect(evaluation.level).to.equal(level);
      expect(evaluation.hits).to.deep.equal([
        { rule: kind, level, cause: 'other', params: { since: '2026-11-18' } },
      ]);
    });
  }

  it('every signal has its rule, every level one', () => {
    for (const kind of SIGNAL_KINDS) if (kind !== 'deferral') expect(WARNING_RULES).to.have.property(kind);
    const levels = new Set(Object.values(WARNING_RULES).map(({ level }) => level));
    expect([...levels]).to.have.members(['blue', 'yellow', 'orange', 'red']);
  });

  for (const [day, level] of [
    ['2026-11-20', null],
    ['2026-11-21', 'blue'],
  ] as const) {
    it(`a report that is missing on ${day}: ${level ?? 'no warning'}`, () => {
      expect(evaluate({ reports: [{ month: '2026-11', reportedOn: null }] }, day).level).to.equal(level);
      expect(evaluate({ reports: [{ month: '2026-11', reportedOn: '2026-11-20' }] }, day).level).to.equal(
        null,
      );
      expect(evaluate({}, day).level).to.equal(null);
    });
  }

  for (const [words, facts, provincial] of [
    ['99 workers', { months: [unpaid(1, { people: 99 })] }, false],
    ['100 workers', { months: [unpaid(1, { people: 100 })] }, true],
    ['4,999,999.99', { months: [unpaid(1, { arrearsFen: 5_000_000 * YUAN - 1 })] }, false],
    ['5,000,000.00', { months: [unpaid(1, { arrearsFen: 5_000_000 * YUAN })] }, true],
  ] as const) {
    it(`${words} ${provincial ? 'goes' : 'does not go'} to the provincial list`, () =>
      expect(evaluate(facts as unknown as Partial<WageFacts>).provincial).to.equal(provincial));
  }

  const three = (people: number, fen: number): WageMonth[] =>
    ['2026-10', '2026-09', '2026-08'].map((month, index) =>
      unpaid(31 + 30 * index, { month, people, arrearsFen: fen }),
    );
  for (const [words, months, reached] of [
    ['10 workers and 60,000.00', [unpaid(1, { people: 10, arrearsFen: 6_000_000 })], true],
    ['10 workers and 59,999.99', [unpaid(1, { people: 10, arrearsFen: 5_999_999 })], false],
    ['9 workers and 60,000.00', [unpaid(1, { people: 9, arrearsFen: 6_000_000 })], false],
    ['one worker, three months, 10,000.02', three(1, 333_334), true],
    ['one worker, three months, 9,999.99', three(1, 333_333), false],
    ['one worker, two months, 20,000.00', three(1, 1_000_000).slice(1), false],
    ['two workers, three months, 19,999.98 together', three(2, 666_666), false],
  ] as const) {
    it(`${words}: the amount threshold is ${reached ? '' : 'not '}reached`, () =>
      expect(evaluate({ months: [...months] }).crimeAmount).to.equal(reached));
  }

  it('the thresholds are the town’s', () => {
    const settings = { ...SETTINGS, warningOrangeWorkers: 5, warningRedDays: 31 };
    const facts = { ...NO_FACTS, months: [unpaid(31, { people: 5 })] };
    const { level, hits } = evaluateWarning(facts, DAY, settings, CALENDAR);
    expect(level).to.equal('red');
    expect(hits.map(({ rule }) => rule)).to.deep.equal(['overdueVeryLong', 'workers']);
  });

  for (const [month, agreed, payDay] of [
    ['2026-11', 20, '2026-11-20'],
    ['2026-11', 15, '2026-11-13'],
    ['2026-11', 31, '2026-11-30'],
    ['2026-10', 2, '2026-09-30'],
    ['2026-10', 10, '2026-10-10'],
    ['2024-02', 30, '2024-02-29'],
  ] as const) {
    it(`the ${agreed}. of ${month} is paid on ${payDay}`, () =>
      expect(payDayIn(month, agreed, CALENDAR)).to.equal(payDay));
  }

  it('counts months over the year', () => {
    expect(addMonths('2026-11', 2)).to.equal('2027-01');
    expect(addMonths('2026-01', -1)).to.equal('2025-12');
    expect(addMonths('2026-12', 0)).to.equal('2026-12');
  });

  const month = fc
    .tuple(
      fc.integer({ min: 0, max: 120 }),
      fc.integer({ min: 0, max: 120 }),
      fc.integer({ min: 0, max: 600_000_000 }),
    )
    .map(([daysAgo, people, arrearsFen]) => unpaid(daysAgo, { people, arrearsFen }));
  const oneCase = fc
    .tuple(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 200_000_000 }),
      fc.option(fc.integer({ min: 0, max: 90 })),
    )
    .map(([people, arrearsFen, ago]) => ({
      ...{ caseId: 'a', people, arrearsFen, since: ago === null ? null : addDays(DAY, -ago) },
    }));
  const someFacts = fc
    .record({
      months: fc.uniqueArray(month, { maxLength: 5, selector: (one) => one.month }),
      cases: fc.array(oneCase, { maxLength: 3 }),
      signals: fc.array(
        fc.constantFrom('utilitiesCut' as const, 'rentUnpaid' as const, 'stopped' as const).map((kind) => ({
          ...{ kind, since: DAY },
        })),
        { maxLength: 2 },
      ),
    })
    .map((facts): WageFacts => ({ ...NO_FACTS, ...facts }));

  it('more arrears never lower the level', () => {
    fc.assert(
      fc.property(someFacts, month, oneCase, (facts, more, another) => {
        const before = rankOf(evaluate(facts).level);
        const months = [...facts.months.filter((one) => one.month !== more.month), more];
        const kept = facts.months.every((one) => one.month !== more.month);
        if (kept) expect(rankOf(evaluate({ ...facts, months }).level)).to.be.at.least(before);
        expect(rankOf(evaluate({ ...facts, cases: [...facts.cases, another] }).level)).to.be.at.least(before);
        const grown = facts.months.map((one) => ({
          ...one,
          people: one.people + 5,
          arrearsFen: one.arrearsFen + 1,
        }));
        expect(rankOf(evaluate({ ...facts, months: grown }).level)).to.be.at.least(before);
      }),
    );
  });

  it('the highest of the rules that hold is the level, and each cause has its own', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const { level, arrearsLevel, otherLevel, hits } = evaluate(facts);
        expect(rankOf(level)).to.equal(Math.max(0, ...hits.map((hit) => rankOf(hit.level))));
        expect(level).to.equal(highest(arrearsLevel, otherLevel));
        expect(hits.map((hit) => rankOf(hit.level))).to.deep.equal(
          hits.map((hit) => rankOf(hit.level)).sort((one, other) => other - one),
        );
      }),
    );
  });
});
