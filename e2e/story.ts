// What stories share: a page whose console must stay clean, and words for the controls.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

/** What stories change in the recorded run before the page gets it. */
export interface StoryRecording {
  reports: { kind: string; update?: number; groups?: { rollouts: { rollout: string; steps: Record<string, unknown>[] }[] }[] }[];
}

/**
 * A view of the recorded run, by its name, once the run has been played to its end. Updates that tell of no rollouts are left out, so that
 * it is soon played; `change` may change the rest.
 */
export async function openView(
  page: Page,
  view: 'Trajectories' | 'Credit' | 'Two rules' | 'One question',
  change: (recording: StoryRecording) => void = () => {},
): Promise<Locator> {
  await page.route('**/grpo-tapo.json', async (route) => {
    const response = await route.fetch();
    const recording = (await response.json()) as StoryRecording;
    recording.reports = recording.reports.filter(({ kind, groups }) => kind !== 'updated' || (groups ?? []).length > 0);
    change(recording);
    await route.fulfill({ response, json: recording });
  });
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  const region = page.getByRole('region', { name: view, exact: true });
  await expect(region).toBeVisible();
  return region;
}

/** What axe finds wrong within an element, up to WCAG 2.2 AA. */
export async function axeFindings(within: Locator): Promise<string[]> {
  await within.page().evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return within.evaluate(async (element) => {
    type Axe = { run(context: Element, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(element, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}
