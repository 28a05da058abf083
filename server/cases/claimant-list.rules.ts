import {
  countsInWan,
  createHeaderFinder,
  headerNames,
  unusedHeaders,
} from '../shared/spreadsheets/headers.rules.ts';
import { parseYuan } from '../shared/money.ts';
import { birthDateOf, genderOf, isIdNumber, isPhone } from '../shared/personal-data.rules.ts';
import { writtenDay, type CalendarDay } from '../shared/calendar-day.ts';
import type { Gender } from './case.rules.ts';
import { cutLines, type CutLine } from './claimant-lines.rules.ts';
import { exceedsClaim } from './claims.rules.ts';

/** The most lines that are taken at once. */
export const MOST_LINES = 500;
/** 10亿 yuan, the most that any form takes. */
const MOST_FEN = 100_000_000_000;
const LONGEST_NAME = 100;

const KEYS = ['name', 'gender', 'idNumber', 'phone', 'claimed', 'agreed'] as const;
type Key = (typeof KEYS)[number];

const findHeader = createHeaderFinder<Key>({
  name: headerNames('姓名 劳动者姓名 职工姓名 员工姓名 申请人 申请人姓名 劳动者 职工 员工 工人 名字 name'),
  gender: headerNames('性别 gender sex'),
  idNumber: headerNames('身份证号 身份证号码 身份证 公民身份号码 证件号码 证件号 idnumber id'),
  phone: headerNames('联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 phone'),
  claimed: headerNames(
    '诉求金额 请求金额 申请金额 拖欠金额 欠薪金额 拖欠工资 欠付工资 欠薪 未发工资 应付工资 应发工资 涉及金额 金额 工资 claimed amount',
  ),
  agreed: headerNames('协议金额 调解金额 约定金额 达成金额 agreed'),
});

export interface LineFault {
  sentence: string;
  values?: Record<string, string | number>;
}

/** A person of the list as their line says it; a line with faults is not taken. Amounts in fen. */
export interface ClaimantLine {
  row: number;
  name: string;
  idNumber: string | null;
  gender: Gender | null;
  birthDate: CalendarDay | null;
  phone: string | null;
  claimedFen: number | null;
  agreedFen: number | null;
  /** What no column was known for. */
  leftOut: string[];
  faults: LineFault[];
}

export interface ClaimantList {
  lines: ClaimantLine[];
  /** Headers of columns that are not taken over. */
  unused: string[];
}

type Known = Pick<ClaimantLine, 'name' | 'idNumber' | 'phone'>;

/**
 * Reads a pasted list of people: by its header where it has one, else by what each cell looks like (of two amounts the
 * first is claimed, the second agreed). Who stands twice in it, or is `known` to the case already, has a fault.
 */
export function readClaimantList(text: string, known: readonly Known[]): ClaimantList {
  const cut = cutLines(text);
  const header = findHeader(cut);
  const below = cut.filter(({ row }) => row > (header.headerRow ?? 0)).filter((line) => !isTotal(line));
  const named = header.columns.name !== undefined;
  const numbered = isNumbered(below);
  const lines = below.map((line, index) =>
    lineOf(line, index, named ? cellsByHeader(line, header) : cellsByLook(line, numbered)),
  );
  markRepeated(lines, known);
  return { lines, unused: named ? unusedHeaders(header) : [] };
}

/** The line of the sums is nobody. */
const isTotal = ({ cells }: CutLine): boolean =>
  cells.some((cell) => /^(?:合\s*计|总\s*计|小\s*计|total)[:：]?$/i.test(cell));

interface FoundCells extends Partial<Record<Key, string>> {
  leftOut: string[];
  faults: LineFault[];
}

type Header = ReturnType<typeof findHeader>;

function cellsByHeader({ cells, spaced }: CutLine, { columns, headers }: Header): FoundCells {
  if (spaced && cells.length !== headers.length)
    return { leftOut: cells, faults: [fault('cellCount', { cells: cells.length, headers: headers.length })] };
  const found: FoundCells = { leftOut: [], faults: [] };
  for (const key of KEYS) {
    const column = columns[key];
    const text = column === undefined ? '' : (cells[column] ?? '');
    if (text === '' || /^[-—/]+$/.test(text)) continue;
    const isAmount = key === 'claimed' || key === 'agreed';
    found[key] = isAmount && countsInWan(headers[column!] ?? '') ? `${text}万` : text;
  }
  return found;
}

