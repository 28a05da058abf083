/**
 * What an import is measured against, in a process of its own: `node bare-import-run.ts FILE`. A library reads the
 * file, and the bare driver stores the rows that the program has just imported, after their tickets were removed.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'csv-parse';
import { streamXlsxRows } from 'hucre/xlsx';
import mysql from 'mysql2/promise';

export interface BareImportRun {
  parsed: number;
  parseSeconds: number;
  inserted: number;
  insertSeconds: number;
}

type Value = string | number | null;
const ROWS_AT_A_TIME = 500;

const [file, databaseUrl] = [process.argv[2]!, process.env['DATABASE_URL']!];
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
  const rows = database.prepare('SELECT * FROM tickets').all();
  database.exec('DELETE FROM tickets');
  const places = Object.keys(rows[0]!).map(() => '?');
  const began = performance.now();
  database.exec('BEGIN IMMEDIATE');
  const insert = database.prepare(['INSERT INTO tickets VALUES (', places.join(), ')'].join(''));
  for (const row of rows) insert.run(...Object.values(row));
  database.exec('COMMIT');
  return { inserted: rows.length, insertSeconds: (performance.now() - began) / 1000 };
}

async function storeInMysql(): Promise<{ inserted: number; insertSeconds: number }> {
  const connection = await mysql.createConnection({ uri: databaseUrl, dateStrings: true });
  const [rows] = await connection.query<mysql.RowDataPacket[]>('SELECT * FROM tickets');
  await connection.query('DELETE FROM tickets');
  const values = rows.map((row) => Object.values(row) as Value[]);
  const began = performance.now();
  await connection.query('START TRANSACTION');
  for (let start = 0; start < values.length; start += ROWS_AT_A_TIME)
    await connection.query('INSERT INTO tickets VALUES ?', [values.slice(start, start + ROWS_AT_A_TIME)]);
  await connection.query('COMMIT');
  const insertSeconds = (performance.now() - began) / 1000;
  await connection.end();
  return { inserted: rows.length, insertSeconds };
}
