import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { readConfig, type Config } from '../../config/index.ts';
import { projectRoot } from '../../config/root.ts';
import { closeDatabase, runStatement } from '../../models/dialect.ts';
import { migrate } from '../../server/program.ts';
import { startMariadb } from '../support/mariadb.ts';
import { fillBenchRound } from './bench-round.ts';
import { fillBenchTown } from './bench-town.ts';

export const DATABASE_KINDS = ['sqlite', 'mariadb'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** Where the databases of one kind are made; `stop` removes what is not kept for the next run. */
export interface DatabasePlace {
  /** A migrated database without tickets and cases. */
  empty(): Promise<Config>;
  /** A database with the town of the bench. */
  town(cases: number, fresh: boolean): Promise<Config>;
  /** A database with a town of so many enterprises, whose present round is not open. */
  round(enterprises: number): Promise<Config>;
  stop(): Promise<void>;
}

const DATA_FOLDER = join(projectRoot, 'data');
/** A server in use has more than the 64 MB of the tests; the town's rows fit. */
const BUFFER_POOL_BYTES = 1_073_741_824;

/** What the program is started with; the keys are fixed, so that a kept database can be read again. */
export function environmentFor(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    SESSION_SECRET: 'the secret of the sessions of the bench',
    DATA_KEY: Buffer.alloc(32, 'bench').toString('base64'),
  };
}

export async function openPlace(kind: DatabaseKind): Promise<DatabasePlace> {
  return kind === 'sqlite' ? sqlitePlace() : mariadbPlace();
}

function sqlitePlace(): DatabasePlace {
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-bench-'));
  return {
    empty: () => migrated(`sqlite:${join(folder, 'import.sqlite')}`),
    town: async (cases, fresh) => {
      const path = join(DATA_FOLDER, `bench-${cases}-${contentVersion()}.sqlite`);
      if (fresh || !existsSync(path)) {
        for (const name of existsSync(DATA_FOLDER) ? readdirSync(DATA_FOLDER) : [])
          if (name.startsWith(`bench-${cases}-`)) rmSync(join(DATA_FOLDER, name));
        const unfinished = `${path}.unfinished`;
        await filled(`sqlite:${unfinished}`, 'cases', cases, async () => {
          await fillBenchTown(cases);
          await runStatement('PRAGMA wal_checkpoint(TRUNCATE)');
        });
        renameSync(unfinished, path);
      }
      return migrated(`sqlite:${path}`);
    },
    round: async (enterprises) => {
      const url = `sqlite:${join(folder, 'round.sqlite')}`;
      await filled(url, 'enterprises', enterprises, fillBenchRound);
      return migrated(url);
    },
    stop: async () => {
      await closeDatabase();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function mariadbPlace(): Promise<DatabasePlace> {
  const server = await startMariadb();
  const connection = await mysql.createConnection(server.url);
  await connection.query('SET GLOBAL innodb_buffer_pool_size = ?', [BUFFER_POOL_BYTES]);
  const create = async (name: string): Promise<string> => {
    await connection.query('CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci', [name]);
    return new URL(name, server.url).href;
  };
  return {
    empty: async () => migrated(await create('bench_import')),
    town: async (cases) => {
      const url = await create('bench_town');
      await filled(url, 'cases', cases, fillBenchTown);
      return migrated(url);
    },
    round: async (enterprises) => {
      const url = await create('bench_round');
      await filled(url, 'enterprises', enterprises, fillBenchRound);
      return migrated(url);
    },
    stop: async () => {
      await closeDatabase();
      await connection.end();
      await server.stop();
    },
  };
}

/** Opens a database, migrated, as the process's one. */
async function migrated(url: string): Promise<Config> {
  await closeDatabase();
  const config = readConfig(environmentFor(url));
  await migrate(config);
  return config;
}

async function filled(
  url: string,
  what: string,
  count: number,
  fill: (count: number) => Promise<void>,
): Promise<void> {
  await migrated(url);
  const began = performance.now();
  await fill(count);
  await closeDatabase();
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stderr.write(`made ${count.toLocaleString('en')} ${what} in ${seconds} s\n`);
}

/** Changes when the schema or the town does, so that a kept database is made anew. */
function contentVersion(): string {
  const migrations = join(projectRoot, 'models', 'migrations');
  const sources = [
    join(import.meta.dirname, 'bench-town.ts'),
    ...readdirSync(migrations).map((name) => join(migrations, name)),
  ];
  const hash = createHash('sha256');
  for (const source of sources.sort()) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 8);
}
