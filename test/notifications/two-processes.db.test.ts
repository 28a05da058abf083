import { expect } from 'chai';
import type { User } from '../../models/accounts.ts';
import type { Area } from '../../models/areas.ts';
import { inTx } from '../../models/dialect.ts';
import { NoticeAddress, OutboxMessage } from '../../models/notifications.ts';
import { sendAgain } from '../../server/notifications/outbox.service.ts';
import { tell } from '../../server/notifications/tell.service.ts';
import { instantOf, wallClock } from '../../server/shared/calendar-day.ts';
import { setClock } from '../../server/shared/clock.ts';
import { newId } from '../../server/shared/ids.ts';
import { aTown, aUser } from '../support/factories.ts';
import { letSignIn, useProgram } from '../support/http.ts';
import { JobProcess, type JobAnswer } from '../support/job-process.ts';
import { MailServer } from '../support/mail-server.ts';

const BEGAN = instantOf('2026-03-02', '09:00');
const PEOPLE = 40;

/** The minutes from one to another after the beginning, as the schedule names them. */
const minutes = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) =>
    wallClock(new Date(BEGAN.getTime() + (from + index) * 60_000)),
  );

describe('two processes that deliver', function () {
  this.timeout(600_000);
  const program = useProgram();
  const mail = new MailServer();
  let processes: JobProcess[];
  let town: Area;
  let people: User[];

  before(async () => {
    town = await aTown();
    people = [];
    for (let index = 0; index < PEOPLE; index++) {
      const person = await aUser(`调解员${index}`, 'mediator', town);
      await NoticeAddress.create({ userId: person.id, mail: `p${index}@example.cn` });
      people.push(person);
    }
    await mail.open();
    const environment = {
      ...{ SMTP_URL: mail.url.href, MAIL_FROM: '三个一 <notice@three-ones.example>' },
      PUBLIC_URL: 'https://three-ones.example',
    };
    processes = await Promise.all([1, 2].map(() => JobProcess.start(program.databaseUrl, environment)));
  });
  after(async () => {
    setClock();
    await Promise.all(processes.map((one) => one.stop()));
    await mail.close();
  });
  beforeEach(async () => {
    await OutboxMessage.destroy({ where: {} });
    mail.received.length = 0;
    mail.manner = 'take';
    setClock(() => BEGAN);
  });

  const told = (some: readonly User[]) =>
    inTx(() => {
      const id = newId();
      return tell(
        some.map((person) => person.id),
        { template: 'case.routed', subject: { type: 'case', id }, path: `/cases/${id}` },
      );
    });
  const both = async (times: string[], withoutLease = false): Promise<JobAnswer[]> =>
    Promise.all(processes.map((one) => one.run({ times, jobs: ['deliverOutbox'], withoutLease })));
  const sent = (answers: JobAnswer[]): number =>
    answers.reduce((sum, { counts }) => sum + (counts['sent'] ?? 0), 0);
  const states = async (): Promise<Record<string, number>> => {
    const rows = await OutboxMessage.findAll({ attributes: ['state'], raw: true });
    const counts: Record<string, number> = {};
    for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  };
  const received = (): string[] => mail.received.map(({ messageId }) => messageId).sort();
  const wanted = async (): Promise<string[]> =>
    (await OutboxMessage.findAll({ raw: true })).map(({ id }) => `<${id}@three-ones.example>`).sort();

  it('send each message once after the server was away for an hour, also what was told meanwhile', async () => {
    await told(people.slice(0, 30));
    await mail.close();
    await both(minutes(0, 30));
    setClock(() => new Date(BEGAN.getTime() + 30 * 60_000));
    await told(people.slice(30));
    await both(minutes(30, 60));
    expect(await states(), 'nothing is lost meanwhile').to.deep.equal({ pending: PEOPLE });
    await mail.open();
    // What failed last waits for four hours at most.
    const answers = [...(await both(minutes(60, 65))), ...(await both(minutes(180, 182)))];
    answers.push(...(await both(minutes(310, 312))));
    expect(await states()).to.deep.equal({ sent: PEOPLE });
    expect(sent(answers)).to.equal(PEOPLE);
    expect(received()).to.deep.equal(await wanted());
    await both(minutes(312, 320));
    expect(mail.received).to.have.length(PEOPLE);
  });

  it('send each message once even without the lease of the job', async () => {
    await told(people);
    const answers = await both(minutes(0, 1), true);
    expect(sent(answers)).to.equal(PEOPLE);
    expect(received()).to.deep.equal(await wanted());
    expect(
      answers.every((answer) => sent([answer]) > 0),
      'both had a part in it',
    ).to.equal(true);
  });

  it('give up what the server refuses for good, show it, and send it once when somebody asks', async () => {
    mail.manner = 'refuse';
    await told(people.slice(0, 5));
    await both(minutes(400, 403));
    expect(await states()).to.deep.equal({ dead: 5 });
    const administrator = await aUser('钱进', 'administrator', town);
    await letSignIn(administrator);
    setClock();
    const page = await (await program.as(administrator)).visit('/outbox?state=dead');
    expect(page.text).to.include('发送失败').and.to.include('对方拒收');
    expect(page.html.match(/name="message"/g)).to.have.length(5);
    expect(page.text).to.include('调解员0');
    expect(page.html).to.not.include('@example.cn');
    setClock(() => new Date(BEGAN.getTime() + 410 * 60_000));
    mail.manner = 'take';
    const messages = await OutboxMessage.findAll({ raw: true });
    const again = messages.map(({ id }) => id);
    expect(await sendAgain(administrator.id, again)).to.equal(5);
    await both(minutes(410, 415));
    expect(await states()).to.deep.equal({ sent: 5 });
    expect(received()).to.deep.equal(await wanted());
  });
});
