import { dayOf, type CalendarDay } from '../shared/calendar-day.ts';
import { isCreditCode, tidyCreditCode } from '../directory/credit-code.rules.ts';
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
import { countsInWan } from '../shared/spreadsheets/headers.rules.ts';
import type { RowIdentity } from '../shared/spreadsheets/import-tally.rules.ts';
import { isBlank, isFooter } from '../shared/spreadsheets/rows.ts';
import type { Cell, SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { cellOf, faultOf, isWanted, RowReader } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { Note, RowOutcome, SheetLayout } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { TicketColumns, TicketKey } from './columns.rules.ts';

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
  givenSignDueAt: Date | null;
  givenReplyDueOn: CalendarDay | null;
}

export type TicketLayout = SheetLayout<TicketKey>;

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
  signDue: 200,
  replyDue: 200,
};

const ANONYMOUS_WORDS = {
  yes: ['匿名', '保密', '要求保密'],
  no: ['实名', '公开', '不匿名', '非匿名', '不保密'],
};
const MIGRANT_WORDS = { yes: ['农民工', '进城务工人员'], no: ['非农民工', '城镇职工'] };

/**
 * What one row below the header is: empty, not wanted, faulty with every fault, or a ticket. Nobody can have called after
 * `now`.
 */
export function readTicketRow(
  source: SpreadsheetRow,
  layout: TicketLayout,
  now: Date,
): RowOutcome<TicketDraft> {
  if (isBlank(source.cells) || isFooter(source.cells)) return { kind: 'empty' };
  const category = cellText(cellOf(source, layout, 'category'));
  if (!isWanted(source, layout)) return { kind: 'unwanted', category };
  const reader = new RowReader(source, layout, { maxLengths: MAX_LENGTHS, sentences: 'hotline.faults' });
  const draft = readDraft(reader, now);
  return draft && reader.faults.length === 0
    ? { kind: 'taken', category, draft, notes: reader.notes }
    : { kind: 'faulty', category, faults: reader.faults };
}

/** How tickets of a file are told apart. `hash` must be keyed: the row holds a phone number, which a bare hash would give away. */
export function ticketIdentity(
  layout: TicketLayout,
  hash: (text: string) => string,
): RowIdentity<TicketDraft> {
  return {
    hash: (draft, notes) => rowHash(draft, notes, hash),
    repeated: (source, first) => faultOf(source, layout, 'number', 'hotline.faults.repeated', { first }),
  };
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
  givenSignDueAt: 'signDue',
  givenReplyDueOn: 'replyDue',
};

const DRAFT_FIELDS = Object.keys(KEY_OF_FIELD) as (keyof TicketDraft)[];

/** Reads a row field by field; null when it lacks its number or time. */
function readDraft(row: RowReader<TicketKey>, now: Date): TicketDraft | null {
  const number = row.required('number', readCode(row.cell('number')));
  const receivedAt = row.required('receivedAt', readInstant(row.cell('receivedAt')));
  if (receivedAt !== null && receivedAt > now) row.fault('receivedAt', 'receivedAtFuture');
  const title = row.text('title');
  const content = row.text('content', cellContent);
  if (!hasText(row.cell('title')) && !hasText(row.cell('content')))
    row.fault(row.has('title') ? 'title' : 'content', 'titleOrContentMissing');
  const callerName = row.text('callerName');
  const anonymous = row.optional('anonymous', readYesNo(row.cell('anonymous'), ANONYMOUS_WORDS));
  const replyDue = row.optional('replyDue', readInstant(row.cell('replyDue')));
  const draft = {
    callerName,
    callerPhone: phoneOf(row),
    gender: row.optional('gender', readGender(row.cell('gender'))),
    title,
    content,
    category: row.text('category'),
    address: row.text('address'),
    villageText: row.text('village'),
    respondentText: row.text('respondent'),
    respondentCreditCode: row.optional(
      'respondentCreditCode',
      readCreditCode(row.cell('respondentCreditCode')),
    ),
    workers: row.optional('workers', readCount(row.cell('workers'))),
    amountFen: row.amount(
      'amount',
      readAmountFen(row.cell('amount'), countsInWan(row.header('amount')) ? 'wan' : 'yuan'),
    ),
    anonymous: anonymous ?? (callerName?.includes('匿名') ? true : null),
    channel: row.text('channel'),
    migrant: row.optional('migrant', readYesNo(row.cell('migrant'), MIGRANT_WORDS)),
    dispatchedAt: row.optional('dispatchedAt', readInstant(row.cell('dispatchedAt'))),
    givenSignDueAt: row.optional('signDue', readInstant(row.cell('signDue'))),
    givenReplyDueOn: replyDue && dayOf(replyDue),
  };
  return number === null || receivedAt === null ? null : { number, receivedAt, ...draft };
}

/** What is no single number is kept as written, in the field that is encrypted, and not in a note. */
function phoneOf(row: RowReader<TicketKey>): string | null {
  const reading = readPhone(row.cell('callerPhone'));
  if (reading.is === 'value') return reading.value;
  return reading.is === 'unknown' ? null : row.text('callerPhone');
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

function hasText(cell: Cell): boolean {
  return cellText(cell) !== '';
}
