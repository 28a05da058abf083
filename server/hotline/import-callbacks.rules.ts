import type { Satisfaction } from '../follow-ups/follow-up.rules.ts';
import {
  cellText,
  readCode,
  readInstant,
  readYesNo,
  toHalfWidth,
  type Reading,
} from '../shared/spreadsheets/cell-values.rules.ts';
import { createHeaderFinder, headerNames } from '../shared/spreadsheets/headers.rules.ts';
import { isBlank, isFooter, type Cell, type SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { faultOf, RowReader } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { RowFault, RowOutcome, SheetLayout } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { HEADER_NAMES } from './columns.rules.ts';
import type { Handling } from './ticket-handling.rules.ts';

/** What a file of the hotline's callbacks says of a ticket. */
export const CALLBACK_KEYS = ['number', 'callbackAt', 'reached', 'satisfaction', 'resolved'] as const;
export type CallbackKey = (typeof CALLBACK_KEYS)[number];

export interface CallbackDraft {
  number: string;
  callbackAt: Date;
  reached: boolean;
  /** Null where nobody was reached, or nothing was said. */
  satisfaction: Satisfaction | null;
  resolved: boolean | null;
}

export type CallbackLayout = SheetLayout<CallbackKey>;

const NAMES: Record<CallbackKey, string[]> = {
  number: HEADER_NAMES.number,
  callbackAt: headerNames('回访时间 回访日期 回访完成时间 回访办结时间 callbackat'),
  reached: headerNames(
    '是否联系上 是否接通 是否回访成功 回访是否成功 是否联系到 联系情况 接通情况 回访状态 reached',
  ),
  satisfaction: headerNames(
    '满意度 满意情况 是否满意 回访满意度 满意度评价 评价结果 回访评价 回访结果 satisfaction',
  ),
  resolved: headerNames('是否解决 诉求是否解决 解决情况 回访是否解决 是否已解决 resolved'),
};

const findHeader = createHeaderFinder(NAMES);

/** Finds the header of a callback file; `problems` is empty when it can be read. */
export function recogniseCallbacks(firstRows: SpreadsheetRow[]) {
  const { headerRow, headers, columns } = findHeader(firstRows);
  const missing = (['number', 'callbackAt', 'satisfaction'] as const).filter(
    (key) => columns[key] === undefined,
  );
  const problems = (headerRow === null ? ['header' as const] : missing).map((key) => ({
    sentence: `callbacks.problems.${key}`,
  }));
  return { headerRow, layout: { headers, columns, only: {} } satisfies CallbackLayout, problems };
}

const MAX_LENGTHS: Record<CallbackKey, number> = {
  number: 64,
  callbackAt: 100,
  reached: 100,
  satisfaction: 100,
  resolved: 100,
};

/** What one row below the header is; nobody can have been called after `now`. */
export function readCallbackRow(
  source: SpreadsheetRow,
  layout: CallbackLayout,
  now: Date,
): RowOutcome<CallbackDraft> {
  if (isBlank(source.cells) || isFooter(source.cells)) return { kind: 'empty' };
  const row = new RowReader(source, layout, { maxLengths: MAX_LENGTHS, sentences: 'callbacks.faults' });
  const number = row.required('number', readCode(row.cell('number')));
  const callbackAt = row.required('callbackAt', readInstant(row.cell('callbackAt')));
  if (callbackAt !== null && callbackAt > now) row.fault('callbackAt', 'callbackAtFuture');
  const satisfaction = valueOr(row, 'satisfaction', readSatisfaction(row.cell('satisfaction')));
  const said = valueOr(row, 'reached', readYesNo(row.cell('reached'), REACHED_WORDS));
  const resolved = valueOr(row, 'resolved', readYesNo(row.cell('resolved'), RESOLVED_WORDS));
  const reached = said ?? satisfaction !== null;
  if (number === null || callbackAt === null || row.faults.length > 0)
    return { kind: 'faulty', category: '', faults: row.faults };
  const heard = reached ? { satisfaction, resolved } : { satisfaction: null, resolved: null };
  return { kind: 'taken', category: '', draft: { number, callbackAt, reached, ...heard }, notes: [] };
}

/** What a result means decides whether a ticket is redone, so a text that means nothing is a fault and not a note. */
function valueOr<T>(row: RowReader<CallbackKey>, key: CallbackKey, reading: Reading<T>): T | null {
  if (reading.is === 'value') return reading.value;
  if (reading.is !== 'unknown') row.fault(key, `${key}Unreadable`);
  return null;
}

const REACHED_WORDS = {
  yes: ['已接通', '接通', '成功', '联系上', '已联系上', '已联系', '回访成功', '已回访'],
  no: [
    '未接通',
    '失败',
    '未联系上',
    '无法联系',
    '无人接听',
    '空号',
    '关机',
    '停机',
    '拒接',
    '回访失败',
    '未联系到',
  ],
};
const RESOLVED_WORDS = { yes: ['已解决', '解决', '基本解决'], no: ['未解决', '没解决', '部分解决'] };

const SATISFACTION_WORDS: [Satisfaction, string[]][] = [
  ['satisfied', ['满意', '非常满意', '很满意']],
  ['mostlySatisfied', ['基本满意', '比较满意', '较满意']],
  ['fair', ['一般', '中立']],
  ['unsatisfied', ['不满意', '非常不满意', '很不满意', '不太满意']],
  ['declined', ['不评价', '不愿评价', '拒绝评价', '不予评价', '未评价']],
];
const NOT_RATED = ['', '-', '—', '/', '无', '未接通', '未联系上', '无法联系', '无人接听'];

function readSatisfaction(cell: Cell): Reading<Satisfaction> {
  const text = toHalfWidth(cellText(cell)).replace(/\s/g, '');
  if (NOT_RATED.includes(text)) return { is: 'unknown' };
  const found = SATISFACTION_WORDS.find(([, words]) => words.includes(text));
  return found ? { is: 'value', value: found[0] } : { is: 'unreadable' };
}

/** A callback that was unsatisfied, or heard that nothing is resolved, orders a redo (重办); any other closes the ticket. */
export function ordersRedo({
  satisfaction,
  resolved,
}: Pick<CallbackDraft, 'satisfaction' | 'resolved'>): boolean {
  return satisfaction === 'unsatisfied' || resolved === false;
}

/** What a callback can be about: the ticket of its number, and the callbacks that are on record for it. */
export interface CalledTicket {
  handling: Handling;
  repliedAt: Date | null;
  calledBackAts: readonly Date[];
}

/** What a row is for its ticket: known already, to be taken, or a fault of `callbacks.faults`. */
export function standingOf(
  { callbackAt }: CallbackDraft,
  ticket: CalledTicket | undefined,
): 'known' | 'new' | 'unknownNumber' | 'notReplied' | 'beforeReply' {
  if (!ticket) return 'unknownNumber';
  if (ticket.calledBackAts.some((at) => at.getTime() === callbackAt.getTime())) return 'known';
  if (ticket.handling !== 'replied') return 'notReplied';
  return ticket.repliedAt !== null && callbackAt < ticket.repliedAt ? 'beforeReply' : 'new';
}

/** The fault of a row that cannot be taken for its ticket, beside the cell that says why. */
export function standingFault(
  source: SpreadsheetRow,
  layout: CallbackLayout,
  standing: 'unknownNumber' | 'notReplied' | 'beforeReply' | 'repeated',
): RowFault {
  const key = standing === 'beforeReply' ? 'callbackAt' : 'number';
  return faultOf(source, layout, key, `callbacks.faults.${standing}`);
}
