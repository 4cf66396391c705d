// What stories share: a page whose console must stay clean, and words for the controls.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { EMPTY_LINK, writeLink } from '../src/notebook/document/link.ts';
import { newCell } from '../src/notebook/document/notebookDocument.ts';
import { serializeNotebook } from '../src/notebook/document/notebookFile.ts';

/** Lines that the browser itself writes about its software adapter, none of them ours. */
const KNOWN = [/Service Worker registration blocked/, /No available adapters/, /powerPreference option is currently ignored/];

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

/** The form of the notebook's experiment, unfolded. */
export async function openForm(page: Page): Promise<Locator> {
  const fold = page.locator('.experiment-form').first();
  await expect(fold).toBeVisible();
  if (!(await fold.evaluate((element) => (element as HTMLDetailsElement).open))) await fold.locator(':scope > summary').click();
  return page.getByRole('form', { name: 'Experiment' });
}

/** The pinned bar. */
export function bar(page: Page): Locator {
  return page.getByRole('region', { name: 'Training', exact: true });
}

/** Chooses backend and setting, then starts a live run. */
export async function trainLive(page: Page, backend: 'wasm' | 'WebGPU', setting: 'Tiny' | 'Default'): Promise<void> {
  const form = await openForm(page);
  await form.getByLabel('Backend').selectOption({ label: backend });
  await form.getByRole('button', { name: `${setting} setting` }).click();
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.locator('.progress span')).toContainText('running', { timeout: 90_000 }); // until then the bar tells of the recorded run
}

/** Opens a page of the notebook and waits until its recorded run has been played to its end. */
export async function openPlayed(page: Page, notebook?: string): Promise<void> {
  await page.goto(notebook ? `./#v=1&nb=${notebook}` : './');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
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

/** A notebook of these code cells, opened from a link that holds it. */
export async function openCells(page: Page, ...sources: readonly string[]): Promise<void> {
  const document = { title: 'A story', theme: 'air', readOnly: false, cells: sources.map((source, i) => newCell(i + 1, 'js', source)) };
  await page.goto(`./${writeLink({ ...EMPTY_LINK, inline: serializeNotebook(document) })}`);
}

/** The run whose recording ships with the page. */
export const RECORDED_RUN = 'const run = train({ algorithm: "grpo", credit: { rule: "tapo" }, seed: 1, updates: 150 })';

/** Where each view stands in the notebooks that ship. */
const NOTEBOOK_OF = {
  Charts: 'what-is-misassignment',
  Credit: 'what-is-misassignment',
  'One question': 'what-is-misassignment',
  'Try it': 'what-is-misassignment',
  Comparison: 'grpo-against-tapo',
  Runs: 'grpo-against-tapo',
  'Two rules': 'beta-support-and-clamp',
  'True values of tool calls': 'when-tapo-is-wrong',
  Trajectories: 'gspo-and-sapo',
  'Your own rollouts': 'audit-your-own-rollouts',
} as const;

/** What stories change in the recorded run before the page gets it. */
export interface StoryRecording {
  reports: { kind: string; update?: number; groups?: { rollouts: { rollout: string; steps: Record<string, unknown>[] }[] }[] }[];
}

/**
 * A view by its name, in the notebook that has it: what lies far below is drawn when one comes near. With `change`, the recorded run is
 * changed before the page gets it.
 */
export async function openView(page: Page, view: keyof typeof NOTEBOOK_OF, change?: (recording: StoryRecording) => void): Promise<Locator> {
  if (change)
    await page.route('**/grpo-tapo.json', async (route) => {
      const response = await route.fetch();
      const recording = (await response.json()) as StoryRecording;
      change(recording);
      await route.fulfill({ response, json: recording });
    });
  await page.goto(`./#v=1&nb=${NOTEBOOK_OF[view]}`);
  const region = await comeTo(page, page.getByRole('region', { name: view, exact: true }).first());
  if (OF_ROLLOUTS.has(view)) await expect(page.locator('.progress span')).toContainText('(100 %)', { timeout: 60_000 });
  return region;
}

/** Views that show other rollouts while the run still plays. */
const OF_ROLLOUTS: ReadonlySet<string> = new Set(['Credit', 'Trajectories', 'Two rules', 'One question']);

/** The configuration that the run in the bar saves among its files. */
export async function savedConfig(page: Page): Promise<object> {
  const saved: string[] = [];
  page.on('download', async (download) => {
    if (download.suggestedFilename() === 'config.json') saved.push((await (await download.createReadStream()).toArray()).join(''));
  });
  await page.getByRole('button', { name: 'Save files' }).click();
  await expect.poll(() => saved.length).toBe(1);
  return (JSON.parse(saved[0] as string) as { config: object }).config;
}

/** Scrolls down until an element is there, then to it. */
export async function comeTo(page: Page, element: Locator): Promise<Locator> {
  await expect(page.locator('.cell').first()).toBeVisible();
  await expect
    .poll(
      async () => {
        if ((await element.count()) > 0) return true;
        const end = await page.evaluate(() => {
          const coming = [...document.querySelectorAll('.view-coming')].map((view) => view.getBoundingClientRect());
          if (coming.some(({ top, bottom }) => bottom > 0 && top < innerHeight)) return false; // it may be the one
          scrollBy({ top: innerHeight * 0.8, behavior: 'instant' });
          return scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
        });
        if (end) await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' })); // something above may have come meanwhile
        return false;
      },
      { timeout: 60_000, intervals: [150] },
    )
    .toBe(true);
  await element.scrollIntoViewIfNeeded();
  return element;
}

/** What axe finds wrong within an element, up to WCAG 2.2 AA. */
export async function axeFindings(within: Locator): Promise<string[]> {
  await within.page().evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return within.evaluate(async (element) => {
    scrollTo({ top: element.getBoundingClientRect().top + scrollY - 130, behavior: 'instant' }); // the bar covers nothing of it
    type Axe = { run(context: Element, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(element, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}

/** The view "Try it", with its first question asked. */
export async function openTryIt(page: Page): Promise<Locator> {
  const view = await openView(page, 'Try it');
  await expect(view.getByRole('button', { name: 'Token', exact: true })).toBeEnabled({ timeout: 60_000 });
  return view;
}

/** The audit of one's own rollouts. */
export function openAudit(page: Page): Promise<Locator> {
  return openView(page, 'Your own rollouts');
}
