import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, ResultSetHeader } from 'mysql2';
import {
  ConnectionAcquireTimeoutError,
  ConnectionError,
  IndexHints,
  literal,
  Op,
  Sequelize,
  Transaction,
  Utils,
  col,
  fn,
  where,
} from 'sequelize';
import type { IndexHint, Model, ModelStatic, WhereOptions } from 'sequelize';
import { queryTokens } from './search-tokens.ts';
import sqliteAdapter, { closeIdle, type Database } from './sqlite-adapter.ts';

/** This is the only file that knows which database it is: SQLite, or MySQL/MariaDB. */
const SERIALISATION_FAILURES = new Set([1213, 1205, 1047]);
const CONNECTION_LOSSES = new Set(['ECONNRESET', 'EPIPE', 'PROTOCOL_CONNECTION_LOST', 'ETIMEDOUT']);
const UNKNOWN_VARIABLE = 1193;
const DUPLICATE_KEY = 1062;
const STILL_REFERENCED = 1451;
const MAX_ATTEMPTS = 12;

const openTransaction = new AsyncLocalStorage<Transaction>();
let database: Sequelize | undefined;

// Sequelize asks this "namespace" for the transaction of the running work: models called inside `inTx` join it by
// themselves, so that no statement of a change can be left outside by a forgotten option.
(Sequelize as unknown as { useCLS(namespace: object): void }).useCLS({
  get: (key: string) => (key === 'transaction' ? openTransaction.getStore() : undefined),
  set: () => undefined,
  run: (work: (context: object) => unknown) => work({}),
  bind: <T>(work: T) => work,
});

/** Opens the process's database: `sqlite:PATH` or `mysql://user:password@host:port/name`. */
export function openDatabase(url: string): Sequelize {
  database = url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openMysql(url);
  return database;
}

/** Closes the pool and the idle SQLite handles; harmless when nothing is open. */
export async function closeDatabase(): Promise<void> {
  const closing = database;
  database = undefined;
  await closing?.close();
  closeIdle();
}

export function currentDatabase(): Sequelize {
  if (!database) throw new Error('openDatabase has not been called');
  return database;
}

function openSqlite(path: string): Sequelize {
  const storage = resolve(path);
  mkdirSync(dirname(storage), { recursive: true });
  return new Sequelize({
    dialect: 'sqlite',
    dialectModule: sqliteAdapter,
    storage,
    logging: false,
    define: { timestamps: false, freezeTableName: true },
  });
}

function openMysql(url: string): Sequelize {
  return new Sequelize(url.replace(/^mariadb:/, 'mysql:'), {
    dialect: 'mysql',
    logging: false,
    timezone: '+00:00',
    isolationLevel: Transaction.ISOLATION_LEVELS.READ_COMMITTED,
    pool: { max: 20, min: 0, acquire: 5_000, idle: 30_000 },
    // FOUND_ROWS: an UPDATE tells how many rows fitted its condition, as on SQLite, not how many it made different.
    dialectOptions: { charset: 'utf8mb4_unicode_520_ci', connectTimeout: 4_000, flags: ['FOUND_ROWS'] },
    define: { timestamps: false, freezeTableName: true },
    hooks: {
      afterConnect: async (connection) => {
        const run = (sql: string): Promise<void> =>
          new Promise((done, fail) => {
            (connection as { query(sql: string, then: (error: Error | null) => void): void }).query(
              sql,
              (error) => (error ? fail(error) : done()),
            );
          });
        await run(
          "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
        );
        // On a cluster a read that follows a write waits until this node has seen the write.
        await run('SET SESSION wsrep_sync_wait = 1').catch((error: { errno?: number }) => {
          if (error.errno !== UNKNOWN_VARIABLE) throw error;
        });
      },
    },
  });
}

function isSqlite(): boolean {
  return currentDatabase().getDialect() === 'sqlite';
}

/** Thrown by work inside `inTx` that somebody else has overtaken, and that is right when it begins again. */
export class LostRace extends Error {}

