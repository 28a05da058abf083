import { writeXlsx as writeWorkbook } from 'hucre/xlsx';
import type { Cell as StyledCell, ColumnDef, WriteSheet } from 'hucre/xlsx';
import type { Cell } from './rows.ts';

/** A number that Excel shows in a format of its own: an amount, a share, a day as its serial number. */
export interface Figure {
  value: number;
  format: string;
}

/** One sheet to write; the last of `headerRows` names the columns, those above it are titles across the sheet. */
export interface SheetToWrite {
  name: string;
  headerRows: number;
  rows: (Cell | Figure)[][];
}

const TEXT_FORMAT = '@';
const FORMULA_START = /^[\s\0]*[=+\-@\t\r\n\0＝＋－＠]/;
const OOXML_ESCAPE = /_(?=x[\da-f]{4}_)/gi;

/**
 * The bytes of an .xlsx workbook. Text stays text: no cell becomes a formula, now or when it is edited, and
 * numbers given as text (ID numbers, ticket numbers) keep their digits.
 */
export function writeXlsx(sheets: SheetToWrite[]): Promise<Uint8Array> {
  return writeWorkbook({ sheets: sheets.map(layOut) });
}

function layOut({ name, headerRows, rows }: SheetToWrite): WriteSheet {
  const width = Math.max(1, ...rows.slice(0, headerRows + 1).map((row) => row.length));
  const body = rows.slice(headerRows);
  const columns = Array.from({ length: width }, (_, column): ColumnDef => {
    const isText = !body.some((row) => typeof valueOf(row[column]) === 'number');
    const layout: ColumnDef = { width: widthOf(rows.slice(headerRows - 1, headerRows + 100), column) };
    return isText ? { ...layout, style: { numFmt: TEXT_FORMAT } } : layout;
  });
  const cells = new Map<string, Partial<StyledCell>>();
  rows.forEach((row, r) =>
    row.forEach((value, c) => {
      if (r < headerRows) cells.set(`${r},${c}`, { style: { numFmt: TEXT_FORMAT, font: { bold: true } } });
      else if (isFigure(value)) cells.set(`${r},${c}`, { style: { numFmt: value.format } });
      else if (typeof value === 'string' && FORMULA_START.test(value) && !columns[c]?.style) {
        cells.set(`${r},${c}`, { style: { numFmt: TEXT_FORMAT } });
      }
    }),
  );
  return {
    name,
    columns,
    rows: rows.map((row) => row.map((cell) => escaped(valueOf(cell)))),
    cells,
    merges: Array.from({ length: width > 1 ? headerRows - 1 : 0 }, (_, row) => {
      return { startRow: row, endRow: row, startCol: 0, endCol: width - 1 };
    }),
    freezePane: { rows: headerRows },
  };
}

function isFigure(cell: Cell | Figure | undefined): cell is Figure {
  return typeof cell === 'object' && cell !== null;
}

function valueOf(cell: Cell | Figure | undefined): Cell {
  return isFigure(cell) ? cell.value : (cell ?? null);
}

/** Text that looks like an escape of the format must not be decoded as one when it is read. */
function escaped(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replace(OOXML_ESCAPE, '_x005F_') : cell;
}

/** A width in characters that shows most of the column: a Chinese character takes two. */
function widthOf(rows: (Cell | Figure)[][], column: number): number {
  const widths = rows.map((row) => {
    const [line = ''] = String(valueOf(row[column]) ?? '').split('\n', 1);
    return line.length + (line.match(/[\u2E80-\uFFEF]/g)?.length ?? 0) + 2;
  });
  return Math.min(60, Math.max(8, ...widths));
}
