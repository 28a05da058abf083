import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../config/root.ts';

describe('the program as it is started', () => {
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-start-'));
  const children = new Set<ChildProcess>();
  after(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Starts it with this environment and nothing of ours; what it prints is collected. */
  function start(environment: Record<string, string>) {
    const inherited = Object.fromEntries(['PATH', 'HOME'].map((name) => [name, process.env[name]]));
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: projectRoot,
      env: { ...inherited, KEY_FILE: join(folder, 'keys.json'), PORT: '0', ...environment },
    });
    children.add(child);
    const printed = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (printed.out += String(chunk)));
    child.stderr.on('data', (chunk) => (printed.err += String(chunk)));
    return { child, printed, ended: once(child, 'close').then(([code]) => code as number | null) };
  }

  const sqlite = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` });

  it('stops over a bad environment: one line for each problem, no stack', async () => {
    const { printed, ended } = start({
      ...{ NODE_ENV: 'produktion', PORT: '70000', DATABASE_URL: 'postgres://nowhere', PUBLIC_URL: 'nowhere' },
      ...{ DATA_KEY: 'short', SESSION_SECRET: 'short', TRUST_PROXY: 'perhaps', LOG_LEVEL: 'loud' },
    });
    expect(await ended).to.equal(1);
    const lines = printed.err
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('configuration: '));
    expect(lines.map((line) => line.split(' ')[1])).to.have.members([
      ...[
        'NODE_ENV',
        'PORT',
        'DATABASE_URL',
        'PUBLIC_URL',
        'DATA_KEY',
        'SESSION_SECRET',
        'TRUST_PROXY',
        'LOG_LEVEL',
      ],
    ]);
    expect(printed.err).to.not.match(/\n\s+at /);
    expect(printed.out).to.equal('');
  });

  describe('without any environment but its files', () => {
    let program: ReturnType<typeof start>;
    let address: string;
    before(async () => {
      program = start(sqlite('town.sqlite'));
      await Promise.race([untilPrinted(program, /welcome\/[\w-]+/), program.ended]);
      address = /listening on (http:\S+)/.exec(program.printed.out)?.[1] ?? '';
      expect(address, program.printed.err).to.match(/^http:\/\/localhost:\d+$/);
    });

    it('prints where it is and the link of the first administrator, and keeps its keys to itself', async () => {
      const [, path] = /(\/welcome\/[\w-]+)/.exec(program.printed.out)!;
      const page = await (await fetch(address + path!)).text();
      expect(page).to.include('祝塘镇');
      expect(statSync(join(folder, 'keys.json')).mode & 0o777).to.equal(0o600);
    });

    it('says that it lives and is ready', async () => {
      for (const [path, said] of [
        ['/livez', 'ok'],
        ['/readyz', 'ready'],
      ] as const) {
        const answer = await fetch(address + path);
        expect([answer.status, await answer.text()]).to.deep.equal([200, said]);
      }
    });

    it('is in production mode: no stack, no word about what runs it', async () => {
      const answer = await fetch(`${address}/cases/%E0%A4%A`);
      const html = await answer.text();
      expect(answer.status).to.equal(400);
      expect(html).to.not.match(/URIError|node_modules|\n\s+at /);
      expect(answer.headers.get('x-powered-by')).to.equal(null);
    });

    it('refuses a second start on its port, and a database with another key, in one sentence', async () => {
      const { port } = new URL(address);
      const [second, stranger] = [
        start({ ...sqlite('other.sqlite'), PORT: port }),
        start({ ...sqlite('town.sqlite'), KEY_FILE: join(folder, 'other-keys.json') }),
      ];
      expect(await Promise.all([second.ended, stranger.ended])).to.deep.equal([1, 1]);
      expect(lastLine(second.printed.err)).to.match(/^cannot start: .*EADDRINUSE/);
      expect(lastLine(stranger.printed.err)).to.match(/^cannot start: the key for personal data/);
    });

    it('stops in order at SIGTERM', async () => {
      const slow = fetch(`${address}/sign-in`);
      await slow;
      program.child.kill('SIGTERM');
      expect(await program.ended).to.equal(0);
      // The log line of the last request may come later.
      expect(program.printed.out.split('\n')).to.include('stopped');
    });
  });
});

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

async function untilPrinted(
  { child, printed }: { child: ChildProcess; printed: { out: string } },
  text: RegExp,
) {
  while (!text.test(printed.out)) await once(child.stdout!, 'data');
}
