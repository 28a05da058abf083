import { existsSync, renameSync, rmSync } from 'node:fs';
import { readConfig } from '../config/index.ts';
import { closeDatabase } from '../models/dialect.ts';
import { loadDemo } from '../models/seeds/demo/load.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../models/seeds/demo/town.ts';
import { migrate, serve, stopOnSignal } from './program.ts';

/** `npm run demo`: the demo town on a database of its own; `--fresh` begins again. */
const FILE = 'data/demo.sqlite';
const LOADING = 'data/demo-loading.sqlite';

function configOf(file: string) {
  return readConfig({ LOG_LEVEL: 'warn', ...process.env, DATABASE_URL: `sqlite:${file}` });
}

function remove(file: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
}

/** Loads beside the file and renames at the end, so that an interrupted load is begun again. */
async function load(): Promise<void> {
  const began = performance.now();
  console.log('loading the demo town …');
  remove(LOADING);
  await migrate(configOf(LOADING));
  await loadDemo((line) => console.log(`  ${line}`));
  await closeDatabase();
  for (const ending of ['-wal', ''])
    if (existsSync(LOADING + ending)) renameSync(LOADING + ending, FILE + ending);
  console.log(`  loaded in ${Math.round((performance.now() - began) / 1000)} s`);
}

if (process.argv.includes('--fresh')) remove(FILE);
if (!existsSync(FILE)) await load();
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
