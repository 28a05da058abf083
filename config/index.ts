import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { isMailAddress } from '../server/shared/personal-data.rules.ts';

/** The environment of one process, checked. Without NODE_ENV the program runs in production mode. */
export interface Config {
  mode: 'production' | 'development' | 'test';
  databaseUrl: string;
  host: string;
  port: number;
  /** The address under which people reach the program; https decides the cookie's name, Secure and HSTS. */
  publicUrl: URL | null;
  trustProxy: boolean;
  sessionSecret: string;
  /** 32 bytes for AES-256-GCM, base64 in the environment. */
  dataKey: Buffer;
  /** The name of the town that a new database begins with. */
  townName: string;
  logLevel: string;
  /** Where mails are given to (smtp: or smtps:, with user and password), and in whose name; null sends none. */
  mail: { server: URL; from: { name: string; address: string } } | null;
  /** Where short messages are posted to, and the secret that signs them; null posts none. */
  webhook: { url: URL; secret: string } | null;
  /** How often a message is tried before it is given up. */
  outboxAttempts: number;
}

/** Thrown with one line per problem, each naming the variable and the mend. */
export class ConfigError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const KEY_BYTES = 32;

const FROM = /^(?:([^<>"\p{C}]{0,60}?)\s*<([^<>]+)>|([^<>\s]+))$/u;

const variables = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], { error: 'must be production, development or test' })
    .default('production'),
  DATABASE_URL: z
    .string()
    .regex(
      /^(sqlite:.+|(mysql|mariadb):\/\/.+)$/,
      'must be sqlite:PATH or mysql://user:password@host:port/database',
    )
    .default('sqlite:data/three-ones.sqlite'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'must be a port number from 0 to 65535' })
    .int('must be a port number from 0 to 65535')
    .min(0, 'must be a port number from 0 to 65535')
    .max(65535, 'must be a port number from 0 to 65535')
    .default(3000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://cases.example.cn' })
    .optional(),
  TRUST_PROXY: z.stringbool({ error: 'must be true or false' }).default(false),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  DATA_KEY: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES, 'must be 32 bytes in base64')
    .optional(),
  KEY_FILE: z.string().min(1).default('data/keys.json'),
  TOWN_NAME: z.string().min(1).max(100).default('祝塘镇'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'must be smtp://user:password@host:port, or smtps: for TLS from the start',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => isMailAddress(senderOf(text).address), 'must be NAME <address> or an address')
    .optional(),
  WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http or https address of the gateway' })
    .optional(),
  WEBHOOK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  OUTBOX_ATTEMPTS: z.coerce
    .number({ error: 'must be a number from 1 to 50' })
    .int('must be a number from 1 to 50')
    .min(1, 'must be a number from 1 to 50')
    .max(50, 'must be a number from 1 to 50')
    .default(8),
});

/** What one variable needs beside it. */
const NEEDS = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['SMTP_URL', 'PUBLIC_URL'],
  ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
  ['WEBHOOK_URL', 'PUBLIC_URL'],
] as const;

const schema = variables.superRefine((values, context) => {
  for (const [given, needed] of NEEDS) {
    if (values[given] && !values[needed])
      context.addIssue({ code: 'custom', path: [needed], message: `must be set together with ${given}` });
  }
});

/**
 * Reads and checks the environment. Keys that it does not name are kept in KEY_FILE, which is made (mode 600)
 * at the first start; several instances on one database share the keys through the environment.
 * @throws ConfigError with one line per problem
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const values = parsed.data;
  const keys =
    values.SESSION_SECRET && values.DATA_KEY
      ? { sessionSecret: values.SESSION_SECRET, dataKey: values.DATA_KEY }
      : {
          ...keptKeys(values.KEY_FILE),
          ...compact({ sessionSecret: values.SESSION_SECRET, dataKey: values.DATA_KEY }),
        };
  return {
    mode: values.NODE_ENV,
    databaseUrl: values.DATABASE_URL,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ? new URL(values.PUBLIC_URL) : null,
    trustProxy: values.TRUST_PROXY,
    sessionSecret: keys.sessionSecret,
    dataKey: Buffer.from(keys.dataKey, 'base64'),
    townName: values.TOWN_NAME,
    logLevel: values.LOG_LEVEL,
    mail:
      values.SMTP_URL && values.MAIL_FROM
        ? { server: new URL(values.SMTP_URL), from: senderOf(values.MAIL_FROM) }
        : null,
    webhook:
      values.WEBHOOK_URL && values.WEBHOOK_SECRET
        ? { url: new URL(values.WEBHOOK_URL), secret: values.WEBHOOK_SECRET }
        : null,
    outboxAttempts: values.OUTBOX_ATTEMPTS,
  };
}

/** The name and the address of `NAME <address>`. */
function senderOf(text: string): { name: string; address: string } {
  const [, name = '', address, alone] = FROM.exec(text.trim()) ?? [];
  return { name, address: address ?? alone ?? '' };
}

const keyFileSchema = z.object({ sessionSecret: z.string().min(32), dataKey: z.string() });

function keptKeys(path: string): z.infer<typeof keyFileSchema> {
  const file = resolve(path);
  if (!existsSync(file)) {
    const keys = {
      sessionSecret: randomBytes(KEY_BYTES).toString('base64'),
      dataKey: randomBytes(KEY_BYTES).toString('base64'),
    };
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600, flag: 'wx' });
      return keys;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const parsed = keyFileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new ConfigError([`KEY_FILE ${path} does not hold the two keys; restore it from a backup`]);
  return parsed.data;
}

function compact<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
