import type { Role } from '../accounts/roles.rules.ts';
import { isCalendarDay, type CalendarDay } from '../shared/calendar-day.ts';
import { localPath } from '../shared/local-path.ts';

/** When somebody hears of a thing outside of the program: at once, in the mail of the next morning, or not at all. */
export const CHOICES = ['now', 'digest', 'off'] as const;
export type Choice = (typeof CHOICES)[number];

/** Why a person cannot turn a notice off (`notifications.mandatory`). */
export const MANDATORY_REASONS = ['clock', 'danger'] as const;
type MandatoryReason = (typeof MANDATORY_REASONS)[number];

export interface Template {
  /** Whose page of preferences names it: the roles that may be told of it. */
  roles: readonly Role[];
  /** What the law's clock (or a life) demands: always at once. */
  mandatory?: MandatoryReason;
  /** What holds until the person chooses; of a mandatory one always `now`. */
  choice: Choice;
}

/**
 * Everything that people are told of. A key is said by `notifications.templates.<key>` in both languages: `title` (also
 * the subject of the mail) and `text`, which may use {{case}}, {{day}}, {{month}}, {{count}} and {{level}}.
 */
export const TEMPLATES = {
  // DOMAIN §5: from here the days to the first contact and to the decision on acceptance run.
  'case.routed': { roles: ['mediator'], mandatory: 'clock', choice: 'now' },
  'case.reassigned': { roles: ['mediator'], mandatory: 'clock', choice: 'now' },
  'case.goneUp': { roles: ['mediator', 'dispatcher'], mandatory: 'clock', choice: 'now' },
  // 劳动争议调解仲裁法 14: the 15 days are over.
  'case.failureDrafted': { roles: ['mediator'], mandatory: 'clock', choice: 'now' },
  // DOMAIN §2: three working days to do it again.
  'case.redo': { roles: ['mediator'], mandatory: 'clock', choice: 'now' },
  'case.danger': { roles: ['dispatcher'], mandatory: 'danger', choice: 'now' },
  'case.offered': { roles: ['mediator'], choice: 'now' },
  'case.breached': { roles: ['mediator'], choice: 'now' },
  'case.proposal': { roles: ['dispatcher'], choice: 'digest' },
  'case.verification': { roles: ['dispatcher'], choice: 'digest' },
  // DOMAIN §6: from here the deadlines of the actions run; red is reported on the same day.
  'warning.raised': { roles: ['officer', 'dispatcher'], mandatory: 'clock', choice: 'now' },
  // DOMAIN §6: red is told the county on the same day.
  'warning.red': { roles: ['official'], mandatory: 'clock', choice: 'now' },
  'warning.late': { roles: ['officer', 'dispatcher'], choice: 'now' },
  'round.report': { roles: ['informant'], choice: 'now' },
  'round.unchecked': { roles: ['officer'], choice: 'now' },
} as const satisfies Record<string, Template>;

export type TemplateKey = keyof typeof TEMPLATES;
export const TEMPLATE_KEYS = Object.keys(TEMPLATES) as TemplateKey[];

const templateOf = (key: TemplateKey): Template => TEMPLATES[key];

/** Why a notice cannot be turned off; null when it can. */
export function mandatoryReason(key: TemplateKey): MandatoryReason | null {
  return templateOf(key).mandatory ?? null;
}

/** When somebody who chose this (or nothing) hears of a notice. */
export function choiceFor(key: TemplateKey, chosen: Choice | null): Choice {
  const { mandatory, choice } = templateOf(key);
  return mandatory ? 'now' : (chosen ?? choice);
}

/** The notices that people of these roles may get, in the order of the table. */
export function templatesFor(roles: readonly Role[]): TemplateKey[] {
  return TEMPLATE_KEYS.filter((key) => templateOf(key).roles.some((role) => roles.includes(role)));
}

/** Those of them that can be turned off. */
export function optionalTemplates(roles: readonly Role[]): TemplateKey[] {
  return templatesFor(roles).filter((key) => mandatoryReason(key) === null);
}

/** The header says "99+" behind this many. */
export const MOST_COUNTED = 99;

/** Whether a text can be what a gateway knows a person by: a mobile number, or an account of 企业微信. */
export function isGatewayAddress(text: string): boolean {
  return /^(?:1\d{10}|[a-z][\w.@-]{0,63})$/i.test(text);
}

/** The levels that a notice can name (`notifications.levels`). */
export const LEVEL_WORDS = ['enterprise', 'village', 'town', 'blue', 'yellow', 'orange', 'red'] as const;
type LevelWord = (typeof LEVEL_WORDS)[number];

