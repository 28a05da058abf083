import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import handlebars from 'handlebars';
import { createTransport } from 'nodemailer';
import type { Config } from '../../config/index.ts';
import { projectRoot } from '../../config/root.ts';
import type { Letter } from './letter.queries.ts';
import { mailFailure, type Failed } from './notifications.rules.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const page = handlebars.compile(readFileSync(join(projectRoot, 'views', 'emails', 'letter.hbs'), 'utf8'), {
  knownHelpersOnly: true,
});

/** A letter as HTML. */
export function letterAsHtml(letter: Letter): string {
  return page(letter);
}

/** The same as text. */
export function letterAsText({ lead, items, more, noticesUrl, foot, change, settingsUrl }: Letter): string {
  const parts = items.map(({ title, text, url }) => [title, text, url].join('\n'));
  if (more) parts.push(`${more}\n${noticesUrl}`);
  return `${[...(lead ? [lead] : []), ...parts, `${foot}\n${change}: ${settingsUrl}`].join('\n\n')}\n`;
}

/**
 * Gives a letter to the mail server; null when it took it. The Message-ID is the message's own, so that a copy that is sent
 * after a broken connection can be recognised.
 */
export async function sendMail(
  { server, from }: NonNullable<Config['mail']>,
  letter: Letter,
  withinMs: number,
): Promise<Failed | null> {
  const transport = createTransport({ ...serverOf(server), ...timeouts(withinMs) });
  const domain = from.address.split('@')[1]!;
  try {
    await transport.sendMail({
      from,
      to: { name: '', address: letter.to },
      envelope: { from: from.address, to: [letter.to] },
      messageId: `<${letter.id}@${domain}>`,
      subject: letter.subject,
      text: letterAsText(letter),
      html: letterAsHtml(letter),
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.timeout(withinMs),
    });
    return null;
  } catch (error) {
    return mailFailure(error as Error & { code?: string; command?: string; responseCode?: number });
  }
}

/** A password goes over an encrypted connection only, unless the server is on this machine. */
function serverOf({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username
      ? {
          auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
          requireTLS: !secure && !LOOPBACK.includes(hostname),
        }
      : {}),
  };
}

function timeouts(withinMs: number) {
  return { connectionTimeout: withinMs, greetingTimeout: withinMs, socketTimeout: withinMs };
}
