import { expect } from 'chai';
import { readReportWish } from '../../server/reports/report.form.ts';
import { DomainError } from '../../server/shared/errors.ts';
import { newId } from '../../server/shared/ids.ts';

const TODAY = '2026-11-20';
const area = newId();

describe('the address of the report', () => {
  for (const [query, wish] of [
    [{}, { period: { from: '2026-01-01', to: TODAY }, basis: 'received', areaId: null }],
    [
      { period: 'lastYear', basis: 'closed', area },
      { period: { from: '2025-01-01', to: '2025-12-31' }, basis: 'closed', areaId: area },
    ],
    [
      { from: '2022-01-01', to: '2022-01-01', basis: '' },
      { period: { from: '2022-01-01', to: '2022-01-01' }, basis: 'received', areaId: null },
    ],
  ] as const) {
    it(`${JSON.stringify(query)} is understood`, () =>
      expect(readReportWish(query, TODAY)).to.deep.equal({ ok: true, values: wish }));
  }

  for (const [query, field, sentence] of [
    [{ from: '2022-02-30', to: '2022-12-31' }, 'from', 'errors.notADay'],
    [{ from: '2022-05-01', to: '2022-04-30' }, 'to', 'reports.errors.endsBeforeItBegins'],
    [{ from: '2022-05-01' }, 'to', 'errors.required'],
    [{ to: '2022-05-01' }, 'from', 'errors.required'],
    [{ from: '1000-01-01', to: '2022-05-01' }, 'from', 'errors.dayBefore'],
    [{ basis: 'open' }, 'basis', 'errors.chooseOne'],
    [{ period: 'nextYear' }, 'period', 'errors.chooseOne'],
    [{ area: '1 OR 1=1' }, 'area', 'errors.chooseOne'],
  ] as const) {
    it(`${JSON.stringify(query)} is told beside ${field}`, () => {
      const form = readReportWish(query, TODAY);
      expect(form.ok ? [] : form.errors.map((error) => [error.field, error.sentence])).to.deep.equal([
        [field, sentence],
      ]);
    });
  }

  it('a field given twice is a malformed request', () => {
    expect(() => readReportWish({ from: ['2022-01-01', '2023-01-01'] }, TODAY)).to.throw(DomainError);
  });
});