/**
 * Runs `work` in one transaction; inside another `inTx` it joins that one. The whole of `work` is run again when
 * the database says that it lost a race (1213, 1205, 1047, SQLite busy), the connection broke or `work` itself threw
 * LostRace, so `work` has no effects outside the database.
 */
export async function inTx<T>(work: () => Promise<T>): Promise<T> {
  if (openTransaction.getStore()) return work();
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(work);
    } catch (error) {
      if (!isTransient(error) || attempt === MAX_ATTEMPTS) throw error;
      await sleep(Math.random() * 10 * 2 ** Math.min(attempt, 6));
    }
  }
}

/** The transaction that the running work belongs to; an event or audit row outside of one is a programming error. */
export function requireTx(): void {
  if (!openTransaction.getStore()) throw new Error('this write belongs into inTx');
}

const readByTransaction = new WeakMap<Transaction, Map<string, Promise<unknown>>>();

/** Reads once per transaction what no work inside one changes, such as settings; outside of one each time. */
export function oncePerTx<T>(key: string, read: () => Promise<T>): Promise<T> {
  const transaction = openTransaction.getStore();
  if (!transaction) return read();
  const known = readByTransaction.get(transaction) ?? new Map<string, Promise<unknown>>();
  readByTransaction.set(transaction, known);
  const answer = known.get(key) ?? read();
  known.set(key, answer);
  return answer as Promise<T>;
}

