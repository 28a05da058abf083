import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { pino } from 'pino';
import { Op } from 'sequelize';
import type { Config } from '../../config/index.ts';
import { User } from '../../models/accounts.ts';
import { Claim, Claimant, DisputeCase } from '../../models/cases.ts';
import { closeDatabase } from '../../models/dialect.ts';
import { Responsibility } from '../../models/one-duty.ts';
import { DEMO_PASSWORD } from '../../models/seeds/demo/town.ts';
import { createApp } from '../../server/app.ts';
import { readClaimantList } from '../../server/cases/claimant-list.rules.ts';
import { newId } from '../../server/shared/ids.ts';
import { pastedPeople } from '../support/people.ts';
import { statementsOf } from '../support/statements.ts';
import { LAST_DAY } from './bench-town.ts';
import type { BareOrder } from './bare-server.ts';
import { startServer } from './child.ts';
import { environmentFor } from './databases.ts';

export const PAGES = ['list', 'case', 'group', 'report'] as const;
/** Pages of the town whose round is measured. */
export const ROUND_PAGES = ['board', 'checks', 'enterprise', 'home'] as const;
export type PageName = (typeof PAGES)[number] | (typeof ROUND_PAGES)[number];

/** How fast a page was answered. */
export interface Speed {
  requestsPerSecond: number;
  p95Ms: number;
}

export interface PageResult {
  bench: PageName;
  ours: Speed;
  bare: Speed;
  /** Our requests per second of the bare page's. */
  ratio: number;
  statements: number;
  kilobytes: number;
}

/** The workers of a large group case. */
const GROUP = 300;
const CONNECTIONS = 16;
const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 4;
/** A round is long enough for every connection to get this many answers. */
const ANSWERS = 3;
/** Ours, bare, ours, bare …, so that whatever else the machine does falls on both. */
const ROUNDS = 3;
const LONGEST_WAIT_SECONDS = 60;

/** A page, whose it is, and what one request for it asks of the database. */
interface Target extends BareOrder {
  path: string;
  cookie: string;
  /** What one request takes when nothing else is asked. */
  secondsAlone: number;
}

/** Measures pages of the open town, each beside a bare page that runs the same statements. */
export async function benchPages(config: Config, names: readonly PageName[]): Promise<PageResult[]> {
  const targets = await captureTargets(config, names);
  await closeDatabase();
  const environment = environmentFor(config.databaseUrl);
  const folder = mkdtempSync(join(tmpdir(), 'three-ones-bench-'));
  const ours = await startServer('server/main.ts', environment);
  try {
    const results: PageResult[] = [];
    for (const [bench, target] of targets) {
      const order = join(folder, `${bench}.json`);
      writeFileSync(order, JSON.stringify(target));
      const bare = await startServer('test/bench/bare-server.ts', environment, [order]);
      try {
        results.push({ bench, ...(await compare(ours.origin, bare.origin, target)) });
      } finally {
        await bare.stop();
      }
    }
    return results;
  } finally {
    await ours.stop();
    rmSync(folder, { recursive: true });
  }
}

// What a page asks of the database