/** All that a notice may say beside its template: it goes out by mail, so that it holds no personal data. */
export interface NoticeParams {
  /** The number of the case; null while it has none. */
  number?: string | null;
  day?: CalendarDay;
  /** A month, `YYYY-MM`. */
  month?: string;
  count?: number;
  level?: LevelWord;
}

const ALLOWED: Record<keyof NoticeParams, (value: unknown) => boolean> = {
  // The pattern of a number is the town's own; without a digit it is a name or a sentence.
  number: (value) => typeof value === 'string' && /^(?=.*\d)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u.test(value),
  day: (value) => typeof value === 'string' && isCalendarDay(value),
  month: (value) => typeof value === 'string' && isCalendarDay(`${value}-01`),
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  level: (value) => LEVEL_WORDS.some((word) => word === value),
};

/** What of the params is there, each of the form that it may have. @throws Error for anything else */
export function checkedParams(params: NoticeParams): NoticeParams {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null);
  for (const [name, value] of given) {
    if (!Object.hasOwn(ALLOWED, name) || !ALLOWED[name as keyof NoticeParams](value))
      throw new Error(`a notice does not say ${name}`);
  }
  return Object.fromEntries(given);
}

/** A path of the program that a notice leads to. @throws Error for one of another site, or with a query other than a month */
export function checkedPath(path: string): string {
  if (
    path.length > 200 ||
    localPath(path) !== path ||
    !/^\/[\w/-]*(\?month=\d{4}-\d{2})?(#[\w-]+)?$/.test(path)
  )
    throw new Error(`a notice does not lead to ${path}`);
  return path;
}

/** Text for one line of a mail's header: without line breaks and other control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** By which ways a message leaves the program. */
export const CHANNELS = ['mail', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Where a message is: `pending` until it is due, `sending` while a process has it, `sent`; `dead` when it was given up and
 * `kept` when its channel is not set up: both wait for somebody to send them again.
 */
export const MESSAGE_STATES = ['pending', 'sending', 'sent', 'dead', 'kept'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What went wrong, in a word (`notifications.failures`); never the server's own text, which may name the address. */
export const FAILURES = [
  'unreachable',
  'timeout',
  'signIn',
  'refused',
  'later',
  'noAddress',
  'interrupted',
] as const;
export type Failure = (typeof FAILURES)[number];

/** Minutes to wait after each failed attempt; the last one repeats. */
const WAITS = [1, 5, 15, 60, 240, 720];

/** What becomes of a message that failed for the `attempts`-th time: the minutes until it is due again, or null: given up. */
export function waitAfter(attempts: number, most: number, permanent: boolean): number | null {
  return permanent || attempts >= most ? null : (WAITS[attempts - 1] ?? WAITS.at(-1)!);
}

/** What came of an attempt; `stop`: the server itself does not work, so that others need not be tried now. */
export interface Failed {
  failure: Failure;
  permanent: boolean;
  stop: boolean;
  code: number | null;
}

/** What nodemailer says of a failed attempt. */
interface MailError {
  code?: string | undefined;
  command?: string | undefined;
  responseCode?: number | undefined;
}

const SERVER_FAILURES: Record<string, Failure> = {
  EAUTH: 'signIn',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
};

/**
 * 5xx to the recipient or the content is final (RFC 5321, 4.2.1); 4xx comes again. What the server says before that, as
 * to the sign-in or the sender, is a fault of the set-up and no message's.
 */
export function mailFailure({ code, command, responseCode }: MailError): Failed {
  const said = responseCode ?? null;
  const ofMessage = (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM' && said !== 421;
  if (ofMessage) {
    const permanent = said === null || said >= 500;
    return { failure: permanent ? 'refused' : 'later', permanent, stop: false, code: said };
  }
  const failure = SERVER_FAILURES[code ?? ''] ?? (said === null ? 'unreachable' : 'later');
  return { failure, permanent: false, stop: true, code: said };
}

/** The answers of a gateway that say that the message itself is at fault. */
const FAULTY_MESSAGE = [400, 410, 413, 422];

/** What a gateway's answer means; null when it took the message. No redirect is followed. */
export function webhookFailure(status: number): Failed | null {
  if (status >= 200 && status < 300) return null;
  const permanent = FAULTY_MESSAGE.includes(status);
  const failure = permanent ? 'refused' : status === 401 || status === 403 ? 'signIn' : 'later';
  return { failure, permanent, stop: !permanent, code: status };
}
