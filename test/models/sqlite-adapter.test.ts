import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DataTypes, QueryTypes, Sequelize, Transaction, UniqueConstraintError } from 'sequelize';
import adapter, { Database, closeIdle, counts, type SqliteError } from '../../models/sqlite-adapter.ts';

const READ_WRITE = adapter.OPEN_READWRITE | adapter.OPEN_CREATE;

type Rows = Record<string, unknown>[];

function connect(file: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const database: Database = new Database(file, READ_WRITE, (error) =>
      error ? reject(error) : resolve(database),
    );
  });
}

function all(database: Database, sql: string, parameters: object = {}): Promise<Rows> {
  return new Promise((resolve, reject) => {
    database.all(sql, parameters, (error, rows) => (error ? reject(error) : resolve(rows ?? [])));
  });
}

function run(
  database: Database,
  sql: string,
  parameters: object = {},
): Promise<{ changes: number; lastID: number }> {
  return new Promise((resolve, reject) => {
    database.run(sql, parameters, function (error) {
      if (error) reject(error);
      else resolve({ changes: this.changes, lastID: this.lastID });
    });
  });
}

function close(database: Database): Promise<void> {
  return new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve())));
}

async function errorOf(promise: Promise<unknown>): Promise<SqliteError> {
  try {
    await promise;
  } catch (error) {
    return error as SqliteError;
  }
  throw new Error('no error');
}

