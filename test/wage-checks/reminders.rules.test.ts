import { expect } from 'chai';
import { lastReminder, reportReminder } from '../../server/wage-checks/reminders.rules.ts';

const SETTINGS = { informantReminderDays: [15, 19], warningReportDay: 20 };

describe('the reminder that is due', () => {
  for (const [day, days, since, month] of [
    ['2026-03-20', [21, 26], '2026-02-26', '2026-02'],
    ['2026-03-21', [21, 26], '2026-03-21', '2026-03'],
    ['2026-03-25', [21, 26], '2026-03-21', '2026-03'],
    ['2026-03-26', [21, 26], '2026-03-26', '2026-03'],
    ['2026-03-31', [21, 26], '2026-03-26', '2026-03'],
    ['2027-01-01', [21, 26], '2026-12-26', '2026-12'],
    ['2028-02-29', [28], '2028-02-28', '2028-02'],
    ['2026-03-01', [28], '2026-02-28', '2026-02'],
  ] as const) {
    it(`on ${day} of the days ${days.join(', ')} is that of ${since}`, () =>
      expect(lastReminder(day, days)).to.deep.equal({ month, since }));
  }

  it('is none where a town wants none', () => expect(lastReminder('2026-03-26', [])).to.equal(null));

  for (const [day, since] of [
    ['2026-03-01', null],
    ['2026-03-14', null],
    ['2026-03-15', '2026-03-15'],
    ['2026-03-18', '2026-03-15'],
    ['2026-03-19', '2026-03-19'],
    ['2026-03-20', '2026-03-19'],
    ['2026-03-21', null],
    ['2026-03-31', null],
  ] as const) {
    it(`of a report is on ${day} ${since ?? 'none'}`, () =>
      expect(reportReminder(day, SETTINGS)).to.deep.equal(
        since && { month: '2026-03', since, dueOn: '2026-03-20' },
      ));
  }

  it('of a report is none on a day after the report is due', () =>
    expect(reportReminder('2026-03-19', { ...SETTINGS, warningReportDay: 18 })).to.equal(null));
});
