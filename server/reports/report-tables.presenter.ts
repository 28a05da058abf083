import type { Translate } from '../shared/language.ts';
import type { SummaryRow, Table, Tile } from '../web/view-model.ts';
import { presentReport, type ReportPage } from './report.presenter.ts';

/** The figures of the page as tables to be saved, under their area, period and basis. */
export function presentReportTables(page: ReportPage) {
  const { t, area } = page;
  const { header, caseTiles, moneyTiles, hotline, serviceTiles, details } = presentReport(page);
  const tiles = [...caseTiles, ...moneyTiles, ...(hotline?.tiles ?? []), ...serviceTiles];
  return {
    title: t('reports.print.title', { area: area.name }),
    lead: [header.lead],
    tables: [
      tileTable(tiles, t),
      ...(details
        ? [
            summaryTable(t('reports.overview.title'), details.overview.rows, t),
            summaryTable(t('reports.outcomesTitle'), details.outcomes.rows, t),
            ...details.tables,
          ]
        : []),
    ],
  };
}

function tileTable(tiles: Tile[], t: Translate): Table {
  const columns = ['figure', 'value', 'unit', 'note', 'trend'] as const;
  return {
    caption: t('reports.export.tiles'),
    columns: columns.map((column) => ({
      label: t(`reports.export.${column}`),
      ...(column === 'value' ? { look: 'number' as const } : {}),
    })),
    rows: tiles.map(({ label, value, unit, note, trend }) => ({
      cells: [label, value, unit, note, trend?.text].map((text = '') => ({ text })),
    })),
    empty: { title: '' },
  };
}

function summaryTable(caption: string, rows: SummaryRow[], t: Translate): Table {
  return {
    caption,
    columns: [{ label: t('reports.export.figure') }, { label: t('reports.export.value'), look: 'number' }],
    rows: rows.map(({ key, value, tag }) => ({ cells: [{ text: key, tag }, { text: value }] })),
    empty: { title: '' },
  };
}
