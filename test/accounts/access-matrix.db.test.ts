import { expect } from 'chai';
import { ROUTES, type Route } from '../../server/urls.ts';
import { newId } from '../../server/shared/ids.ts';
import type { Ids } from '../support/town-at-work.ts';
import { useProgram, type Filled, type Visitor } from '../support/http.ts';
import {
  ACCESS_TABLE,
  PEOPLE,
  WITHOUT_ROLE,
  type Expected,
  type ObjectPlace,
  type Person,
} from './access-table.ts';
import { anAccessTown, type AccessTown } from './access-town.ts';

const PLACES: ObjectPlace[] = ['own', 'same', 'other', 'absent'];
const NO_VERSION = '999999999';

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const asked = ROUTES.filter(({ access }) => access !== 'public' && access !== 'signedIn');
const parametersOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
const idsIn = (path: string): string[] => parametersOf(path).filter((name) => name.endsWith('Id'));
const addressOf = (path: string, ids: Ids): string =>
  path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? newId());

/** What an answer says, without what differs from one asking to the next. */
interface Said {
  status: number;
  location: string;
  text: string;
}

describe('the access matrix: every address, everybody, every object', () => {
  const program = useProgram();
  let town: AccessTown;
  const browsers = {} as Record<Person, Visitor>;

  before(async () => {
    town = await anAccessTown();
    for (const person of PEOPLE) browsers[person] = await program.as(town.people[person]);
  });

  async function ask(browser: Visitor, route: Route, ids: Ids, more: Filled = {}): Promise<Said> {
    const address = addressOf(route.path, ids);
    const fields = { version: NO_VERSION, idempotencyKey: newId(), ...more };
    const answer =
      route.method === 'get'
        ? await browser.agent.get(address)
        : await browser.request(address, { _csrf: await browser.token(), ...fields }, route.upload);
    const text = answer.text ?? '';
    // The sentence that the next page shows is read now, so that it does not stand on the next answer.
    if (answer.status === 303) await browser.agent.get('/account/password');
    return {
      status: answer.status,
      location: answer.headers['location'] ?? '',
      text: Object.values(ids)
        .reduce((html, id) => html.replaceAll(id, 'id'), text)
        .replace(/name="_csrf" value="[^"]*"/g, ''),
    };
  }

  it('names every address of the program, and no other', () => {
    const named = [...Object.keys(ACCESS_TABLE), ...Object.values(WITHOUT_ROLE).flat()];
    expect(named).to.have.members(ROUTES.map(nameOf));
    for (const access of ['public', 'signedIn'] as const) {
      expect(ROUTES.filter((route) => route.access === access).map(nameOf)).to.have.members([
        ...WITHOUT_ROLE[access],
      ]);
    }
  });

  for (const person of PEOPLE) {
    it(`${person}: opens what the table says; anything else is as if it were not there`, async () => {
      const wrong: string[] = [];
      for (const route of asked) {
        const expected = ACCESS_TABLE[nameOf(route)]!;
        const objects = parametersOf(route.path).length > 0 ? PLACES : (['own'] as const);
        let absent: Said | undefined;
        for (const place of [...objects].reverse()) {
          const ids = town.idsOf(place, expected.stage ?? 'taken');
          const said = await ask(browsers[person], route, ids, expected.fields);
          if (place === 'absent') absent = said;
          const wanted = answersFor(route, expected, person, place);
          if (!wanted.includes(said.status))
            wrong.push(`${nameOf(route)} ${place}: ${said.status}, not ${wanted.join('/')}`);
          if (said.status === 404 && absent && said.text !== absent.text)
            wrong.push(`${nameOf(route)} ${place}: its 404 differs from that of an absent object`);
        }
      }
      expect(wrong.join('\n')).to.equal('');
    });
  }

  it('nobody: everything but the way in leads to the sign-in', async () => {
    const stranger = program.visitor();
    await stranger.visit('/sign-in');
    for (const route of ROUTES.filter(({ access }) => access !== 'public')) {
      const said = await ask(stranger, route, town.idsOf('own', 'taken'));
      expect(said.status, nameOf(route)).to.equal(303);
      expect(said.location, nameOf(route)).to.match(/^\/sign-in($|\?returnTo=%2F)/);
    }
  });

  it('the way in is open to everybody, and a wrong link is not there', async () => {
    const stranger = program.visitor();
    expect((await stranger.visit('/sign-in')).status).to.equal(200);
    expect((await stranger.visit(`/welcome/${town.token}`)).status).to.equal(200);
    expect((await stranger.visit(`/welcome/${newId()}`)).status).to.equal(404);
    expect((await stranger.send(`/welcome/${newId()}`)).status).to.equal(404);
    for (const path of ['/account/password', '/sign-out'])
      expect((await browsers.official.visit(path)).status, path).to.equal(path === '/sign-out' ? 404 : 200);
  });

  it('a POST without the token of its session, or from another site, is refused', async () => {
    const holder = (route: Route): Visitor => browsers[someoneFor(route)];
    const strange = await program.as(town.people.official);
    for (const route of ROUTES.filter(({ method }) => method === 'post')) {
      const address = addressOf(route.path, town.idsOf('own', ACCESS_TABLE[nameOf(route)]?.stage ?? 'taken'));
      const send = async (fields: Filled, headers: Record<string, string> = {}): Promise<number> => {
        const request = holder(route).agent.post(address).set(headers);
        if (route.upload)
          return (
            await Object.entries(fields).reduce(
              (sent, [name, value]) => sent.field(name, value as string),
              request,
            )
          ).status;
        return (await request.type('form').send(fields)).status;
      };
      const _csrf = await holder(route).token();
      expect(await send({ idempotencyKey: newId() }), `${nameOf(route)} without a token`).to.equal(403);
      expect(
        await send({ _csrf: await strange.token() }),
        `${nameOf(route)} with another session's`,
      ).to.equal(403);
      expect(
        await send({ _csrf }, { Origin: 'https://elsewhere.example' }),
        `${nameOf(route)} cross-origin`,
      ).to.equal(403);
      expect(await send({ _csrf }, { Origin: 'null' }), `${nameOf(route)} without an origin`).to.equal(403);
      expect(
        await send({ _csrf }, { 'Sec-Fetch-Site': 'cross-site' }),
        `${nameOf(route)} cross-site`,
      ).to.equal(403);
      const json = holder(route).agent.post(address).send({ _csrf });
      expect((await json).status, `${nameOf(route)} as JSON`).to.equal(403);
    }
  });

  it('a repeated parameter is a bad request, and a malformed id is not there', async () => {
    for (const route of ROUTES) {
      const browser = browsers[someoneFor(route)];
      const ids = town.idsOf('own', ACCESS_TABLE[nameOf(route)]?.stage ?? 'taken');
      const address = addressOf(route.path, { ...ids, token: town.token });
      const twice = `${address}?id=1&id=2`;
      const answer =
        route.method === 'get' ? await browser.agent.get(twice) : await browser.agent.post(twice);
      expect(answer.status, `${nameOf(route)} twice`).to.equal(400);
      for (const name of parametersOf(route.path).filter((parameter) => parameter.endsWith('Id'))) {
        for (const id of [
          '1',
          "1'%20OR%20'1'='1",
          '..%2F..%2Fetc%2Fpasswd',
          `${ids[name]}0`,
          '%00',
          '%F0%9F%98%80',
        ]) {
          const malformed = addressOf(route.path, { ...ids, [name]: id });
          const said =
            route.method === 'get' ? await browser.agent.get(malformed) : await browser.agent.post(malformed);
          expect(said.status, `${nameOf(route)} ${name}=${id}`).to.equal(404);
        }
      }
    }
  });

  it('an object inside another one is found only through its own', async () => {
    const inner = asked.filter(({ path }) => idsIn(path).length === 2);
    for (const route of inner) {
      const { stage = 'taken', fields } = ACCESS_TABLE[nameOf(route)]!;
      const [outer, within] = idsIn(route.path) as [string, string];
      const [own, same] = [town.idsOf('own', stage), town.idsOf('same', stage)];
      const browser = browsers[someoneFor(route)];
      const mixed = { [outer]: own[outer]!, [within]: same[within]! };
      expect((await ask(browser, route, mixed, fields)).status, nameOf(route)).to.equal(404);
    }
  });
});

/** Somebody who gets into an address. */
function someoneFor(route: Route): Person {
  const { open } = ACCESS_TABLE[nameOf(route)] ?? { open: { official: 'all' } };
  return Object.keys(open)[0] as Person;
}

function answersFor(route: Route, expected: Expected, person: Person, place: ObjectPlace): number[] {
  const { open, refused = {}, status = route.method === 'get' ? [200] : [422] } = expected;
  const here = open[person];
  if (here === 'all' || (here as ObjectPlace[] | undefined)?.includes(place)) return status;
  if ((refused[person] as ObjectPlace[] | undefined)?.includes(place))
    return route.method === 'get' ? [303] : [403, 409];
  return [404];
}
