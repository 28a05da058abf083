import { expect } from 'chai';
import {
  asBeginning,
  reportedPayState,
  reportFaults,
  unchangedReport,
  type ReportValues,
} from '../../server/wage-checks/reports.rules.ts';
import {
  contradict,
  listKeyOf,
  paidAndOwed,
  stateOf,
  type CheckFacts,
  type CheckState,
  type Told,
} from '../../server/wage-checks/wage-checks.rules.ts';

const PAID: Told = { payState: 'paid', arrearsPeople: 0, arrearsFen: 0 };
const OWED: Told = { payState: 'partly', arrearsPeople: 3, arrearsFen: 900_000 };
const NOT_DUE: Told = { payState: 'notDue', arrearsPeople: 0, arrearsFen: 0 };
const NOTHING: CheckFacts = { leftOut: false, rectifying: false, finding: null, reports: [] };

describe('what a wage check has come to', () => {
  const STATES: [CheckState, Partial<CheckFacts>, string][] = [
    ['open', {}, 'neither report nor finding'],
    ['reported', { reports: [PAID] }, 'a good report alone is not "in order"'],
    ['reported', { reports: [OWED] }, 'a report of arrears waits to be checked'],
    ['contradicted', { reports: [PAID, OWED] }, 'informant and employer differ'],
    ['reported', { reports: [PAID, PAID] }, 'informant and employer agree'],
    ['fine', { finding: { ...PAID, verdict: 'noReport' } }, 'a finding alone'],
    ['fine', { finding: { ...PAID, verdict: 'confirms' }, reports: [PAID, OWED] }, 'a finding settles it'],
    [
      'contradicted',
      { finding: { ...PAID, verdict: 'contradicts' }, reports: [OWED] },
      'an officer contradicts',
    ],
    ['arrears', { finding: { ...OWED, verdict: 'contradicts' }, reports: [PAID] }, 'arrears come first'],
    ['notDue', { finding: { ...NOT_DUE, verdict: 'noReport' } }, 'before the pay day nothing is in order'],
    [
      'arrears',
      { finding: { ...NOT_DUE, arrearsPeople: 1, arrearsFen: 1, verdict: 'noReport' } },
      'old arrears',
    ],
    [
      'rectifying',
      { rectifying: true, finding: { ...OWED, verdict: 'noReport' } },
      'a correction is awaited',
    ],
    ['leftOut', { leftOut: true, reports: [OWED] }, 'left out of the round'],
  ];
  for (const [state, facts, why] of STATES)
    it(`${state}: ${why}`, () => expect(stateOf({ ...NOTHING, ...facts })).to.equal(state));

  it('two accounts contradict when only one tells of arrears, or of another amount', () => {
    expect(contradict(PAID, PAID)).to.equal(false);
    expect(contradict(PAID, OWED)).to.equal(true);
    expect(contradict(OWED, { ...OWED, arrearsFen: 900_001 })).to.equal(true);
    expect(contradict(NOT_DUE, PAID)).to.equal(false);
  });

  it('the list goes by village, then by what presses', () => {
    const keys = [
      listKeyOf(2, 'arrears', null),
      listKeyOf(1, 'fine', null),
      listKeyOf(1, 'open', null),
      listKeyOf(1, 'open', 'red'),
      listKeyOf(null, 'arrears', 'red'),
    ];
    expect([...keys].sort()).to.deep.equal([keys[3], keys[2], keys[1], keys[0], keys[4]]);
  });
});

const REPORT: ReportValues = {
  ...{ headcount: 80, migrants: 50, women: 40, dispatched: null, overAge: null },
  ...{
    payDay: 15,
    paidOn: '2026-11-13',
    paidPeople: 80,
    unpaidPeople: 0,
    grossFen: 50_000_000,
    netFen: 44_000_000,
  },
  ...{ arrearsPeople: 0, arrearsFen: 0, arrearsSince: null, deferredUntil: null, deferralConsent: null },
  ...{ belowMinimum: null, leaversUnpaid: null, leaversUnpaidSince: null, risks: [] },
  ...{
    channel: 'bank',
    wageSlips: true,
    protection: { contractPercent: 100 },
    nothingUnusual: true,
    note: null,
  },
};

