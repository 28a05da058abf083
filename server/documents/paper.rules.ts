import { withoutNumbers } from '../cases/privacy.rules.ts';
import type { CalendarDay } from '../shared/calendar-day.ts';
import { maskIdNumber, maskPhone } from '../shared/personal-data.rules.ts';

/** What is filled in by hand: a signature, a seal, a thumbprint, or what nobody has entered. */
export const BLANK = '＿＿＿＿＿＿';
/** Room for what is written at length. */
const TWO_LINES = BLANK.repeat(10);
/** The space of one character between two things on a line. */
export const GAP = '　';
export const BLANK_DAY = '＿＿＿年＿＿月＿＿日';

/** Personal data inside a text; `text` is what people wrote freely, in which numbers may stand. */
export interface Secret {
  secret: 'idNumber' | 'phone' | 'text';
  value: string;
}

/** A text of a document, in pieces where personal data stands in it. */
export type Text = string | Secret | (string | Secret)[];

/** One part of a document, in the order in which it is printed; `T` is a text, with or without personal data marked. */
export type Block<T = Text> =
  | { heading: string }
  | { paragraph: T }
  /** To whom a letter goes: at the margin, without an indent. */
  | { addressee: T }
  /** Lines of labelled cells with borders. */
  | { grid: { label: string; value: T; wide?: boolean }[][] }
  | { table: PaperTable<T> }
  /** Side by side: who signs, and what stands under the signature. */
  | { signatures: { label: string; lines: string[] }[] }
  | { note: string };

export interface PaperTable<T> {
  columns: { label: string; look?: 'number' | 'narrow' | 'day' }[];
  rows: T[][];
  /** Sums under the rows. */
  foot?: string[];
}

/** A document: what it says, and what stands above and below it. */
export interface Paper<T = Text> {
  form: string;
  title: string;
  organisation: string;
  number: string | null;
  madeOn: CalendarDay;
  blocks: Block<T>[];
}

/** The same document as text: with its numbers masked, or in full. Lines that people wrote become paragraphs. */
export function printed(paper: Paper, numbers: 'masked' | 'full'): Paper<string> {
  const say = (text: Text): string => plain(text, numbers);
  return { ...paper, blocks: paper.blocks.flatMap((block) => printedBlock(block, say)) };
}

function printedBlock(block: Block, say: (text: Text) => string): Block<string>[] {
  if ('paragraph' in block) {
    const lines = say(block.paragraph).split(/\r?\n/);
    return lines.filter((line) => line.trim() !== '').map((line) => ({ paragraph: line.trim() }));
  }
  if ('addressee' in block) return [{ addressee: say(block.addressee) }];
  if ('grid' in block)
    return [{ grid: block.grid.map((row) => row.map((cell) => ({ ...cell, value: say(cell.value) }))) }];
  if ('table' in block)
    return [{ table: { ...block.table, rows: block.table.rows.map((row) => row.map(say)) } }];
  return [block];
}

function plain(text: Text, numbers: 'masked' | 'full'): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map((piece) => plain(piece, numbers)).join('');
  return numbers === 'full' ? text.value : MASKS[text.secret](text.value);
}

const MASKS: Record<Secret['secret'], (value: string) => string> = {
  idNumber: maskIdNumber,
  phone: maskPhone,
  text: withoutNumbers,
};

/** A day as a letter writes it, 2026年3月5日; a line to fill in when it is not known. */
export function dayInWords(day: CalendarDay | null | undefined): string {
  if (!day) return BLANK_DAY;
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** Text as it is known, or a line to fill in. */
export function known(text: string | null | undefined): string {
  return text?.trim() ? text : BLANK;
}

/** The same for personal data, and for what people write freely. */
export function knownSecret(secret: Secret['secret'], value: string | null | undefined): Text {
  if (value?.trim()) return { secret, value };
  return secret === 'text' ? TWO_LINES : BLANK;
}

/** A moment of the town's wall clock, 2026年3月5日14时30分. */
export function momentInWords(moment: string): string {
  const [day = '', time = ''] = moment.split(' ');
  const [hour, minute] = time.split(':').map(Number);
  return `${dayInWords(day)}${hour}时${String(minute).padStart(2, '0')}分`;
}
