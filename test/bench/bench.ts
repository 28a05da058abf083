/**
 * `npm run bench`: how fast the program is beside the least that could do the same work, in one run on one machine.
 * `--only import|ledger|list|case|group|report|opening|night|board|checks|enterprise|home`, `--cases 100000`, `--enterprises 20000`, `--database sqlite|mariadb`, `--fresh` (makes the town again,
 * which is kept under data/ on SQLite). Prints a table and writes data/bench.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../config/root.ts';
import { MARIADB } from '../support/tools.ts';
import { DATABASE_KINDS, openPlace, type DatabaseKind } from './databases.ts';
import { benchImport, IMPORTS, type ImportResult } from './imports.ts';
import { benchPages, PAGES, ROUND_PAGES, type PageResult } from './pages.ts';
import { benchRound, ROUND_JOBS, type RoundResult } from './rounds.ts';

type Result = { database: DatabaseKind; cases: number } & (PageResult | ImportResult | RoundResult);

const BENCHES = [...IMPORTS, ...PAGES, ...ROUND_JOBS, ...ROUND_PAGES] as const;
const FEWEST_CASES = 1000;

const { only, cases, enterprises, kinds, fresh } = readOptions();
const results: Result[] = [];
for (const kind of kinds) {
  if (kind === 'mariadb' && !MARIADB.isInstalled()) {
    process.stderr.write(
      `!!! SKIPPED: ${MARIADB.name} is not installed: apt-get install ${MARIADB.debianPackage}\n`,
    );
    continue;
  }
  results.push(...(await benchOn(kind)));
}
printTable(results);
write(results);

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      cases: { type: 'string', default: '100000' },
      enterprises: { type: 'string', default: '20000' },
      database: { type: 'string' },
      fresh: { type: 'boolean', default: false },
    },
  });
  const oneOf = <T extends string>(
    option: string,
    given: string | undefined,
    all: readonly T[],
  ): readonly T[] => {
    const chosen = all.filter((one) => given === undefined || one === given);
    if (chosen.length === 0) stop(`--${option} is one of ${all.join(', ')}`);
    return chosen;
  };
  const count = Number(values.cases);
  if (!Number.isInteger(count) || count < FEWEST_CASES) stop(`--cases is a number from ${FEWEST_CASES}`);
  return {
    only: oneOf('only', values.only, BENCHES),
    cases: count,
    enterprises: Number(values.enterprises),
    kinds: oneOf('database', values.database, DATABASE_KINDS),
    fresh: values.fresh,
  };
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function benchOn(database: DatabaseKind): Promise<Result[]> {
  const place = await openPlace(database);
  try {
    const found: (PageResult | ImportResult | RoundResult)[] = [];
    for (const bench of chosenOf(IMPORTS)) found.push(...(await benchImport(bench, await place.empty())));
    const pages = chosenOf(PAGES);
    if (pages.length > 0) found.push(...(await benchPages(await place.town(cases, fresh), pages)));
    const [jobs, lists] = [chosenOf(ROUND_JOBS), chosenOf(ROUND_PAGES)];
    if (jobs.length + lists.length > 0) {
      const config = await place.round(enterprises);
      found.push(...(await benchRound()).filter(({ bench }) => only.includes(bench)));
      if (lists.length > 0) found.push(...(await benchPages(config, lists)));
    }
    return found.map((result) => ({ database, cases, ...result }));
  } finally {
    await place.stop();
  }
}

function chosenOf<T extends (typeof BENCHES)[number]>(some: readonly T[]): T[] {
  return some.filter((name) => only.includes(name));
}

function printTable(all: Result[]): void {
  const isImport = (result: Result): result is Result & ImportResult => 'file' in result;
  const isRound = (result: Result): result is Result & RoundResult => 'rows' in result && !isImport(result);
  const pages = all.filter((result): result is Result & PageResult => 'ours' in result);
  const imports = all.filter(isImport);
  const rounds = all.filter(isRound);
  if (rounds.length > 0)
    printColumns([
      ['round', 'database', 'enterprises', 'seconds', 'bare', 'ratio (≤ 3)'],
      ...rounds.map((result) => [
        result.bench,
        result.database,
        result.rows.toLocaleString('en'),
        result.seconds.toFixed(2),
        result.bareSeconds.toFixed(2),
        result.ratio.toFixed(2),
      ]),
    ]);
  if (imports.length > 0)
    printColumns([
      [
        'import of',
        'database',
        'rows/s',
        'seconds',
        'bare parse',
        'bare insert',
        'ratio (≤ 3)',
        'peak MB (< 512)',
      ],
      ...imports.map((result) => [
        `${result.bench === 'ledger' ? 'ledger' : 'tickets'}, ${result.rows.toLocaleString('en')} rows, .${result.file}`,
        result.database,
        result.rowsPerSecond.toFixed(0),
        result.seconds.toFixed(2),
        result.bareParseSeconds.toFixed(2),
        result.bareInsertSeconds.toFixed(2),
        result.ratio.toFixed(2),
        result.peakMegabytes.toFixed(0),
      ]),
    ]);
  if (pages.length > 0)
    printColumns([
      [
        'page',
        'database',
        'cases',
        'requests/s',
        'bare',
        'ratio (≥ 0.5)',
        'p95 ms',
        'bare',
        'statements',
        'KB',
      ],
      ...pages.map((result) => [
        result.bench,
        result.database,
        result.cases.toLocaleString('en'),
        result.ours.requestsPerSecond.toFixed(0),
        result.bare.requestsPerSecond.toFixed(0),
        result.ratio.toFixed(2),
        result.ours.p95Ms.toFixed(0),
        result.bare.p95Ms.toFixed(0),
        String(result.statements),
        result.kilobytes.toFixed(0),
      ]),
    ]);
}

function printColumns(rows: string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => (column < 2 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)))
      .join('  '),
  );
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

function write(all: Result[]): void {
  const folder = join(projectRoot, 'data');
  mkdirSync(folder, { recursive: true });
  const machine = { node: process.version, processors: cpus().length };
  const path = join(folder, 'bench.json');
  writeFileSync(
    path,
    `${JSON.stringify({ at: new Date().toISOString(), machine, results: all }, null, 2)}\n`,
  );
  process.stdout.write(`\nwritten to ${path}\n`);
}
