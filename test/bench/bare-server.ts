/**
 * What the pages are measured against: Express and Handlebars and nothing else. It runs the statements of one of our
 * pages through the bare driver, prints every row that they give in a table, and fills up with still text to the
 * length of our page. `node bare-server.ts ORDER.json`.
 */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import express from 'express';
import handlebars from 'handlebars';
import mysql from 'mysql2/promise';

export interface BareOrder {
  statements: string[];
  /** Length of our page in bytes. */
  bytes: number;
}

type Row = Record<string, unknown>;

const PAGE = handlebars.compile(`<!doctype html><html lang="zh-CN"><head><title>bare</title></head><body>
{{#each tables}}<table>{{#each this}}<tr>{{#each this}}<td>{{this}}</td>{{/each}}</tr>
{{/each}}</table>
{{/each}}<p>{{still}}</p></body></html>`);

const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as BareOrder;
const run = openDriver(process.env['DATABASE_URL']!);
const render = async (still: string): Promise<string> => PAGE({ tables: await run(order.statements), still });
const still = 'x'.repeat(Math.max(0, order.bytes - Buffer.byteLength(await render(''))));

const app = express();
app.get('/', async (_req, res) => {
  res.type('html').send(await render(still));
});
const server = app.listen(0, '127.0.0.1', () => {
  // A report's statements block this process; an idle connection must not be found too old after that.
  server.keepAliveTimeout = 60_000;
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

/** Runs statements one after the other; on SQLite each is prepared once. */
function openDriver(url: string): (statements: string[]) => Promise<Row[][]> {
  if (url.startsWith('sqlite:')) {
    const { DatabaseSync } = createRequire(import.meta.url)('@photostructure/sqlite') as {
      DatabaseSync: new (path: string) => { prepare(sql: string): { all(): Row[] } };
    };
    const database = new DatabaseSync(url.slice('sqlite:'.length));
    const prepared = new Map<string, { all(): Row[] }>();
    const statementFor = (sql: string): { all(): Row[] } => {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      return statement;
    };
    return (statements) => Promise.resolve(statements.map((sql) => statementFor(sql).all()));
  }
  const pool = mysql.createPool({ uri: url, connectionLimit: 20, dateStrings: true });
  return async (statements) => {
    const answers: Row[][] = [];
    for (const sql of statements) answers.push((await pool.query<mysql.RowDataPacket[]>(sql))[0]);
    return answers;
  };
}
