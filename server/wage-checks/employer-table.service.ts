import { createHash } from 'node:crypto';
import { inTx } from '../../models/dialect.ts';
import { Enterprise } from '../../models/directory.ts';
import { WageCheck, WageReport } from '../../models/wage-checks.ts';
import { may, type Reader } from '../accounts/access.rules.ts';
import { recordAudit } from '../accounts/audit.service.ts';
import { tidyCreditCode } from '../directory/credit-code.rules.ts';
import { normaliseEnterpriseName } from '../directory/enterprise-name.rules.ts';
import { today } from '../shared/clock.ts';
import { Stale, Unacceptable } from '../shared/errors.ts';
import { formatYuan } from '../shared/money.ts';
import { openTable } from '../shared/spreadsheets/open-sheet.ts';
import type { RowFault, SheetLayout } from '../shared/spreadsheets/sheet-rows.rules.ts';
import { readTableRow, tableHeader, type TableColumn, type TableRow } from './employer-table.rules.ts';
import { keepReport } from './reports.service.ts';
import { isUnusual, REPORT_FIELDS, reportFaults, type ReportValues } from './reports.rules.ts';
import { refreshCheck } from './wage-checks.service.ts';

/** A table as it was read. */
export interface EmployerTable {
  layout: SheetLayout<TableColumn>;
  rows: TableRow[];
  faults: RowFault[];
}

/** A row that would be stored. */
export interface TableReport {
  row: TableRow;
  enterprise: string;
  check: WageCheck;
  existing: WageReport | null;
  values: ReportValues;
}

/** What confirming a table would do. */
export interface TableFindings {
  taken: TableReport[];
  known: number;
  faults: RowFault[];
  /** The same for the same reports. */
  fingerprint: string;
}

/** @throws Unacceptable for a file that cannot be read, or lacks a column that it must have */
export async function readEmployerTable(bytes: Uint8Array): Promise<EmployerTable> {
  const { headers, columns, problems, rows: sources } = await openTable(bytes, tableHeader);
  const [problem] = problems;
  if (problem) throw new Unacceptable(problem.sentence, {}, 'file');
  const layout = { headers, columns, only: {} };
  const rows: TableRow[] = [];
  const faults: RowFault[] = [];
  for await (const source of sources) {
    const read = readTableRow(source, layout);
    if (read && 'taken' in read) rows.push(read.taken);
    else if (read) faults.push(...read.faults);
  }
  return { layout, rows, faults };
}

/** Reads a file that somebody sent for a town. @throws Unacceptable also for a town where the reader may not import */
export async function checkEmployerTable(reader: Reader, townId: string, bytes: Uint8Array): Promise<void> {
  if (!may(reader, 'wageChecks.importTables', { townId }))
    throw new Unacceptable('errors.notInList', {}, 'townId');
  await readEmployerTable(bytes);
}

/** What of a table is new, changed, known or faulty in a town. */
export async function compareTable(townId: string, table: EmployerTable): Promise<TableFindings> {
  const town = await loadTown(townId, table);
  const findings: TableFindings = { taken: [], known: 0, faults: [...table.faults], fingerprint: '' };
  const seen = new Set<string>();
  for (const row of table.rows) {
    const compared = compareRow(row, town, seen);
    if ('faults' in compared)
      findings.faults.push(
        ...compared.faults.map(([column, sentence]) => faultOf(table, row, column, sentence)),
      );
    else if (compared.existing && sameValues(compared.existing, compared.values)) findings.known++;
    else findings.taken.push(compared);
  }
  return { ...findings, fingerprint: fingerprintOf(findings.taken) };
}

/** What a town knows of the months of a table. */
async function loadTown(townId: string, { rows }: EmployerTable) {
  const enterprises = await Enterprise.findAll({
    where: { townId },
    attributes: ['id', 'name', 'creditCode', 'normalisedName'],
    raw: true,
  });
  const checks = await WageCheck.findAll({
    where: { townId, month: [...new Set(rows.map(({ month }) => month))] },
  });
  const existing = await WageReport.findAll({
    where: { openKey: checks.map(({ id }) => `${id}:employer`) },
  });
  return {
    find: enterpriseFinder(enterprises),
    checks: new Map(checks.map((check) => [`${check.enterpriseId}:${check.month}`, check])),
    reports: new Map(existing.map((report) => [report.checkId, report])),
  };
}

type Faults = { faults: [TableColumn, string][] };

/** A row against what the town knows; the checks of earlier rows are `seen`. */
function compareRow(
  row: TableRow,
  { find, checks, reports }: Awaited<ReturnType<typeof loadTown>>,
  seen: Set<string>,
): TableReport | Faults {
  const fault = (column: TableColumn, name: string): Faults => ({
    faults: [[column, `wage-checks.tables.faults.${name}`]],
  });
  const found = find(row);
  if (typeof found === 'string') return fault('name', found);
  const check = checks.get(`${found.id}:${row.month}`);
  if (!check) return fault('month', 'noCheck');
  if (check.leftOutReason !== null) return fault('month', 'leftOut');
  if (seen.has(check.id)) return fault('month', 'twice');
  seen.add(check.id);
  const existing = reports.get(check.id) ?? null;
  const values = valuesOf(row, existing);
  const wrong = reportFaults(values, today());
  if (wrong.length > 0)
    return {
      faults: wrong.map(({ field, sentence }) => [COLUMN_OF[field] ?? (field as TableColumn), sentence]),
    };
  return { row, enterprise: found.name, check, existing, values };
}

