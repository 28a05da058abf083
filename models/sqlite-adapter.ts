/**
 * The interface of the `sqlite3` package, as far as Sequelize uses it (`dialectModule`), over a synchronous
 * SQLite driver: `@photostructure/sqlite`, or with `SQLITE_IMPL=node:sqlite` the one built into Node 22 and later.
 *
 * Three things are done differently from a plain wrapper, because each of them stopped the process in trials:
 * - The driver never waits for a lock itself: that would freeze the event loop, and with it the very transaction
 *   that holds the lock. A busy statement is tried again by a timer.
 * - Statements give way to the event loop every few milliseconds. Promises alone starve I/O, and old statements are
 *   then never finalised.
 * - Native handles are pooled, because Sequelize opens one connection per transaction.
 *
 * A fourth saves time: Sequelize writes values into its SELECTs, and preparing one of a wide table takes ten times as
 * long as running it. Texts between quotes become parameters, so that a statement is prepared once for all values.
 *
 * PRAGMAs are set here: Sequelize's SQLite connections bypass its connection hooks.
 */
import { createRequire } from 'node:module';
import { setImmediate as macrotask, setTimeout as sleep } from 'node:timers/promises';

type Row = Record<string, unknown>;
type Value = string | number | bigint | Uint8Array | null;

interface NativeStatement {
  all(parameters: Record<string, Value>): Row[];
  run(...parameters: [Record<string, Value>] | Value[]): {
    changes: number | bigint;
    lastInsertRowid: number | bigint;
  };
  setReadBigInts(on: boolean): void;
}

interface NativeDatabase {
  readonly isTransaction: boolean;
  prepare(sql: string): NativeStatement;
  exec(sql: string): void;
  close(): void;
}

interface Driver {
  DatabaseSync: new (file: string, options: { timeout: number }) => NativeDatabase;
}

/** An error of the database as Sequelize knows it; `extended` is SQLite's extended result code where known. */
export interface SqliteError extends Error {
  code: string;
  errno: number;
  extended: number | undefined;
}

type Done = (error: Error | null) => void;
type RowsDone = (this: Statement, error: Error | null, rows?: Row[]) => void;

const { DatabaseSync } = createRequire(import.meta.url)(
  process.env.SQLITE_IMPL ?? '@photostructure/sqlite',
) as Driver;

const BUSY = 5;
/** The transaction read before another one wrote: waiting cannot help, only beginning again can. */
const BUSY_SNAPSHOT = 517;
const CONSTRAINT = 19;
const CODES: Record<number, string> = {
  [BUSY]: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  9: 'SQLITE_INTERRUPT',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  [CONSTRAINT]: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  26: 'SQLITE_NOTADB',
};

const BUSY_LIMIT_MS = 5_000;
const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 50;
const IDLE_HANDLES_PER_FILE = 16;
const LONGEST_TURN_MS = 2;

const idleHandles = new Map<string, NativeDatabase[]>();

/** Counts of this process: native handles opened, and statements tried again because the file was locked. */
export const counts = { opened: 0, busyRetries: 0 };

/** Closes the pooled native handles. To be called at exit, and before a database file is replaced or removed. */
export function closeIdle(): void {
  for (const handles of idleHandles.values()) for (const handle of handles.splice(0)) handle.close();
}

/** How many rows a statement changed, and the number of the last one that it added. */
interface Changed {
  changes: number;
  lastID: number;
}

/** What a callback gets as `this`; Sequelize recognises it by the name of its class. */
class Statement implements Changed {
  lastID = 0;
  changes = 0;
}

/** One connection: its statements run one after the other, in the order in which they were asked for. */
export class Database {
  readonly filename: string;
  /** Set by Sequelize on the connection of a transaction. */
  uuid?: string;
  #native: NativeDatabase | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** The mode is part of the borrowed interface and changes nothing: a file is made when absent, and written. */
  constructor(filename: string, _mode: number, done: Done = () => undefined) {
    this.filename = filename;
    this.#enqueue(() => {
      this.#native ??= idleHandles.get(filename)?.pop() ?? open(filename);
      this.#native.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    }).then(() => done(null), done);
  }

  /** Calls at once: statements of one connection are in series anyway. */
  serialize(call: () => void): void {
    call();
  }

