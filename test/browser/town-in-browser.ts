import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { readConfig } from '../../config/index.ts';
import { createApp } from '../../server/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { useDatabase } from '../support/database.ts';
import { PASSWORD, testEnvironment } from '../support/http.ts';

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** The program served on the test database, and Chromium to look at it. */
export interface TownInBrowser {
  /** A browser window of its own, with nobody signed in; every problem that it reports is noted. */
  window(options: BrowserContextOptions): Promise<Page>;
  /** A window in which somebody has signed in by the form. */
  as(username: string, options: BrowserContextOptions): Promise<Page>;
  /** What the windows reported: errors of scripts and of the content security policy, requests to other hosts. */
  problems: string[];
}

export function useTownInBrowser(): TownInBrowser {
  const database = useDatabase();
  const problems: string[] = [];
  const contexts: BrowserContext[] = [];
  let browser: Browser;
  let server: Server;
  let baseURL: string;

  before(async () => {
    const config = readConfig(testEnvironment(database.url));
    server = createServer(createApp(config, pino({ level: 'silent' }))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  after(async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const window = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({
      baseURL,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      ...options,
    });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // Chromium itself notes every answer of 400 and above; those are looked at where they are expected.
      if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
      problems.push(`${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL) && !request.url().startsWith('data:'))
        problems.push(`${page.url()} asks ${request.url()}`);
    });
    return page;
  };
  return {
    problems,
    window,
    as: async (username, options) => {
      const page = await window(options);
      await page.goto('/sign-in');
      await page.locator('[name=username]').fill(username);
      await page.locator('[name=password]').fill(PASSWORD);
      await page.locator('form[action="/sign-in"] button').click();
      await page.waitForURL((url) => url.pathname !== '/sign-in');
      return page;
    },
  };
}