describe('paid in full, and owed', () => {
  const PAY_DAY = '2026-11-05';
  const CASES: [string | null, Partial<Told>, string | null, boolean][] = [
    [PAY_DAY, {}, PAY_DAY, true],
    [PAY_DAY, {}, '2026-11-04', false],
    [PAY_DAY, {}, null, false],
    [null, {}, '2026-11-01', true],
    [null, {}, '2026-10-31', false],
    [PAY_DAY, { payState: 'partly' }, PAY_DAY, false],
    [PAY_DAY, { arrearsFen: 0 }, PAY_DAY, true],
    [PAY_DAY, { arrearsFen: 0, arrearsPeople: 0 }, PAY_DAY, false],
  ];
  for (const [payDueOn, told, arrearsSince, both] of CASES)
    it(`due ${payDueOn}, owed since ${arrearsSince}, ${JSON.stringify(told)} is ${both ? 'both' : 'possible'}`, () =>
      expect(
        paidAndOwed({ ...OWED, payState: 'paid', ...told, arrearsSince }, { month: '2026-11', payDueOn }),
      ).to.equal(both));
});

describe('a wage report', () => {
  const FAULTS: [Partial<ReportValues>, string[]][] = [
    [{}, []],
    [{ unpaidPeople: 1, nothingUnusual: false }, ['unpaidPeople']],
    [{ paidPeople: 70, unpaidPeople: 10 }, ['nothingUnusual']],
    [{ nothingUnusual: false }, ['nothingUnusual']],
    [{ nothingUnusual: false, note: '食堂也不错' }, []],
    [{ netFen: 50_000_001 }, ['netFen']],
    [{ paidOn: '2026-11-22' }, ['paidOn']],
    [{ paidPeople: 0 }, ['paidPeople']],
    [{ arrearsFen: 1, nothingUnusual: false }, ['arrearsPeople', 'arrearsSince']],
    [{ arrearsPeople: 1, nothingUnusual: false }, ['arrearsFen']],
    [{ migrants: 81 }, ['migrants']],
    [{ leaversUnpaid: 2, nothingUnusual: false }, ['leaversUnpaidSince']],
    [{ leaversUnpaid: 2, leaversUnpaidSince: '2026-11-21', nothingUnusual: false }, []],
    [{ leaversUnpaid: 2, leaversUnpaidSince: '2026-11-22', nothingUnusual: false }, ['leaversUnpaidSince']],
    [{ risks: ['stopped'] }, ['nothingUnusual']],
  ];
  for (const [change, fields] of FAULTS)
    it(`${JSON.stringify(change)} is ${fields.length === 0 ? 'right' : `wrong at ${fields.join(', ')}`}`, () => {
      const faults = reportFaults({ ...REPORT, ...change }, '2026-11-21');
      expect(faults.map(({ field }) => field)).to.deep.equal(fields);
    });

  it('says by people and day whether wages came', () => {
    const paying = (paidOn: string | null, paidPeople: number, unpaidPeople: number) => ({
      ...{ paidOn, paidPeople, unpaidPeople },
    });
    expect(reportedPayState(paying('2026-11-13', 80, 0), '2026-11-13', '2026-11-14')).to.equal('paid');
    expect(reportedPayState(paying('2026-11-13', 70, 10), '2026-11-13', '2026-11-14')).to.equal('partly');
    expect(reportedPayState(paying(null, 70, 10), '2026-11-13', '2026-11-14')).to.equal('partly');
    expect(reportedPayState(paying(null, 70, 10), '2026-11-13', '2026-11-12')).to.equal('notDue');
    expect(reportedPayState(paying(null, 0, 80), '2026-11-13', '2026-11-14')).to.equal('unpaid');
    expect(reportedPayState(paying(null, 0, 80), '2026-11-13', '2026-11-12')).to.equal('notDue');
    expect(reportedPayState(paying(null, 0, 0), '2026-11-13', '2026-11-12')).to.equal('notDue');
  });

  it('of one press is as last month, unless last month was unusual', () => {
    const early = unchangedReport(REPORT, '2026-12-15', '2026-12-10');
    expect(early).to.include({ paidOn: null, paidPeople: 0, nothingUnusual: true, headcount: 80 });
    const due = unchangedReport(REPORT, '2026-12-15', '2026-12-15');
    expect(due).to.include({ paidOn: '2026-12-15', paidPeople: 80 });
    const owed = { ...REPORT, arrearsPeople: 2, arrearsFen: 100, arrearsSince: '2026-11-13' };
    expect(unchangedReport(owed, '2026-12-15', '2026-12-16')).to.equal(null);
    expect(asBeginning(owed, '2026-12-15', '2026-12-16')).to.include({ arrearsFen: 100, note: null });
  });
});
