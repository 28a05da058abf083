import type { Translate } from '../language.ts';
import type { FaultyRow } from './import-tally.rules.ts';
import type { SheetToWrite } from './write-xlsx.ts';

/** Faulty rows of an import as they stood in the file, with the header texts of its columns. */
export interface KeptRows {
  headers: string[];
  faultyRows: FaultyRow[];
}

/** The rows of all the parts, in their order. */
export function joinRows(parts: KeptRows[]): KeptRows {
  return {
    headers: parts[0]?.headers ?? [],
    faultyRows: parts.flatMap(({ faultyRows }) => faultyRows),
  };
}

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
