// What stories share: a page whose console must stay clean, and words for the controls.
import { test as base, expect, type Locator, type Page } from '@playwright/test';

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

/** Points that a chart draws: the corners of its first line. */
export function pointsOf(page: Page, title: string): Promise<number> {
  return page
    .locator('figure', { has: page.getByRole('heading', { name: title }) })
    .locator('path.recharts-line-curve')
    .first()
    .evaluate((path) => (path.getAttribute('d') ?? '').split(/[ML]/).length - 1);
}

/** Leads to the audit of one's own rollouts: its region. */
export async function openAudit(page: Page): Promise<Locator> {
  await page.goto('./');
  const view = page.getByRole('region', { name: 'Your own rollouts' });
  await view.scrollIntoViewIfNeeded();
  return view;
}