  /** The rows of one statement. */
  select(sql: string, values: Record<string, Value> = {}): Promise<Row[]> {
    return this.#enqueue(() => {
      this.#noticeSchemaChange(sql);
      return execute(this.#handle(), sql, values, (native, all) => native.all(all)).map(readRow);
    });
  }

  /** Runs one statement that gives no rows. */
  change(sql: string, values: Record<string, Value> = {}): Promise<Changed> {
    return this.#enqueue(() => {
      this.#noticeSchemaChange(sql);
      const { changes, lastInsertRowid } = execute(this.#handle(), sql, values, (native, all) =>
        native.run(all),
      );
      return { changes: Number(changes), lastID: Number(lastInsertRowid) };
    });
  }

  /** Runs one statement once for each list of values, which stand at its question marks. */
  runForEach(sql: string, rows: readonly Value[][]): Promise<void> {
    return this.#enqueue(() => {
      const handle = this.#handle();
      withPrepared(handle, sql, (statement) => {
        for (const values of rows) statement.run(...values);
      });
    });
  }

  /** As `change`; the callback's `this` carries `changes` and `lastID`. */
  run(sql: string, parameters?: unknown, done?: RowsDone): this {
    const callback = callbackOf(parameters, done);
    this.change(sql, bindValues(parameters)).then(
      (changed) => withoutStacks(() => callback?.call(Object.assign(new Statement(), changed), null)),
      (error: Error) => callback?.call(new Statement(), error),
    );
    return this;
  }

  /** As `select`; the rows are handed to the callback. */
  all(sql: string, parameters?: unknown, done?: RowsDone): this {
    const callback = callbackOf(parameters, done);
    // Sequelize asks for the column types of a table before every SELECT, to know how to read its rows.
    const kept = COLUMN_TYPES.test(sql) ? columnTypesOf(this.filename) : undefined;
    const known = kept?.get(sql);
    if (known) {
      queueMicrotask(() => callback?.call(new Statement(), null, known));
      return this;
    }
    this.select(sql, bindValues(parameters)).then(
      (rows) => {
        kept?.set(sql, rows);
        withoutStacks(() => callback?.call(new Statement(), null, rows));
      },
      (error: Error) => callback?.call(new Statement(), error),
    );
    return this;
  }

  #noticeSchemaChange(sql: string): void {
    if (SCHEMA_CHANGE.test(sql)) columnTypesOf(this.filename).clear();
  }

  /** Ends an unfinished transaction and gives the handle back to the pool, or closes it when that is full. */
  close(done: Done = () => undefined): void {
    this.#enqueue(() => {
      const native = this.#native;
      this.#native = undefined;
      if (!native) return;
      // Closing alone would keep the lock until the garbage collector has finalised the last statement.
      if (native.isTransaction) native.exec('ROLLBACK');
      const idle = idleHandles.get(this.filename) ?? [];
      idleHandles.set(this.filename, idle);
      if (this.filename !== ':memory:' && idle.length < IDLE_HANDLES_PER_FILE) idle.push(native);
      else native.close();
    }).then(() => done(null), done);
  }

  #handle(): NativeDatabase {
    if (!this.#native) throw new Error('The connection is closed');
    return this.#native;
  }

  #enqueue<T>(task: () => T): Promise<T> {
    const result = this.#last.then(async () => {
      await giveWay();
      return retryWhileBusy(task);
    });
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** The parameters may be left out. */
function callbackOf(parameters: unknown, done: RowsDone | undefined): RowsDone | undefined {
  return typeof parameters === 'function' ? (parameters as RowsDone) : done;
}

/**
 * Sequelize puts together the text of a stack for every statement in case it failed, which under tsx takes an eighth of
 * a page's time. Where it did not fail nobody reads that.
 */
