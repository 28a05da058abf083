import { currentDatabase, selectRows } from '../../models/dialect.ts';

/** The SQL that is sent to the database meanwhile, in its order. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const { options } = currentDatabase() as unknown as {
    options: { logging: false | ((sql: string) => void) };
  };
  const statements: string[] = [];
  options.logging = (sql) => void statements.push(sql.replace(/^Executing \(.*?\): /, '').trim());
  try {
    await work();
  } finally {
    options.logging = false;
  }
  return statements;
}

/** How the database goes about a statement, in its own words as JSON. */
export async function planOf(sql: string): Promise<string> {
  const explain = currentDatabase().getDialect() === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  return JSON.stringify(await selectRows(`${explain} ${sql}`));
}
