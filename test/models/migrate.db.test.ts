import { expect } from 'chai';
import { currentDatabase, runStatement, selectRows } from '../../models/dialect.ts';
import { migrateDown, migrateUp, migrationStatus } from '../../models/migrate.ts';
import { migrations } from '../../models/migrations/index.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aClaimant, aPayment, aTicket, aTown } from '../support/factories.ts';

describe('migrations', () => {
  useDatabase();
  after(migrateUp);

  const names = migrations.map(({ name }) => name);

  /** Every table, index and trigger as the database describes it. */
  async function schema(): Promise<unknown> {
    if (currentDatabase().getDialect() === 'sqlite') {
      const described = await selectRows<{ sql: string | null }>(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'schema_migrations%' ORDER BY type, name",
      );
      // A table that was renamed is described with other quotes.
      return described.map((one) => ({ ...one, sql: one.sql?.replace(/["`]/g, '') }));
    }
    const ofThis = 'WHERE table_schema = DATABASE()';
    return {
      columns: await selectRows(
        `SELECT table_name, ordinal_position, column_name, column_type, collation_name, is_nullable, column_default
         FROM information_schema.columns ${ofThis} ORDER BY table_name, ordinal_position`,
      ),
      keys: await selectRows(
        `SELECT table_name, index_name, seq_in_index, column_name, non_unique
         FROM information_schema.statistics ${ofThis} ORDER BY table_name, index_name, seq_in_index`,
      ),
    };
  }

  const tables = async (): Promise<string[]> =>
    (await currentDatabase().getQueryInterface().showAllTables())
      .map((table) => (typeof table === 'string' ? table : (table as { tableName: string }).tableName))
      .filter((name) => name !== 'schema_migrations');

  it('go back one by one with rows in the tables, leave nothing, and come again the same', async () => {
    const town = await aTown();
    const disputeCase = await aCase(town).saved();
    await aTicket(town, '2026-11-01', { caseId: disputeCase.id });
    await aPayment(await aClaimant(disputeCase), '500', '2026-11-02');
    const before = await schema();
    for (const name of [...names].reverse()) expect(await migrateDown()).to.deep.equal([name]);
    expect(await migrateDown()).to.deep.equal([]);
    expect(await tables()).to.deep.equal([]);
    expect(await migrationStatus()).to.deep.equal({ applied: [], pending: names });
    expect(await migrateUp()).to.deep.equal(names);
    expect(await schema()).to.deep.equal(before);
  });

  for (const name of names) {
    it(`${name} can run again where it had broken off at its end`, async () => {
      const before = await schema();
      await runStatement('DELETE FROM schema_migrations WHERE name = :name', { name });
      expect(await migrateUp()).to.deep.equal([name]);
      expect(await schema()).to.deep.equal(before);
    });
  }
});
