import { expect } from 'chai';
import { townSettingsOn } from '../../config/town.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';
import type { WarningLevel } from '../../server/directory/directory.rules.ts';
import {
  actionsAt,
  courseOf,
  planActions,
  WARNING_ACTIONS,
  type CourseStep,
  type Standing,
} from '../../server/wage-checks/warning-course.rules.ts';
import { highest } from '../../server/wage-checks/warning.rules.ts';

const DAY = '2026-11-20';
const SETTINGS = townSettingsOn(DAY, []);
const CALENDAR = buildCalendar([], [2026, 2027]);

type Level = WarningLevel | null;
const standing = (arrears: Level, other: Level, more: Partial<Standing> = {}): Standing => ({
  ...{ level: highest(arrears, other, 'blue')!, arrearsLevel: arrears, verifications: 3 },
  ...{ wasRed: false, watchUntil: null },
  ...more,
});
const course = (from: Standing | null, arrearsLevel: Level, otherLevel: Level, verified = 3, day = DAY) =>
  courseOf(from, { arrearsLevel, otherLevel }, verified, day, SETTINGS);

type Row = [string, Standing | null, arrears: Level, other: Level, verified: number, CourseStep, Level];
const ROWS: Row[] = [
  ['nothing, and nothing again', null, null, null, 3, 'none', null],
  ['the first cause', null, null, 'blue', 3, 'raised', 'blue'],
  ['straight to red', null, 'red', null, 3, 'raised', 'red'],
  ['the same level', standing('yellow', null), 'yellow', null, 3, 'kept', 'yellow'],
  ['worse', standing('yellow', null), 'orange', null, 3, 'raised', 'orange'],
  ['another cause ends', standing(null, 'yellow'), null, null, 3, 'ended', null],
  ['another cause becomes less', standing(null, 'yellow'), null, 'blue', 3, 'lowered', 'blue'],
  ['arrears gone without a verified payment', standing('orange', null), null, null, 3, 'kept', 'orange'],
  [
    'arrears gone, and fewer are verified than before',
    standing('orange', null),
    null,
    null,
    2,
    'kept',
    'orange',
  ],
  ['arrears gone with a verified payment', standing('orange', null), null, null, 4, 'ended', null],
  ['a part was paid and verified', standing('orange', null), 'yellow', null, 4, 'lowered', 'yellow'],
  ['a part was paid, and not verified', standing('orange', null), 'yellow', null, 3, 'kept', 'orange'],
  ['verified, and yet no less', standing('orange', null), 'orange', null, 4, 'kept', 'orange'],
  ['paid, but another cause stays', standing('red', 'yellow'), null, 'yellow', 4, 'lowered', 'yellow'],
  [
    'another cause ends, but wages are owed',
    standing('yellow', 'red'),
    'yellow',
    null,
    3,
    'lowered',
    'yellow',
  ],
];

