import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { QueryTypes } from 'sequelize';
import { closeDatabase } from '../../models/dialect.ts';
import { useDataKey } from '../../models/encryption.ts';
import { openModels } from '../../models/index.ts';
import { migrateUp } from '../../models/migrate.ts';
import { forgetCalendar } from '../../server/deadlines/calendar.queries.ts';

/** The process's test database: made and migrated once, then brought back to that state for every test file. */
interface TestDatabase {
  url: string;
  reset(): Promise<void>;
  drop(): Promise<void>;
}

let current: TestDatabase | undefined;

/**
 * Gives the tests of a file (or of one `describe`) a database as it is after the migrations and nothing else.
 * It is a SQLite file; with `TEST_DATABASE_URL=mysql://…` it is a new database of that server. `url` is what a child
 * process needs as `DATABASE_URL`.
 */
export function useDatabase(): { readonly url: string } {
  before(async () => {
    current ??= await createTestDatabase();
    await current.reset();
    forgetCalendar();
  });
  return {
    get url(): string {
      if (!current) throw new Error('the database exists only while the tests run');
      return current.url;
    },
  };
}

/** Closes and removes the process's test database; for the root hook at the end of a run. */
export async function releaseDatabase(): Promise<void> {
  const database = current;
  current = undefined;
  await closeDatabase();
  await database?.drop();
}

async function createTestDatabase(): Promise<TestDatabase> {
  useDataKey(Buffer.alloc(32, 'test'));
  const server = process.env.TEST_DATABASE_URL;
  return server ? createOnServer(server) : createFile();
}

async function createFile(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-test-'));
  const file = join(folder, 'town.sqlite');
  const template = join(folder, 'template.sqlite');
  const url = `sqlite:${file}`;
  const sequelize = openModels(url);
  await migrateUp();
  const tables = await sequelize.query<{ name: string }>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    { type: QueryTypes.SELECT },
  );
  await sequelize.query('VACUUM INTO :template', { replacements: { template } });

  const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
    DatabaseSync: new (
      path: string,
      options: { timeout: number },
    ) => { exec(sql: string): void; close(): void };
  };
  const script = [
    'PRAGMA foreign_keys = OFF',
    `ATTACH '${template}' AS template`,
    'BEGIN IMMEDIATE',
    ...tables.flatMap(({ name }) => restoreTable(name, 'template')),
    'COMMIT',
  ].join(';\n');
  return {
    url,
    reset: () => {
      const connection = new DatabaseSync(file, { timeout: 5_000 });
      connection.exec(script);
      connection.close();
      return Promise.resolve();
    },
    drop: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}

async function createOnServer(server: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = `${name}_template`;
  const url = new URL(name, server).href;
  const connection = await mysql.createConnection({ uri: server, multipleStatements: true });

  // The migrations run twice, because MariaDB has no copy of a database within the server.
  for (const database of [template, name]) {
    await connection.query(
      `CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
    );
    await closeDatabase();
    openModels(new URL(database, server).href);
    await migrateUp();
  }
  const [tables] = await connection.query<mysql.RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [name],
  );
  const script = [
    `USE ${name}`,
    'SET foreign_key_checks = 0',
    'START TRANSACTION',
    ...tables.flatMap((table) => restoreTable(table.name as string, template)),
    'COMMIT',
  ].join(';\n');
  return {
    url,
    reset: async () => {
      await connection.query(script);
    },
    drop: async () => {
      await connection.query(`DROP DATABASE ${name}; DROP DATABASE ${template}`);
      await connection.end();
    },
  };
}

function restoreTable(table: string, template: string): string[] {
  return [`DELETE FROM \`${table}\``, `INSERT INTO \`${table}\` SELECT * FROM ${template}.\`${table}\``];
}