async function captureTargets(config: Config, names: readonly PageName[]): Promise<[PageName, Target][]> {
  const server = createServer(createApp(config, pino({ level: config.logLevel }))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const targets: [PageName, Target][] = [];
  for (const name of names) {
    const { username, path } = await VISITS[name]();
    const cookie = await signIn(origin, username);
    targets.push([name, { path, cookie, ...(await captured(`${origin}${path}`, cookie)) }]);
  }
  server.closeAllConnections();
  await once(server.close(), 'close');
  return targets;
}

const VISITS: Record<PageName, () => Promise<{ username: string; path: string }>> = {
  list: () => Promise.resolve({ username: 'dispatcher', path: '/cases?state=all' }),
  case: async () => {
    const mediator = await User.findOne({ where: { username: 'mediator' } });
    const latest = await DisputeCase.findOne({
      where: { mediatorId: mediator!.id, outcome: 'settledByInstalments', hasTicket: true },
      order: [
        ['receivedOn', 'DESC'],
        ['id', 'DESC'],
      ],
    });
    return { username: 'mediator', path: `/cases/${latest!.id}` };
  },
  group: async () => {
    const mediator = await User.findOne({ where: { username: 'mediator' } });
    const earliest = await DisputeCase.findOne({
      where: { mediatorId: mediator!.id, outcome: 'settledByInstalments' },
      order: [
        ['receivedOn', 'ASC'],
        ['id', 'ASC'],
      ],
    });
    await growTo(GROUP, earliest!);
    return { username: 'mediator', path: `/cases/${earliest!.id}` };
  },
  board: () => Promise.resolve({ username: 'dispatcher', path: '/wage-checks/board' }),
  checks: () => Promise.resolve({ username: 'officer', path: '/wage-checks' }),
  home: () => Promise.resolve({ username: 'dispatcher', path: '/' }),
  enterprise: async () => {
    const { enterpriseId } = (await Responsibility.findOne({ where: { enterpriseId: { [Op.ne]: null } } }))!;
    return { username: 'officer', path: `/enterprises/${enterpriseId}` };
  },
  report: () =>
    Promise.resolve({
      username: 'official',
      path: `/reports?from=${Number(LAST_DAY.slice(0, 4)) - 1}-01-01&to=${Number(LAST_DAY.slice(0, 4)) - 1}-12-31`,
    }),
};

/** Fills a case up with workers who claim wages; a town that is used again has them already. */
async function growTo(workers: number, { id: caseId }: DisputeCase): Promise<void> {
  const present = await Claimant.count({ where: { caseId } });
  const people = readClaimantList(pastedPeople(workers - present), []).lines.map(
    ({ name, idNumber, phone, claimedFen }, index) => ({
      ...{ id: newId(), caseId, position: present + index + 1, name, idNumber, phone },
      claim: { claimedFen, verifiedFen: claimedFen, agreedFen: claimedFen },
    }),
  );
  await Claimant.bulkCreate(people);
  await Claim.bulkCreate(
    people.map(({ id: claimantId, claim }) => ({ caseId, claimantId, type: 'wages', ...claim })),
  );
  await DisputeCase.update({ workers, collective: true }, { where: { id: caseId } });
}

/** The statements of a page, and how long it takes: the first request fills what the program keeps. */
async function captured(url: string, cookie: string): Promise<BareOrder & { secondsAlone: number }> {
  await page(url, cookie);
  const began = performance.now();
  const html = await page(url, cookie);
  const secondsAlone = (performance.now() - began) / 1000;
  const statements = await statementsOf(() => page(url, cookie));
  const writing = statements.find((sql) => !/^(SELECT|\()/i.test(sql));
  if (writing) throw new Error(`${url} does more than read: ${writing}`);
  return { statements, bytes: Buffer.byteLength(html), secondsAlone };
}

async function page(url: string, cookie: string): Promise<string> {
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' });
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return html;
}

/** Signs in through the form; gives the session's cookie. */
async function signIn(origin: string, username: string): Promise<string> {
  const form = await fetch(`${origin}/sign-in`);
  const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())![1]!;
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    headers: { cookie: cookieOf(form) },
    body: new URLSearchParams({ _csrf: token, username, password: DEMO_PASSWORD, returnTo: '/' }),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`${username} could not sign in`);
  return cookieOf(answer);
}

function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

// Load

async function compare(ours: string, bare: string, target: Target): Promise<Omit<PageResult, 'bench'>> {
  const askOurs = { url: ours + target.path, headers: { cookie: target.cookie } };
  const askBare = { url: bare, headers: {} };
  for (const asked of [askOurs, askBare]) await load(asked, WARM_UP_SECONDS);
  const seconds = Math.max(ROUND_SECONDS, Math.ceil(target.secondsAlone * CONNECTIONS * ANSWERS));
  const [ofOurs, ofBare]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ofOurs.push(await load(askOurs, seconds));
    ofBare.push(await load(askBare, seconds));
  }
  const [fast, bareFast] = [speedOf(ofOurs), speedOf(ofBare)];
  return {
    ours: fast,
    bare: bareFast,
    ratio: fast.requestsPerSecond / bareFast.requestsPerSecond,
    statements: target.statements.length,
    kilobytes: target.bytes / 1024,
  };
}

interface Load {
  seconds: number;
  latenciesMs: number[];
}

async function load(asked: { url: string; headers: Record<string, string> }, seconds: number): Promise<Load> {
  const latenciesMs: number[] = [];
  const run = autocannon({
    ...asked,
    connections: CONNECTIONS,
    duration: seconds,
    timeout: LONGEST_WAIT_SECONDS,
  });
  run.on('response', (_client, _status, _bytes, latency) => latenciesMs.push(latency));
  const { duration, non2xx, errors } = await run;
  if (non2xx + errors > 0) throw new Error(`${asked.url}: ${non2xx} refusals, ${errors} errors`);
  return { seconds: duration, latenciesMs };
}

function speedOf(loads: Load[]): Speed {
  const latencies = loads.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b);
  const seconds = loads.reduce((sum, load) => sum + load.seconds, 0);
  return {
    requestsPerSecond: latencies.length / seconds,
    p95Ms: latencies[Math.floor(latencies.length * 0.95)] ?? 0,
  };
}
