import { NONE, type CaseFilter } from '../cases/case-filter.rules.ts';
import { CLAIM_TYPES } from '../cases/case.rules.ts';
import { LEVELS } from '../directory/directory.rules.ts';
import { formatWan, groupDigits, percent1 } from '../shared/money.ts';
import type { Cell, Row, Table } from '../web/view-model.ts';
import { casesOf, linkTo, type FiguresOf } from './figures.presenter.ts';
import type { Breakdown, Report, Sums } from './indicator.queries.ts';
import { NO_COMPARISON } from './indicators.rules.ts';
import type { ReportArea } from './report-area.queries.ts';
import { monthWithin } from './report-period.rules.ts';

const COLUMNS = ['received', 'closed', 'succeeded', 'failed', 'rate', 'involved', 'recovered'] as const;

/** The tables of a report by level, village, type and month; their sums are the indicators. */
export function presentTables(
  of: FiguresOf,
  { breakdown, indicators }: Report,
  areas: ReportArea[],
): Table[] {
  const { cases, succeeded, failed, amountInvolvedFen, recovered } = indicators;
  const total: Sums = {
    received: cases.received,
    closed: cases.closed,
    succeeded,
    failed,
    amountInvolvedFen,
    recoveredFen: recovered.fen,
  };
  const table = (by: 'level' | 'village' | 'type' | 'month', rows: Row[]): Table => ({
    caption: of.t(`reports.breakdown.${by}`),
    captionHidden: true,
    figures: true,
    columns: [
      { label: of.t(`reports.breakdown.columns.${by}`) },
      ...COLUMNS.map((column) => ({
        label: of.t(`reports.breakdown.columns.${column}`),
        look: 'number' as const,
      })),
    ],
    rows,
    foot: [{ text: of.t('reports.breakdown.total') }, ...figures(of, total, {})],
    empty: { title: of.t('reports.empty.title') },
  });
  return [
    table('level', levelRows(of, breakdown)),
    ...(of.area.villageId === null ? [table('village', villageRows(of, breakdown, areas))] : []),
    table('type', typeRows(of, breakdown)),
    table('month', monthRows(of, breakdown)),
  ];
}

function levelRows(of: FiguresOf, { levels }: Breakdown): Row[] {
  const order = [...LEVELS, null];
  const sorted = [...levels].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  return sorted.map(({ level, sums }) =>
    row(of, of.t(`cases.levels.${level ?? NONE}`), sums, { level: level ?? NONE }),
  );
}

function typeRows(of: FiguresOf, { types }: Breakdown): Row[] {
  const sorted = [...types].sort((a, b) => CLAIM_TYPES.indexOf(a.type) - CLAIM_TYPES.indexOf(b.type));
  return sorted.map(({ type, sums }) => row(of, of.t(`cases.types.${type}`), sums, { type }));
}

/** Towns and villages in the order of the tree; the cases of no village end those of their town. */
function villageRows(of: FiguresOf, { villages }: Breakdown, areas: ReportArea[]): Row[] {
  const placed = villages.map((place) => {
    const town = areas.findIndex(({ id }) => id === place.townId);
    const village = areas.findIndex(({ id }) => id === place.villageId);
    return { ...place, town, village: village === -1 ? areas.length : village };
  });
  placed.sort((a, b) => a.town - b.town || a.village - b.village);
  const severalTowns = of.area.townIds.length > 1;
  return placed.map(({ townId, villageId, town, village, sums }) => {
    const ofVillage = areas[village]?.name ?? of.t('reports.breakdown.noVillage');
    const name = severalTowns
      ? of.t('reports.breakdown.villageOfTown', { town: areas[town]?.name ?? '', village: ofVillage })
      : ofVillage;
    return row(of, name, sums, villageId ? { village: villageId } : { area: townId, village: NONE });
  });
}

function monthRows(of: FiguresOf, { months }: Breakdown): Row[] {
  return months.map(({ month, sums }) => {
    const [year = '', number = ''] = month.split('-');
    const name = of.t('reports.breakdown.monthName', { year, month: Number(number) });
    return {
      cells: [{ text: name }, ...figures({ ...of, period: monthWithin(month, of.period) }, sums, {})],
    };
  });
}

function row(of: FiguresOf, text: string, sums: Sums, filter: CaseFilter): Row {
  return { cells: [{ text }, ...figures(of, sums, filter)] };
}

/** The figures of a row, each opening the cases that it counts. */
function figures(of: FiguresOf, sums: Sums, filter: CaseFilter): Cell[] {
  const lists = casesOf(of);
  const decided = sums.succeeded + sums.failed;
  const rate = percent1(sums.succeeded, decided);
  const cell = (figure: number, list: CaseFilter, text = groupDigits(figure)): Cell => ({
    text,
    ...linkTo(figure, { ...list, ...filter }),
  });
  return [
    cell(sums.received, lists.received),
    cell(sums.closed, lists.closed),
    cell(sums.succeeded, { ...lists.basis, outcomeGroup: 'succeeded' }),
    cell(sums.failed, { ...lists.basis, outcomeGroup: 'failed' }),
    cell(decided, { ...lists.basis, outcomeGroup: 'decided' }, rate === null ? NO_COMPARISON : `${rate}%`),
    cell(sums.amountInvolvedFen, { ...lists.basis, valid: 'yes' }, formatWan(sums.amountInvolvedFen)),
    cell(sums.recoveredFen, lists.paid, formatWan(sums.recoveredFen)),
  ];
}
