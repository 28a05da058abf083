import type { Translate } from '../shared/language.ts';
import type { SheetToWrite } from '../shared/spreadsheets/write-xlsx.ts';
import type { KeptRows } from './import-kept-rows.ts';

/**
 * The faulty rows as a sheet: who took them and when, then the columns of the file with row and reasons behind them.
 * Once corrected, it can be imported as it is.
 */
export function faultyRowsSheet(
  { headers, faultyRows }: KeptRows,
  t: Translate,
  watermark: string,
): SheetToWrite {
  const rows = faultyRows.map(({ source, faults }) => {
    const cells = headers.map((_, column) => source.cells[column] ?? null);
    const reasons = faults.map(
      (fault) => `${fault.column}: ${t(fault.reason.sentence, fault.reason.values)}`,
    );
    return [...cells, source.row, reasons.join('\n')];
  });
  const header = [...headers, t('hotline.faulty.row'), t('hotline.faulty.reason')];
  return { name: t('hotline.faulty.sheet'), headerRows: 2, rows: [[watermark], header, ...rows] };
}
