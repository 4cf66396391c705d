// What stories share: a page whose console must stay clean, and words for the controls.
import { test as base, expect, type Page } from '@playwright/test';

/** Lines that the browser itself writes about its software adapter, none of them ours. */
const KNOWN = [/No available adapters/, /powerPreference option is currently ignored/];

export const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !KNOWN.some((known) => known.test(message.text())))
        complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    await use(page);
    expect(complaints, 'the console stays clean').toEqual([]);
  },
});

export { expect };

/** Chooses backend and setting, then starts a live run. */
export async function trainLive(page: Page, backend: 'wasm' | 'WebGPU', setting: 'Tiny' | 'Default'): Promise<void> {
  const form = page.getByRole('form', { name: 'Experiment' });
  await form.getByRole('button', { name: `${setting} setting` }).click();
  await form.getByLabel('Backend').selectOption({ label: backend });
  await page.getByRole('button', { name: 'Train live' }).click();
}

/** Number of whole updates that the progress line tells of. */
export async function updatesDone(page: Page): Promise<number> {
  const text = await page.locator('.progress span').textContent();
  return Number(/update (\d+)/.exec(text ?? '')?.[1] ?? Number.NaN);
}

/** Points that a chart draws, once it is in sight: the corners of its first line. */
export async function pointsOf(page: Page, title: string): Promise<number> {
  const chart = page.locator('figure', { has: page.getByRole('heading', { name: title }) });
  await chart.scrollIntoViewIfNeeded();
  return chart
    .locator('path.recharts-line-curve')
    .first()
    .evaluate((path) => (path.getAttribute('d') ?? '').split(/[ML]/).length - 1);
}