const NAME = /^(?:[\p{Script=Han}·•]{2,20}|[\p{L}][\p{L} .·'’-]{1,60})$/u;
const ID_LIKE = /^(?:\d{15}|\d{17}[\dX]?)$/;
const PHONE_LIKE = /^\+?[\d-]{8,16}$/;

/** Whether the first cells count the lines, with few gaps: an amount would be lost if it were taken for such a number. */
function isNumbered(lines: readonly CutLine[]): boolean {
  const numbers = lines.map(({ cells }) =>
    /^\d{1,4}[.)]?$/.test(cells[0] ?? '') ? parseInt(cells[0]!, 10) : 0,
  );
  const [first = 0] = numbers;
  if (numbers.length === 1) return first === 1;
  const rising = numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
  return rising && numbers.at(-1)! - first < 2 * numbers.length;
}

/** An ID number or a phone that is right wins over one that only looks like it, such as the number of a bank card. */
function cellsByLook({ cells }: CutLine, numbered: boolean): FoundCells {
  const found: FoundCells = { leftOut: [], faults: [] };
  const amounts: string[] = [];
  const put = (key: 'idNumber' | 'phone', text: string, isRight: boolean): void => {
    const before = found[key];
    if (before === undefined) found[key] = text;
    else if (isRight && !rightly(key, before)) {
      found.leftOut.push(before);
      found[key] = text;
    } else found.leftOut.push(text);
  };
  for (const text of numbered ? cells.slice(1) : cells) {
    if (text === '' || /^[-—/]+$/.test(text)) continue;
    if (genderMeant(text)) {
      found.gender = text;
      continue;
    }
    if (ID_LIKE.test(tidyCode(text))) put('idNumber', text, rightly('idNumber', text));
    else if (PHONE_LIKE.test(tidyCode(text)) && writtenDay(text) === null)
      put('phone', text, rightly('phone', text));
    else if (/\d/.test(text.normalize('NFKC')) && parseYuan(text) !== null) amounts.push(text);
    else if (found.name === undefined && NAME.test(text)) found.name = text;
    else found.leftOut.push(text);
  }
  if (amounts.length <= 2) [found.claimed, found.agreed] = amounts;
  else found.faults.push(fault('tooManyAmounts', { count: amounts.length }));
  return found;
}

const GENDERS: Record<string, Gender> = { 男: 'male', 男性: 'male', 女: 'female', 女性: 'female' };

const genderMeant = (text: string): Gender | null => GENDERS[text.trim()] ?? null;

/** A number as it is compared and stored: half width, without spaces, for a mobile phone without hyphens and +86. */
function tidyCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s'‘’]/g, '')
    .toUpperCase();
}

function tidyPhone(text: string): string {
  const code = tidyCode(text);
  const mobile = code.replace(/-/g, '').replace(/^\+?86(?=1\d{10}$)/, '');
  return /^1\d{10}$/.test(mobile) ? mobile : code;
}

const rightly = (key: 'idNumber' | 'phone', text: string): boolean =>
  key === 'idNumber' ? isIdNumber(tidyCode(text)) : isPhone(tidyPhone(text));

const fault = (code: string, values?: LineFault['values']): LineFault => ({
  sentence: `group.faults.${code}`,
  ...(values ? { values } : {}),
});

function lineOf(line: CutLine, index: number, found: FoundCells): ClaimantLine {
  const faults = [...found.faults];
  if (index >= MOST_LINES) faults.push(fault('tooManyLines', { most: MOST_LINES }));
  if (line.ambiguous) faults.push(fault('ambiguousAmount'));
  const written = (found.name ?? '').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  // What stands under the name may be an ID number that slipped a column: it is not said again.
  const name = /\d/.test(written.normalize('NFKC')) ? '' : written;
  if (name === '' && faults.length === 0) faults.push(fault(written === '' ? 'nameMissing' : 'name'));
  if (name.length > LONGEST_NAME) faults.push(fault('nameTooLong', { most: LONGEST_NAME }));
  const code = (key: 'idNumber' | 'phone', tidy: (text: string) => string): string | null => {
    const text = found[key];
    if (text === undefined || rightly(key, text)) return text === undefined ? null : tidy(text);
    faults.push(fault(key));
    return null;
  };
  const amount = (key: 'claimed' | 'agreed'): number | null => {
    const text = found[key];
    const fen = text === undefined ? null : parseYuan(text);
    if (text !== undefined && (fen === null || fen > MOST_FEN)) faults.push(fault(key));
    return fen;
  };
  const idNumber = code('idNumber', tidyCode);
  const phone = code('phone', tidyPhone);
  const amounts = { claimedFen: amount('claimed'), agreedFen: amount('agreed') };
  if (exceedsClaim(amounts)) faults.push(fault('agreedAboveClaimed'));
  const born = {
    // The ID number knows better than what was typed beside it.
    gender: idNumber === null ? genderMeant(found.gender ?? '') : genderOf(idNumber),
    birthDate: idNumber && birthDateOf(idNumber),
  };
  return { row: line.row, name, idNumber, phone, ...born, ...amounts, leftOut: found.leftOut, faults };
}

/** The same person: by ID number; where one of the two has none, by name and phone. */
function sameAs(one: Known, other: Known): boolean {
  if (one.idNumber !== null && other.idNumber !== null) return one.idNumber === other.idNumber;
  return one.phone !== null && one.phone === other.phone && one.name === other.name;
}

function markRepeated(lines: ClaimantLine[], known: readonly Known[]): void {
  for (const [index, line] of lines.entries()) {
    if (known.some((other) => sameAs(line, other))) line.faults.push(fault('inCase'));
    const first = lines.slice(0, index).find((other) => sameAs(line, other));
    if (first) line.faults.push(fault('twice', { row: first.row }));
  }
}
