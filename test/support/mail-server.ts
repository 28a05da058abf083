import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the server does with a message; `drop`: takes it and breaks the connection before it says so. */
export type Manner = 'take' | 'later' | 'refuse' | 'drop' | 'hang';

export interface Received {
  messageId: string;
  to: string;
  raw: string;
}

/** A real SMTP server on this machine, with its manners and what it was given. */
export class MailServer {
  readonly received: Received[] = [];
  /** How many connections were made. */
  asked = 0;
  manner: Manner = 'take';
  private server: SMTPServer | undefined;
  private port = 0;

  /** Opens at the address that it had before, if it had one. */
  async open(): Promise<void> {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onConnect: (_session, done) => {
        this.asked++;
        if (this.manner !== 'hang') done();
      },
      onRcptTo: (_address, _session, done) => {
        if (this.manner === 'later') return done(answer(451, 'try again later'));
        if (this.manner === 'refuse') return done(answer(550, 'no such user'));
        done();
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const raw = Buffer.concat(parts).toString('utf8');
          const messageId = /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim() ?? '';
          const to = session.envelope.rcptTo.map(({ address }) => address).join();
          this.received.push({ messageId, to, raw });
          if (this.manner === 'drop') this.breakConnections();
          else done();
        });
      },
    });
    this.server.on('error', () => undefined);
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server.server, 'listening');
    this.port = (this.server.server.address() as AddressInfo).port;
  }

  get url(): URL {
    return new URL(`smtp://127.0.0.1:${this.port}`);
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.breakConnections(server);
    if (server) await new Promise<void>((closed) => server.close(() => closed()));
  }

  private breakConnections(server = this.server): void {
    for (const { _socket } of server?.connections ?? []) _socket.destroy();
  }
}

function answer(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** The parts of a mail as its reader sees them, text and HTML, one below the other. */
export function bodyOf({ raw }: Received): string {
  const parts = raw.split(/\r?\n--[^\r\n]+\r?\n/).slice(1);
  return parts
    .map((part) => {
      const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
      const body = rest.join('\n\n');
      if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
      if (!/quoted-printable/i.test(head)) return body;
      const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`);
      return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'));
    })
    .join('\n');
}

/** The subject of a mail in words. */
export function subjectOf({ raw }: Received): string {
  const folded = /^Subject: ((?:.*)(?:\r?\n[ \t].*)*)/m.exec(raw)?.[1] ?? '';
  const bytes = [...folded.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map(([, how, text = '']) =>
    how!.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64')
      : Buffer.from(decodeURIComponent(text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/g, '%$1'))),
  );
  return bytes.length > 0 ? Buffer.concat(bytes).toString('utf8') : folded.trim();
}
