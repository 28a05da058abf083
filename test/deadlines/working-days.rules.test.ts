import { expect } from 'chai';
import fc from 'fast-check';
import { calendarSeed } from '../../models/seeds/calendar-seed.ts';
import { addDays, wallClock, instantOf, weekdayOf } from '../../server/shared/calendar-day.ts';
import {
  addCalendarDays,
  addWorkingDays,
  addWorkingHours,
  buildCalendar,
  explainWorkingDays,
  rollToWorkday,
  statutoryHoliday,
} from '../../server/deadlines/working-days.rules.ts';

const seed = calendarSeed();
const calendar = buildCalendar(
  seed.days,
  seed.years.map(({ year }) => year),
);
const anyDay = fc.integer({ min: 0, max: 3652 }).map((count) => addDays('2020-01-01', count));

describe('calendar seed', () => {
  it('covers 2020 to 2026, every year with all seven festivals', () => {
    expect(seed.years.map(({ year }) => year)).to.deep.equal([2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    for (const { year } of seed.years) {
      const names = seed.days.filter(({ day }) => day.startsWith(`${year}`)).map(({ name }) => name);
      expect(names).to.include.members(['元旦', '春节', '清明', '劳动节', '端午', '国庆节']);
    }
  });

  it('names worked days only at weekends', () => {
    for (const { day, isWorkday } of seed.days) if (isWorkday) expect(weekdayOf(day), day).to.be.above(5);
  });
});

describe('calendar', () => {
  for (const [day, isWorkday, why, name] of [
    ['2026-02-14', true, 'makeUpDay', '春节'],
    ['2026-02-28', true, 'makeUpDay', '春节'],
    ['2026-05-09', true, 'makeUpDay', '劳动节'],
    ['2026-09-20', true, 'makeUpDay', '国庆节'],
    ['2026-10-10', true, 'makeUpDay', '国庆节'],
    ['2026-01-04', true, 'makeUpDay', '元旦'],
    ['2026-02-16', false, 'holiday', '春节'],
    ['2026-11-20', true, 'weekday', null],
    ['2026-11-21', false, 'weekend', null],
    ['2022-01-31', false, 'holiday', '春节'],
    ['2022-01-29', true, 'makeUpDay', '春节'],
    ['2027-01-01', false, 'holiday', '元旦'],
    ['2027-01-04', true, 'weekday', null],
  ] as const) {
    it(`${day} is a ${why}`, () => {
      expect(calendar.kindOf(day)).to.deep.equal({ isWorkday, why, name, provisional: day >= '2027' });
    });
  }

  it('has the statutory holidays of 2027 and nothing else', () => {
    const holidays = [];
    for (let day = '2027-01-01'; day <= '2027-12-31'; day = addDays(day, 1)) {
      if (statutoryHoliday(day)) holidays.push(day.slice(5));
    }
    expect(holidays.join(' ')).to.equal(
      '01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03',
    );
  });

  it('has thirteen statutory holidays a year up to 2035, fewer only where two festivals meet', () => {
    for (let year = 2027; year <= 2035; year++) {
      let count = 0;
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
        if (statutoryHoliday(day)) count++;
      }
      expect(count, String(year)).to.equal(year === 2028 || year === 2031 ? 12 : 13);
    }
  });

  it('knows only the fixed holidays beyond, still provisional', () => {
    expect(statutoryHoliday('2050-10-03')).to.equal('国庆节');
    expect(statutoryHoliday('2050-04-04')).to.equal(null);
    expect(calendar.isProvisional('2050-04-04')).to.equal(true);
    expect(calendar.isProvisional('2026-12-31')).to.equal(false);
  });

  it('believes a stored day before the guess of a year without notice', () => {
    const corrected = buildCalendar([{ day: '2027-01-02', isWorkday: true, name: '元旦' }], []);
    expect(corrected.isWorkday('2027-01-02')).to.equal(true);
    expect(corrected.isProvisional('2027-01-02')).to.equal(true);
  });
});

describe('addWorkingDays', () => {
  for (const [dayZero, count, day, provisionalYears] of [
    ['2026-11-20', 3, '2026-11-25', []],
    ['2026-09-30', 5, '2026-10-13', []],
    ['2026-12-29', 5, '2027-01-06', [2027]],
    ['2026-12-29', 2, '2026-12-31', []],
    ['2026-11-20', 0, '2026-11-20', []],
    ['2026-11-21', 0, '2026-11-21', []],
    ['2026-11-21', 1, '2026-11-23', []],
    ['2026-02-13', 1, '2026-02-14', []],
    ['2026-02-14', 1, '2026-02-24', []],
    ['2027-02-04', 1, '2027-02-09', [2027]],
  ] as const) {
    it(`${dayZero} + ${count} is ${day}`, () => {
      const result = addWorkingDays(calendar, dayZero, count);
      expect(result.day).to.equal(day);
      expect(result.provisionalYears).to.deep.equal(provisionalYears);
    });
  }

  it('tells what it passed over', () => {
    expect(explainWorkingDays(addWorkingDays(calendar, '2026-09-30', 5))).to.deep.equal([
      { key: 'deadlines.skipped.nationalDay', values: { days: '2026-10-01 – 2026-10-07' } },
      { key: 'deadlines.skipped.weekend', values: { days: '2026-10-11' } },
      { key: 'deadlines.makeUpDay', values: { day: '2026-10-10' } },
    ]);
    expect(explainWorkingDays(addWorkingDays(calendar, '2026-12-29', 5))).to.deep.equal([
      { key: 'deadlines.skipped.newYear', values: { days: '2027-01-01' } },
      { key: 'deadlines.skipped.weekend', values: { days: '2027-01-02 – 2027-01-03' } },
      { key: 'deadlines.provisional', values: { year: 2027 } },
    ]);
    const local = buildCalendar([{ day: '2026-11-23', isWorkday: false, name: '台风停工' }], [2026]);
    expect(explainWorkingDays(addWorkingDays(local, '2026-11-22', 1))).to.deep.equal([
      { key: 'deadlines.skipped.other', values: { days: '2026-11-23', name: '台风停工' } },
    ]);
  });

  it('refuses what is no number of days', () => {
    for (const count of [-1, 1.5, Number.NaN, Infinity]) {
      expect(() => addWorkingDays(calendar, '2026-11-20', count)).to.throw(RangeError);
    }
  });

  it('ends on a working day with exactly that many between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (dayZero, count) => {
        const { day, skipped } = addWorkingDays(calendar, dayZero, count);
        let worked = 0;
        let off = 0;
        for (let at = addDays(dayZero, 1); at <= day; at = addDays(at, 1))
          calendar.isWorkday(at) ? worked++ : off++;
        const told = skipped.reduce((sum, { from, to }) => {
          for (let at = from; at <= to; at = addDays(at, 1)) sum++;
          return sum;
        }, 0);
        return calendar.isWorkday(day) && worked === count && off === told;
      }),
    );
  });

  it('two counts one after the other are the sum', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(20), fc.nat(20), (day, a, b) => {
        const twice = addWorkingDays(calendar, addWorkingDays(calendar, day, a).day, b).day;
        return twice === addWorkingDays(calendar, day, a + b).day;
      }),
    );
  });
});

