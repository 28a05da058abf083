import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { programPath } from './tools.ts';

/** A MariaDB server of our own, in a temporary folder. */
export interface PrivateServer {
  /** `mysql://root@127.0.0.1:PORT/`, without a database. */
  url: string;
  pid: number;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

/**
 * Starts a private `mariadbd` on a free port of this machine, with an empty root password, and waits until it answers.
 * @throws Error with the server's log when it does not come up
 */
export async function startMariadb(): Promise<PrivateServer> {
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-mariadb-'));
  try {
    return await startIn(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string): Promise<PrivateServer> {
  const user = userInfo().username;
  const dataFolder = join(folder, 'data');
  await promisify(execFile)(installed('mariadb-install-db'), [
    '--no-defaults',
    `--datadir=${dataFolder}`,
    `--user=${user}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    '--innodb-log-file-size=16M',
  ]);

  const port = await freePort();
  const logPath = join(folder, 'server.log');
  const log = openSync(logPath, 'a');
  const server = spawn(
    installed('mariadbd'),
    [
      '--no-defaults',
      `--datadir=${dataFolder}`,
      // mariadbd refuses to run as root unless told so.
      `--user=${user}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 'server.sock')}`,
      `--pid-file=${join(folder, 'server.pid')}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--performance-schema=OFF',
      '--innodb-buffer-pool-size=64M',
      '--innodb-log-file-size=16M',
      '--innodb-flush-log-at-trx-commit=2',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_520_ci',
      '--sql-mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    ],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);

  const killAtExit = (): void => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', killAtExit);

  const hasEnded = (): boolean => server.exitCode !== null || server.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (!hasEnded()) {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      const overdue = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(overdue);
    }
    process.off('exit', killAtExit);
    rmSync(folder, { recursive: true, force: true });
  };

  const url = `mysql://root@127.0.0.1:${port}/`;
  const giveUpAt = performance.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    if (hasEnded() || performance.now() > giveUpAt) {
      const lines = readFileSync(logPath, 'utf8');
      await stop();
      throw new Error(`mariadbd did not start:\n${lines}`);
    }
    await sleep(100);
  }
  return { url, pid: server.pid!, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ uri: url, connectTimeout: 1_000 });
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function installed(program: string): string {
  const path = programPath(program);
  if (!path) throw new Error(`${program} is not installed`);
  return path;
}
