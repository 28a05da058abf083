import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../config/root.ts';

/** A program of the project in a process of its own; what it writes to stderr is seen. */
export function startChild(
  file: string,
  environment: Record<string, string>,
  parameters: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(projectRoot, file), ...parameters], {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Runs a program to its end and gives the JSON that it prints. */
export async function runChild<T>(
  file: string,
  environment: Record<string, string>,
  parameters: readonly string[],
): Promise<T> {
  const child = startChild(file, environment, parameters);
  let printed = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(printed) as T;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  stop(): Promise<void>;
}

/** Starts a server that prints `listening on ADDRESS`, and waits for that. */
export async function startServer(
  file: string,
  environment: Record<string, string>,
  parameters: readonly string[] = [],
): Promise<Server> {
  const child = startChild(file, environment, parameters);
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /^listening on (\S+)$/.exec(line)?.[1];
    if (!address) continue;
    child.stdout!.resume();
    return {
      origin: `http://127.0.0.1:${new URL(address).port}`,
      stop: async () => {
        process.off('exit', killAtExit);
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error(`${file} does not listen`);
}