describe('the SQLite adapter', () => {
  let directory: string;
  let file: string;
  let database: Database;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'adapter-'));
    file = join(directory, 'town.sqlite');
    database = await connect(file);
    await run(
      database,
      'CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT UNIQUE, fen INTEGER, seal BLOB)',
    );
  });

  afterEach(async () => {
    await close(database);
    closeIdle();
    rmSync(directory, { recursive: true });
  });

  describe('a connection', () => {
    it('writes ahead, checks foreign keys and never waits natively', async () => {
      expect(await all(database, 'PRAGMA journal_mode')).to.deep.equal([{ journal_mode: 'wal' }]);
      expect(await all(database, 'PRAGMA foreign_keys')).to.deep.equal([{ foreign_keys: 1 }]);
      expect(await all(database, 'PRAGMA synchronous')).to.deep.equal([{ synchronous: 1 }]);
      expect(await all(database, 'PRAGMA busy_timeout')).to.deep.equal([{ timeout: 0 }]);
    });

    it('tells the callback how many rows changed and the last row id', async () => {
      const inserted = await run(database, "INSERT INTO towns (id, name) VALUES (7, '祝塘'), (9, '长泾')");
      expect(inserted).to.deep.equal({ changes: 2, lastID: 9 });
      expect((await run(database, 'UPDATE towns SET fen = 1 WHERE id = 1')).changes).to.equal(0);
    });

    it('keeps the order in which statements were asked for', async () => {
      const names = Array.from({ length: 20 }, (_, position) => `村${position}`);
      await Promise.all(
        names.map((name) => run(database, 'INSERT INTO towns (name) VALUES ($name)', { $name: name })),
      );
      const rows = await all(database, 'SELECT name FROM towns ORDER BY id');
      expect(rows.map((row) => row.name)).to.deep.equal(names);
    });

    it('binds undefined as NULL and booleans as 0 and 1', async () => {
      const rows = await all(database, 'SELECT $a AS a, $b AS b, $c AS c', {
        $a: undefined,
        $b: true,
        $c: false,
      });
      expect(rows).to.deep.equal([{ a: null, b: 1, c: 0 }]);
    });

    it('refuses a statement after it was closed', async () => {
      const second = await connect(file);
      await close(second);
      expect((await errorOf(all(second, 'SELECT 1'))).message).to.include('The connection is closed');
    });

    it('reports a file that cannot be opened', async () => {
      const error = await errorOf(connect(join(directory, 'absent', 'town.sqlite')));
      expect(error.code).to.equal('SQLITE_CANTOPEN');
    });
  });

  describe('statements prepared once', () => {
    for (const text of ["it's", "''", "a 'b' c", '`x`', '"x"', '$1 ? :a', "x'00'", '', '拖欠工资']) {
      it(`find the text ${JSON.stringify(text)}`, async () => {
        await run(database, 'INSERT INTO towns (id, name) VALUES ($1, $2)', { $1: 1, $2: text });
        const quoted = `'${text.replaceAll("'", "''")}'`;
        const sql = `SELECT \`name\` AS "said", x'00ff' AS seal, ${quoted} AS asked FROM towns WHERE name = ${quoted}`;
        const found = [{ said: text, seal: Buffer.from([0, 255]), asked: text }];
        expect(await all(database, sql)).to.deep.equal(found);
        expect(await all(database, sql)).to.deep.equal(found);
      });
    }

    it('give every text its own answer', async () => {
      await run(database, "INSERT INTO towns (name, fen) VALUES ('祝塘镇', 1), ('长泾镇', 2)");
      for (const [name, fen] of [
        ['祝塘镇', 1],
        ['长泾镇', 2],
        ['祝塘镇', 1],
      ])
        expect(await all(database, `SELECT fen FROM towns WHERE name = '${name}'`)).to.deep.equal([{ fen }]);
    });

    it('see a column that was added since, and work after one of them failed', async () => {
      const sql = "SELECT * FROM towns WHERE name = '祝塘镇'";
      const insert = "INSERT INTO towns (id, name) VALUES ($1, '祝塘镇')";
      await run(database, insert, { $1: 1 });
      expect((await errorOf(run(database, insert, { $1: 2 }))).code).to.equal('SQLITE_CONSTRAINT');
      expect(await all(database, sql)).to.have.length(1);
      await run(database, 'ALTER TABLE towns ADD COLUMN code TEXT');
      expect(Object.keys((await all(database, sql))[0]!)).to.include('code');
      await run(database, 'DELETE FROM towns');
      await run(database, insert, { $1: 2 });
      expect(await all(database, sql)).to.have.length(1);
    });
  });

  describe('values', () => {
    for (const [written, read] of [
      ['9007199254740991', 9007199254740991],
      ['-9007199254740991', -9007199254740991],
      ['9007199254740993', '9007199254740993'],
      ['9223372036854775807', '9223372036854775807'],
      ['-9223372036854775808', '-9223372036854775808'],
    ] as const) {
      it(`reads the integer ${written} without losing a digit, as a ${typeof read}`, async () => {
        await run(database, `INSERT INTO towns (id, fen) VALUES (1, ${written})`);
        expect(await all(database, 'SELECT fen FROM towns')).to.deep.equal([{ fen: read }]);
      });
    }

    it('binds a bigint without losing a digit', async () => {
      await run(database, 'INSERT INTO towns (id, fen) VALUES (1, $fen)', { $fen: 9007199254740993n });
      expect(await all(database, 'SELECT fen FROM towns')).to.deep.equal([{ fen: '9007199254740993' }]);
    });

    it('reads a BLOB as a Buffer', async () => {
      const seal = Buffer.from([0, 255, 13, 10]);
      await run(database, 'INSERT INTO towns (id, seal) VALUES (1, $seal)', { $seal: seal });
      const [row] = await all(database, 'SELECT seal FROM towns');
      expect(Buffer.isBuffer(row?.seal)).to.equal(true);
      expect(row?.seal).to.deep.equal(seal);
    });
  });

  describe('errors', () => {
    for (const [method, call] of [
      ['run', run],
      ['all', all],
    ] as const) {
      it(`name a broken constraint in .${method}()`, async () => {
        await run(database, "INSERT INTO towns (name) VALUES ('祝塘')");
        const error = await errorOf(call(database, "INSERT INTO towns (name) VALUES ('祝塘')"));
        expect(error).to.include({ code: 'SQLITE_CONSTRAINT', errno: 19 });
        expect(error.message).to.match(/UNIQUE constraint failed: towns.name/);
      });

      it(`name a wrong statement in .${method}()`, async () => {
        const error = await errorOf(call(database, 'SELECT nothing FROM nowhere'));
        expect(error).to.include({ code: 'SQLITE_ERROR', errno: 1 });
      });
    }

    it('name a lock that is not given up within 5 seconds, in .run() and .all()', async () => {
      const holder = await connect(file);
      const other = await connect(file);
      await run(holder, 'BEGIN IMMEDIATE');
      const begun = performance.now();
      const insert = "INSERT INTO towns (name) VALUES ('祝塘')";
      const errors = await Promise.all([errorOf(run(database, insert)), errorOf(all(other, insert))]);
      const waited = performance.now() - begun;
      await Promise.all([close(holder), close(other)]);
      for (const error of errors) expect(error).to.include({ code: 'SQLITE_BUSY', errno: 5 });
      expect(waited).to.be.within(4_900, 8_000);
    });

    it('do not wait when only a new transaction can help', async () => {
      const other = await connect(file);
      await run(database, 'BEGIN DEFERRED');
      await all(database, 'SELECT COUNT(*) FROM towns');
      await run(other, "INSERT INTO towns (name) VALUES ('长泾')");
      const begun = performance.now();
      const error = await errorOf(run(database, "INSERT INTO towns (name) VALUES ('祝塘')"));
      expect(error).to.include({ code: 'SQLITE_BUSY', extended: 517 });
      expect(performance.now() - begun).to.be.below(1_000);
      await run(database, 'ROLLBACK');
      await close(other);
    });
  });

  it('waits for a lock without blocking the event loop', async () => {
    const holder = await connect(file);
    await run(holder, 'BEGIN IMMEDIATE');
    const retriesBefore = counts.busyRetries;
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 10);
    setTimeout(() => holder.run('COMMIT'), 500);

    const inserted = await run(database, "INSERT INTO towns (name) VALUES ('祝塘')");
    clearInterval(ticking);
    await close(holder);

    expect(inserted.changes).to.equal(1);
    expect(counts.busyRetries).to.be.above(retriesBefore);
    expect(ticks).to.be.above(20);
  });

  describe('the pool of handles', () => {
    it('uses a handle again', async () => {
      await close(await connect(file));
      const openedBefore = counts.opened;
      for (let round = 0; round < 10; round++) await close(await connect(file));
      expect(counts.opened).to.equal(openedBefore);
    });

    it('rolls back a transaction that was left open, at once', async () => {
      const careless = await connect(file);
      await run(careless, 'BEGIN IMMEDIATE');
      await run(careless, "INSERT INTO towns (name) VALUES ('祝塘')");
      await close(careless);
      const retriesBefore = counts.busyRetries;
      expect((await run(database, "INSERT INTO towns (name) VALUES ('长泾')")).changes).to.equal(1);
      expect(await all(database, 'SELECT name FROM towns')).to.deep.equal([{ name: '长泾' }]);
      expect(counts.busyRetries).to.equal(retriesBefore);
    });

    it('keeps at most sixteen idle handles, and none after closeIdle', async () => {
      const openAndCloseThirty = async () => {
        const openedBefore = counts.opened;
        const connections = await Promise.all(Array.from({ length: 30 }, () => connect(file)));
        await Promise.all(connections.map(close));
        return counts.opened - openedBefore;
      };
      closeIdle();
      expect(await openAndCloseThirty()).to.equal(30);
      expect(await openAndCloseThirty()).to.equal(30 - 16);
      closeIdle();
      expect(await openAndCloseThirty()).to.equal(30);
    });
  });

  describe('under Sequelize', () => {
    let sequelize: Sequelize;

    beforeEach(async () => {
      sequelize = new Sequelize({
        dialect: 'sqlite',
        dialectModule: adapter,
        storage: file,
        transactionType: Transaction.TYPES.IMMEDIATE,
        logging: false,
      });
      await run(database, "INSERT INTO towns (id, name, fen) VALUES (1, '祝塘', 0)");
    });

    afterEach(() => sequelize.close());

    it('completes 50 of 50 concurrent read-modify-write transactions', async () => {
      const addOne = () =>
        sequelize.transaction(async (transaction) => {
          const [row] = await sequelize.query<{ fen: number }>('SELECT fen FROM towns WHERE id = 1', {
            type: QueryTypes.SELECT,
            transaction,
          });
          await sequelize.query('UPDATE towns SET fen = :fen WHERE id = 1', {
            replacements: { fen: Number(row?.fen) + 1 },
            type: QueryTypes.UPDATE,
            transaction,
          });
        });
      const results = await Promise.allSettled(Array.from({ length: 50 }, addOne));
      expect(results.filter((result) => result.status === 'rejected')).to.deep.equal([]);
      expect(await all(database, 'SELECT fen FROM towns')).to.deep.equal([{ fen: 50 }]);
    });

    it('gives models their values and names a unique violation', async () => {
      const Town = sequelize.define(
        'Town',
        { name: DataTypes.STRING, fen: DataTypes.BIGINT, seal: DataTypes.BLOB },
        { tableName: 'towns', timestamps: false },
      );
      const made = await Town.create({ name: '长泾', fen: 9_007_199_254_740_991, seal: Buffer.from('章') });
      const found = await Town.findByPk(made.get('id') as number, { raw: true });
      expect(found).to.deep.include({ name: '长泾', fen: 9_007_199_254_740_991, seal: Buffer.from('章') });

      let error: unknown;
      await Town.create({ name: '长泾' }).catch((caught: unknown) => (error = caught));
      expect(error).to.be.instanceOf(UniqueConstraintError);
      expect((error as UniqueConstraintError).fields).to.deep.equal(['name']);
    });

    it('tells how many rows a conditional update changed', async () => {
      const update = (fen: number) =>
        sequelize.query('UPDATE towns SET fen = 5 WHERE id = 1 AND fen = :fen', {
          replacements: { fen },
          type: QueryTypes.BULKUPDATE,
        });
      expect(await update(0)).to.equal(1);
      expect(await update(0)).to.equal(0);
    });
  });
});