async function runOnce<T>(work: () => Promise<T>): Promise<T> {
  const transaction = await currentDatabase().transaction(
    isSqlite() ? { type: Transaction.TYPES.IMMEDIATE } : {},
  );
  try {
    const result = await openTransaction.run(transaction, work);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

function isTransient(error: unknown): boolean {
  const { errno } = causeOf(error);
  return (
    error instanceof LostRace || isLost(error) || (errno !== undefined && SERIALISATION_FAILURES.has(errno))
  );
}

/** The connection broke in the middle, or somebody else kept the file for too long. */
function isLost(error: unknown): boolean {
  const { code } = causeOf(error);
  return code !== undefined && (CONNECTION_LOSSES.has(code) || code === 'SQLITE_BUSY');
}

/** Takes a row's lock until the transaction ends, so that others who check the same wait for it. */
export async function holdRow(table: string, id: string): Promise<void> {
  requireTx();
  await runStatement(`UPDATE \`${table}\` SET id = id WHERE id = :id`, { id });
}

interface Cause {
  errno?: number;
  code?: string;
  message?: string;
}

function causeOf(error: unknown): Cause {
  const failure = error as Cause & { original?: Cause };
  return failure.original ?? failure;
}

/** Whether the database could not be reached. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof ConnectionError || error instanceof ConnectionAcquireTimeoutError || isLost(error);
}

/** Whether a write failed because a row with the same unique key exists. */
export function isUniqueViolation(error: unknown): boolean {
  const { errno, message = '' } = causeOf(error);
  // On SQLite every broken constraint has the same number; only the text tells them apart.
  return isSqlite() ? /UNIQUE constraint failed/.test(message) : errno === DUPLICATE_KEY;
}

/** Whether a row could not go because another one leads to it. */
export function isReferenced(error: unknown): boolean {
  const { errno, message = '' } = causeOf(error);
  return isSqlite() ? /FOREIGN KEY constraint failed/.test(message) : errno === STILL_REFERENCED;
}

/** Values of a statement by their names in it, `:name`; a list becomes its members with commas between. */
type Replacements = Record<string, unknown>;

/**
 * Rows of a hand-written SELECT; values go in `replacements` only, where an empty list has no member. Sums come as
 * numbers (`asNumber`).
 */
export async function selectRows<T extends object>(
  sql: string,
  replacements: Replacements = {},
): Promise<T[]> {
  const statement = filled(sql, replacements);
  return onConnection(async (connection) => {
    const asked = isSqlite()
      ? (connection as Database).select(statement)
      : ask(connection as Connection, statement);
    return (await asked) as T[];
  }, statement);
}

/** Runs a hand-written UPDATE or DELETE; gives how many rows fitted its condition. */
export async function changeRows(sql: string, replacements: Replacements): Promise<number> {
  const statement = filled(sql, replacements);
  return onConnection(async (connection) => {
    if (isSqlite()) return (await (connection as Database).change(statement)).changes;
    return ((await ask(connection as Connection, statement)) as ResultSetHeader).affectedRows;
  }, statement);
}

/** Runs a hand-written statement, such as one step of a migration. */
export async function runStatement(sql: string, replacements: Replacements = {}): Promise<void> {
  await changeRows(sql, replacements);
}

/** What Sequelize has and does not show. */
interface Drivers {
  options: { logging?: false | ((sql: string) => void) };
  connectionManager: {
    getConnection(options: object): Promise<unknown>;
    releaseConnection(connection: unknown): void;
  };
}

interface OpenTransaction {
  connection: unknown;
  finished?: string;
}

/**
 * Lets `work` use the driver's connection, that of the running transaction if there is one: Sequelize's own way to the
 * driver takes longer than most statements do.
 */
async function onConnection<T>(work: (connection: unknown) => Promise<T>, statement: string): Promise<T> {
  const { connectionManager, options } = currentDatabase() as unknown as Drivers;
  if (options.logging) options.logging(statement);
  const transaction = openTransaction.getStore() as unknown as OpenTransaction | undefined;
  if (transaction?.finished) throw new Error(`${transaction.finished} has ended this transaction`);
  if (transaction) return work(transaction.connection);
  const connection = await connectionManager.getConnection({});
  try {
    return await work(connection);
  } finally {
    connectionManager.releaseConnection(connection);
  }
}

function ask(connection: Connection, sql: string, values?: unknown[]): Promise<unknown> {
  return new Promise((done, fail) => {
    connection.query({ sql, values }, (error, answer) => (error ? fail(error) : done(answer)));
  });
}

/** A statement of the program's own text with its values written into it. */
function filled(sql: string, replacements: Replacements): string {
  type Written = Record<string, string | number | boolean>;
  const written = Object.entries(replacements).map(([name, value]) => [name, replacement(value)]);
  if (written.length === 0) return sql;
  const dialect = currentDatabase().getDialect();
  return Utils.formatNamedParameters(sql, Object.fromEntries(written) as Written, dialect);
}

function replacement(value: unknown): unknown {
  if (value instanceof Date) return columnValue(value);
  if (!Array.isArray(value)) return value;
  // MariaDB takes no `IN ()`.
  return value.length === 0 ? null : value.map(replacement);
}

/** Stores lines of values in a table by the driver itself. */
export async function insertLines(table: string, names: string[], lines: StoredRows): Promise<void> {
  const statement = `INSERT INTO \`${table}\` (${list(names)}) VALUES`;
  await inTx(() =>
    onConnection(async (connection) => {
      if (isSqlite())
        return (connection as Database).runForEach(`${statement} (${names.map(() => '?').join()})`, lines);
      await ask(connection as Connection, `${statement} ?`, [lines]);
    }, statement),
  );
}

/** Rows as their table holds them, the values in the order of their columns. */
export type StoredRows = (string | number | null)[][];

/** A value as its column holds it. */
export function columnValue(value: unknown): string | number | null {
  if (value instanceof Date)
    return value
      .toISOString()
      .replace('T', ' ')
      .replace('Z', isSqlite() ? ' +00:00' : '');
  return typeof value === 'boolean' ? Number(value) : (value as string | number | null);
}

/** A SUM or COUNT as a number: MariaDB gives DECIMAL sums as text, and an empty sum is null. */
export function asNumber(value: unknown): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** A condition: the column contains this text, any letter case, with `%`, `_` and `\` meaning themselves. */
export function contains(column: string, text: string): WhereOptions {
  return where(fn('instr', fn('lower', col(column)), text.toLowerCase()), { [Op.gt]: 0 });
}

/**
 * A condition for a table with a text index (`createTextIndex`): every two-character run of `text` occurs; what has no
 * letter and no digit occurs nowhere.
 * `alias` is the model's name in the query. Tokens hold hexadecimal digits only, so they may stand in SQL.
 */
export function matchesText(alias: string, table: string, text: string): WhereOptions {
  const tokens = queryTokens(text);
  if (tokens.length === 0) return { id: [] };
  const condition = isSqlite()
    ? `\`${alias}\`.\`searchRow\` IN (SELECT rowid FROM ${table}_search WHERE ${table}_search MATCH '${tokens.join(' ')}')`
    : `MATCH(\`${alias}\`.\`searchTokens\`) AGAINST('${tokens.map((token) => `+${token}`).join(' ')}' IN BOOLEAN MODE)`;
  // eslint-disable-next-line no-restricted-syntax -- table names are the program's, tokens are hexadecimal digits
  return literal(condition);
}

/**
 * The value of a condition: what a hand-written SELECT of one column gives, `{ id: among('SELECT …', {…}) }`. Values go
 * in `replacements` only.
 */
export function among(select: string, replacements: Record<string, string | Date | string[]> = {}) {
  const escaped = (value: string | Date): string => currentDatabase().escape(value);
  const sql = select.replace(/:(\w+)/g, (_, name: string) =>
    [replacements[name] ?? []].flat().map(escaped).join(', '),
  );
  // eslint-disable-next-line no-restricted-syntax -- the text is the program's own, its values are escaped above
  return { [Op.in]: literal(`(${sql})`) };
}

/**
 * Options of a query that is to read a table by this index of its migration. MariaDB prices a range of an index that it
 * can also enter by its first column wrongly, and then walks a town's rows up to the range; SQLite needs no such word.
 */
export function byIndex(table: string, columns: string[] | null): { indexHints?: IndexHint[] } {
  return columns === null
    ? {}
    : { indexHints: [{ type: IndexHints.FORCE, values: [indexName('ix', table, columns)] }] };
}

/** A value in SQL. */
export function literalOf(value: string | number | null): string {
  return value === null ? 'NULL' : currentDatabase().escape(value);
}

/** A model's condition in SQL, `WHERE …`. */
export function whereOf<M extends Model>(model: ModelStatic<M>, condition: WhereOptions<M>): string {
  return queryGenerator().whereQuery(condition, { model });
}

/** What makes Sequelize's own statements. */
function queryGenerator() {
  return currentDatabase().getQueryInterface().queryGenerator as {
    selectQuery(table: unknown, options: object, model: ModelStatic<Model>): string;
    whereQuery(condition: WhereOptions, options: { model: ModelStatic<Model> }): string;
  };
}

/** How many rows of a model fulfil a condition, counted no further than `most`. */
export async function countUpTo(
  model: ModelStatic<Model>,
  condition: WhereOptions,
  most: number,
  options: ReturnType<typeof byIndex> = {},
): Promise<number> {
  // eslint-disable-next-line no-restricted-syntax -- no column is named, so that an index alone can answer
  const attributes = [[literal('1'), 'one']];
  const question = { attributes, where: condition, limit: most, ...options };
  const rows = queryGenerator().selectQuery(model.getTableName(), question, model);
  const [counted] = await selectRows<{ rowCount: unknown }>(
    `SELECT COUNT(*) AS rowCount FROM (${rows.replace(/;$/, '')}) AS counted`,
  );
  return asNumber(counted?.rowCount);
}

/** What one column of a new table is; see `models/migrations/columns.ts` for the kinds. */
export interface Column {
  type: string;
  nullable?: boolean;
  /** Compared byte by byte: ids, codes and numbers, where ABC is not abc. */
  exact?: boolean;
  references?: string;
  default?: string | number;
}

export interface TableOptions {
  primaryKey?: string[];
  unique?: string[][];
  indexes?: string[][];
  checks?: string[];
  /** The table has a `searchTokens` column that `matchesText` looks up. */
  textIndex?: boolean;
}

/** Creates a table, its keys and indexes; what exists already is left alone, so that a broken step can run again. */
export async function createTable(
  name: string,
  columns: Record<string, Column>,
  options: TableOptions = {},
): Promise<void> {
  const { primaryKey = ['id'], unique = [], indexes = [], checks = [], textIndex = false } = options;
  const rowNumber = textIndex && isSqlite();
  const lines = [
    ...(rowNumber ? ['`searchRow` INTEGER PRIMARY KEY'] : []),
    ...Object.entries(columns).map(([column, definition]) => columnSql(column, definition)),
    rowNumber ? `UNIQUE (${list(primaryKey)})` : `PRIMARY KEY (${list(primaryKey)})`,
    ...unique.map((key) => `CONSTRAINT \`${indexName('uq', name, key)}\` UNIQUE (${list(key)})`),
    ...checks.map((check) => `CHECK (${check})`),
    ...Object.entries(columns)
      .filter(([, definition]) => definition.references)
      .map(
        ([column, definition]) =>
          `FOREIGN KEY (\`${column}\`) REFERENCES \`${definition.references}\` (\`id\`)`,
      ),
  ];
  const engine = isSqlite() ? '' : ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci';
  await runStatement(`CREATE TABLE IF NOT EXISTS \`${name}\` (\n  ${lines.join(',\n  ')}\n)${engine}`);
  for (const index of indexes) await createIndex(name, index);
  if (textIndex) await createTextIndex(name);
}

export async function dropTable(name: string): Promise<void> {
  if (isSqlite()) await runStatement(`DROP TABLE IF EXISTS ${name}_search`);
  await runStatement(`DROP TABLE IF EXISTS \`${name}\``);
}

/** Adds an index unless it is there. */
export async function createIndex(table: string, columns: string[], kind = ''): Promise<void> {
  const name = indexName('ix', table, columns);
  const present = (await currentDatabase().getQueryInterface().showIndex(table)) as { name: string }[];
  if (present.some((index) => index.name === name)) return;
  await runStatement(`CREATE ${kind} INDEX \`${name}\` ON \`${table}\` (${list(columns)})`);
}

async function createTextIndex(table: string): Promise<void> {
  if (!isSqlite()) return createIndex(table, ['searchTokens'], 'FULLTEXT');
  const search = `${table}_search`;
  await runStatement(
    `CREATE VIRTUAL TABLE IF NOT EXISTS ${search} USING fts5(tokens, content='', contentless_delete=1, detail=none)`,
  );
  await runStatement(
    `CREATE TRIGGER IF NOT EXISTS ${search}_insert AFTER INSERT ON ${table} BEGIN
       INSERT INTO ${search} (rowid, tokens) VALUES (new.searchRow, new.searchTokens); END`,
  );
  await runStatement(
    `CREATE TRIGGER IF NOT EXISTS ${search}_update AFTER UPDATE OF searchTokens ON ${table} BEGIN
       DELETE FROM ${search} WHERE rowid = old.searchRow;
       INSERT INTO ${search} (rowid, tokens) VALUES (new.searchRow, new.searchTokens); END`,
  );
  await runStatement(
    `CREATE TRIGGER IF NOT EXISTS ${search}_delete AFTER DELETE ON ${table} BEGIN
       DELETE FROM ${search} WHERE rowid = old.searchRow; END`,
  );
}

function columnSql(name: string, column: Column): string {
  const collation = column.exact && !isSqlite() ? ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' : '';
  const absent =
    column.default !== undefined
      ? ` DEFAULT ${typeof column.default === 'number' ? column.default : `'${column.default}'`}`
      : '';
  return `\`${name}\` ${column.type}${collation} ${column.nullable ? 'NULL' : 'NOT NULL'}${absent}`;
}

function indexName(prefix: string, table: string, columns: string[]): string {
  return `${prefix}_${table}_${columns.join('_')}`.slice(0, 60);
}

function list(columns: string[]): string {
  return columns.map((column) => `\`${column}\``).join(', ');
}

/** The database's own time, the same for every process that uses it. */
export async function databaseTime(): Promise<Date> {
  const text = isSqlite()
    ? "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    : "DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%fZ')";
  const [row] = await selectRows<{ time: string }>(`SELECT ${text} AS time`);
  return new Date(row!.time);
}

/** Whether the database answers a query now. */
export async function databaseAnswers(): Promise<boolean> {
  try {
    await selectRows('SELECT 1 AS one');
    return true;
  } catch {
    return false;
  }
}