function withoutStacks(call: () => void): void {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = noStack;
  try {
    call();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

const noStack = (): string => '';

// Prepared statements

/** The statements of a handle, the one used last at the end. */
const preparedStatements = new WeakMap<NativeDatabase, Map<string, NativeStatement>>();
const MOST_PREPARED = 200;
const LONGEST_KEPT = 10_000;
/** Some PRAGMAs act while they are prepared, and a change of the schema is made once. */
const WORTH_KEEPING = /^\s*(SELECT|INSERT|UPDATE|DELETE|BEGIN|COMMIT|ROLLBACK)\b/i;

function execute<T>(
  handle: NativeDatabase,
  sql: string,
  values: Record<string, Value>,
  act: (statement: NativeStatement, values: Record<string, Value>) => T,
): T {
  if (sql.length > LONGEST_KEPT || !WORTH_KEEPING.test(sql)) return act(prepare(handle, sql), values);
  const { pattern, texts } = liftTexts(sql);
  return withPrepared(handle, pattern, (statement) => act(statement, { ...values, ...texts }));
}

/** Lets `act` use the statement that is kept of this text, or a new one that is kept from then on. */
function withPrepared<T>(handle: NativeDatabase, sql: string, act: (statement: NativeStatement) => T): T {
  const kept = preparedStatements.get(handle) ?? new Map<string, NativeStatement>();
  preparedStatements.set(handle, kept);
  const statement = kept.get(sql) ?? prepare(handle, sql);
  // A statement that failed is not used again.
  kept.delete(sql);
  const result = act(statement);
  kept.set(sql, statement);
  if (kept.size > MOST_PREPARED) kept.delete(kept.keys().next().value!);
  return result;
}

function prepare(handle: NativeDatabase, sql: string): NativeStatement {
  const statement = handle.prepare(sql);
  statement.setReadBigInts(true);
  return statement;
}

/** Names between backticks or double quotes, blobs, and texts; two quotes in a text are one. */
const QUOTED = /`[^`]*`|"[^"]*"|\bx'[^']*'|'((?:[^']|'')*)'/gi;

/** A statement with a parameter `$text1`, `$text2` … for every text in it, and these texts. */
function liftTexts(sql: string): { pattern: string; texts: Record<string, string> } {
  const texts: Record<string, string> = {};
  let count = 0;
  const pattern = sql.replace(QUOTED, (quoted, text: string | undefined) => {
    if (text === undefined) return quoted;
    const name = `$text${++count}`;
    texts[name] = text.replaceAll("''", "'");
    return name;
  });
  return { pattern, texts };
}

/** When the event loop last had its turn (ms): one turn for each statement would take longer than most statements do. */
let gaveWayAt = 0;

async function giveWay(): Promise<void> {
  if (performance.now() - gaveWayAt < LONGEST_TURN_MS) return;
  await macrotask();
  gaveWayAt = performance.now();
}

async function retryWhileBusy<T>(task: () => T): Promise<T> {
  const giveUpAt = performance.now() + BUSY_LIMIT_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return task();
    } catch (thrown) {
      const error = toSqliteError(thrown);
      const worthWaiting = error.errno === BUSY && error.extended !== BUSY_SNAPSHOT;
      if (!worthWaiting || performance.now() > giveUpAt) throw error;
      counts.busyRetries++;
      await sleep(wait * (1 + Math.random()));
    }
  }
}

function open(filename: string): NativeDatabase {
  counts.opened++;
  return new DatabaseSync(filename, { timeout: 0 });
}

/** `@photostructure/sqlite` 1.2.1 gives no result code for an error of `.all()`: the text decides then. */
function toSqliteError(thrown: unknown): SqliteError {
  const { errcode, message } = thrown as { errcode?: number; message: string };
  const errno = errcode === undefined ? errnoOfText(message) : errcode & 0xff;
  const code = CODES[errno] ?? 'SQLITE_ERROR';
  return Object.assign(new Error(`${code}: ${message}`, { cause: thrown }), {
    code,
    errno,
    extended: errcode,
  });
}

function errnoOfText(message: string): number {
  if (/database (table )?is locked/.test(message)) return BUSY;
  return /constraint failed/.test(message) ? CONSTRAINT : 1;
}

function bindValues(parameters: unknown): Record<string, Value> {
  if (typeof parameters !== 'object' || parameters === null) return {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, bindValue(value)]));
}

function bindValue(value: unknown): Value {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? Number(value) : (value as Value);
}

/** The answers about column types, by file; a change of the schema in this process forgets them. */
const columnTypes = new Map<string, Map<string, Row[]>>();
const COLUMN_TYPES = /^PRAGMA table_info\(/i;
const SCHEMA_CHANGE = /^\s*(CREATE|ALTER|DROP)\b/i;

function columnTypesOf(filename: string): Map<string, Row[]> {
  const kept = columnTypes.get(filename) ?? new Map<string, Row[]>();
  columnTypes.set(filename, kept);
  return kept;
}

function readRow(row: Row): Row {
  for (const name in row) row[name] = readValue(row[name]);
  return row;
}

/** An integer beyond 2^53 becomes a string and a BLOB a Buffer, as mysql2 gives them. */
function readValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

export const OPEN_READONLY = 1;
export const OPEN_READWRITE = 2;
export const OPEN_CREATE = 4;

export default { Database, OPEN_READONLY, OPEN_READWRITE, OPEN_CREATE };
