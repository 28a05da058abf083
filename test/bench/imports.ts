import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Config } from '../../config/index.ts';
import { runStatement } from '../../models/dialect.ts';
import { demoComplaints, hotlineSheet, type DemoComplaint } from '../../models/seeds/demo/complaints.ts';
import { demoEnterprises } from '../../models/seeds/demo/names.ts';
import { seededRandom } from '../../models/seeds/demo/random.ts';
import { dayOf } from '../../server/shared/calendar-day.ts';
import { writeXlsx, type SheetToWrite } from '../../server/shared/spreadsheets/write-xlsx.ts';
import type { BareImportRun } from './bare-import-run.ts';
import { runChild } from './child.ts';
import { environmentFor } from './databases.ts';
import type { ImportRun } from './import-run.ts';

/** `import`: tickets of the hotline; `ledger`: closed cases of past years. */
export const IMPORTS = ['import', 'ledger'] as const;
export type ImportBench = (typeof IMPORTS)[number];

export interface ImportResult {
  bench: ImportBench;
  file: 'xlsx' | 'csv';
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  peakMegabytes: number;
  bareParseSeconds: number;
  bareInsertSeconds: number;
  /** The time of the import by that of a bare parse and a bare insert. */
  ratio: number;
}

const ROWS: Record<ImportBench, number> = { import: 50_000, ledger: 25_000 };
/** What each fills, in the order in which rows name each other. */
const TABLES: Record<ImportBench, string[]> = {
  import: ['tickets'],
  ledger: ['cases', 'respondents', 'tickets', 'ledger_recoveries', 'case_events'],
};
/** Ours, bare, ours, bare; the quicker one of each counts. */
const ROUNDS = 2;

/** Measures an import into the open, empty database, of an .xlsx and of a .csv. */
export async function benchImport(bench: ImportBench, config: Config): Promise<ImportResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-bench-'));
  try {
    const results: ImportResult[] = [];
    for (const [file, bytes] of await filesOf(bench)) {
      const path = join(folder, `${bench}.${file}`);
      writeFileSync(path, bytes);
      results.push({ bench, file, ...(await compare(bench, path, config)) });
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function filesOf(bench: ImportBench): Promise<['xlsx' | 'csv', Uint8Array | string][]> {
  const rows = ROWS[bench];
  const random = seededRandom(rows);
  const complaints = demoComplaints(
    {
      prefix: 'IM',
      from: '2022-01-01',
      to: '2022-12-31',
      totalFen: rows * 1_215_000,
      outcomes: { settledAtOnce: rows },
    },
    demoEnterprises(random),
    random,
  );
  const sheet =
    bench === 'ledger'
      ? ledgerSheet(complaints)
      : hotlineSheet('12345热线诉求工单明细', complaints, 0, random);
  return [
    ['xlsx', await writeXlsx([sheet])],
    ['csv', stringify(sheet.rows.slice(1))],
  ];
}

/** A town's ledger with a title above the header, in yuan. */
function ledgerSheet(complaints: readonly DemoComplaint[]): SheetToWrite {
  const header =
    '编号 受理日期 结案日期 用人单位 所属村 争议类型 调解层级 调解结果 涉及金额 协议金额 追回金额 涉及人数 来源';
  const rows = complaints.map((complaint) => {
    const [day, amount] = [dayOf(complaint.receivedAt), complaint.amountFen / 100];
    return [
      ...[complaint.number, day, day, complaint.enterprise.name, complaint.enterprise.village],
      ...['工资', '村', '达成协议', amount, amount, amount, complaint.workers, '12345热线'],
    ];
  });
  return { name: '台账', headerRows: 2, rows: [['劳动争议调解台账'], header.split(' '), ...rows] };
}

async function compare(
  bench: ImportBench,
  path: string,
  config: Config,
): Promise<Omit<ImportResult, 'bench' | 'file'>> {
  const [rows, tables] = [ROWS[bench], TABLES[bench]];
  const environment = environmentFor(config.databaseUrl);
  const ours: ImportRun[] = [];
  const bare: BareImportRun[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const table of tables.toReversed()) await runStatement(`DELETE FROM ${table}`);
    ours.push(await runChild<ImportRun>('test/bench/import-run.ts', environment, [bench, path]));
    bare.push(await runChild<BareImportRun>('test/bench/bare-import-run.ts', environment, [path, ...tables]));
  }
  const wrong = [...ours.map(({ stored }) => stored), ...bare.map(({ inserted }) => inserted)].find(
    (n) => n !== rows,
  );
  if (wrong !== undefined) throw new Error(`${path}: ${wrong} rows instead of ${rows}`);
  const seconds = Math.min(...ours.map((run) => run.seconds));
  const bareParseSeconds = Math.min(...bare.map((run) => run.parseSeconds));
  const bareInsertSeconds = Math.min(...bare.map((run) => run.insertSeconds));
  return {
    rows,
    seconds,
    rowsPerSecond: rows / seconds,
    peakMegabytes: Math.max(...ours.map((run) => run.peakMegabytes)),
    bareParseSeconds,
    bareInsertSeconds,
    ratio: seconds / (bareParseSeconds + bareInsertSeconds),
  };
}
