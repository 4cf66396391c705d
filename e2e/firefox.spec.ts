import { expect, test } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { ensureFirefox } from '../scripts/browser.ts';

test('a first visit in Firefox: no WebGPU there, so it trains on wasm and says so', async ({ baseURL }) => {
  test.setTimeout(300_000);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: ensureFirefox(),
    headless: true,
    ...(process.getuid?.() === 0 ? { args: ['--no-sandbox'] } : {}),
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1300, height: 900 });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(baseURL as string);
    const textOf = (selector: string) => page.evaluate((which) => document.querySelector(which)?.textContent ?? '', selector);
    const progress = () => textOf('.progress span');
    await expect.poll(progress, { timeout: 60_000 }).toMatch(/update [1-9]/); // the recorded run plays
    await page.locator('.experiment-form > summary').click();
    await page.locator('::-p-text(Tiny setting)').click();
    await page.locator('.bar button.primary').click();
    await expect.poll(() => textOf('.where'), { timeout: 120_000 }).toMatch(/^wasm, since this machine offers no WebGPU adapter/);
    await expect.poll(progress, { timeout: 120_000 }).toMatch(/update [3-9].*running/);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
