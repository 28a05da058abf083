import { expect } from 'chai';
import { runStatement, selectRows } from '../../models/dialect.ts';
import { useDatabase } from './database.ts';

const countOf = async (table: 'areas' | 'schema_migrations'): Promise<number> => {
  const statements = {
    areas: "SELECT COUNT(*) AS rowCount FROM areas WHERE code = 'leftover'",
    schema_migrations: 'SELECT COUNT(*) AS rowCount FROM schema_migrations',
  };
  const [row] = await selectRows<{ rowCount: number }>(statements[table]);
  return row!.rowCount;
};

describe('the test database', () => {
  for (const file of ['one', 'the next']) {
    describe(`in ${file} file`, () => {
      const database = useDatabase();

      it('is migrated and holds nothing of another file', async () => {
        expect(await countOf('schema_migrations')).to.be.above(0);
        expect(await countOf('areas')).to.equal(0);
        await runStatement(
          "INSERT INTO areas (id, code, name, kind, path) VALUES ('leftover', 'leftover', '祝塘镇', 'town', '/leftover/')",
        );
        expect(await countOf('areas')).to.equal(1);
      });

      it('is the database that the environment names', () => {
        const expected = process.env.TEST_DATABASE_URL ? /^mysql:\/\/.*\/test_/ : /^sqlite:.*\.sqlite$/;
        expect(database.url).to.match(expected);
      });
    });
  }
});
