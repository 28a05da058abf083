import { expect } from 'chai';
import fc from 'fast-check';
import {
  isReportDay,
  monthWithin,
  presetPeriod,
  yearBefore,
  type Preset,
} from '../../server/reports/report-period.rules.ts';
import { addDays } from '../../server/shared/calendar-day.ts';

describe('periods of a report', () => {
  for (const [preset, today, from, to] of [
    ['thisMonth', '2026-11-20', '2026-11-01', '2026-11-20'],
    ['thisMonth', '2026-11-01', '2026-11-01', '2026-11-01'],
    ['thisQuarter', '2026-11-20', '2026-10-01', '2026-11-20'],
    ['thisQuarter', '2026-03-31', '2026-01-01', '2026-03-31'],
    ['thisQuarter', '2026-04-01', '2026-04-01', '2026-04-01'],
    ['thisYear', '2026-11-20', '2026-01-01', '2026-11-20'],
    ['lastYear', '2026-01-01', '2025-01-01', '2025-12-31'],
  ] as [Preset, string, string, string][]) {
    it(`${preset} on ${today} is ${from} to ${to}`, () =>
      expect(presetPeriod(preset, today)).to.deep.equal({ from, to }));
  }

  for (const [from, to, fromBefore, toBefore] of [
    ['2026-01-01', '2026-11-20', '2025-01-01', '2025-11-20'],
    ['2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31'],
    ['2024-02-01', '2024-02-29', '2023-02-01', '2023-02-28'],
    ['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-29'],
    ['2024-02-29', '2024-03-15', '2023-02-28', '2023-03-15'],
    ['2025-12-15', '2026-01-14', '2024-12-15', '2025-01-14'],
  ] as const) {
    it(`a year before ${from} to ${to} lies ${fromBefore} to ${toBefore}`, () =>
      expect(yearBefore({ from, to })).to.deep.equal({ from: fromBefore, to: toBefore }));
  }

  it('the months of a period are its days, each once', () => {
    const period = fc
      .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 800 }))
      .map(([start, length]) => {
        const from = addDays('2020-01-01', start);
        return { from, to: addDays(from, length) };
      });
    fc.assert(
      fc.property(period, ({ from, to }) => {
        let next = from;
        while (next <= to) {
          const month = monthWithin(next.slice(0, 7), { from, to });
          expect(month.from).to.equal(next);
          expect(month.to >= month.from && month.to <= to).to.equal(true);
          next = addDays(month.to, 1);
        }
        expect(next).to.equal(addDays(to, 1));
      }),
    );
  });

  for (const [text, possible] of [
    ['2022-02-28', true],
    ['2022-02-30', false],
    ['2022-2-1', false],
    ['0000-01-01', false],
    ['', false],
  ] as const) {
    it(`${text || 'nothing'} is ${possible ? '' : 'not '}a day to ask for`, () =>
      expect(isReportDay(text)).to.equal(possible));
  }
});