const COLUMN_OF: Partial<Record<keyof ReportValues, TableColumn>> = {
  ...{ grossFen: 'gross', netFen: 'net', arrearsFen: 'arrears', nothingUnusual: 'name' },
};

function faultOf({ layout }: EmployerTable, row: TableRow, column: TableColumn, sentence: string): RowFault {
  const header = layout.headers[layout.columns[column] ?? -1] ?? '';
  return { row: row.row, column: header, value: writtenIn(row, column), reason: { sentence } };
}

/** What a row has in a column, as it was read. */
function writtenIn(row: TableRow, column: TableColumn): string {
  if (column === 'name') return row.name || (row.creditCode ?? '');
  const yuan = (fen: number | null): string => (fen === null ? '' : formatYuan(fen));
  if (column === 'gross') return yuan(row.grossFen);
  if (column === 'net') return yuan(row.netFen);
  if (column === 'arrears') return yuan(row.arrearsFen);
  return String(row[column] ?? '');
}

type Known = Pick<Enterprise, 'id' | 'name' | 'creditCode' | 'normalisedName'>;

/** Finds the enterprise of a row by its credit code, else by its name; else what is wrong. */
function enterpriseFinder(
  enterprises: Known[],
): (row: TableRow) => Known | 'enterpriseUnknown' | 'enterpriseAmbiguous' {
  const byCode = new Map(
    enterprises.flatMap((one) => (one.creditCode ? [[one.creditCode, one] as const] : [])),
  );
  return ({ name, creditCode }) => {
    const coded = creditCode === null ? undefined : byCode.get(tidyCreditCode(creditCode));
    if (coded) return coded;
    const key = normaliseEnterpriseName(name);
    const named = enterprises.filter(
      (one) => one.name === name || (key !== '' && one.normalisedName === key),
    );
    if (named.length > 1) return 'enterpriseAmbiguous';
    return named[0] ?? 'enterpriseUnknown';
  };
}

const EMPTY: ReportValues = {
  ...{
    headcount: 0,
    migrants: null,
    women: null,
    dispatched: null,
    overAge: null,
    payDay: null,
    paidOn: null,
  },
  ...{ paidPeople: 0, unpaidPeople: 0, grossFen: null, netFen: null, arrearsPeople: 0, arrearsFen: 0 },
  ...{ arrearsSince: null, deferredUntil: null, deferralConsent: null, belowMinimum: null },
  ...{ leaversUnpaid: null, leaversUnpaidSince: null, risks: [], channel: null, wageSlips: null },
  ...{ protection: {}, nothingUnusual: false, note: null },
};

function valuesOf(
  { row: _, name: __, creditCode: ___, month: ____, ...told }: TableRow,
  report: WageReport | null,
): ReportValues {
  const before = report
    ? (Object.fromEntries(REPORT_FIELDS.map((field) => [field, report[field]])) as unknown as ReportValues)
    : EMPTY;
  const values = { ...before, ...told, payDay: told.payDay ?? before.payDay };
  return { ...values, nothingUnusual: !isUnusual(values) };
}

function sameValues(report: WageReport, values: ReportValues): boolean {
  return REPORT_FIELDS.every((field) => JSON.stringify(report[field]) === JSON.stringify(values[field]));
}

function fingerprintOf(taken: TableReport[]): string {
  const told = taken.map(({ check, existing, values }) => [check.id, existing?.version ?? null, values]);
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}

/** Stores a table that was looked at, all in one transaction. @throws Stale when that would be something else than `shown` */
export async function confirmTable(
  reader: Reader,
  { townId, fileName, sha256 }: { townId: string; fileName: string; sha256: string },
  table: EmployerTable,
  shown: string,
): Promise<void> {
  await inTx(async () => {
    const { taken, known, faults, fingerprint } = await compareTable(townId, table);
    if (fingerprint !== shown) throw new Stale();
    const by = { source: 'employer' as const, informantId: null, key: 'employer' };
    for (const { check, existing, values } of taken) {
      await keepReport(reader, check, by, existing?.version ?? null, values);
      await refreshCheck(check.id);
    }
    const detail = { fileName, sha256, stored: taken.length, known, faulty: faults.length };
    await recordAudit(reader.userId, {
      action: 'importWageTable',
      objectType: 'area',
      objectId: townId,
      detail,
    });
  });
}

/** The enterprises that a template names, with the month that it asks about. */
export async function templateRows(townIds: string[], most: number): Promise<Known[]> {
  return Enterprise.findAll({
    where: { townId: townIds, active: true },
    attributes: ['id', 'name', 'creditCode', 'normalisedName'],
    order: [['normalisedName', 'ASC']],
    limit: most,
    raw: true,
  });
}
