import { spawnSync } from 'node:child_process';
import { extname, resolve } from 'node:path';
import { projectRoot } from '../../config/root.ts';
import { testEnvironment } from './http.ts';

export interface CliAnswer {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The file of a module (`server/cli`) as this process has it: its source, or what was compiled of it. */
export function fileOfModule(module: string): string {
  return resolve(import.meta.dirname, '../..', `${module}${extname(import.meta.filename)}`);
}

/** Runs the command line as a process of its own on the test database. */
export function runCli(databaseUrl: string, ...parameters: string[]): CliAnswer {
  return answerOf([...process.execArgv, fileOfModule('server/cli'), ...parameters], databaseUrl);
}

/** The same as `npm run cli -- …` does it, from the sources. */
export function runCliFromSources(databaseUrl: string, ...parameters: string[]): CliAnswer {
  return answerOf(['--import', 'tsx', 'server/cli.ts', ...parameters], databaseUrl);
}

function answerOf(parameters: string[], databaseUrl: string): CliAnswer {
  const { status, stdout, stderr } = spawnSync(process.execPath, parameters, {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { ...process.env, ...testEnvironment(databaseUrl) },
  });
  return { status, stdout, stderr };
}
