import { cellTooLong, isBlank, LIMITS, putCell, refusal } from './rows.ts';
import type { Cell, SpreadsheetRow } from './rows.ts';
import { attribute, XmlScanner } from './xml-scanner.ts';
import type { XmlListener } from './xml-scanner.ts';
import { readZipDirectory, unzip } from './zip.ts';
import type { ZipEntry } from './zip.ts';

/* Our own reader: hucre builds the shared strings of a file saved by Excel as a tree of objects, which takes
   430 MB for 50,000 rows of 18 columns; strings in a list take a fifth of that. */

interface Workbook {
  /** The visible sheets in the order of their tabs. */
  sheets: { name: string; path: string }[];
  counts1904: boolean;
  stringsPath: string | undefined;
  stylesPath: string | undefined;
}

type Parts = Map<string, ZipEntry>;

const MAX_STRINGS = 5_000_000;
const MAX_SHEET_ROW = 1_048_576;
const MS_PER_DAY = 86_400_000;
const DAYS_TO_1904 = 1462;
const SERIAL_OF_10000 = 2_958_466;
const UNIX_EPOCH_SERIAL = 25_569;

/**
 * The rows of the visible sheets, one sheet after the other. Merged cells stand in their first cell, a formula is
 * its last result, a date `YYYY-MM-DD HH:MM:SS`. Throws Unacceptable for a file that is no plain workbook.
 */
export async function* xlsxRows(bytes: Buffer): AsyncGenerator<SpreadsheetRow> {
  const parts = readZipDirectory(bytes);
  await checkContents(bytes, parts);
  const workbook = await readWorkbook(bytes, parts);
  const strings = workbook.stringsPath ? await readSharedStrings(bytes, parts, workbook.stringsPath) : [];
  const dateStyles = workbook.stylesPath ? await readDateStyles(bytes, parts, workbook.stylesPath) : [];
  for (const { name, path } of workbook.sheets)
    yield* sheetRows(bytes, parts, path, { name, strings, dateStyles, ...workbook });
}

/** A renamed archive or document has no workbook; macros and links to other files are refused unread. */
async function checkContents(bytes: Buffer, parts: Parts): Promise<void> {
  if (parts.has('word/document.xml')) throw refusal('wordFile');
  if (!parts.has('[Content_Types].xml') || !parts.has('_rels/.rels')) throw refusal('notWorkbook');
  const types: string[] = [];
  await scan(bytes, parts, '[Content_Types].xml', {
    open: (_, attributes) => types.push(attribute(attributes, 'ContentType') ?? ''),
  });
  const names = [...parts.keys()].join('\n');
  if (
    types.some((type) => /macroEnabled|vbaProject|macrosheet/i.test(type)) ||
    /vbaProject|macrosheets\//i.test(names)
  ) {
    throw refusal('macros');
  }
  if (types.some((type) => /externalLink/i.test(type)) || /^xl\/externalLinks\//im.test(names)) {
    throw refusal('externalLinks');
  }
  if (!types.some((type) => type.endsWith('spreadsheetml.sheet.main+xml'))) throw refusal('notWorkbook');
}

async function readWorkbook(bytes: Buffer, parts: Parts): Promise<Workbook> {
  const [root] = (await readRelations(bytes, parts, '_rels/.rels', '')).filter(ofType('officeDocument'));
  if (!root) throw refusal('notWorkbook');
  const folder = root.path.slice(0, root.path.lastIndexOf('/') + 1);
  const relationsPath = `${folder}_rels/${root.path.slice(folder.length)}.rels`;
  const relations = await readRelations(bytes, parts, relationsPath, folder);
  const sheets: Workbook['sheets'] = [];
  let counts1904 = false;
  await scan(bytes, parts, root.path, {
    open(name, attributes) {
      if (name === 'workbookPr') counts1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet' || (attribute(attributes, 'state') ?? 'visible') !== 'visible') return;
      const sheet = relations.find((relation) => relation.id === attribute(attributes, 'id'));
      if (!sheet || !ofType('worksheet')(sheet)) return;
      sheets.push({ name: attribute(attributes, 'name') ?? '', path: sheet.path });
    },
  });
  const stringsPath = relations.find(ofType('sharedStrings'))?.path;
  const stylesPath = relations.find(ofType('styles'))?.path;
  return { sheets, counts1904, stringsPath, stylesPath };
}

interface Relation {
  id: string;
  type: string;
  path: string;
}

function ofType(type: string): (relation: Relation) => boolean {
  return (relation) => relation.type.endsWith(`/${type}`);
}

async function readRelations(bytes: Buffer, parts: Parts, path: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  await scan(bytes, parts, path, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const id = attribute(attributes, 'Id') ?? '';
      const type = attribute(attributes, 'Type') ?? '';
      const target = attribute(attributes, 'Target') ?? '';
      relations.push({ id, type, path: new URL(target, `zip:/${folder}`).pathname.slice(1) });
    },
  });
  return relations;
}

async function readSharedStrings(bytes: Buffer, parts: Parts, path: string): Promise<string[]> {
  const strings: string[] = [];
  const item = new TextCollector();
  await scan(bytes, parts, path, {
    open(name) {
      if (name === 'si') item.clear();
      else item.open(name);
    },
    text: (text) => item.add(text),
    close(name) {
      item.close(name);
      if (name !== 'si') return;
      if (strings.length >= MAX_STRINGS) throw refusal('zipBomb');
      strings.push(item.take());
    },
  });
  return strings;
}

