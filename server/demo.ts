import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { readConfig } from '../config/index.ts';
import { closeDatabase } from '../models/dialect.ts';
import { loadDemo } from '../models/seeds/demo/load.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../models/seeds/demo/town.ts';
import { migrate, serve, stopOnSignal } from './program.ts';

/** `npm run demo`: the demo town on a database of its own; `--fresh` begins again. */
const FILE = 'data/demo.sqlite';
const LOADING = 'data/demo-loading.sqlite';
const LOAD_ONLY = '--load-only';

function configOf(file: string) {
  return readConfig({ LOG_LEVEL: 'warn', ...process.env, DATABASE_URL: `sqlite:${file}` });
}

function remove(file: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
}

async function load(): Promise<void> {
  const began = performance.now();
  console.log('loading the demo town …');
  await migrate(configOf(LOADING), { warnings: false });
  await loadDemo((line) => console.log(`  ${line}`));
  await closeDatabase();
  console.log(`  loaded in ${Math.round((performance.now() - began) / 1000)} s`);
}

/**
 * Loads beside the file and renames at the end, so that an interrupted load is begun again. Another process loads: a handle
 * that this one still had on the file would share its memory with no other process under the new name.
 */
function loadInAnotherProcess(): void {
  remove(LOADING);
  const { status } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, LOAD_ONLY], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  for (const ending of ['-wal', ''])
    if (existsSync(LOADING + ending)) renameSync(LOADING + ending, FILE + ending);
  remove(LOADING);
}

async function serveDemo(): Promise<void> {
  const config = configOf(FILE);
  await migrate(config);
  const { address, stop } = await serve(config);
  stopOnSignal(stop);

  console.log(`\n三个一 is at ${address}\n`);
  console.log(`password of every account: ${DEMO_PASSWORD}`);
  for (const { username, note } of DEMO_ACCOUNTS) console.log(`  ${username.padEnd(12)} ${note}`);
  console.log(`
the same data on the command line:
  DATABASE_URL=${config.databaseUrl} npm run -s cli -- report indicators --from 2022-01-01 --to 2022-12-31 --json
`);
}

if (process.argv.includes(LOAD_ONLY)) await load();
else {
  if (process.argv.includes('--fresh')) remove(FILE);
  if (!existsSync(FILE)) loadInAnotherProcess();
  await serveDemo();
}
