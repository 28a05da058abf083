import { expect } from 'chai';
import { DisputeCase } from '../../models/cases.ts';
import type { Reader } from '../../server/accounts/access.rules.ts';
import { listCases } from '../../server/cases/case-list.queries.ts';
import type { CaseFilter } from '../../server/cases/case-filter.rules.ts';
import { CLAIM_TYPES } from '../../server/cases/case.rules.ts';
import { OUTCOMES } from '../../server/cases/lifecycle.rules.ts';
import { presentTables } from '../../server/reports/breakdown.presenter.ts';
import {
  presentCaseTiles,
  presentMoneyTiles,
  presentOutcomes,
  presentOverview,
  type FiguresOf,
} from '../../server/reports/figures.presenter.ts';
import { loadReport, type Report } from '../../server/reports/indicator.queries.ts';
import { chosenArea, reportAreas, type ReportArea } from '../../server/reports/report-area.queries.ts';
import { BASES } from '../../server/reports/report-period.rules.ts';
import { addDays } from '../../server/shared/calendar-day.ts';
import { formatWan } from '../../server/shared/money.ts';
import { translator } from '../../server/web/language.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aClaimant, aJurisdiction, aPayment, aReader, aTown, aVillage } from '../support/factories.ts';

/** A figure of the page and the list that it opens. */
interface Figure {
  text: string;
  href: string;
}

describe('every figure opens the cases that it counts', () => {
  useDatabase();
  let reader: Reader;
  let areas: ReportArea[];

  before(async () => {
    const city = await aJurisdiction();
    const [town, other] = [await aTown('祝塘镇', city), await aTown('青阳镇', city)];
    const villages = [
      await aVillage(town, '文林村'),
      await aVillage(town, '建南村'),
      await aVillage(other, '文林村'),
    ];
    reader = await aReader(['official', city]);
    areas = await reportAreas(reader);
    for (let i = 0; i < 90; i++) {
      const village = villages[i % 4];
      const day = addDays('2025-11-01', (i * 47) % 430);
      const factory = aCase(village?.parentId === other.id || i % 8 === 3 ? other : town)
        .receivedOn(day)
        .about(CLAIM_TYPES[i % CLAIM_TYPES.length]!)
        .of(i % 13 === 0 ? 12 : 1)
        .claiming(String(1000 + i));
      if (village) factory.in(village);
      if (i % 7 !== 0) factory.routedTo((['enterprise', 'village', 'town'] as const)[i % 3]!);
      if (i % 5 === 0 && i % 7 !== 0) factory.goneUpTo('town');
      if (i % 2 === 0) factory.fromHotline();
      if (i % 6 !== 0) factory.closedOn(addDays(day, i % 25), OUTCOMES[(i * 3) % OUTCOMES.length]);
      const disputeCase = await factory.saved();
      if (i % 4 === 1)
        await aPayment(await aClaimant(disputeCase, { migrant: i % 8 === 1 }), '500', addDays(day, 20));
    }
  });

  for (const basis of BASES) {
    for (const name of ['江阴市', '祝塘镇', '建南村']) {
      it(`of ${name}, by ${basis}`, async () => {
        const area = chosenArea(areas, areas.find((one) => one.name === name)!.id);
        const period = { from: '2026-01-15', to: '2026-11-20' };
        const of: FiguresOf = { t: translator('zh-CN'), area, period, basis, ticketsOpen: true };
        const report = await loadReport({ townIds: area.townIds, villageId: area.villageId, period, basis });
        const figures = figuresOf(of, report, areas);
        expect(figures.length).to.be.above(60);
        expect(figures.filter(({ href }) => href.includes('outcomeGroup=failed')).length).to.be.above(2);
        for (const { text, href } of figures) await expectListOf(reader, text, href);
      });
    }
  }
});

function figuresOf(of: FiguresOf, report: Report, areas: ReportArea[]): Figure[] {
  const { indicators } = report;
  const tiles = [
    ...presentCaseTiles(of, indicators, report.yearBefore),
    ...presentMoneyTiles(of, indicators, report.yearBefore),
  ].flatMap(({ value, unit = '', href, others = [] }) => [
    { text: value + unit, href },
    ...others.map((link) => ({ text: `${link.label.match(/\d+/)![0]}件`, href: link.href })),
  ]);
  const rows = [...presentOverview(of, indicators), ...presentOutcomes(of, indicators)];
  const cells = presentTables(of, report, areas).flatMap(({ rows: body, foot = [] }) => [
    ...body.flatMap((row) => row.cells),
    ...foot,
  ]);
  const all = [...tiles, ...rows.map(({ value, href }) => ({ text: value, href })), ...cells];
  return all.flatMap(({ text, href }) => (href?.startsWith('/cases') ? [{ text, href }] : []));
}

/** A count is the length of its list, an amount involved the sum over it; any other figure has a list that is not empty. */
async function expectListOf(reader: Reader, text: string, href: string): Promise<void> {
  const filter = Object.fromEntries(new URL(href, 'http://localhost').searchParams) as CaseFilter;
  const { rows, total } = await listCases(reader, filter, {}, 200);
  if (/^\d+(件|人)?$/.test(text)) expect(`${total}`, href).to.equal(text.replace(/\D/g, ''));
  else if (filter.valid && !text.endsWith('元')) {
    const cases = await DisputeCase.findAll({ where: { id: rows.map(({ id }) => id) } });
    const involvedFen = cases.reduce(
      (sum, { verifiedFen, claimedFen }) => sum + (verifiedFen ?? claimedFen ?? 0),
      0,
    );
    expect(formatWan(involvedFen), href).to.equal(text);
  } else expect(total, href).to.be.above(0);
}
