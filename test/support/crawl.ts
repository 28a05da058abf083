import type { Page, Visitor } from './http.ts';

const MOST_PAGES = 1500;
/** Of one address: filters stand in every combination. */
const MOST_QUESTIONS = 8;

/**
 * Every page that somebody can reach by following links from the home page: one of each address and kind of question,
 * and not more than a handful of questions to one address.
 */
export async function everyPageOf(browser: Visitor, from: string[] = ['/']): Promise<Page[]> {
  const waiting = [...from];
  const seen = new Set(waiting.map(kindOf));
  const questions = new Map<string, number>();
  const pages: Page[] = [];
  while (waiting.length > 0) {
    const page = await browser.visit(waiting.shift()!);
    pages.push(page);
    if (pages.length > MOST_PAGES) throw new Error(`more than ${MOST_PAGES} pages: ${page.path}`);
    for (const { href } of page.links) {
      if (!href.startsWith('/') || seen.has(kindOf(href))) continue;
      seen.add(kindOf(href));
      const address = href.split('?')[0]!;
      const asked = questions.get(address) ?? 0;
      questions.set(address, asked + 1);
      if (asked < MOST_QUESTIONS) waiting.push(href);
    }
  }
  return pages;
}

function kindOf(href: string): string {
  const url = new URL(href, 'http://town');
  return `${url.pathname}?${[...new Set(url.searchParams.keys())].sort().join('&')}`;
}
