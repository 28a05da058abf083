import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { CHROMIUM, programPath } from './tools.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether a browser test can run on this machine. */
export function available(): boolean {
  return CHROMIUM.isInstalled();
}

/** Starts the Chromium of the system, headless, with a new empty profile that is removed when it is closed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: programPath('chromium'), headless: true, args: FLAGS });
}
