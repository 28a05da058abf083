import { pino } from 'pino';
import supertest from 'supertest';
import { readConfig } from '../../config/index.ts';
import { User } from '../../models/accounts.ts';
import { hashPassword } from '../../server/accounts/passwords.service.ts';
import { createApp } from '../../server/app.ts';

const PASSWORD = 'correct horse battery 9';

/** The program on the test database, for the tests of a file; nobody is signed in at first. */
export function usePages(database: { readonly url: string }): {
  visit(): Visitor;
  signIn(user: User): Promise<Visitor>;
} {
  let served: ReturnType<typeof createApp> | undefined;
  before(() => {
    const config = readConfig({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      SESSION_SECRET: 'a secret of the tests, long enough',
      DATA_KEY: Buffer.alloc(32, 'test').toString('base64'),
    });
    served = createApp(config, pino({ level: 'silent' }));
  });
  after(() => served?.stop());
  const visit = (): Visitor => new Visitor(supertest.agent(served!.app));
  return {
    visit,
    signIn: async (user) => {
      await User.update({ passwordHash: await hashPassword(PASSWORD) }, { where: { id: user.id } });
      const visitor = visit();
      await visitor.submit('/sign-in', '/sign-in', { username: user.username, password: PASSWORD });
      return visitor;
    },
  };
}

/** A browser without scripts: it opens pages and sends their forms with the hidden fields that they carry. */
export class Visitor {
  readonly agent: ReturnType<typeof supertest.agent>;

  constructor(agent: ReturnType<typeof supertest.agent>) {
    this.agent = agent;
  }

  async open(path: string, status = 200): Promise<string> {
    return (await this.agent.get(path).expect(status)).text;
  }

  /** The hidden fields of the form of a page that is sent to `action`. */
  async hidden(page: string, action: string): Promise<Record<string, string>> {
    const html = (await this.open(page)).replaceAll('&#x3D;', '=');
    const form = html.split('<form').find((part) => part.includes(`action="${action}"`));
    if (!form) throw new Error(`${page} has no form for ${action}`);
    const inputs = form.split('</form>')[0]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
    return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
  }

  async submit(page: string, action: string, fields: Record<string, string>, status = 303) {
    const hidden = await this.hidden(page, action);
    return this.agent
      .post(action)
      .type('form')
      .send({ ...hidden, ...fields })
      .expect(status);
  }
}
