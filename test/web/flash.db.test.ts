import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { readConfig } from '../../config/index.ts';
import { selectRows } from '../../models/dialect.ts';
import { sessions } from '../../server/web/session.ts';
import { useDatabase } from '../support/database.ts';
import { testEnvironment } from '../support/http.ts';

describe('the sentence for the next page', () => {
  const database = useDatabase();

  it('is stored before the head of a redirect is sent, also when the address was only asked for', async () => {
    const app = express();
    app.use(sessions(readConfig(testEnvironment(database.url))));
    app.get('/', (req, res) => {
      req.session.flash = { tone: 'warn', text: '案件现在不能办理这件事' };
      res.redirect(303, '/elsewhere');
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const asked = get({ port, host: '127.0.0.1', agent: false });
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      const stored = await selectRows<{ data: string }>('SELECT data FROM sessions');
      expect(response.statusCode).to.equal(303);
      expect(stored.some(({ data }) => data.includes('不能办理'))).to.equal(true);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
