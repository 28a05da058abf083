import { SequelizeStorage, Umzug } from 'umzug';
import { currentDatabase } from './dialect.ts';
import { migrations } from './migrations/index.ts';

function umzug(): Umzug<object> {
  const sequelize = currentDatabase();
  return new Umzug<object>({
    migrations: migrations.map(({ name, up, down }) => ({ name, up, down })),
    storage: new SequelizeStorage({
      sequelize,
      modelName: 'SchemaMigration',
      tableName: 'schema_migrations',
    }),
    logger: undefined,
  });
}

/** Applies every pending migration; gives their names. */
export async function migrateUp(): Promise<string[]> {
  return (await umzug().up()).map(({ name }) => name);
}

/** Takes back the latest migration; gives its name, or nothing when there is none. */
export async function migrateDown(): Promise<string[]> {
  return (await umzug().down()).map(({ name }) => name);
}

/** Which migrations are applied and which are pending, by name. */
export async function migrationStatus(): Promise<{ applied: string[]; pending: string[] }> {
  const migrator = umzug();
  const names = (list: { name: string }[]): string[] => list.map(({ name }) => name);
  return { applied: names(await migrator.executed()), pending: names(await migrator.pending()) };
}