describe('the course of a warning', () => {
  for (const [words, from, arrears, other, verified, step, level] of ROWS) {
    it(`${words}: ${step}, ${level ?? 'no warning'}`, () => {
      const next = course(from, arrears, other, verified);
      expect(next.step).to.equal(step);
      expect(next.level).to.equal(level);
      expect(next.verifications).to.equal(verified);
    });
  }

  it('says when a level is only held', () => {
    expect(course(standing('orange', null), 'yellow', null).held).to.equal(true);
    expect(course(standing('orange', null), 'orange', null).held).to.equal(false);
    expect(course(standing('orange', null), null, null, 4).held).to.equal(false);
  });

  it('watches for 6 months after red, to the day', () => {
    const red = standing('red', null, { wasRed: true });
    const paid = course(red, null, null, 4);
    expect(paid).to.include({ step: 'lowered', level: 'blue', wasRed: true, watchUntil: '2027-05-20' });
    const watched = { ...paid, level: paid.level! };
    expect(course(watched, null, null, 4, '2027-05-19')).to.include({ step: 'kept', level: 'blue' });
    expect(course(watched, null, null, 4, '2027-05-20')).to.include({ step: 'ended', level: null });
  });

  it('watches after a red that no arrears caused, too', () => {
    const red = standing(null, 'red', { wasRed: true });
    expect(course(red, null, null)).to.include({ level: 'blue', watchUntil: '2027-05-20' });
    const blueStays = course(red, null, 'yellow');
    expect(blueStays).to.include({ level: 'yellow', watchUntil: '2027-05-20' });
  });

  it('begins the 6 months again after new arrears', () => {
    const watched = standing(null, null, { level: 'blue', wasRed: true, watchUntil: '2027-05-20' });
    const late = course(watched, 'yellow', null, 4, '2027-03-01');
    expect(late).to.include({ step: 'raised', level: 'yellow', watchUntil: null, wasRed: true });
    const paid = course({ ...late, level: late.level! }, null, null, 5, '2027-03-31');
    expect(paid).to.include({ level: 'blue', watchUntil: '2027-09-30' });
  });

  it('a complaint does not begin them again', () => {
    const watched = standing(null, null, { level: 'blue', wasRed: true, watchUntil: '2027-05-20' });
    expect(course(watched, null, 'blue', 3, '2027-03-01')).to.include({
      ...{ level: 'blue', watchUntil: '2027-05-20' },
    });
  });

  it('the last day of a longer month becomes that of a shorter one', () => {
    const red = standing('red', null, { wasRed: true });
    expect(course(red, null, null, 4, '2026-08-31').watchUntil).to.equal('2027-02-28');
  });

  const due = (level: WarningLevel, provincial = false, day = DAY) =>
    actionsAt(level, provincial, day, SETTINGS, CALENDAR).map(({ kind, dueOn }) => [
      kind,
      dueOn,
      WARNING_ACTIONS[kind],
    ]);

  it('each level has its actions, deadlines and people', () => {
    // 2026-11-20 is a Friday.
    expect(due('blue')).to.deep.equal([['visit', '2026-11-27', 'officer']]);
    expect(due('yellow')).to.deep.equal([
      ['visit', '2026-11-25', 'officer'],
      ['selfReport', '2026-11-25', 'officer'],
    ]);
    expect(due('orange')).to.deep.equal([
      ['supervision', '2026-11-23', 'town'],
      ['repaymentPlan', '2026-11-27', 'officer'],
      ['opinion', '2026-11-27', 'officer'],
    ]);
    expect(due('red')).to.deep.equal([
      ['countyReport', '2026-11-20', 'town'],
      ['dailyFollowUp', '2026-11-23', 'officer'],
      ['emergencyFund', '2026-11-23', 'town'],
    ]);
    expect(due('red', true)[0]).to.deep.equal(['provincialReport', '2026-11-20', 'town']);
  });

  it('the county hears on the very day, worked or not', () =>
    expect(due('red', false, '2026-11-21')[0]).to.deep.equal(['countyReport', '2026-11-21', 'town']));

  it('a higher level adds, and hastens what is open', () => {
    const wanted = actionsAt('yellow', false, DAY, SETTINGS, CALENDAR);
    const plan = planActions('raised', [{ kind: 'visit', dueOn: '2026-11-27' }], wanted);
    expect(plan.add.map(({ kind }) => kind)).to.deep.equal(['selfReport']);
    expect(plan.hasten).to.deep.equal([{ kind: 'visit', dueOn: '2026-11-25' }]);
    expect(plan.lapse).to.deep.equal([]);
  });

  it('nothing is put off, and a raise drops nothing', () => {
    const wanted = actionsAt('orange', false, DAY, SETTINGS, CALENDAR);
    const open = [
      { kind: 'repaymentPlan', dueOn: '2026-11-23' },
      { kind: 'visit', dueOn: '2026-11-23' },
    ] as const;
    const plan = planActions('raised', open, wanted);
    expect(plan.hasten).to.deep.equal([]);
    expect(plan.lapse).to.deep.equal([]);
  });

  it('a lower level drops what it does not ask for, and the end everything', () => {
    const open = [
      { kind: 'dailyFollowUp', dueOn: '2026-11-23' },
      { kind: 'visit', dueOn: '2026-11-23' },
    ] as const;
    const wanted = actionsAt('blue', false, DAY, SETTINGS, CALENDAR);
    expect(planActions('lowered', open, wanted)).to.deep.equal({
      ...{ add: [], hasten: [], lapse: ['dailyFollowUp'] },
    });
    expect(planActions('ended', open, []).lapse).to.deep.equal(['dailyFollowUp', 'visit']);
  });
});
