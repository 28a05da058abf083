import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { ConfigError, readConfig, type Config } from '../config/index.ts';
import { startJobs } from '../jobs/start.ts';
import { EncryptionKey, User } from '../models/accounts.ts';
import { closeDatabase, inTx, isUniqueViolation, LostRace } from '../models/dialect.ts';
import { useDataKey } from '../models/encryption.ts';
import { openModels } from '../models/index.ts';
import { migrateUp, migrationStatus } from '../models/migrate.ts';
import { seedReference } from '../models/seeds/reference.ts';
import { firstAdministratorLink } from './accounts/users.service.ts';
import { createApp } from './app.ts';
import { stopWork } from './hotline/import-progress.service.ts';
import { useChannels } from './notifications/channels.ts';
import { subscribeFeatures } from './subscriptions.ts';
import { translator } from './web/language.ts';

const STOP_WITHIN_MS = 10_000;

/** What stops a start: lines for the person at the terminal, no stack. */
export class StartError extends Error {}

/** The environment, or the end of the process with one line per problem. */
export function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) process.stderr.write(`configuration: ${problem}\n`);
    process.exit(1);
  }
}

/** Opens the database and applies what is pending; an empty database gets its first town and calendar. */
export async function migrate(
  config: Config,
  features?: Parameters<typeof subscribeFeatures>[0],
): Promise<string[]> {
  subscribeFeatures(features);
  useChannels(config, translator);
  openModels(config.databaseUrl);
  const applied = await migrateUp();
  await seedReference(config.townName);
  await checkDataKey(config);
  return applied;
}

/**
 * Opens the database and checks that its schema and its key are this program's. An SQLite file without tables is
 * migrated at once; a database that others may be using never is.
 * @throws StartError saying what to do
 */
export async function openProgram(config: Config): Promise<void> {
  subscribeFeatures();
  useChannels(config, translator);
  openModels(config.databaseUrl);
  const { applied, pending } = await migrationStatus();
  if (applied.length === 0 && config.databaseUrl.startsWith('sqlite:')) {
    await migrate(config);
    return;
  }
  if (pending.length > 0) {
    throw new StartError(
      `the database lacks ${pending.length} migration(s) (${pending.join(', ')}); run: npm run migrate`,
    );
  }
  await checkDataKey(config);
}

async function checkDataKey(config: Config): Promise<void> {
  const id = useDataKey(config.dataKey);
  await inTx(async () => {
    const known = await EncryptionKey.findAll();
    if (known.length === 0) await keepKeyId(id);
    else if (!known.some((key) => key.id === id)) {
      throw new StartError(
        'the key for personal data is not the one this database was written with; set DATA_KEY or restore KEY_FILE',
      );
    }
  });
}

/** Two processes that start at once on a new database both want to be the first. */
async function keepKeyId(id: string): Promise<void> {
  try {
    await EncryptionKey.create({ id });
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace() : error;
  }
}

/** Serves the program on the open database and runs its jobs; gives its address and an orderly stop. */
export async function serve(config: Config): Promise<{ address: string; stop: () => Promise<void> }> {
  const log: Logger = pino({ level: config.logLevel });
  const server = createServer(createApp(config, log));
  await new Promise<void>((listening, fail) => {
    server.once('error', fail);
    server.listen(config.port, config.host, listening);
  });
  const stopJobs = startJobs(log);
  const { port } = server.address() as AddressInfo;
  const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host;
  const address = config.publicUrl?.origin ?? `http://${host}:${port}`;
  return { address, stop: () => stopServer(server, stopJobs) };
}

async function stopServer(server: Server, stopJobs: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  // A browser keeps its connection open after the answer that was still running.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const overdue = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await Promise.all([closed, stopJobs(), stopWork()]);
  clearInterval(idle);
  clearTimeout(overdue);
  await closeDatabase();
}

/** Stops on SIGTERM and SIGINT: no new requests, the running ones end within ten seconds. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().then(() => {
        process.stdout.write('stopped\n', () => process.exit(0));
      });
    });
  }
}

/** The line that leads to the first account, where there is none yet. */
export async function welcomeLine(address: string): Promise<string | null> {
  if ((await User.count()) > 0) return null;
  const token = await firstAdministratorLink();
  return (
    token && `no account yet; make the first administrator within 72 hours at ${address}/welcome/${token}`
  );
}
