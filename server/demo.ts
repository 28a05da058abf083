import { existsSync, rmSync } from 'node:fs';
import { readConfig } from '../config/index.ts';
import { User } from '../models/accounts.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../models/seeds/demo/town.ts';
import { loadDemo } from '../models/seeds/demo/load.ts';
import { migrate, serve, stopOnSignal } from './program.ts';

/** `npm run demo`: the demo town on a database of its own; `--fresh` begins again. */
const FILE = 'data/demo.sqlite';
const DATABASE_URL = `sqlite:${FILE}`;

if (process.argv.includes('--fresh'))
  for (const ending of ['', '-wal', '-shm']) rmSync(FILE + ending, { force: true });

const began = Date.now();
const config = readConfig({ LOG_LEVEL: 'warn', ...process.env, DATABASE_URL });
const known = existsSync(FILE);
await migrate(config);
if (!known || (await User.count()) === 0) {
  console.log('loading the demo town …');
  await loadDemo((line) => console.log(`  ${line}`));
  console.log(`  loaded in ${Math.round((Date.now() - began) / 1000)} s`);
}
const { address, stop } = await serve(config);
stopOnSignal(stop);

console.log(`\n三个一 is at ${address}\n`);
console.log(`password of every account: ${DEMO_PASSWORD}`);
for (const { username, note } of DEMO_ACCOUNTS) console.log(`  ${username.padEnd(12)} ${note}`);
console.log(`
the same data on the command line:
  DATABASE_URL=${DATABASE_URL} npm run -s cli -- report indicators --from 2022-01-01 --to 2022-12-31 --json
`);
