import { expect } from 'chai';
import { pino } from 'pino';
import supertest from 'supertest';
import { readConfig } from '../../config/index.ts';
import type { Area } from '../../models/areas.ts';
import { User } from '../../models/accounts.ts';
import { hashPassword } from '../../server/accounts/passwords.service.ts';
import type { Role } from '../../server/accounts/roles.rules.ts';
import { createApp } from '../../server/app.ts';
import { useDatabase } from '../support/database.ts';
import { aCase, aTicket, aTown, aUser } from '../support/factories.ts';

const PASSWORD = 'correct horse battery 9';

describe('the page of the report', () => {
  const database = useDatabase();
  let app: ReturnType<typeof createApp>;
  let town: Area;
  let other: Area;

  before(async () => {
    const config = readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      SESSION_SECRET: 'a secret of the tests, long enough',
      DATA_KEY: Buffer.alloc(32, 'test').toString('base64'),
    });
    app = createApp(config, pino({ level: 'silent' }));
    [town, other] = [await aTown('祝塘镇'), await aTown('青阳镇')];
    const { id } = await aCase(town).fromHotline().claiming('8,000').closedOn('2022-03-09').saved();
    await aTicket(town, '2022-03-01', { caseId: id });
  });
  after(() => app.stop());

  async function signedIn(role: Role, language = 'zh-CN') {
    const user = await aUser('陈书记', role, town);
    await User.update({ passwordHash: await hashPassword(PASSWORD), language }, { where: { id: user.id } });
    const agent = supertest.agent(app.app);
    const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get('/sign-in')).text)![1];
    const posted = { username: user.username, password: PASSWORD, _csrf: token };
    await agent.post('/sign-in').type('form').send(posted).expect(303);
    return agent;
  }
  const of2022 = '/reports?from=2022-01-01&to=2022-12-31';
  const sentence = '2022年，共接到12345劳动争议诉求件1件，调处成功率100%，涉及总金额8000元';

  it('tells an official the sentence, and links its figures', async () => {
    const { text } = await (await signedIn('official')).get(of2022).expect(200);
    expect(text).to.include(sentence);
    expect(text.replaceAll('&#x3D;', '=')).to.include(
      `href="/cases?area=${town.id}&amp;closedFrom=2022-01-01&amp;closedTo=2022-12-31"`,
    );
  });

  it('gives the official sentence and its English on the English page', async () => {
    const { text } = await (await signedIn('official', 'en')).get(of2022).expect(200);
    expect(text).to.include(`<p lang="zh-CN">${sentence}</p>`);
    expect(text).to.include('In 2022, labour dispute complaints received through the 12345 hotline: 1');
  });

  it('is this year unless something else is asked for, and says what to do when it is empty', async () => {
    const official = await signedIn('official');
    const { text } = await official.get('/reports').expect(200);
    expect(text).to.include('这段时间没有案件和工单');
  });

  it('prints on paper', async () => {
    const { text } = await (await signedIn('official')).get(`${of2022.replace('?', '/print?')}`).expect(200);
    expect(text).to.include('class="paper"').and.include('祝塘镇劳动争议调解情况统计').and.include(sentence);
    expect(text).to.not.include('<form');
  });

  it('keeps what was typed and says what is wrong with it', async () => {
    const official = await signedIn('official');
    const { text } = await official.get('/reports?from=2022-02-30&to=2022-03-31').expect(422);
    expect(text).to.include('没有这一天').and.include('value="2022-03-31"').and.not.include('class="tile"');
    const reversed = await official.get('/reports?from=2022-05-01&to=2022-04-30').expect(422);
    expect(reversed.text).to.include('截止日期 2022-04-30 早于起始日期 2022-05-01');
    await official.get('/reports?from=2022-01-01&from=2023-01-01&to=2022-12-31').expect(400);
  });

  it('answers 404 for a town out of reach, for an absent one, and to who may not read reports', async () => {
    const official = await signedIn('official');
    await official.get(`${of2022}&area=${town.id}`).expect(200);
    const foreign = await official.get(`${of2022}&area=${other.id}`).expect(404);
    const absent = await official.get(`${of2022}&area=01a1fc0f-da28-76d8-abca-72c8fd2301ff`).expect(404);
    const plain = (html: string) => html.replace(/value="[^"]*"/g, '');
    expect(plain(foreign.text)).to.equal(plain(absent.text));
    for (const role of ['mediator', 'administrator'] as const)
      await (await signedIn(role)).get('/reports').expect(404);
  });
}).timeout(30_000);
