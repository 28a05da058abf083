import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { User } from '../../models/accounts.ts';
import { seedReference } from '../../models/seeds/reference.ts';
import type { Language } from '../../server/shared/language.ts';
import { ROUTES } from '../../server/urls.ts';
import { ACCESS_TABLE, PEOPLE, WITHOUT_ROLE, type Expected, type Person } from '../accounts/access-table.ts';
import { anAccessTown, type AccessTown } from '../accounts/access-town.ts';
import { DESKTOP, PHONE, useTownInBrowser } from './town-in-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Asked of the page as text: the program and its tests are compiled without the types of a browser. No rule of these
// tags needs the style sheets, which axe would fetch again on every page.
const RUN_AXE = `axe.run(document, ${JSON.stringify({
  runOnly: { type: 'tag', values: TAGS },
  resultTypes: ['violations'],
  preload: { assets: ['media'] },
})})`;
const SCROLLS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
const SHOWS_FOCUS = `(() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
  return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
})()`;

const DOWNLOADS =
  /(?:faulty-rows|\/photo|\.xlsx|\/export|\/template|\/docx|\/file\.zip|\/attachments\/:attachmentId|\/photos\/:photoId)$/;
const NOBODY: Expected = { open: {} };
const FOR_ALL: Record<string, Expected> = Object.fromEntries(
  WITHOUT_ROLE.signedIn.map((route) => [route, { open: { official: 'all' } }]),
);

/** Both languages, both widths and both colour schemes, without trying all of them together. */
const LOOKS: {
  language: Language;
  size: typeof DESKTOP;
  other: typeof DESKTOP;
  colorScheme: 'light' | 'dark';
}[] = [
  { language: 'zh-CN', size: DESKTOP, other: PHONE, colorScheme: 'light' },
  { language: 'en', size: PHONE, other: DESKTOP, colorScheme: 'dark' },
];

describe('every page in the browser', () => {
  const program = useTownInBrowser();
  let town: AccessTown;
  before(async () => {
    await seedReference('江阴市');
    town = await anAccessTown();
  });
  afterEach(() => expect(program.problems.splice(0)).to.deep.equal([]));

  for (const { language, size, other, colorScheme } of LOOKS) {
    describe(`${language}, ${size.width} px, ${colorScheme}: nothing serious for assistive technology, no sideways scroll`, () => {
      before(() =>
        User.update({ language }, { where: { id: Object.values(town.people).map(({ id }) => id) } }),
      );

      for (const person of PEOPLE) {
        it(person, async function () {
          const paths = pagesOf(person);
          if (paths.length === 0) return;
          this.timeout(paths.length * 20_000);
          const window = await withAxe(
            program.as(town.people[person].username, { viewport: size, colorScheme }),
          );
          const faults: string[] = [];
          for (const path of paths) {
            const answer = await window.goto(path);
            if (answer?.status() !== 200) faults.push(`${path}: ${String(answer?.status())}`);
            faults.push(...(await faultsOf(window, path)));
            await window.setViewportSize(other);
            if (await scrollsSideways(window)) faults.push(`${path}: scrolls sideways at ${other.width} px`);
            await window.setViewportSize(size);
          }
          expect(faults).to.deep.equal([]);
        });
      }

      it('a dispatcher’s forms with errors', async () => {
        const window = await withAxe(
          program.as(town.people.dispatcher.username, { viewport: size, colorScheme }),
        );
        expect(await wrongForms(window)).to.deep.equal([]);
      });
    });
  }

  it('the way in, with its mistakes', async () => {
    for (const size of [DESKTOP, PHONE]) {
      const window = await withAxe(program.window({ viewport: size }));
      const faults: string[] = [];
      for (const path of ['/sign-in', `/welcome/${town.token}`, '/welcome/unknown']) {
        await window.goto(path);
        faults.push(...(await faultsOf(window, path)));
      }
      await window.goto('/sign-in');
      await window.locator('[name=username]').fill('nobody');
      await window.locator('[name=password]').fill('nothing');
      await window.locator('form[action="/sign-in"] button').click();
      await window.locator('.error-summary').waitFor();
      faults.push(...(await faultsOf(window, 'a wrong password')));
      expect(faults).to.deep.equal([]);
    }
  });

  it('by keyboard: the first stop leads to the content, and every stop can be seen', async () => {
    const window = await program.as(town.people.dispatcher.username, { viewport: DESKTOP });
    await window.goto('/cases');
    await window.keyboard.press('Tab');
    expect(await window.evaluate("document.activeElement.getAttribute('href')")).to.equal('#content');
    for (let stop = 0; stop < 25; stop++) {
      const seen = await window.evaluate(SHOWS_FOCUS);
      const where = String(await window.evaluate('document.activeElement.outerHTML.slice(0, 120)'));
      expect(seen, where).to.equal(true);
      await window.keyboard.press('Tab');
    }
  });

  /** The pages of the program, each once, as the first person who may open it sees it; an official sees some again. */
  function pagesOf(person: Person): string[] {
    const pages = ROUTES.filter(({ method, path }) => method === 'get' && !DOWNLOADS.test(path)).flatMap(
      ({ path }) => {
        const { open, stage = 'taken' } = ACCESS_TABLE[`get ${path}`] ?? FOR_ALL[`get ${path}`] ?? NOBODY;
        if (Object.keys(open)[0] !== person) return [];
        const ids = town.idsOf('own', stage);
        return [path.replace(/:(\w+)/g, (_, name: string) => ids[name]!)];
      },
    );
    return person === 'official' || person === 'mediator'
      ? [...pages, '/', '/cases', `/cases/${town.idsOf('own', 'paidOnce')['caseId']!}`]
      : pages;
  }

  /** Forms that came back with errors, and pages that are not there. */
  async function wrongForms(window: Page): Promise<string[]> {
    const faults: string[] = [];
    for (const path of ['/cases/new', '/enterprises/new', '/imports/new']) {
      await window.goto(path);
      await window.locator('main form .submit-bar button').first().click();
      await window.locator('.error-summary').waitFor();
      faults.push(...(await faultsOf(window, `${path} with errors`)));
    }
    await window.goto('/nowhere');
    return [...faults, ...(await faultsOf(window, '/nowhere'))];
  }
});

/** Gives every page that the window opens from now on axe, which is sent to it once. */
async function withAxe(opened: Promise<Page>): Promise<Page> {
  const window = await opened;
  await window.addInitScript(AXE);
  return window;
}

async function scrollsSideways(window: Page): Promise<boolean> {
  return window.evaluate<boolean>(SCROLLS);
}

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string }[];
}

/** What axe finds of weight on the open page, and whether it scrolls sideways. */
async function faultsOf(window: Page, path: string): Promise<string[]> {
  const { violations } = await window.evaluate<{ violations: Finding[] }>(RUN_AXE);
  const heavy = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...heavy.map(({ id, impact, nodes }) => `${path}: ${impact!} ${id} ${nodes[0]!.html.slice(0, 160)}`),
    ...((await scrollsSideways(window))
      ? [`${path}: scrolls sideways at ${window.viewportSize()!.width} px`]
      : []),
  ];
}