describe('addCalendarDays and rollToWorkday', () => {
  it('fifteen days are fifteen days', () => {
    expect(addCalendarDays('2026-09-25', 15)).to.equal('2026-10-10');
    expect(addCalendarDays('2026-12-20', 15)).to.equal('2027-01-04');
    expect(addCalendarDays('2024-02-14', 15)).to.equal('2024-02-29');
  });

  for (const [day, rolled] of [
    ['2026-10-03', '2026-10-08'],
    ['2026-10-10', '2026-10-10'],
    ['2026-11-20', '2026-11-20'],
    ['2026-11-21', '2026-11-23'],
  ] as const) {
    it(`${day} rolls to ${rolled}`, () => expect(rollToWorkday(calendar, day).day).to.equal(rolled));
  }

  it('tells that a rolled day is provisional', () => {
    expect(rollToWorkday(calendar, '2027-01-01').provisionalYears).to.deep.equal([2027]);
    expect(rollToWorkday(calendar, '2027-01-01').day).to.equal('2027-01-04');
  });
});

describe('addWorkingHours', () => {
  const officeHours = [
    { from: '08:30', to: '11:30' },
    { from: '13:30', to: '17:30' },
  ];
  for (const [start, hours, dueAt] of [
    ['2026-11-20 09:00', 2, '2026-11-20 11:00'],
    ['2026-11-20 09:00', 4, '2026-11-20 15:00'],
    ['2026-11-20 08:30', 3, '2026-11-20 11:30'],
    ['2026-11-20 12:00', 4, '2026-11-20 17:30'],
    ['2026-11-20 16:00', 4, '2026-11-23 11:00'],
    ['2026-11-20 23:59', 4, '2026-11-23 14:30'],
    ['2026-11-21 10:00', 0.5, '2026-11-23 09:00'],
    ['2026-10-09 17:00', 1, '2026-10-10 09:00'],
    ['2026-11-20 07:00', 14, '2026-11-23 17:30'],
  ] as const) {
    it(`${start} + ${hours} h is ${dueAt}`, () => {
      const [day, time] = start.split(' ');
      const due = addWorkingHours(calendar, instantOf(day!, time), hours, officeHours);
      expect(wallClock(due.dueAt)).to.equal(dueAt);
      expect(due.provisional).to.equal(false);
    });
  }

  it('is provisional across a year without notice', () => {
    const due = addWorkingHours(calendar, instantOf('2026-12-31', '17:00'), 1, officeHours);
    expect(wallClock(due.dueAt)).to.equal('2027-01-04 09:00');
    expect(due.provisional).to.equal(true);
  });

  it('refuses to count nothing', () => {
    expect(() => addWorkingHours(calendar, instantOf('2026-11-20'), 0, officeHours)).to.throw(RangeError);
    expect(() => addWorkingHours(calendar, instantOf('2026-11-20'), 1, [])).to.throw(RangeError);
  });

  it('two counts one after the other are the sum', () => {
    const minutes = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(anyDay, fc.nat(1439), minutes, minutes, (day, at, a, b) => {
        const start = new Date(instantOf(day).getTime() + at * 60_000);
        const first = addWorkingHours(calendar, start, a / 60, officeHours).dueAt;
        const twice = addWorkingHours(calendar, first, b / 60, officeHours).dueAt;
        const once = addWorkingHours(calendar, start, (a + b) / 60, officeHours).dueAt;
        return Math.abs(twice.getTime() - once.getTime()) < 1000;
      }),
    );
  });
});
