import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Config } from '../../config/index.ts';
import { runStatement } from '../../models/dialect.ts';
import { demoComplaints, hotlineSheet } from '../../models/seeds/demo/complaints.ts';
import { demoEnterprises } from '../../models/seeds/demo/names.ts';
import { seededRandom } from '../../models/seeds/demo/random.ts';
import { writeXlsx } from '../../server/shared/spreadsheets/write-xlsx.ts';
import type { BareImportRun } from './bare-import-run.ts';
import { runChild } from './child.ts';
import { environmentFor } from './databases.ts';
import type { ImportRun } from './import-run.ts';

export interface ImportResult {
  bench: 'import';
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

const ROWS = 50_000;
/** Ours, bare, ours, bare; the quicker one of each counts. */
const ROUNDS = 2;

/** Measures the import of 50,000 rows into the open, empty database. */
export async function benchImport(config: Config): Promise<ImportResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-bench-'));
  try {
    const results: ImportResult[] = [];
    for (const [file, bytes] of await hotlineFiles()) {
      const path = join(folder, `hotline.${file}`);
      writeFileSync(path, bytes);
      results.push({ bench: 'import', file, ...(await compare(path, config)) });
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function hotlineFiles(): Promise<['xlsx' | 'csv', Uint8Array | string][]> {
  const random = seededRandom(50_000);
  const complaints = demoComplaints(
    {
      prefix: 'IM',
      from: '2022-01-01',
      to: '2022-12-31',
      totalFen: ROWS * 1_215_000,
      outcomes: { settledAtOnce: ROWS },
    },
    demoEnterprises(random),
    random,
  );
  const sheet = hotlineSheet('12345热线诉求工单明细', complaints, 0, random);
  return [
    ['xlsx', await writeXlsx([sheet])],
    ['csv', stringify(sheet.rows.slice(1))],
  ];
}

async function compare(path: string, config: Config): Promise<Omit<ImportResult, 'bench' | 'file'>> {
  const environment = environmentFor(config.databaseUrl);
  const ours: ImportRun[] = [];
  const bare: BareImportRun[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await runStatement('DELETE FROM tickets');
    ours.push(await runChild<ImportRun>('test/bench/import-run.ts', environment, [path]));
    bare.push(await runChild<BareImportRun>('test/bench/bare-import-run.ts', environment, [path]));
  }
  const wrong = [...ours.map(({ stored }) => stored), ...bare.map(({ inserted }) => inserted)].find(
    (n) => n !== ROWS,
  );
  if (wrong !== undefined) throw new Error(`${path}: ${wrong} rows instead of ${ROWS}`);
  const seconds = Math.min(...ours.map((run) => run.seconds));
  const bareParseSeconds = Math.min(...bare.map((run) => run.parseSeconds));
  const bareInsertSeconds = Math.min(...bare.map((run) => run.insertSeconds));
  return {
    rows: ROWS,
    seconds,
    rowsPerSecond: ROWS / seconds,
    peakMegabytes: Math.max(...ours.map((run) => run.peakMegabytes)),
    bareParseSeconds,
    bareInsertSeconds,
    ratio: seconds / (bareParseSeconds + bareInsertSeconds),
  };
}
