/**
 * `npm test`: lint and format, type check, all tests on SQLite, those that touch the database again on MariaDB, and
 * the browser journeys. Lint and type check run beside the tests and are printed after them; the last line sums up.
 *
 * Which tests run where:
 * - `test/browser/**` are the browser journeys (on SQLite);
 * - every other `*.test.ts` runs once on SQLite;
 * - those of them that import `test/support/database.ts`, directly or through other files of `test/`, run again on
 *   MariaDB. Nothing has to be listed or named for that.
 *
 * What is not installed is skipped with a loud line at the end; with CI=true that is a failure. What failed is named
 * again at the end, with its reason.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startMariadb } from './mariadb.ts';
import type { Outcome, Totals } from './reporter.ts';
import { CHINESE_FONT, CHROMIUM, MARIADB } from './tools.ts';
import type { Tool } from './tools.ts';

interface StepResult extends Totals {
  step: string;
}

const TEST_FOLDER = resolve(import.meta.dirname, '..');
const PROJECT_FOLDER = dirname(TEST_FOLDER);
const DATABASE_SUPPORT = join(TEST_FOLDER, 'support', 'database.ts');
const MOCHA = join(PROJECT_FOLDER, 'node_modules', 'mocha', 'bin', 'mocha.js');

const scratch = mkdtempSync(join(tmpdir(), 'three-ones-run-'));
const running = new Set<ChildProcess>();
const warnings: string[] = [];

process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

const [tests, checks] = await Promise.all([
  runTests(),
  runChecks([
    ['lint and format', 'lint'],
    ['type check', 'typecheck'],
  ]),
]);
summarise([...checks.map(printCheck), ...tests]);

async function runTests(): Promise<StepResult[]> {
  const files = readdirSync(TEST_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(TEST_FOLDER, name))
    .sort();
  const browser = files.filter((file) => file.startsWith(join(TEST_FOLDER, 'browser')));
  const suite = files.filter((file) => !browser.includes(file));
  const onDatabase = suite.filter((file) => reachesDatabase(file));

  return [
    await runMocha('tests on SQLite', suite, { TEST_DATABASE_URL: undefined }),
    await runWith([MARIADB], 'tests on MariaDB', async (step) => {
      const server = await startMariadb();
      try {
        return await runMocha(step, onDatabase, { TEST_DATABASE_URL: server.url });
      } finally {
        await server.stop();
      }
    }),
    await runWith([CHROMIUM, CHINESE_FONT], 'browser journeys', (step) =>
      runMocha(step, browser, { TEST_DATABASE_URL: undefined }),
    ),
  ];
}

/** Runs a step when its tools are installed; otherwise notes each missing one, as a failure under CI=true. */
async function runWith(
  tools: Tool[],
  step: string,
  run: (step: string) => Promise<StepResult>,
): Promise<StepResult> {
  const missing = tools.filter((tool) => !tool.isInstalled());
  if (missing.length === 0) return run(step);
  const verdict = process.env.CI === 'true' ? 'FAILED' : 'SKIPPED';
  for (const { name, debianPackage } of missing) {
    warnings.push(`!!! ${verdict}: ${step}. ${name} is not installed: apt-get install ${debianPackage}`);
  }
  return verdict === 'FAILED'
    ? { step, passed: 0, failed: missing.length, skipped: 0 }
    : { step, passed: 0, failed: 0, skipped: missing.length };
}

async function runMocha(
  step: string,
  files: string[],
  environment: Record<string, string | undefined>,
): Promise<StepResult> {
  printHeading(step);
  const outcomePath = join(scratch, `${step}.json`);
  const reporter = [
    '--reporter',
    join(TEST_FOLDER, 'support', 'reporter.ts'),
    '--reporter-option',
    `outcome=${outcomePath}`,
  ];
  const child = start(process.execPath, [MOCHA, ...reporter, ...files], { stdio: 'inherit', environment });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  // Without an outcome mocha itself broke, for instance on a file that does not load.
  if (!existsSync(outcomePath)) return { step, passed: 0, failed: 1, skipped: 0 };
  const { failures, ...totals } = JSON.parse(readFileSync(outcomePath, 'utf8')) as Outcome;
  warnings.push(...failures.map(({ title, reason }) => `!!! FAILED: ${step}. ${title}\n${reason}`));
  return { step, ...totals, failed: exitCode === 0 ? totals.failed : Math.max(totals.failed, 1) };
}

interface Check {
  step: string;
  succeeded: boolean;
  output: string;
}

/** Runs scripts of package.json one after the other, without printing. */
async function runChecks(scripts: [step: string, script: string][]): Promise<Check[]> {
  const results: Check[] = [];
  for (const [step, script] of scripts) {
    const child = start('npm', ['run', '--silent', script], { stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (output += String(chunk)));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    results.push({ step, succeeded: exitCode === 0, output });
  }
  return results;
}

function printCheck({ step, succeeded, output }: Check): StepResult {
  printHeading(step);
  console.log(output.trim());
  return { step, passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

function start(
  program: string,
  parameters: string[],
  options: { stdio: 'inherit' | 'pipe'; environment?: Record<string, string | undefined> },
): ChildProcess {
  const child = spawn(program, parameters, {
    cwd: PROJECT_FOLDER,
    stdio: options.stdio,
    env: { ...process.env, ...options.environment },
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Whether a test file imports `support/database.ts`, directly or through other files of `test/`. */
function reachesDatabase(file: string, visited = new Set<string>()): boolean {
  if (file === DATABASE_SUPPORT) return true;
  if (visited.has(file) || !file.startsWith(TEST_FOLDER) || !existsSync(file)) return false;
  visited.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export|\}).*? from '(\.[^']+)';$|^import '(\.[^']+)';$/gm,
  );
  return [...imports].some(([, named, bare]) =>
    reachesDatabase(resolve(dirname(file), (named ?? bare) as string), visited),
  );
}

function summarise(results: StepResult[]): void {
  printHeading('summary');
  for (const result of results) console.log(`${result.step}: ${inWords(result)}`);
  for (const warning of warnings) console.log(`\n${warning}`);
  const sum = (key: keyof Totals): number => results.reduce((total, result) => total + result[key], 0);
  const totals = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.log(`\n${inWords(totals)}`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}

function inWords({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function printHeading(step: string): void {
  console.log(`\n=== ${step} ===\n`);
}
