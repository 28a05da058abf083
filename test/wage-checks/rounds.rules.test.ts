import { expect } from 'chai';
import { buildCalendar } from '../../server/deadlines/working-days.rules.ts';
import {
  addMonths,
  isLeftOut,
  isMonth,
  lastDayOf,
  monthOf,
  monthsBetween,
  payDayIn,
} from '../../server/wage-checks/rounds.rules.ts';

describe('the rules of the round', () => {
  const calendar = buildCalendar(
    [
      { day: '2026-10-10', isWorkday: true, name: '国庆节' },
      ...['01', '02', '03', '04', '05', '06', '07'].map((day) => ({
        day: `2026-10-${day}`,
        isWorkday: false,
        name: '国庆节',
      })),
    ],
    [2026],
  );

  const PAY_DAYS: [month: string, agreed: number, due: string, why: string][] = [
    ['2026-11', 16, '2026-11-16', 'a Monday stays'],
    ['2026-11', 15, '2026-11-13', 'a Sunday goes back to Friday'],
    ['2026-11', 14, '2026-11-13', 'a Saturday goes back to Friday'],
    ['2026-10', 10, '2026-10-10', 'a Saturday that is worked stays'],
    ['2026-10', 5, '2026-09-30', 'a long holiday leads into the month before'],
    ['2026-02', 31, '2026-02-27', 'the last day of a shorter month, a Saturday'],
    ['2028-02', 30, '2028-02-29', 'a leap day'],
    ['2027-01', 1, '2026-12-31', 'New Year leads into the year before'],
  ];
  for (const [month, agreed, due, why] of PAY_DAYS)
    it(`wages agreed for day ${agreed} of ${month} are due on ${due}: ${why}`, () =>
      expect(payDayIn(month, agreed, calendar)).to.equal(due));

  it('counts months over the turn of the year', () => {
    expect(addMonths('2026-12', 1)).to.equal('2027-01');
    expect(addMonths('2026-01', -1)).to.equal('2025-12');
    expect(addMonths('2026-11', -23)).to.equal('2024-12');
    expect(monthsBetween('2026-11', '2027-02')).to.deep.equal(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect([lastDayOf('2026-02'), lastDayOf('2028-02'), monthOf('2026-02-28')]).to.deep.equal([
      ...['2026-02-28', '2028-02-29', '2026-02'],
    ]);
    expect(['2026-13', '2026-1', '2026-00', '2026-11'].map(isMonth)).to.deep.equal([
      false,
      false,
      false,
      true,
    ]);
  });

  it('leaves out from the first month on and up to, not in, the one it ends with', () => {
    const exemption = { fromMonth: '2026-03', toMonth: '2026-06' };
    const months = ['2026-02', '2026-03', '2026-05', '2026-06'];
    expect(months.map((month) => isLeftOut(exemption, month))).to.deep.equal([false, true, true, false]);
    expect(isLeftOut({ ...exemption, toMonth: null }, '2030-01')).to.equal(true);
    expect(isLeftOut(undefined, '2026-03')).to.equal(false);
  });
});
