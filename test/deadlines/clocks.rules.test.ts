import { expect } from 'chai';
import fc from 'fast-check';
import { TOWN_SETTINGS, townSettingsOn } from '../../config/town.ts';
import { calendarSeed } from '../../models/seeds/calendar-seed.ts';
import {
  acceptanceDeadline,
  acceptanceSecondDeadline,
  daysLeft,
  dispatchDeadline,
  firstContactDeadline,
  isOverdue,
  lastLateReceipt,
  statutoryDeadline,
} from '../../server/deadlines/clocks.rules.ts';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';
import { addDays } from '../../server/shared/calendar-day.ts';

const seed = calendarSeed();
const calendar = buildCalendar(
  seed.days,
  seed.years.map(({ year }) => year),
);
const settings = townSettingsOn('2026-11-20', []);

describe('clocks', () => {
  it('the statutory one counts 15 calendar days and says so', () => {
    expect(statutoryDeadline('2026-09-25', 'application')).to.deep.equal({
      dueOn: '2026-10-10',
      explanation: [
        { key: 'deadlines.dayZero.application', values: { day: '2026-09-25' } },
        { key: 'deadlines.rules.statutory', values: { count: 15 } },
        { key: 'deadlines.dueOn', values: { day: '2026-10-10' } },
      ],
      provisional: false,
    });
  });

  it('the statutory one neither rolls nor is provisional, even into a year without notice', () => {
    expect(statutoryDeadline('2026-12-18', 'workerConsent')).to.include({
      dueOn: '2027-01-02',
      provisional: false,
    });
  });

  it('the second date counts from acceptance', () => {
    expect(acceptanceSecondDeadline('2026-11-20').dueOn).to.equal('2026-12-05');
  });

  it('acceptance, first contact and dispatch count working days', () => {
    expect(acceptanceDeadline('2026-11-20', 'application', settings, calendar).dueOn).to.equal('2026-11-25');
    expect(firstContactDeadline('2026-11-20', settings, calendar).dueOn).to.equal('2026-11-24');
    expect(dispatchDeadline('2026-11-20', settings, calendar).dueOn).to.equal('2026-11-23');
  });

  for (const [today, lastDay] of [
    ['2026-11-20', '2026-11-18'],
    ['2026-11-23', '2026-11-19'],
    ['2026-11-24', '2026-11-22'],
    // After the holidays of October what came before them is still in time.
    ['2026-10-08', '2026-09-29'],
    ['2026-10-09', '2026-10-07'],
  ] as const) {
    it(`on ${today} complaints until ${lastDay} are late for dispatch`, () => {
      expect(lastLateReceipt(today, settings, calendar)).to.equal(lastDay);
      expect(isOverdue(dispatchDeadline(lastDay, settings, calendar).dueOn, today)).to.equal(true);
      expect(isOverdue(dispatchDeadline(addDays(lastDay, 1), settings, calendar).dueOn, today)).to.equal(
        false,
      );
    });
  }

  it("take their lengths from the town's settings", () => {
    const patient = { ...settings, firstContactWorkingDays: 5 };
    expect(firstContactDeadline('2026-09-30', patient, calendar).dueOn).to.equal('2026-10-13');
    expect(TOWN_SETTINGS.firstContactWorkingDays.default).to.equal(2);
  });

  it('show their arithmetic, provisional where a year has no notice', () => {
    expect(acceptanceDeadline('2026-12-30', 'firstRouting', settings, calendar)).to.deep.equal({
      dueOn: '2027-01-05',
      explanation: [
        { key: 'deadlines.dayZero.firstRouting', values: { day: '2026-12-30' } },
        { key: 'deadlines.rules.acceptance', values: { count: 3 } },
        { key: 'deadlines.skipped.newYear', values: { days: '2027-01-01' } },
        { key: 'deadlines.skipped.weekend', values: { days: '2027-01-02 – 2027-01-03' } },
        { key: 'deadlines.provisional', values: { year: 2027 } },
        { key: 'deadlines.dueOn', values: { day: '2027-01-05' } },
      ],
      provisional: true,
    });
  });

  for (const [today, left, overdue] of [
    ['2026-11-19', 1, false],
    ['2026-11-20', 0, false],
    ['2026-11-21', -1, true],
    ['2026-12-20', -30, true],
  ] as const) {
    it(`due on 2026-11-20, on ${today} ${left} days are left`, () => {
      expect(daysLeft('2026-11-20', today)).to.equal(left);
      expect(isOverdue('2026-11-20', today)).to.equal(overdue);
    });
  }

  it('a case is overdue exactly when fewer than no days are left', () => {
    const day = fc.nat(4000).map((count) => addDays('2020-01-01', count));
    fc.assert(
      fc.property(day, day, (dueOn, today) => isOverdue(dueOn, today) === daysLeft(dueOn, today) < 0),
    );
  });
});
