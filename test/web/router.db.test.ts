import { expect } from 'chai';
import { newId } from '../../server/shared/ids.ts';
import { ROUTES } from '../../server/urls.ts';
import { aTown } from '../support/factories.ts';
import { useProgram, type Visitor } from '../support/http.ts';

describe('an address that is only sent to', () => {
  const program = useProgram();
  let dispatcher: Visitor;
  let official: Visitor;

  before(async () => {
    const town = await aTown('祝塘镇');
    dispatcher = await program.as(await program.person('陈建国', 'dispatcher', town));
    official = await program.as(await program.person('许志强', 'official', town));
  });

  const ticketId = newId();
  for (const [asked, above] of [
    [`/tickets/${ticketId}/signature`, `/tickets/${ticketId}`],
    ['/imports/uploads', '/imports'],
    [`/imports/uploads/${ticketId}/confirmation`, `/imports/uploads/${ticketId}`],
    ['/ledgers/uploads', '/ledgers'],
  ] as const) {
    it(`${asked.replace(ticketId, ':id')} leads to the page above it, for who may send there`, async () => {
      const answer = await dispatcher.agent.get(asked);
      expect([answer.status, answer.headers['location']]).to.deep.equal([303, above]);
      expect((await official.visit(asked)).status).to.equal(404);
    });
  }

  it('is every one that has no page of its own', () => {
    const pages = new Set(ROUTES.flatMap(({ method, path }) => (method === 'get' ? [path] : [])));
    const sentTo = ROUTES.filter(
      ({ method, path, access }) =>
        method === 'post' && !pages.has(path) && access !== 'public' && access !== 'signedIn',
    );
    for (const { path } of sentTo) {
      const above = path.split('/').map((_, index, parts) => parts.slice(0, -index - 1).join('/'));
      expect(
        above.some((page) => page !== '' && pages.has(page)),
        path,
      ).to.equal(true);
    }
  });
});
