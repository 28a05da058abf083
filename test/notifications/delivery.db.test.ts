import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Model, ModelStatic } from 'sequelize';
import type { User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { Notice, NoticeAddress, NoticeChoice, OutboxMessage } from '../../models/notifications.ts';
import { useChannels } from '../../server/notifications/channels.ts';
import { deliverOutbox } from '../../server/notifications/delivery.service.ts';
import { dailyDigest } from '../../server/notifications/digest.service.ts';
import { sendAgain } from '../../server/notifications/outbox.service.ts';
import { tell } from '../../server/notifications/tell.service.ts';
import type { TemplateKey } from '../../server/notifications/notifications.rules.ts';
import { dayOf, instantOf } from '../../server/shared/calendar-day.ts';
import { now, setClock, today } from '../../server/shared/clock.ts';
import { newId } from '../../server/shared/ids.ts';
import { translator } from '../../server/web/language.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aClaimant, aPayment, aTown, aUser } from '../support/factories.ts';
import { bodyOf, MailServer, subjectOf } from '../support/mail-server.ts';

const FROM = { name: '三个一', address: 'notice@three-ones.example' };
const ORIGIN = 'https://three-ones.example';
const SECRET = 'a secret of the tests, long enough';

/** A gateway on this machine, which answers as it is told and keeps what it was sent. */
class Gateway {
  readonly posts: { headers: IncomingMessage['headers']; body: string }[] = [];
  /** The statuses of the next answers; afterwards 200. 0 never answers. */
  answers: number[] = [];
  private server: Server | undefined;

  async open(): Promise<void> {
    this.server = createServer((req, res) => {
      const parts: Buffer[] = [];
      req.on('data', (part: Buffer) => parts.push(part));
      req.on('end', () => {
        this.posts.push({ headers: req.headers, body: Buffer.concat(parts).toString('utf8') });
        const status = this.answers.shift() ?? 200;
        if (status !== 0) res.writeHead(status, { Location: '/elsewhere' }).end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${(this.server!.address() as AddressInfo).port}/messages`);
  }

  async close(): Promise<void> {
    this.server!.closeAllConnections();
    this.server!.close();
    await once(this.server!, 'close');
  }
}

describe('the outbox', () => {
  useDatabase();
  const mail = new MailServer();
  const gateway = new Gateway();
  let town: Area;
  let clock: Date;

  before(async () => {
    town = await aTown();
    await mail.open();
    await gateway.open();
  });
  after(async () => {
    await mail.close();
    await gateway.close();
    useChannels({ mail: null, webhook: null, outboxAttempts: 8, publicUrl: null }, translator);
  });
  beforeEach(async () => {
    for (const model of [OutboxMessage, Notice, NoticeChoice, NoticeAddress] as ModelStatic<Model>[])
      await model.destroy({ where: {} });
    Object.assign(mail, { manner: 'take', asked: 0 });
    mail.received.length = 0;
    gateway.posts.length = 0;
    gateway.answers = [];
    at('2026-03-02', '09:00');
    setUp();
  });

  function at(day: string, time: string): void {
    clock = instantOf(day, time);
    setClock(() => clock);
  }
  function later(minutes: number): void {
    clock = new Date(clock.getTime() + minutes * 60_000);
  }
  function setUp(wish: { mail?: boolean; webhook?: boolean; attempts?: number; within?: number } = {}): void {
    const { mail: withMail = true, webhook: withGateway = true, attempts = 8, within = 10_000 } = wish;
    useChannels(
      {
        mail: withMail ? { server: mail.url, from: FROM } : null,
        webhook: withGateway ? { url: gateway.url, secret: SECRET } : null,
        outboxAttempts: attempts,
        publicUrl: new URL(ORIGIN),
      },
      translator,
      within,
    );
  }

  async function aPerson(addresses: { mail?: string; gateway?: string } = {}): Promise<User> {
    const user = await aUser('周国平', 'mediator', town);
    await NoticeAddress.create({ userId: user.id, ...addresses });
    return user;
  }
  const told = (...users: User[]) => say('case.routed', ...users);
  const say = (template: TemplateKey, ...users: User[]): Promise<number> =>
    inTx(() => {
      const id = newId();
      const about = {
        subject: { type: 'case', id },
        path: `/cases/${id}`,
        params: { number: '祝劳调〔2026〕0123号' },
      };
      return tell(
        users.map((user) => user.id),
        { template, ...about },
      );
    });
  const deliver = () => deliverOutbox({ day: today(), inTurn: inTx });
  const digest = (day = today()) => dailyDigest({ day, inTurn: inTx });
  const messages = () => OutboxMessage.findAll({ order: [['id', 'ASC']] });
  const states = async (): Promise<string[]> => (await messages()).map(({ state }) => state);
  const ids = (): string[] => mail.received.map(({ messageId }) => messageId);

  it('is written in the transaction of what it tells, and goes with it', async () => {
    const person = await aPerson({ mail: 'zhou@example.cn' });
    const broken = inTx(async () => {
      await told(person);
      throw new Error('the change fails');
    });
    await broken.catch(() => undefined);
    expect([await Notice.count(), await OutboxMessage.count()]).to.deep.equal([0, 0]);
    await told(person);
    expect([await Notice.count(), await OutboxMessage.count()]).to.deep.equal([1, 1]);
    const outside = await tell([person.id], {
      template: 'case.routed',
      subject: { type: 'case', id: newId() },
      path: '/',
    }).catch((error: Error) => error.message);
    expect(outside).to.include('inTx');
  });

  it('tells each person once, never who did it, never who has left', async () => {
    const [one, actor, gone] = [await aPerson(), await aPerson(), await aPerson()];
    await gone.update({ endedAt: now() });
    await inTx(() =>
      tell([one.id, one.id, actor.id, gone.id, null], {
        ...{
          template: 'case.danger',
          subject: { type: 'case', id: newId() },
          path: '/cases/1',
          actorId: actor.id,
        },
      }),
    );
    expect((await Notice.findAll()).map(({ userId }) => userId)).to.deep.equal([one.id]);
  });

  it('sends a mail in the receiver’s language, with the case number and a link and nothing else', async () => {
    const [chinese, english] = [
      await aPerson({ mail: 'zhou@example.cn' }),
      await aPerson({ mail: 'li@example.cn' }),
    ];
    await english.update({ language: 'en' });
    await told(chinese, english);
    expect(await deliver()).to.include({ sent: 2, putOff: 0, givenUp: 0 });
    const [zh, en] = ['zhou@example.cn', 'li@example.cn'].map((to) =>
      mail.received.find((one) => one.to === to)!,
    );
    expect(subjectOf(zh!)).to.equal('案件交给您办理：祝劳调〔2026〕0123号');
    expect(bodyOf(zh!)).to.include('祝劳调〔2026〕0123号').and.to.include(`${ORIGIN}/cases/`);
    expect(bodyOf(zh!)).to.include('<html lang="zh-CN">').and.not.to.include('周国平');
    expect(bodyOf(en!)).to.include('You have been given').and.to.include('<html lang="en">');
    expect(zh!.raw)
      .to.match(/^Auto-Submitted: auto-generated\r?$/m)
      .and.match(/^From: .*<notice@three-ones\.example>\r?$/m);
    expect(await deliver()).to.include({ sent: 0 });
    expect(mail.received).to.have.length(2);
  });

  it('keeps what it has while the server is away for an hour, and sends everything once when it is back', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, i) => aPerson({ mail: `p${i}@example.cn` })),
    );
    await told(...people);
    await mail.close();
    for (let minute = 0; minute < 60; minute++) {
      await deliver();
      later(1);
    }
    expect(await states()).to.deep.equal(people.map(() => 'pending'));
    await mail.open();
    for (let minute = 0; minute < 240; minute += 5) {
      await deliver();
      later(5);
    }
    expect(new Set(ids())).to.have.length(12);
    expect(mail.received).to.have.length(12);
    expect(await states()).to.deep.equal(people.map(() => 'sent'));
  });

  it('comes again after 451, once, when its wait is over', async () => {
    await told(await aPerson({ mail: 'zhou@example.cn' }));
    mail.manner = 'later';
    expect(await deliver()).to.include({ sent: 0, putOff: 1 });
    const [message] = await messages();
    expect(message).to.include({ state: 'pending', failure: 'later', failureCode: 451, attempts: 1 });
    mail.manner = 'take';
    expect(await deliver(), 'not before a minute').to.include({ sent: 0 });
    later(1);
    expect(await deliver()).to.include({ sent: 1 });
    expect(mail.received).to.have.length(1);
  });

  it('is given up at once after 550, and goes when somebody sends it again', async () => {
    const [person, administrator] = [await aPerson({ mail: 'wrong@example.cn' }), await aUser()];
    await told(person);
    mail.manner = 'refuse';
    expect(await deliver()).to.include({ givenUp: 1 });
    const [message] = await messages();
    expect(message).to.include({ state: 'dead', failure: 'refused', failureCode: 550, attempts: 1 });
    later(10_000);
    mail.manner = 'take';
    expect(await deliver(), 'nothing comes back by itself').to.include({ sent: 0 });
    expect(await sendAgain(administrator.id, [message!.id])).to.equal(1);
    expect(await sendAgain(administrator.id, [message!.id]), 'it is queued already').to.equal(0);
    expect(await deliver()).to.include({ sent: 1 });
    expect(await sendAgain(administrator.id, [message!.id]), 'what was sent stays sent').to.equal(0);
    expect(mail.received).to.have.length(1);
  });

  it('is given up after so many attempts', async () => {
    setUp({ attempts: 3 });
    await told(await aPerson({ mail: 'zhou@example.cn' }));
    mail.manner = 'later';
    for (let attempt = 0; attempt < 5; attempt++) {
      await deliver();
      later(60);
    }
    const [message] = await messages();
    expect(message).to.include({ state: 'dead', attempts: 3 });
  });

  it('has the same Message-ID when the connection broke after the last dot', async () => {
    await told(await aPerson({ mail: 'zhou@example.cn' }));
    mail.manner = 'drop';
    expect(await deliver()).to.include({ putOff: 1 });
    mail.manner = 'take';
    later(1);
    expect(await deliver()).to.include({ sent: 1 });
    later(60);
    await deliver();
    const [message] = await messages();
    expect(ids()).to.deep.equal(Array<string>(2).fill(`<${message!.id}@three-ones.example>`));
  });

  it('does not wait for a server that hangs', async () => {
    setUp({ within: 500 });
    await told(await aPerson({ mail: 'a@example.cn' }), await aPerson({ mail: 'b@example.cn' }));
    mail.manner = 'hang';
    const began = performance.now();
    expect(await deliver()).to.include({ sent: 0, putOff: 1 });
    expect(performance.now() - began).to.be.lessThan(10_000);
    expect(mail.asked, 'the second is not tried on a server that hangs').to.equal(1);
    mail.manner = 'take';
    setUp();
    later(1);
    expect(await deliver()).to.include({ sent: 2 });
  });

  it('is sent once by two that deliver at the same time', async () => {
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, i) => aPerson({ mail: `p${i}@example.cn` })),
    );
    await told(...people);
    const counts = await Promise.all([deliver(), deliver(), deliver()]);
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).to.equal(20);
    expect(mail.received).to.have.length(20);
    expect(new Set(ids())).to.have.length(20);
  });

  it('is another’s when a process that had it has died, and not before', async () => {
    await told(await aPerson({ mail: 'zhou@example.cn' }));
    const [message] = await messages();
    const held = { state: 'sending' as const, holder: newId(), attempts: 1 };
    await message!.update({ ...held, leasedUntil: new Date(Date.now() + 60_000) });
    expect(await deliver()).to.include({ sent: 0 });
    await message!.update({ leasedUntil: new Date(Date.now() - 1_000) });
    expect(await deliver()).to.include({ sent: 1 });
    await message!.reload();
    expect(message).to.include({ state: 'sent', attempts: 2, holder: null });
  });

  it('stays in the program where nothing is set up, and goes when it is', async () => {
    setUp({ mail: false, webhook: false });
    const person = await aPerson({ mail: 'zhou@example.cn', gateway: '13800001234' });
    await told(person);
    expect(await deliver()).to.include({ keptHere: 2, sent: 0 });
    expect(await states()).to.deep.equal(['kept', 'kept']);
    expect(await Notice.count({ where: { userId: person.id, unread: true } })).to.equal(1);
    setUp();
    expect(await deliver(), 'nothing old goes out by itself').to.include({ sent: 0 });
    await sendAgain(
      person.id,
      (await messages()).map(({ id }) => id),
    );
    expect(await deliver()).to.include({ sent: 2 });
  });

  it('has nobody to go to when the address is gone or the person has left', async () => {
    const [one, two] = [await aPerson({ mail: 'a@example.cn' }), await aPerson({ mail: 'b@example.cn' })];
    await told(one, two);
    await NoticeAddress.update({ mail: null }, { where: { userId: one.id } });
    await two.update({ endedAt: now() });
    expect(await deliver()).to.include({ sent: 0, givenUp: 2 });
    expect((await messages()).map(({ failure }) => failure)).to.deep.equal(['noAddress', 'noAddress']);
    expect(mail.asked).to.equal(0);
  });

  describe('the gateway', () => {
    it('gets a signed post, and can check it', async () => {
      await told(await aPerson({ gateway: '13800001234' }));
      expect(await deliver()).to.include({ sent: 1 });
      const [{ headers, body }] = gateway.posts as [(typeof gateway.posts)[0]];
      const [message] = await messages();
      const signed = `${headers['x-timestamp'] as string}.${headers['x-message-id'] as string}.${body}`;
      const signature = createHmac('sha256', SECRET).update(signed).digest('hex');
      expect(headers['x-signature']).to.equal(`sha256=${signature}`);
      expect(headers['x-message-id']).to.equal(message!.id);
      expect(Number(headers['x-timestamp'])).to.equal(clock.getTime() / 1000);
      const sent = JSON.parse(body) as Record<string, string>;
      expect(sent).to.include({ id: message!.id, to: '13800001234', language: 'zh-CN' });
      expect(sent.subject).to.equal('案件交给您办理：祝劳调〔2026〕0123号');
      expect(sent.url).to.match(/^https:\/\/three-ones\.example\/cases\//);
    });

    it('is asked again after 500 and after no answer, follows no redirect, and 422 is final', async () => {
      await told(await aPerson({ gateway: 'ZhouGuoping' }));
      gateway.answers = [500, 302, 0];
      setUp({ within: 2_000 });
      for (const [failure, code] of [
        ['later', 500],
        ['later', 302],
        ['timeout', null],
      ] as const) {
        expect(await deliver()).to.include({ putOff: 1 });
        expect((await messages())[0]).to.include({ state: 'pending', failure, failureCode: code });
        later(60);
      }
      expect(await deliver()).to.include({ sent: 1 });
      expect(gateway.posts).to.have.length(4);
      expect(new Set(gateway.posts.map(({ headers }) => headers['x-message-id']))).to.have.length(1);
      await told(await aPerson({ gateway: 'LiQiang' }));
      gateway.answers = [422];
      expect(await deliver()).to.include({ givenUp: 1 });
    });
  });

  describe('what a person chose', () => {
    const choose = (user: User, choice: 'now' | 'digest' | 'off', template: TemplateKey = 'warning.late') =>
      NoticeChoice.create({ userId: user.id, template, choice });

    it('decides whether it goes at once, in the morning, or not at all', async () => {
      const [soon, morning, never] = [
        await aPerson({ mail: 'now@example.cn' }),
        await aPerson({ mail: 'digest@example.cn' }),
        await aPerson({ mail: 'off@example.cn' }),
      ];
      await choose(soon, 'now');
      await choose(morning, 'digest');
      await choose(never, 'off');
      await say('warning.late', soon, morning, never);
      await deliver();
      expect(mail.received.map(({ to }) => to)).to.deep.equal(['now@example.cn']);
      at('2026-03-03', '08:25');
      await digest();
      await deliver();
      expect(mail.received.map(({ to }) => to)).to.deep.equal(['now@example.cn', 'digest@example.cn']);
      expect(await Notice.count({ where: { unread: true } }), 'all of them in the program').to.equal(3);
    });

    it('does not hold for what must be told at once', async () => {
      const person = await aPerson({ mail: 'off@example.cn' });
      await choose(person, 'off', 'case.routed');
      await told(person);
      expect(await deliver()).to.include({ sent: 1 });
    });

    it('the digest is one mail a person and day, however often it runs, and not before the morning', async () => {
      const person = await aPerson({ mail: 'zhou@example.cn' });
      await choose(person, 'digest');
      for (let i = 0; i < 3; i++) await say('warning.late', person);
      at('2026-03-03', '07:25');
      expect(await digest(), 'before eight').to.deep.equal({ digests: 0 });
      at('2026-03-03', '08:25');
      expect(
        await Promise.all([digest(), digest()]).then((both) => both[0].digests + both[1].digests),
      ).to.equal(1);
      await say('warning.late', person);
      later(60);
      expect(await digest(), 'the rest waits for the next morning').to.deep.equal({ digests: 0 });
      await deliver();
      expect(mail.received).to.have.length(1);
      expect(bodyOf(mail.received[0]!)).to.include('您有 3 条新消息');
      at('2026-03-04', '10:25');
      expect(await digest()).to.deep.equal({ digests: 1 });
      expect((await messages()).map(({ digestOn }) => digestOn)).to.deep.equal(['2026-03-03', dayOf(clock)]);
    });

    it('the digest leaves out what was read in the program, and where nothing is left there is none', async () => {
      const person = await aPerson({ mail: 'zhou@example.cn' });
      await choose(person, 'digest');
      for (let i = 0; i < 3; i++) await say('warning.late', person);
      const [read, ...others] = await Notice.findAll({ where: { userId: person.id } });
      await Notice.update({ unread: false, readAt: now() }, { where: { id: read!.id } });
      at('2026-03-03', '08:25');
      expect(await digest()).to.deep.equal({ digests: 1 });
      await deliver();
      expect(bodyOf(mail.received[0]!)).to.include('您有 2 条新消息');
      expect(await Notice.count({ where: { digestOn: '2026-03-03' } })).to.equal(others.length);
      await say('warning.late', person);
      await Notice.update({ unread: false, readAt: now() }, { where: { userId: person.id, unread: true } });
      at('2026-03-04', '08:25');
      expect(await digest()).to.deep.equal({ digests: 0 });
      expect(await Notice.count({ where: { waiting: true } })).to.equal(0);
    });

    it('the digest leaves out what is done by now, and names what waits in a case once', async () => {
      const person = await aPerson({ mail: 'chen@example.cn' });
      const [twice, verified, decided] = [
        await aCase(town).with({ number: '祝劳调〔2026〕0007号' }).saved(),
        await aCase(town).with({ number: '祝劳调〔2026〕0008号' }).saved(),
        await aCase(town).with({ number: '祝劳调〔2026〕0009号' }).saved(),
      ];
      for (let payments = 0; payments < 2; payments++)
        await aPayment(await aClaimant(twice), '500', '2026-03-01', 'recorded');
      await aPayment(await aClaimant(verified), '500', '2026-03-01', 'verified');
      for (const [template, { id, number }] of [
        ['case.verification', twice],
        ['case.verification', twice],
        ['case.verification', verified],
        ['case.proposal', decided],
      ] as const)
        await inTx(() =>
          tell([person.id], {
            ...{ template, subject: { type: 'case', id }, path: `/cases/${id}`, params: { number } },
          }),
        );
      at('2026-03-03', '08:25');
      expect(await digest()).to.deep.equal({ digests: 1 });
      await deliver();
      const body = bodyOf(mail.received[0]!);
      expect(body).to.include('您有 1 条新消息').and.to.include('0007号');
      expect(body).to.not.include('0008号').and.not.include('0009号');
      expect(await Notice.count({ where: { waiting: true } })).to.equal(0);
      expect(await Notice.count({ where: { unread: true } }), 'all of them in the program').to.equal(4);
    });

    it('a long digest says how many it does not name, and where they are', async () => {
      const person = await aPerson({ mail: 'zhou@example.cn' });
      await choose(person, 'digest');
      for (let i = 0; i < 102; i++) await say('warning.late', person);
      at('2026-03-03', '08:25');
      await digest();
      await deliver();
      const body = bodyOf(mail.received[0]!);
      expect(body)
        .to.include('您有 102 条新消息')
        .and.to.match(/另有 2 条，请在系统的“消息”里查看\r?\n\S+\/notices/);
    });
  });
});
