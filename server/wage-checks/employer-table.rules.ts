import { dayOf, parseDay, type CalendarDay } from '../shared/calendar-day.ts';
import {
  cellText,
  readAmountFen,
  readCode,
  readCount,
  readInstant,
  type Reading,
} from '../shared/spreadsheets/cell-values.rules.ts';
import { createHeaderFinder, headerNames, type FoundHeader } from '../shared/spreadsheets/headers.rules.ts';
import type { SpreadsheetRow } from '../shared/spreadsheets/rows.ts';
import { RowReader, type RowFault, type SheetLayout } from '../shared/spreadsheets/sheet-rows.rules.ts';
import type { ReportValues } from './reports.rules.ts';
import { isMonth, type Month } from './rounds.rules.ts';

/** What the employers' table holds, one row per enterprise and month. */
export const TABLE_COLUMNS = [
  ...(['name', 'creditCode', 'month', 'headcount', 'migrants', 'women', 'payDay', 'paidOn'] as const),
  ...(['paidPeople', 'unpaidPeople', 'gross', 'net', 'arrearsPeople', 'arrears', 'arrearsSince'] as const),
] as const;
export type TableColumn = (typeof TABLE_COLUMNS)[number];

const NAMES: Record<TableColumn, string[]> = {
  name: headerNames('企业名称 单位名称 用人单位 企业 enterprise'),
  creditCode: headerNames('统一社会信用代码 社会信用代码 信用代码 creditcode'),
  month: headerNames('月份 所属月份 工资月份 month'),
  headcount: headerNames('职工人数 职工总数 用工人数 headcount'),
  migrants: headerNames('农民工人数 农民工 migrantworkers'),
  women: headerNames('女职工人数 女职工 women'),
  payDay: headerNames('约定发薪日 发薪日 agreedpayday'),
  paidOn: headerNames('实际发薪日期 实际发放日期 发放日期 paidon'),
  paidPeople: headerNames('已发人数 实发人数 peoplepaid'),
  unpaidPeople: headerNames('未发人数 peopleunpaid'),
  gross: headerNames('应发工资总额元 应发工资总额 应发工资 grosswagesyuan grosswages'),
  net: headerNames('实发工资总额元 实发工资总额 实发工资 netwagesyuan netwages'),
  arrearsPeople: headerNames('欠薪人数 被欠薪人数 peopleowed'),
  arrears: headerNames('欠薪金额元 欠薪金额 amountowedyuan amountowed'),
  arrearsSince: headerNames('欠薪起始日期 欠薪起始时间 owedsince'),
};

const find = createHeaderFinder<TableColumn>(NAMES);

/** The header of a table and what it lacks. */
export type TableHeader = FoundHeader<TableColumn> & { problems: { sentence: string }[] };

export function tableHeader(top: SpreadsheetRow[]): TableHeader {
  const found = find(top);
  const { columns } = found;
  const lacks: [boolean, string][] = [
    [columns.name === undefined && columns.creditCode === undefined, 'noName'],
    [columns.month === undefined, 'noMonth'],
    [columns.headcount === undefined, 'noHeadcount'],
  ];
  return {
    ...found,
    problems: lacks.flatMap(([lacking, what]) =>
      lacking ? [{ sentence: `wage-checks.tables.problems.${what}` }] : [],
    ),
  };
}

/** A row that could be read; amounts in fen. */
export type TableRow = { row: number; name: string; creditCode: string | null; month: Month } & Pick<
  ReportValues,
  | (
      | 'headcount'
      | 'migrants'
      | 'women'
      | 'payDay'
      | 'paidOn'
      | 'paidPeople'
      | 'unpaidPeople'
      | 'grossFen'
      | 'netFen'
    )
  | ('arrearsPeople' | 'arrearsFen' | 'arrearsSince')
>;

const SENTENCES = 'wage-checks.tables.faults';
const maxLengths = Object.fromEntries(TABLE_COLUMNS.map((key) => [key, 200])) as Record<TableColumn, number>;

/** Reads a row below the header; null for an empty one, and for one that the template left unfilled. */
export function readTableRow(
  source: SpreadsheetRow,
  layout: SheetLayout<TableColumn>,
): { taken: TableRow } | { faults: RowFault[] } | null {
  const reader = new RowReader(source, layout, { maxLengths, sentences: SENTENCES });
  const filled = TABLE_COLUMNS.slice(3).some((key) => cellText(reader.cell(key)) !== '');
  if (!filled) return null;
  const read = <T>(key: TableColumn, reading: Reading<T>): T | null => {
    if (reading.is === 'unreadable' || reading.is === 'absurd') reader.fault(key, 'unreadable');
    return reading.is === 'value' ? reading.value : null;
  };
  const people = (key: TableColumn): number | null => read(key, readCount(reader.cell(key)));
  const day = (key: TableColumn): CalendarDay | null => {
    const instant = read(key, readInstant(reader.cell(key)));
    return instant ? dayOf(instant) : null;
  };
  const amount = (key: TableColumn): number | null => read(key, readAmountFen(reader.cell(key)));
  const name = cellText(reader.cell('name'));
  const creditCode = read('creditCode', readCode(reader.cell('creditCode')));
  if (name === '' && creditCode === null) reader.fault('name', 'enterpriseMissing');
  const headcount = people('headcount');
  if (headcount === null) reader.fault('headcount', 'headcountMissing');
  const payDay = people('payDay');
  if (payDay !== null && payDay > 31) reader.fault('payDay', 'unreadable');
  const month = monthIn(cellText(reader.cell('month')));
  if (month === null) reader.fault('month', 'monthUnreadable');
  const taken = {
    ...{ row: source.row, name, creditCode, month: month ?? '', headcount: headcount ?? 0, payDay },
    ...{ migrants: people('migrants'), women: people('women'), paidOn: day('paidOn') },
    ...{ paidPeople: people('paidPeople') ?? 0, unpaidPeople: people('unpaidPeople') ?? 0 },
    ...{ grossFen: amount('gross'), netFen: amount('net') },
    ...{ arrearsPeople: people('arrearsPeople') ?? 0, arrearsFen: amount('arrears') ?? 0 },
    arrearsSince: day('arrearsSince'),
  };
  return reader.faults.length > 0 ? { faults: reader.faults } : { taken };
}

/** '2026-11', '2026年11月', '2026/11', or a day of the month. */
function monthIn(text: string): Month | null {
  const day = parseDay(text);
  if (day) return day.slice(0, 7);
  const parts = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(text.normalize('NFKC').replace(/\s/g, ''));
  const month = parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}` : '';
  return isMonth(month) ? month : null;
}
