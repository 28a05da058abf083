import { spawnSync } from 'node:child_process';
import { projectRoot } from '../../config/root.ts';
import { testEnvironment } from './http.ts';

export interface CliAnswer {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `npm run cli -- …` as a process of its own on the test database. */
export function runCli(databaseUrl: string, ...parameters: string[]): CliAnswer {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'server/cli.ts', ...parameters],
    { cwd: projectRoot, encoding: 'utf8', env: { ...process.env, ...testEnvironment(databaseUrl) } },
  );
  return { status, stdout, stderr };
}
