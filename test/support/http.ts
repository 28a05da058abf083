import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino, type Logger } from 'pino';
import supertest from 'supertest';
import { readConfig } from '../../config/index.ts';
import { RoleGrant, User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { hashPassword } from '../../server/accounts/passwords.service.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import { createApp } from '../../server/app.ts';
import { useDatabase } from './database.ts';
import { aUser } from './factories.ts';
import { fieldErrorsOf, formsOf, linksOf, wordsOf, type Form } from './html.ts';

/** The password of everybody in the tests who did not choose one. */
export const PASSWORD = 'correct horse battery 9';

/** A file as it is chosen in a form. */
export interface ChosenFile {
  name: string;
  bytes: Buffer;
  type?: string;
}

/** What somebody fills in: null leaves a field out, a list ticks several boxes. */
export type Filled = Record<string, string | string[] | ChosenFile | null>;

/** The program as it is served, for the tests of a file; on SQLite or MariaDB as `useDatabase()` has it. */
export interface Program {
  readonly databaseUrl: string;
  /** Every line that was logged. */
  readonly log: string[];
  /** A new browser with nobody signed in. */
  visitor(): Visitor;
  /** A new browser in which this person has signed in by the form. */
  as(person: User | { username: string; password?: string }): Promise<Visitor>;
  /** A person with a password and, in an area, a role. */
  person(displayName: string, role?: Role, area?: Area, enterpriseId?: string): Promise<User>;
}

/** Serves the program on the test database from `before` to `after`; `environment` adds to its configuration. */
export function useProgram(environment: Record<string, string> = {}): Program {
  const database = useDatabase();
  const log: string[] = [];
  let server: Server | undefined;

  before(async () => {
    const config = readConfig({ ...testEnvironment(database.url), TRUST_PROXY: 'true', ...environment });
    const logger: Logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
    server = createServer(createApp(config, logger)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    server!.closeAllConnections();
    server!.close();
    await once(server!, 'close');
  });

  // Every visitor comes from a computer of their own, as the limit of sign-ins sees it.
  const visitor = (): Visitor => {
    visitors++;
    const computer = `10.0.${visitors >> 8}.${visitors & 255}`;
    return new Visitor(supertest.agent(server).set('X-Forwarded-For', computer));
  };
  return {
    get databaseUrl() {
      return database.url;
    },
    log,
    visitor,
    as: async (person) => {
      const browser = visitor();
      const password = 'password' in person && person.password ? person.password : PASSWORD;
      const page = await browser.signIn(person.username, password);
      if (page.path === '/sign-in') throw new Error(`${person.username} could not sign in: ${page.text}`);
      return browser;
    },
    person: async (displayName, role, area, enterpriseId) => {
      const user = await aUser(displayName);
      const passwordHash = await knownHash();
      await User.update({ passwordHash }, { where: { id: user.id } });
      if (role && area) await RoleGrant.create({ userId: user.id, role, areaId: area.id, enterpriseId });
      return user;
    },
  };
}

/** The environment of a program under test. */
export function testEnvironment(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: 'a secret of the tests, long enough',
    DATA_KEY: Buffer.alloc(32, 'test').toString('base64'),
  };
}

/** Gives people made by the factories the password by which they can sign in. */
export async function letSignIn(...users: User[]): Promise<void> {
  const passwordHash = await knownHash();
  await User.update({ passwordHash }, { where: { id: users.map(({ id }) => id) } });
}

let visitors = 0;
let hash: Promise<string> | undefined;
const knownHash = (): Promise<string> => (hash ??= hashPassword(PASSWORD));

/** A page as it was answered. */
export class Page {
  readonly status: number;
  /** Where the browser is now, with the query; after a redirect the address it led to. */
  readonly path: string;
  readonly html: string;
  readonly headers: Record<string, string>;

  constructor(status: number, path: string, html: string, headers: Record<string, string>) {
    this.status = status;
    this.path = path;
    this.html = html;
    this.headers = headers;
  }

  /** The words of the page, without its header, menus and footer. */
  get text(): string {
    return wordsOf(/<main\b[^>]*>([\s\S]*?)<\/main>/.exec(this.html)?.[1] ?? this.html);
  }

  get forms(): Form[] {
    return formsOf(this.html);
  }

  /** The sentence beside a field, or undefined. */
  error(field: string): string | undefined {
    return fieldErrorsOf(this.html).get(field);
  }

  get errors(): Record<string, string> {
    return Object.fromEntries(fieldErrorsOf(this.html));
  }

  get links(): { text: string; href: string }[] {
    return linksOf(this.html);
  }

  /** The address of the first link with these words. */
  link(text: string | RegExp): string {
    const found = this.links.find((link) =>
      typeof text === 'string' ? link.text.includes(text) : text.test(link.text),
    );
    if (!found) throw new Error(`no link "${String(text)}" on ${this.path}: ${this.text.slice(0, 600)}`);
    return found.href;
  }

  /** The form that is sent to this address; with `button`, the one with these words on its button. */
  form(action: string | RegExp, button?: string): Form {
    const fits = (form: Form): boolean =>
      (typeof action === 'string' ? form.action === action : action.test(form.action)) &&
      (button === undefined || form.button === button);
    const found = this.forms.find(fits);
    if (!found) {
      const offered = this.forms.map((form) => `${form.action} [${form.button}]`).join(', ');
      throw new Error(
        `no form ${String(action)} ${button ?? ''} on ${this.path} (${this.status}), only ${offered}: ${this.text.slice(0, 600)}`,
      );
    }
    return found;
  }

  /** A tile by its label: the figure as printed, and what it opens. */
  tile(label: string): { value: string; href: string | undefined } {
    const found = [
      ...this.html.matchAll(/<div class="tile"><dt>([^<]*)<\/dt><dd>([\s\S]*?)<\/dd><\/div>/g),
    ].find(([, name]) => name === label);
    if (!found) throw new Error(`no tile ${label} on ${this.path}: ${this.text.slice(0, 600)}`);
    const figure =
      /<span class="figure">([\s\S]*?)(?:<span class="unit">|<\/a>|<\/span>)/.exec(found[2]!)?.[1] ?? '';
    return { value: wordsOf(figure), href: linksOf(found[2]!)[0]?.href };
  }

  /** The rows of the page's tables, cell by cell. */
  get rows(): string[][] {
    const bodies = [...this.html.matchAll(/<tbody>([\s\S]*?)<\/tbody>/g)].map(([, body = '']) => body);
    return bodies.flatMap((body) =>
      [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
        [...row.matchAll(/<t[hd]\b[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => wordsOf(cell)),
      ),
    );
  }

  /** What a field of a form shows. */
  value(field: string): string | null | undefined {
    return this.forms.flatMap(({ controls }) => controls).find(({ name }) => name === field)?.value;
  }
}

type Agent = ReturnType<typeof supertest.agent>;
type Answer = Awaited<ReturnType<Agent['get']>>;

/** A browser without scripts: it keeps cookies, follows redirects and refreshes, and sends forms with what they carry. */
export class Visitor {
  readonly agent: Agent;
  /** The page that is open. */
  page: Page = new Page(0, '', '', {});

  constructor(agent: Agent) {
    this.agent = agent;
  }

  /** Opens an address, wherever it leads. */
  async visit(path: string): Promise<Page> {
    return this.follow(await this.agent.get(path), path);
  }

  async signIn(username: string, password: string = PASSWORD): Promise<Page> {
    await this.visit('/sign-in');
    return this.submit('/sign-in', { username, password });
  }

  /**
   * Sends a form of the open page as a browser does: everything that it carries, with these values filled in.
   * @throws Error for a field that the form does not have or a choice that it does not offer
   */
  async submit(action: string | RegExp | Form, filled: Filled = {}): Promise<Page> {
    const form = typeof action === 'string' || action instanceof RegExp ? this.page.form(action) : action;
    return this.post(form.action, fieldsOf(form, filled), form.multipart);
  }

  /** Opens a page and sends its form at the same address. */
  async fill(path: string, filled: Filled, action: string = path.split('?')[0]!): Promise<Page> {
    const page = await this.visit(path);
    if (page.status !== 200) throw new Error(`${path} answers ${page.status}: ${page.text.slice(0, 300)}`);
    return this.submit(action, filled);
  }

  /** Sends fields that no form needs to have, with the session's token unless `_csrf` is among them. */
  async send(path: string, fields: Filled = {}, multipart = false): Promise<Page> {
    const _csrf = '_csrf' in fields ? fields['_csrf']! : await this.token();
    return this.post(path, { ...fields, _csrf }, multipart);
  }

  /** The CSRF token of this session. */
  async token(): Promise<string> {
    const known = this.page.value('_csrf');
    if (known) return known;
    return (await this.visit('/account/password')).value('_csrf') ?? '';
  }

  /** The answer to a POST itself, not followed. */
  request(path: string, fields: Filled, multipart = false): Promise<Answer> {
    const request = this.agent.post(path);
    if (!multipart) return send(request.type('form'), encoded(fields));
    for (const [name, value] of Object.entries(fields)) {
      if (value === null) continue;
      if (typeof value === 'string') request.field(name, value);
      else if (Array.isArray(value)) for (const one of value) request.field(name, one);
      else {
        const contentType = value.type ?? 'application/octet-stream';
        request.attach(name, value.bytes, { filename: value.name, contentType });
      }
    }
    return send(request);
  }

  private async post(path: string, fields: Filled, multipart: boolean): Promise<Page> {
    return this.follow(await this.request(path, fields, multipart), path);
  }

  private async follow(answer: Answer, path: string): Promise<Page> {
    let [current, at] = [answer, path];
    for (let steps = 0; current.status === 303 || current.status === 302; steps++) {
      if (steps > 5) throw new Error(`${path} leads in a circle`);
      at = current.headers['location'] ?? '';
      current = await this.agent.get(at);
    }
    this.page = new Page(current.status, at, current.text ?? '', current.headers);
    // A page that refreshes itself leads on by itself.
    if (!current.headers['refresh']) return this.page;
    await sleep(200);
    return this.visit(at);
  }
}

/** Awaits a request; supertest's own promise is no promise for the type checker. */
async function send(request: ReturnType<Agent['post']>, body?: string): Promise<Answer> {
  return body === undefined ? await request : await request.send(body);
}

function encoded(fields: Filled): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') query.append(name, value);
    else if (Array.isArray(value)) for (const one of value) query.append(name, one);
  }
  return query.toString();
}

function fieldsOf({ action, controls }: Form, filled: Filled): Filled {
  const fields: Filled = {};
  for (const { name, kind, value } of controls) {
    if (value === null) continue;
    const before = fields[name];
    fields[name] =
      kind === 'checkbox' && typeof before === 'string'
        ? [before, value]
        : Array.isArray(before)
          ? [...before, value]
          : value;
  }
  for (const [name, value] of Object.entries(filled)) {
    const offered = controls.filter((control) => control.name === name);
    if (offered.length === 0)
      throw new Error(
        `the form ${action} has no field ${name}, only ${controls.map((control) => control.name).join(', ')}`,
      );
    fields[name] =
      typeof value === 'string'
        ? choiceOf(
            offered.flatMap(({ choices }) => choices ?? []),
            name,
            value,
          )
        : value;
  }
  return fields;
}

/** A choice by its value or by its words. */
function choiceOf(choices: { value: string; text: string }[], name: string, wanted: string): string {
  if (choices.length === 0) return wanted;
  const found =
    choices.find(({ value, text }) => value === wanted || text === wanted) ??
    choices.find(({ text }) => text !== '' && text.includes(wanted));
  if (!found)
    throw new Error(
      `${name} does not offer ${wanted}, only ${choices.map(({ value, text }) => `${text} (${value})`).join(', ')}`,
    );
  return found.value;
}
