import { isCreditCode, tidyCreditCode } from '../directory/credit-code.rules.ts';
import type { Translate } from '../shared/language.ts';
import {
  cellContent,
  cellText,
  readAmountFen,
  readCode,
  readCount,
  readInstant,
  readPhone,
  readYesNo,
  toHalfWidth,
} from '../shared/spreadsheets/cell-values.rules.ts';
import type { Reading } from '../shared/spreadsheets/cell-values.rules.ts';
import { columnLetters, isBlank } from '../shared/spreadsheets/rows.ts';
import type { Cell, SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { countsInWan } from './columns.rules.ts';
import type { TicketColumns, TicketKey } from './columns.rules.ts';
import type { TicketMapping } from './mapping.rules.ts';

/** A ticket as its row says it; null where the file says nothing or nothing that can be read. */
export interface TicketDraft {
  number: string;
  receivedAt: Date;
  callerName: string | null;
  /** Digits; as written where it is no single number (masked, or two of them). */
  callerPhone: string | null;
  gender: 'male' | 'female' | null;
  title: string | null;
  content: string | null;
  category: string | null;
  address: string | null;
  villageText: string | null;
  respondentText: string | null;
  respondentCreditCode: string | null;
  workers: number | null;
  amountFen: number | null;
  anonymous: boolean | null;
  channel: string | null;
  migrant: boolean | null;
  dispatchedAt: Date | null;
}

/** What an optional column said that could not be read, kept as text under its header. */
export interface Note {
  column: string;
  value: string;
}

/** Why a row is not taken: where, what stood there, and the sentence (`hotline.faults.*`). */
export interface RowFault {
  row: number;
  column: string;
  value: string;
  reason: { sentence: string; values?: Record<string, string | number> };
}

/** Faults with their reason in words, as the preview and the command line print them. */
export function faultsInWords(
  faults: readonly RowFault[],
  t: Translate,
): { row: number; column: string; value: string; reason: string }[] {
  return faults.map(({ row, column, value, reason }) => {
    return { row, column, value, reason: t(reason.sentence, reason.values) };
  });
}

export type RowOutcome =
  | { kind: 'empty' }
  | { kind: 'unwanted'; category: string }
  | { kind: 'faulty'; category: string; faults: RowFault[] }
  | { kind: 'ticket'; category: string; draft: TicketDraft; notes: Note[] };

/** Which column holds what, and which rows are wanted. */
export interface TicketLayout {
  columns: TicketColumns;
  headers: string[];
  only: TicketMapping['only'];
}

/**
 * The longest text of each key in characters; a longer one makes the row faulty, for nothing is cut. A phone is
 * encrypted, and its column holds no more.
 */
export const MAX_LENGTHS: Record<TicketKey, number> = {
  number: 64,
  receivedAt: 100,
  callerName: 100,
  callerPhone: 50,
  title: 300,
  content: 10_000,
  category: 200,
  address: 300,
  village: 100,
  respondent: 200,
  respondentCreditCode: 200,
  workers: 200,
  amount: 200,
  anonymous: 200,
  channel: 50,
  gender: 200,
  migrant: 200,
  dispatchedAt: 200,
};

const MAX_VALUE_SHOWN = 100;
const ANONYMOUS_WORDS = {
  yes: ['匿名', '保密', '要求保密'],
  no: ['实名', '公开', '不匿名', '非匿名', '不保密'],
};
const MIGRANT_WORDS = { yes: ['农民工', '进城务工人员'], no: ['非农民工', '城镇职工'] };

/** Columns by which rows are wanted, but which the file does not have (`hotline.errors.onlyColumnMissing`). */
export function missingOnlyColumns({ columns, only }: Pick<TicketLayout, 'columns' | 'only'>): TicketKey[] {
  return (Object.keys(only) as TicketKey[]).filter((key) => columns[key] === undefined);
}

/**
 * What one row below the header is: empty, not wanted, faulty with every fault, or a ticket. Nobody can have called after
 * `now`.
 */
export function readTicketRow(source: SpreadsheetRow, layout: TicketLayout, now: Date): RowOutcome {
  if (isBlank(source.cells)) return { kind: 'empty' };
  const category = cellText(cellOf(source, layout, 'category'));
  if (!isWanted(source, layout)) return { kind: 'unwanted', category };
  const reader = new RowReader(source, layout, now);
  const draft = reader.read();
  return draft && reader.faults.length === 0
    ? { kind: 'ticket', category, draft, notes: reader.notes }
    : { kind: 'faulty', category, faults: reader.faults };
}

/** The fault of a row whose number stands in the file already, with other values. */
export function repeatedNumberFault(
  source: SpreadsheetRow,
  layout: TicketLayout,
  firstRow: number,
): RowFault {
  return faultOf(source, layout, 'number', 'repeated', { first: firstRow });
}

/**
 * The fingerprint of a row, by which a later file shows changed values. `hash` must be keyed: the row holds a
 * phone number, which a bare hash would give away.
 */
export function rowHash(draft: TicketDraft, notes: Note[], hash: (text: string) => string): string {
  const fields = DRAFT_FIELDS.map((field) => draft[field]);
  return hash(JSON.stringify([fields, notes.map(({ column, value }) => [column, value])]));
}

/** The fields in which two readings of a ticket differ; fields without a column in the file do not count. */
export function changedFields(
  before: TicketDraft,
  after: TicketDraft,
  columns: TicketColumns,
): (keyof TicketDraft)[] {
  return DRAFT_FIELDS.filter((field) => {
    const same = JSON.stringify(before[field]) === JSON.stringify(after[field]);
    return !same && columns[KEY_OF_FIELD[field]] !== undefined;
  });
}

/** The key of the file behind each field of a draft. */
export const KEY_OF_FIELD: Record<keyof TicketDraft, TicketKey> = {
  number: 'number',
  receivedAt: 'receivedAt',
  callerName: 'callerName',
  callerPhone: 'callerPhone',
  gender: 'gender',
  title: 'title',
  content: 'content',
  category: 'category',
  address: 'address',
  villageText: 'village',
  respondentText: 'respondent',
  respondentCreditCode: 'respondentCreditCode',
  workers: 'workers',
  amountFen: 'amount',
  anonymous: 'anonymous',
  channel: 'channel',
  migrant: 'migrant',
  dispatchedAt: 'dispatchedAt',
};

const DRAFT_FIELDS = Object.keys(KEY_OF_FIELD) as (keyof TicketDraft)[];

/** Reads one row field by field and keeps what was wrong with it. */
class RowReader {
  readonly faults: RowFault[] = [];
  readonly notes: Note[] = [];
  readonly #source: SpreadsheetRow;
  readonly #layout: TicketLayout;
  readonly #now: Date;

  constructor(source: SpreadsheetRow, layout: TicketLayout, now: Date) {
    this.#source = source;
    this.#layout = layout;
    this.#now = now;
  }

  read(): TicketDraft | null {
    this.#findBadBytes();
    const number = this.#required('number', readCode(this.#cell('number')));
    const receivedAt = this.#required('receivedAt', readInstant(this.#cell('receivedAt')));
    if (receivedAt !== null && receivedAt > this.#now) this.#fault('receivedAt', 'receivedAtFuture');
    const title = this.#text('title');
    const content = this.#text('content', cellContent);
    if (!hasText(this.#cell('title')) && !hasText(this.#cell('content'))) {
      this.#fault(this.#layout.columns.title === undefined ? 'content' : 'title', 'titleOrContentMissing');
    }
    const callerName = this.#text('callerName');
    const anonymous = this.#optional('anonymous', readYesNo(this.#cell('anonymous'), ANONYMOUS_WORDS));
    const draft = {
      callerName,
      callerPhone: this.#phone(),
      gender: this.#optional('gender', readGender(this.#cell('gender'))),
      title,
      content,
      category: this.#text('category'),
      address: this.#text('address'),
      villageText: this.#text('village'),
      respondentText: this.#text('respondent'),
      respondentCreditCode: this.#optional(
        'respondentCreditCode',
        readCreditCode(this.#cell('respondentCreditCode')),
      ),
      workers: this.#optional('workers', readCount(this.#cell('workers'))),
      amountFen: this.#amount(),
      anonymous: anonymous ?? (callerName?.includes('匿名') ? true : null),
      channel: this.#text('channel'),
      migrant: this.#optional('migrant', readYesNo(this.#cell('migrant'), MIGRANT_WORDS)),
      dispatchedAt: this.#optional('dispatchedAt', readInstant(this.#cell('dispatchedAt'))),
    };
    return number === null || receivedAt === null ? null : { number, receivedAt, ...draft };
  }

  #cell(key: TicketKey): Cell {
    return cellOf(this.#source, this.#layout, key);
  }

  #fault(key: TicketKey, reason: string, values?: Record<string, string | number>): void {
    this.faults.push(faultOf(this.#source, this.#layout, key, reason, values));
  }

  #findBadBytes(): void {
    const keys = Object.keys(this.#layout.columns) as TicketKey[];
    const bad = this.#source.badBytes ?? [];
    for (const key of keys) if (bad.includes(this.#layout.columns[key]!)) this.#fault(key, 'badBytes');
  }

  #required<T>(key: 'number' | 'receivedAt', reading: Reading<T>): T | null {
    if (reading.is === 'value') return this.#fits(key, cellText(this.#cell(key))) ? reading.value : null;
    this.#fault(key, `${key}${reading.is === 'unknown' ? 'Missing' : 'Unreadable'}`);
    return null;
  }

  #text(key: TicketKey, read: (cell: Cell) => string = cellText): string | null {
    const text = read(this.#cell(key));
    return text !== '' && this.#fits(key, text) ? text : null;
  }

  #optional<T>(key: TicketKey, reading: Reading<T>): T | null {
    if (reading.is === 'value') return reading.value;
    const text = reading.is === 'unknown' ? null : this.#text(key, cellContent);
    if (text !== null) this.notes.push({ column: headerOf(this.#layout, key), value: text });
    return null;
  }

  /** What is no single number is kept as written, in the field that is encrypted, and not in a note. */
  #phone(): string | null {
    const reading = readPhone(this.#cell('callerPhone'));
    if (reading.is === 'value') return reading.value;
    return reading.is === 'unknown' ? null : this.#text('callerPhone');
  }

  #amount(): number | null {
    const reading = readAmountFen(
      this.#cell('amount'),
      countsInWan(headerOf(this.#layout, 'amount')) ? 'wan' : 'yuan',
    );
    if (reading.is !== 'absurd') return this.#optional('amount', reading);
    this.#fault('amount', 'amountAbsurd');
    return null;
  }

  #fits(key: TicketKey, text: string): boolean {
    const fits = text.length <= MAX_LENGTHS[key];
    if (!fits) this.#fault(key, 'tooLong', { length: text.length, max: MAX_LENGTHS[key] });
    return fits;
  }
}

function readCreditCode(cell: Cell): Reading<string> {
  const code = readCode(cell);
  if (code.is !== 'value') return code;
  const tidy = tidyCreditCode(code.value);
  return isCreditCode(tidy) ? { is: 'value', value: tidy } : { is: 'unreadable' };
}

function readGender(cell: Cell): Reading<'male' | 'female'> {
  const text = toHalfWidth(cellText(cell)).toLowerCase();
  if (['男', '男性', '先生', 'm', 'male'].includes(text)) return { is: 'value', value: 'male' };
  if (['女', '女性', '女士', 'f', 'female'].includes(text)) return { is: 'value', value: 'female' };
  return ['', '未知', '不详', '-', '保密', '其他'].includes(text) ? { is: 'unknown' } : { is: 'unreadable' };
}

/** Whether a text is one of the wanted values, or begins with its steps as 劳动和社会保障/工资 with the first. */
export function isWantedText(cell: string, wanted: readonly string[]): boolean {
  const text = comparable(cell);
  return wanted.some((value) => {
    const start = comparable(value);
    if (text === start) return true;
    const rest = text.slice(start.length);
    return start !== '' && text.startsWith(start) && /^(?:[/\\>|、,;:]|-|—|→)/.test(rest);
  });
}

function isWanted(source: SpreadsheetRow, layout: TicketLayout): boolean {
  return Object.entries(layout.only).every(([key, wanted]) =>
    isWantedText(cellText(cellOf(source, layout, key as TicketKey)), wanted),
  );
}

function comparable(text: string): string {
  return toHalfWidth(text).toLowerCase().replace(/\s/g, '');
}

function cellOf(source: SpreadsheetRow, layout: TicketLayout, key: TicketKey): Cell {
  const column = layout.columns[key];
  return column === undefined ? null : (source.cells[column] ?? null);
}

function headerOf(layout: TicketLayout, key: TicketKey): string {
  const column = layout.columns[key];
  return column === undefined ? '' : (layout.headers[column] ?? columnLetters(column));
}

function faultOf(
  source: SpreadsheetRow,
  layout: TicketLayout,
  key: TicketKey,
  reason: string,
  values?: Record<string, string | number>,
): RowFault {
  const text = cellContent(cellOf(source, layout, key));
  const value = text.length > MAX_VALUE_SHOWN ? `${text.slice(0, MAX_VALUE_SHOWN)}…` : text;
  const sentence = `hotline.faults.${reason}`;
  return {
    row: source.row,
    column: headerOf(layout, key),
    value,
    reason: values ? { sentence, values } : { sentence },
  };
}

function hasText(cell: Cell): boolean {
  return cellText(cell) !== '';
}
