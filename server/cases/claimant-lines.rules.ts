import { cellText } from '../shared/spreadsheets/cell-values.rules.ts';
import { isBlank, type SpreadsheetRow } from '../shared/spreadsheets/rows.ts';

/** One line of a list of people, cut into its cells. */
export interface CutLine extends SpreadsheetRow {
  cells: string[];
  /** Cut at spaces, where a cell that is left out shifts the others. */
  spaced: boolean;
  /** 800,900 between commas may be one amount or two. */
  ambiguous: boolean;
}

/** 8,000 or 8,000.00: digits in groups of three. */
const GROUPED = /(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)/g;
const SEPARATORS = /[,，;；、|]/;

/** Cuts a pasted text into lines and cells: at tabs, else at commas and their like, else at spaces. */
export function cutLines(text: string): CutLine[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ row: index + 1, ...cut(line) }))
    .filter(({ cells }) => !isBlank(cells));
}

function cut(line: string): Omit<CutLine, 'row'> {
  const tidy = (cells: string[]): string[] => cells.map((cell) => cell.trim());
  if (line.includes('\t')) {
    const cells = line.split('\t').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    return { cells: tidy(cells), spaced: false, ambiguous: false };
  }
  const plain = line.replace(/"([^"]*)"/g, (_, inner: string) => inner.replaceAll(',', ''));
  const rest = plain.replace(GROUPED, '');
  const ungrouped = plain.replace(GROUPED, (amount) => amount.replaceAll(',', ''));
  if (!SEPARATORS.test(rest))
    return { cells: joinShortNames(tidy(ungrouped.trim().split(/\s+/))), spaced: true, ambiguous: false };
  const ambiguous = rest.includes(',') && ungrouped !== plain;
  return { cells: tidy(ungrouped.split(SEPARATORS)), spaced: false, ambiguous };
}

const HAN = /^\p{Script=Han}$/u;

/** 张 三 is one name, written with a space for the sake of the column. */
function joinShortNames(cells: string[]): string[] {
  const at = cells.findIndex((cell, index) => HAN.test(cell) && HAN.test(cells[index + 1] ?? ''));
  return at === -1 ? cells : [...cells.slice(0, at), cells[at]! + cells[at + 1]!, ...cells.slice(at + 2)];
}

/** The rows of a spreadsheet as the text that pasting them would give. */
export function asPastedText(rows: readonly SpreadsheetRow[]): string {
  return rows
    .map(({ cells }) => Array.from(cells, (cell) => cellText(cell ?? null).replace(/\s+/g, ' ')).join('\t'))
    .join('\n');
}
