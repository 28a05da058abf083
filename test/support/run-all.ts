/**
 * `npm test`: lint and format, type check, all tests on SQLite, those that touch the database again on MariaDB, and
 * the browser journeys. Program and tests are compiled once, because compiling as they load takes longer than most
 * tests. They run in parts, as many at once as there are processors; each part is a process with a database of its
 * own, and is printed when it ends. Lint and type check come first; the last line sums up.
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
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
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
const FILES_OF_A_PART = 20;
const ROOM_BYTES = 2 * 2 ** 30;
const MOCHA = join(PROJECT_FOLDER, 'node_modules', 'mocha', 'lib', 'cli', 'cli.js');

const scratch = mkdtempSync(join(quickFolder(), 'three-ones-run-'));
process.env.TMPDIR = scratch;
const compiled = compiledFolder();
const mochaOptions = writeMochaOptions();
const running = new Set<ChildProcess>();
const warnings: string[] = [];

process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
  for (const folder of [scratch, compiled]) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

await compile();
const server = MARIADB.isInstalled() ? await startMariadb() : undefined;
try {
  summarise(await inParallel(everyTask(server?.url), availableParallelism()));
} finally {
  await server?.stop();
}

/** One process of the run; those of one step are counted together. */
type Task = () => Promise<StepResult>;

function everyTask(mariadbUrl: string | undefined): Task[] {
  const files = readdirSync(TEST_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(TEST_FOLDER, name))
    .sort();
  const browser = files.filter((file) => file.startsWith(join(TEST_FOLDER, 'browser')));
  const suite = files.filter((file) => !browser.includes(file));
  const onDatabase = suite.filter((file) => reachesDatabase(file));

  return [
    () => runCheck('lint and format', 'lint'),
    () => runCheck('type check', 'typecheck'),
    ...withTools([CHROMIUM, CHINESE_FONT], 'browser journeys', browser, { TEST_DATABASE_URL: undefined }),
    ...withTools([MARIADB], 'tests on MariaDB', onDatabase, { TEST_DATABASE_URL: mariadbUrl }),
    ...withTools([], 'tests on SQLite', suite, { TEST_DATABASE_URL: undefined }),
  ];
}

/** The parts of a step, when its tools are installed; otherwise notes each missing one, as a failure under CI=true. */
function withTools(
  tools: Tool[],
  step: string,
  files: string[],
  environment: Record<string, string | undefined>,
): Task[] {
  const missing = tools.filter((tool) => !tool.isInstalled());
  const failed = process.env.CI === 'true';
  for (const { name, debianPackage } of missing) {
    const verdict = failed ? 'FAILED' : 'SKIPPED';
    warnings.push(`!!! ${verdict}: ${step}. ${name} is not installed: apt-get install ${debianPackage}`);
  }
  if (missing.length > 0) {
    const totals = { passed: 0, failed: failed ? missing.length : 0, skipped: failed ? 0 : missing.length };
    return [() => Promise.resolve({ step, ...totals })];
  }
  const parts = Math.ceil(files.length / FILES_OF_A_PART);
  return Array.from({ length: parts }, (_, part) => () => {
    const ofPart = files.filter((_file, index) => index % parts === part);
    return runMocha(step, `${step}, part ${part + 1} of ${parts}`, ofPart, environment);
  });
}

/** Where temporary files and the private MariaDB lie: in memory where there is room, because it syncs much to disk. */
function quickFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= ROOM_BYTES ? memory : tmpdir();
}

/** A new folder for what is compiled: under the project, so that its packages and views are found from there. */
function compiledFolder(): string {
  const parent = join(PROJECT_FOLDER, 'dist');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'tests-'));
}

/** Compiles program and tests; whether their types are right is another step. */
async function compile(): Promise<void> {
  const parameters = ['--noCheck', '--noEmit', 'false', '--sourceMap', '--outDir', compiled];
  const { exitCode, output } = await runToEnd('npx', ['--no-install', 'tsc', ...parameters]);
  if (exitCode !== 0) throw new Error(`program and tests do not compile:\n${output}`);
}

function compiledFile(file: string): string {
  return join(compiled, relative(PROJECT_FOLDER, file)).replace(/\.ts$/, '.js');
}

/** The options of a single `npx mocha`, with what is compiled instead of a compiler. */
function writeMochaOptions(): string {
  const path = join(scratch, 'mocha.json');
  const options = JSON.parse(readFileSync(join(PROJECT_FOLDER, '.mocharc.json'), 'utf8')) as {
    require: string[];
    'node-option'?: string[];
  };
  delete options['node-option'];
  options.require = options.require.map((file) => compiledFile(join(PROJECT_FOLDER, file)));
  writeFileSync(path, JSON.stringify(options));
  return path;
}

/** Runs the tasks in their order, `atOnce` of them at a time. */
async function inParallel(tasks: Task[], atOnce: number): Promise<StepResult[]> {
  const waiting = [...tasks];
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) results.push(await task());
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function runMocha(
  step: string,
  part: string,
  files: string[],
  environment: Record<string, string | undefined>,
): Promise<StepResult> {
  // No comma may stand in its path: mocha takes what follows one for the next option.
  const outcomePath = join(mkdtempSync(join(scratch, 'part-')), 'outcome.json');
  const reporter = compiledFile(join(TEST_FOLDER, 'support', 'reporter.ts'));
  const { exitCode, output } = await runToEnd(
    process.execPath,
    [
      ...['--enable-source-maps', MOCHA, '--config', mochaOptions],
      ...['--reporter', reporter, '--reporter-option', `outcome=${outcomePath}`],
      ...files.map(compiledFile),
    ],
    environment,
  );
  print(part, output);
  // Without an outcome mocha itself broke, for instance on a file that does not load.
  if (!existsSync(outcomePath)) {
    warnings.push(`!!! FAILED: ${part} broke before its end: ${output.slice(-2000)}`);
    return { step, passed: 0, failed: 1, skipped: 0 };
  }
  const { failures, ...totals } = JSON.parse(readFileSync(outcomePath, 'utf8')) as Outcome;
  warnings.push(...failures.map(({ title, reason }) => `!!! FAILED: ${step}. ${title}\n${reason}`));
  return { step, ...totals, failed: exitCode === 0 ? totals.failed : Math.max(totals.failed, 1) };
}

/** Runs a script of package.json. */
async function runCheck(step: string, script: string): Promise<StepResult> {
  const { exitCode, output } = await runToEnd('npm', ['run', '--silent', script]);
  print(step, output);
  const succeeded = exitCode === 0;
  if (!succeeded) warnings.push(`!!! FAILED: ${step}\n${output}`);
  return { step, passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

async function runToEnd(
  program: string,
  parameters: string[],
  environment: Record<string, string | undefined> = {},
): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(program, parameters, {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  return { exitCode, output };
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
  const sum = (counted: StepResult[]): Totals => ({
    passed: counted.reduce((total, { passed }) => total + passed, 0),
    failed: counted.reduce((total, { failed }) => total + failed, 0),
    skipped: counted.reduce((total, { skipped }) => total + skipped, 0),
  });
  print('summary', '');
  for (const name of new Set(results.map(({ step }) => step))) {
    console.log(`${name}: ${inWords(sum(results.filter(({ step }) => step === name)))}`);
  }
  for (const warning of warnings) console.log(`\n${warning}`);
  const totals = sum(results);
  console.log(`\n${inWords(totals)}`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}

function inWords({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function print(heading: string, output: string): void {
  console.log(`\n=== ${heading} ===\n\n${output.trim()}`);
}
