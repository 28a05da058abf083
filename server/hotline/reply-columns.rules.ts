import { headerNames, normalisedHeader } from '../shared/spreadsheets/headers.rules.ts';
import type { Cell } from '../shared/spreadsheets/rows.ts';

/** The columns of an answer, in the order in which they are added where a file does not have them. */
export const REPLY_KEYS = [
  'text',
  'repliedAt',
  'contacted',
  'contactedAt',
  'verdict',
  'resolved',
  'unresolvedReason',
] as const;
export type ReplyKey = (typeof REPLY_KEYS)[number];

/** The header that is written, then what hotlines call the column in their own files. */
const HEADERS: Record<ReplyKey, string[]> = {
  text: headerNames('答复内容 回复内容 办理结果 处理结果 办理情况 办结内容 反馈内容 答复意见 处理意见'),
  repliedAt: headerNames('答复时间 回复时间 办结时间 反馈时间 办理时间 处理时间 办结日期 答复日期'),
  contacted: headerNames('是否联系 是否联系诉求人 是否联系群众 是否联系来电人 是否联系市民'),
  contactedAt: headerNames('联系时间 联系诉求人时间 联系群众时间 联系来电人时间 联系市民时间'),
  verdict: headerNames('是否属实 诉求是否属实 属实情况 核实情况'),
  resolved: headerNames('是否解决 诉求是否解决 解决情况'),
  unresolvedReason: headerNames('未解决原因 未解决理由 未解决说明'),
};

/** A row of a file with its answer. */
export interface AnsweredRow {
  cells: readonly Cell[];
  reply: Record<ReplyKey, string>;
}

/**
 * The rows of a file in its own columns, with those of the answer filled, and added at the end where the file has none.
 */
export function answeredSheet(headers: readonly string[], rows: readonly AnsweredRow[]): Cell[][] {
  const width = headers.length;
  const places = new Map<ReplyKey, number>();
  let next = width;
  for (const key of REPLY_KEYS) {
    const found = headers.findIndex((header) => HEADERS[key].includes(normalisedHeader(header)));
    places.set(key, found === -1 ? next++ : found);
  }
  const added = REPLY_KEYS.filter((key) => places.get(key)! >= width).map((key) => HEADERS[key][0]!);
  const filled = rows.map(({ cells, reply }) => {
    const row: Cell[] = Array.from({ length: next }, (_, column) => cells[column] ?? null);
    for (const [key, column] of places) row[column] = reply[key];
    return row;
  });
  return [[...headers, ...added], ...filled];
}
