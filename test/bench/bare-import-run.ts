/**
 * What an import is measured against, in a process of its own: `node bare-import-run.ts FILE TABLE…`. A library reads
 * the file, and the bare driver stores the rows that the program has just put into these tables, once they are removed.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';
import mysql from 'mysql2/promise';

export interface BareImportRun {
  parsed: number;
  parseSeconds: number;
  /** Rows of the first table. */
  inserted: number;
  insertSeconds: number;
}

type Value = string | number | null;
const ROWS_AT_A_TIME = 500;

const [file, ...tables] = process.argv.slice(2) as [string, ...string[]];
const databaseUrl = process.env['DATABASE_URL']!;
/** Tables are emptied in the other order: a row may only name one that is there. */
const emptied = tables.toReversed();
const parseBegan = performance.now();
const parsed = await parseFile();
const parseSeconds = (performance.now() - parseBegan) / 1000;
const stored = databaseUrl.startsWith('sqlite:') ? storeInSqlite() : await storeInMysql();
process.stdout.write(JSON.stringify({ parsed, parseSeconds, ...stored } satisfies BareImportRun));

async function parseFile(): Promise<number> {
  const rows = file.endsWith('.csv')
    ? createReadStream(file).pipe(parse())
    : streamXlsxRows(readFileSync(file));
  let count = 0;
  for await (const _ of rows as AsyncIterable<unknown>) count++;
  return count;
}

function storeInSqlite(): { inserted: number; insertSeconds: number } {
  const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
    DatabaseSync: new (path: string) => {
      exec(sql: string): void;
      prepare(sql: string): { all(): Record<string, Value>[]; run(...values: Value[]): void };
    };
  };
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  const stored = tables.map((table) => ({
    table,
    rows: database.prepare(['SELECT * FROM', table].join(' ')).all(),
  }));
  for (const table of emptied) database.exec(['DELETE FROM', table].join(' '));
  const began = performance.now();
  database.exec('BEGIN IMMEDIATE');
  for (const { table, rows } of stored) {
    const places = Object.keys(rows[0] ?? {}).map(() => '?');
    const insert = database.prepare(['INSERT INTO', table, 'VALUES (', places.join(), ')'].join(' '));
    for (const row of rows) insert.run(...Object.values(row));
  }
  database.exec('COMMIT');
  return { inserted: stored[0]!.rows.length, insertSeconds: (performance.now() - began) / 1000 };
}

async function storeInMysql(): Promise<{ inserted: number; insertSeconds: number }> {
  const connection = await mysql.createConnection({ uri: databaseUrl, dateStrings: true });
  const stored: { table: string; values: Value[][] }[] = [];
  for (const table of tables) {
    const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT * FROM ??', [table]);
    stored.push({ table, values: rows.map((row) => Object.values(row) as Value[]) });
  }
  for (const table of emptied) await connection.query('DELETE FROM ??', [table]);
  const began = performance.now();
  await connection.query('START TRANSACTION');
  for (const { table, values } of stored)
    for (let start = 0; start < values.length; start += ROWS_AT_A_TIME)
      await connection.query('INSERT INTO ?? VALUES ?', [table, values.slice(start, start + ROWS_AT_A_TIME)]);
  await connection.query('COMMIT');
  const insertSeconds = (performance.now() - began) / 1000;
  await connection.end();
  return { inserted: stored[0]!.values.length, insertSeconds };
}