/** For every cell style, whether it shows a number as a date. */
async function readDateStyles(bytes: Buffer, parts: Parts, path: string): Promise<boolean[]> {
  const formats = new Map<string, string>();
  const styles: boolean[] = [];
  let inCellStyles = false;
  await scan(bytes, parts, path, {
    open(name, attributes) {
      if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'numFmt') {
        formats.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '');
      } else if (name === 'xf' && inCellStyles) {
        const id = attribute(attributes, 'numFmtId') ?? '0';
        const format = formats.get(id);
        styles.push(format === undefined ? isBuiltInDate(Number(id)) : isDateFormat(format));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}

/** ECMA-376 part 1, 18.8.30: 14–22 and 45–47 everywhere, 27–36 and 50–58 in Chinese workbooks. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

function isDateFormat(format: string): boolean {
  const shown = format.replace(/"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return !/general/i.test(shown) && /[ymdhs]/i.test(shown);
}

interface SheetContext {
  name: string;
  strings: string[];
  dateStyles: boolean[];
  counts1904: boolean;
}

async function* sheetRows(
  bytes: Buffer,
  parts: Parts,
  path: string,
  context: SheetContext,
): AsyncGenerator<SpreadsheetRow> {
  const ready: SpreadsheetRow[] = [];
  const scanner = new XmlScanner(sheetListener(context, ready));
  let count = 0;
  for await (const piece of partText(bytes, parts, path)) {
    scanner.push(piece);
    count += ready.length;
    if (count > LIMITS.rows) throw refusal('tooManyRows', { limit: LIMITS.rows });
    yield* ready.splice(0);
  }
  scanner.end();
}

function sheetListener(context: SheetContext, ready: SpreadsheetRow[]): XmlListener {
  const text = new TextCollector();
  const sheet = context.name;
  let current: SpreadsheetRow = { sheet, row: 0, cells: [] };
  let column = -1;
  let type = '';
  let style = -1;
  return {
    open(name, attributes) {
      if (name === 'row') {
        const row = Number(attribute(attributes, 'r') ?? current.row + 1);
        if (!Number.isInteger(row) || row <= current.row || row > MAX_SHEET_ROW) throw refusal('damaged');
        current = { sheet, row, cells: [] };
        column = -1;
      } else if (name === 'c') {
        const address = attribute(attributes, 'r');
        column = address === undefined ? column + 1 : columnOf(address);
        type = attribute(attributes, 't') ?? 'n';
        style = Number(attribute(attributes, 's') ?? -1);
        text.clear();
      } else text.open(name);
    },
    text(piece) {
      text.add(piece);
      if (text.length > LIMITS.cellLength * 4) throw cellTooLong(current.row, column);
    },
    close(name) {
      if (name === 'c') putCell(current, column, cellValue(type, style, text.take(), context));
      else if (name === 'row') {
        if (!isBlank(current.cells)) ready.push(current);
      } else text.close(name);
    },
  };
}

/** The column of an address, A1 → 0; addresses end at XFD1048576. */
function columnOf(address: string): number {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(address)?.[1];
  if (!letters) throw refusal('damaged');
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function cellValue(type: string, style: number, text: string, context: SheetContext): Cell {
  if (text === '') return null;
  switch (type) {
    case 's': {
      const string = context.strings[Number(text)];
      if (string === undefined) throw refusal('damaged');
      return string;
    }
    case 'n':
      return context.dateStyles[style] ? dateText(text, context.counts1904) : numberOf(text);
    case 'b':
      return text === '1' ? 'TRUE' : 'FALSE';
    case 'd':
      return text.replace('T', ' ');
    default:
      return text;
  }
}

/** A number; digits that a double cannot hold but the file spells out (no trailing zero of Excel's) stay text. */
function numberOf(text: string): Cell {
  const number = Number(text);
  return Number.isNaN(number) || /^\d{15,}[1-9]$/.test(text) ? text : number;
}

/** The wall clock of an Excel serial; what Excel itself shows as ##### is shown so here. */
function dateText(text: string, counts1904: boolean): string {
  const serial = Number(text);
  if (Number.isNaN(serial)) return text;
  const days = counts1904 ? serial + DAYS_TO_1904 : serial;
  if (!(days >= 0 && days < SERIAL_OF_10000)) return '#####';
  const seconds = Math.round((days - UNIX_EPOCH_SERIAL) * (MS_PER_DAY / 1000));
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** Collects the text of `v` and `t`, without the phonetic runs of Japanese workbooks. */
class TextCollector {
  #parts: string[] = [];
  #collecting = false;
  #phonetic = false;
  length = 0;

  clear(): void {
    this.#parts = [];
    this.length = 0;
    this.#collecting = false;
  }

  open(name: string): void {
    if (name === 'rPh') this.#phonetic = true;
    this.#collecting = (name === 'v' || name === 't') && !this.#phonetic;
  }

  close(name: string): void {
    if (name === 'rPh') this.#phonetic = false;
    this.#collecting = false;
  }

  add(text: string): void {
    if (!this.#collecting) return;
    this.#parts.push(text);
    this.length += text.length;
  }

  /** The text collected since `clear`, with `_x000D_` and its like decoded (ECMA-376 part 1, 22.9.2.19). */
  take(): string {
    const text = this.#parts.join('');
    this.clear();
    if (!text.includes('_x')) return text;
    return text.replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
}

async function scan(bytes: Buffer, parts: Parts, path: string, listener: XmlListener): Promise<void> {
  const scanner = new XmlScanner(listener);
  for await (const piece of partText(bytes, parts, path)) scanner.push(piece);
  scanner.end();
}

async function* partText(bytes: Buffer, parts: Parts, path: string): AsyncGenerator<string> {
  const entry = parts.get(path);
  if (!entry) throw refusal('damaged');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of unzip(bytes, entry)) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError ? refusal('damaged') : error;
  }
}
