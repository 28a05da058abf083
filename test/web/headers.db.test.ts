import { expect } from 'chai';
import { Session } from '../../models/accounts.ts';
import { now } from '../../server/shared/clock.ts';
import { aTown } from '../support/factories.ts';
import { PASSWORD, useProgram, type Page } from '../support/http.ts';

const cookieOf = ({ headers }: { headers: Record<string, unknown> }): string =>
  ((headers['set-cookie'] as string[] | undefined) ?? []).join('\n');

describe('headers and cookies', () => {
  describe('on plain http', () => {
    const program = useProgram();

    it('every answer forbids what the pages do not need', async () => {
      for (const path of ['/sign-in', '/nowhere', '/livez', '/assets/app.css']) {
        const { headers } = await program.visitor().visit(path);
        const policy = headers['content-security-policy'] ?? '';
        for (const directive of [
          "default-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          "form-action 'self'",
        ])
          expect(policy, path).to.include(directive);
        expect(policy, path).to.not.match(/unsafe|https?:|\*/);
        expect(headers, path).to.include({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'same-origin',
        });
        expect(headers, path).to.not.have.any.keys('x-powered-by', 'strict-transport-security');
      }
    });

    it('personal pages are not stored; assets are, by the content in their address', async () => {
      const town = await aTown();
      const browser = await program.as(await program.person('许志强', 'official', town));
      const pages: Page[] = [];
      for (const path of ['/', '/reports', '/account/password', '/cases/none'])
        pages.push(await browser.visit(path));
      for (const { path, headers } of pages) expect(headers['cache-control'], path).to.equal('no-store');
      const assets = [...pages[0]!.html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, href]) =>
        href!.replaceAll('&#x3D;', '='),
      );
      expect(
        assets.some((href) => href.includes('app.css')) && assets.some((href) => href.includes('app.js')),
      ).to.equal(true);
      for (const href of assets) {
        expect(href).to.match(/\?v=[\da-f]{10}$/);
        expect((await browser.agent.get(href)).headers['cache-control']).to.match(
          /max-age=31536000.*immutable/,
        );
      }
    });

    it('pages need nothing inline and nothing from elsewhere', async () => {
      const { html } = await program.visitor().visit('/sign-in');
      expect(html).to.not.match(/<script>|<style|style=|on(click|load|error|submit)=|javascript:/i);
      expect([...html.matchAll(/(?:src|href)="(https?:)?\/\//g)]).to.deep.equal([]);
    });

    it('the first view weighs less than 60 KB, everything together', async () => {
      const browser = program.visitor();
      const { html } = await browser.visit('/sign-in');
      const hrefs = new Set(
        [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, href]) =>
          href!.replaceAll('&#x3D;', '='),
        ),
      );
      const sizes = await Promise.all(
        ['/sign-in', ...hrefs].map(async (href) => {
          const answer = await browser.agent.get(href).set('Accept-Encoding', 'gzip').buffer(true);
          return Number(answer.headers['content-length'] ?? Buffer.byteLength(answer.text ?? ''));
        }),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(60 * 1024);
    });

    it('somebody unknown leaves a session behind only where there is a form, and for an hour', async () => {
      const before = await Session.count();
      for (const path of ['/', '/nowhere', '/cases', '/livez', '/welcome/unknown'])
        expect(cookieOf(await program.visitor().agent.get(path).redirects(0)), path).to.equal('');
      expect(await Session.count()).to.equal(before);
      const cookie = cookieOf(await program.visitor().visit('/sign-in'));
      expect(await Session.count()).to.equal(before + 1);
      const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)![1]!);
      expect(expires - now().getTime()).to.be.within(59 * 60_000, 60 * 60_000);
    });

    it('the cookie cannot be read by scripts or sent by other sites, and changes at sign-in', async () => {
      const town = await aTown();
      const person = await program.person('何小明', 'official', town);
      const browser = program.visitor();
      const first = await browser.visit('/sign-in');
      const before = cookieOf(first);
      expect(before).to.match(/^session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
      const fields = { _csrf: first.value('_csrf')!, username: person.username, password: PASSWORD };
      const answer = await browser.request('/sign-in', fields);
      expect(answer.status).to.equal(303);
      const after = cookieOf(answer);
      expect(after).to.match(/^session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(after.split(';')[0]).to.not.equal(before.split(';')[0]);
      const evil = await program.visitor().agent.get('/reports').set('Cookie', before.split(';')[0]!);
      expect(evil.status, 'the session from before signs nobody in').to.equal(303);
    });

    it('after the sign-in it goes where one was going, never to another site', async () => {
      const town = await aTown();
      const person = await program.person('林涛', 'official', town);
      for (const [returnTo, place] of [
        ['/reports?basis=closed', '/reports?basis=closed'],
        ['https://elsewhere.example/', '/'],
        ['//elsewhere.example', '/'],
        ['/\\elsewhere.example', '/'],
        ['javascript:alert(1)', '/'],
        ['/\t/elsewhere.example', '/'],
      ] as const) {
        const browser = program.visitor();
        await browser.visit(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
        const fields = { username: person.username, password: PASSWORD };
        const form = browser.page.form('/sign-in');
        const carried = Object.fromEntries(form.controls.map(({ name, value }) => [name, value]));
        const answer = await browser.request('/sign-in', { ...carried, ...fields, returnTo });
        expect(answer.headers['location'], returnTo).to.equal(place);
      }
    });
  });

  describe('where the public address is https', () => {
    const program = useProgram({ PUBLIC_URL: 'https://cases.example.cn' });

    it('the cookie is Secure under the name that no other host can set, and HSTS is told', async () => {
      const answer = await program.visitor().agent.get('/sign-in').set('X-Forwarded-Proto', 'https');
      expect(cookieOf(answer)).to.match(
        /^__Host-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      );
      expect(answer.headers['strict-transport-security']).to.include('max-age=31536000');
    });

    it('without https in front nobody gets a session', async () => {
      expect(cookieOf(await program.visitor().agent.get('/sign-in'))).to.equal('');
    });
  });
});
