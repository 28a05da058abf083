import { expect } from 'chai';
import { ConfigError, readConfig } from '../../config/index.ts';

const BASE = {
  SESSION_SECRET: 'a secret of the tests, long enough',
  DATA_KEY: Buffer.alloc(32, 'test').toString('base64'),
};
const MAIL = {
  SMTP_URL: 'smtps://user:p%40ss@mail.example.cn',
  MAIL_FROM: '三个一 <notice@example.cn>',
  PUBLIC_URL: 'https://cases.example.cn',
};
const GATEWAY = {
  WEBHOOK_URL: 'https://gateway.example.cn/messages',
  WEBHOOK_SECRET: 'a secret of the gateway, long enough',
  PUBLIC_URL: 'https://cases.example.cn',
};

function problems(env: Record<string, string>): string[] {
  try {
    readConfig({ ...BASE, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the environment of the outbox', () => {
  it('sends nothing unless it is set up', () => {
    expect(readConfig(BASE)).to.include({ mail: null, webhook: null, outboxAttempts: 8 });
  });

  it('takes a mail server with the name that mails bear, and a gateway with its secret', () => {
    const { mail, webhook } = readConfig({ ...BASE, ...MAIL, ...GATEWAY });
    expect(mail!.from).to.deep.equal({ name: '三个一', address: 'notice@example.cn' });
    expect(mail!.server.hostname).to.equal('mail.example.cn');
    expect(webhook!.url.href).to.equal(GATEWAY.WEBHOOK_URL);
    expect(readConfig({ ...BASE, ...MAIL, MAIL_FROM: 'notice@example.cn' }).mail!.from).to.deep.equal({
      name: '',
      address: 'notice@example.cn',
    });
  });

  for (const [what, env, named] of [
    ['a mail server without a sender', { ...MAIL, MAIL_FROM: '' }, 'MAIL_FROM'],
    ['a mail server without the address of the program', { ...MAIL, PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ['a server that is no mail server', { ...MAIL, SMTP_URL: 'https://mail.example.cn' }, 'SMTP_URL'],
    [
      'a sender with a line break',
      { ...MAIL, MAIL_FROM: 'A\r\nBcc: x@y.cn <notice@example.cn>' },
      'MAIL_FROM',
    ],
    ['two senders', { ...MAIL, MAIL_FROM: 'a@example.cn, b@example.cn' }, 'MAIL_FROM'],
    ['a gateway without a secret', { ...GATEWAY, WEBHOOK_SECRET: '' }, 'WEBHOOK_SECRET'],
    ['a gateway with a short secret', { ...GATEWAY, WEBHOOK_SECRET: 'short' }, 'WEBHOOK_SECRET'],
    ['a gateway that is a file', { ...GATEWAY, WEBHOOK_URL: 'file:///etc/passwd' }, 'WEBHOOK_URL'],
    ['no attempt at all', { OUTBOX_ATTEMPTS: '0' }, 'OUTBOX_ATTEMPTS'],
  ] as const)
    it(`refuses ${what}`, () => expect(problems(env).join('\n')).to.match(new RegExp(`^${named} must`)));
});
