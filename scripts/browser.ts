// Finds a Chromium for the tests, or gets one from Debian's packages.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { installPackages, isProgram, onPath } from './debian.ts';

/** New headless with WebGPU on the software adapter; no background traffic, no sandbox for root. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium that is there: CHROMIUM_PATH, one on the PATH, or Playwright's own download; null if there is none. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!isProgram(given)) throw new Error(`CHROMIUM_PATH: expected a program, got ${given}`);
    return given;
  }
  const installed = onPath(NAMES);
  return installed ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : null);
}

/** As findChromium, but installs Debian's package where there is none. Throws with what to do if that fails too. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.log('no Chromium found: installing it from the distribution (apt-get install chromium)');
  installPackages(['chromium']);
  const now = findChromium();
  if (!now) throw new Error('no Chromium could be found or installed; install one and set CHROMIUM_PATH to its program');
  return now;
}

/** A Firefox: FIREFOX_PATH, one on the PATH, or Debian's package. Throws with what to do if there is none. */
export function ensureFirefox(): string {
  const given = process.env.FIREFOX_PATH;
  if (given) return given;
  const found = onPath(['firefox-esr', 'firefox']);
  if (found) return found;
  console.log('no Firefox found: installing it from the distribution (apt-get install firefox-esr)');
  installPackages(['firefox-esr']);
  const now = onPath(['firefox-esr', 'firefox']);
  if (!now) throw new Error('no Firefox could be found or installed; install one and set FIREFOX_PATH to its program');
  return now;
}
