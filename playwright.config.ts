import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from './scripts/browser.ts';

const port = 4180;
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  workers: 1, // two cores: a trainer and a page keep them busy
  reporter: [['list'], ...(process.env.E2E_REPORT ? ([['json', { outputFile: process.env.E2E_REPORT }]] as const) : [])],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1400, height: 1000 },
    serviceWorkers: 'block', // what a story routes must not come from a cache
    launchOptions: { args: [...CHROMIUM_ARGUMENTS], ...(executablePath ? { executablePath } : {}) },
  },
  webServer: {
    command: 'npx vite build && node --import tsx scripts/serve.ts',
    env: { PORT: String(port) },
    url: `http://localhost:${port}/`,
    timeout: 120_000,
    reuseExistingServer: false,
  },
});
