import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Locator } from '@playwright/test';
import { auditReport, readRollouts } from '../src/tapo/index.ts';
import { expect, openAudit, test } from './story.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sample = readFileSync(new URL('../public/samples/rollouts.jsonl', import.meta.url), 'utf8');

const openFile = (view: Locator, name: string, bytes: string | Buffer): Promise<void> =>
  view.getByLabel('Rollout file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

test('the sample file: its numbers are those of npx tapo audit --json', async ({ page }) => {
  const view = await openAudit(page);
  await view.getByRole('button', { name: 'Open the small sample file' }).click();
  const { groups, rates } = auditReport(readRollouts(sample));
  const steps = groups.flatMap((group) => group.rollouts.flatMap((rollout) => rollout.steps));
  await expect(view.getByText(`${percent(rates.action['0.7'] ?? 0)}`).first()).toBeVisible();
  await expect(view.getByRole('status').filter({ hasText: 'corrected' })).toContainText(
    `${steps.filter(({ reason }) => reason === 'transferred').length} steps corrected`,
  );
  const zoom = view.getByRole('region', { name: 'Misassignment by tool' }).getByRole('row', { name: 'image_zoom_in_tool' });
  await expect(zoom.getByRole('cell').nth(2)).toHaveText(percent(rates.byTool.image_zoom_in_tool?.['0.7'] ?? 0));
  await expect(view.getByRole('grid', { name: 'Groups' })).toHaveAttribute('aria-rowcount', String(groups.length + 1));
});

test('a dropped file is read in the page, and nothing leaves it', async ({ page }) => {
  const view = await openAudit(page);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData() !== null || new URL(request.url()).origin !== new URL(page.url()).origin)
      sent.push(`${request.method()} ${request.url()}`);
  });
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'mine.jsonl'));
    return data;
  }, sample);
  await view.getByText('Drop a file here').dispatchEvent('drop', { dataTransfer: transfer });
  await expect(view.getByText('Read as a rollout file', { exact: false })).toContainText('40 rollouts in 5 groups');
  await expect(view.getByRole('figure')).toHaveCount(2);
  expect(sent).toEqual([]);
});

test('a step’s correction: its formula, its witness, and a slider that moves it', async ({ page }) => {
  const view = await openAudit(page);
  await view.getByRole('button', { name: 'Open the small sample file' }).click();
  await view.getByRole('row', { name: 'shop/desk-lamp' }).click();
  const group = view.getByRole('region', { name: 'Group shop/desk-lamp' });
  const failing = group.getByRole('article', { name: 'Rollout shop/desk-lamp/3' });
  const step = failing.getByRole('button', { name: /Step 2: open_product id: L17/ });
  await expect(step).toContainText('→ −0.08');
  await step.click();
  await expect(failing.getByText('F = sim 1.00 · sup 0.67 · Adv 1.21')).toBeVisible();
  await expect(failing.getByText('dimmable: yes')).toBeVisible();
  await failing.getByRole('button', { name: /shop\/desk-lamp\/0, step 2/ }).click();
  const witness = group.getByRole('article', { name: 'Rollout shop/desk-lamp/0' }).getByRole('button', { name: /Step 2/ });
  await expect(witness).toBeFocused();
  await expect(witness).toHaveAttribute('aria-expanded', 'true');
  const before = await view.getByRole('status').filter({ hasText: 'corrected' }).textContent();
  await view.getByLabel(/^β/).fill('0');
  await expect(step).toContainText('→ −0.72');
  await expect(view.getByRole('status').filter({ hasText: 'corrected' })).not.toHaveText(before ?? '');
});

test('bad lines are named, and the good ones can be used', async ({ page }) => {
  const view = await openAudit(page);
  await openFile(view, 'mine.jsonl.gz', gzipSync(`${sample}{"group":"q"}\nno json\n`));
  await expect(view.getByRole('alert')).toContainText('2 lines cannot be read, 40 rollouts can');
  await expect(view.getByRole('row', { name: /^41 "rollout" must be a string, got nothing/ })).toBeVisible();
  await expect(view.getByRole('row', { name: /^42 expected one JSON object/ })).toBeVisible();
  await view.getByRole('button', { name: 'Use the 40 good rollouts' }).click();
  await expect(view.getByRole('grid', { name: 'Groups' })).toBeVisible();
  await expect(view.getByText('2 bad lines left out')).toBeVisible();
});

test('a dump of verl is recognised, and the page says what it took for granted; an unknown file gets help', async ({ page }) => {
  const view = await openAudit(page);
  const line = (score: number, query: string): string =>
    JSON.stringify({
      input: 'Capital?',
      output: `<tool_call>\n{"name": "search", "arguments": {"query": "${query}"}}\n</tool_call>`,
      gts: 'Lisbon',
      score,
      step: 7,
    });
  await openFile(view, '7.jsonl', [line(1, 'capital of Portugal'), line(0, 'the capital of Portugal')].join('\n'));
  await expect(view.getByText('Read as a verl rollout dump')).toContainText('2 rollouts in 1 group');
  await view.getByText('What that takes for granted').click();
  await expect(view.getByText('Rollouts of one step with the same "input" are a group')).toBeVisible();
  await expect(view.getByRole('region', { name: 'Group step 7/prompt 1' })).toContainText('alike, 0.86');

  await openFile(view, 'table.csv', 'a,b\n1,2\n');
  await expect(view.getByRole('alert')).toContainText('none of the known formats');
  await view.getByText('Show me an example').click();
  await expect(view.getByText('"query": "capital of Portugal"')).toBeVisible();
  const link = view.getByRole('link', { name: 'docs/rollouts.md' });
  expect((await page.request.get((await link.getAttribute('href')) ?? '')).ok()).toBe(true);
});

test('the corrected file is saved, with what was there and what was added', async ({ page }) => {
  const view = await openAudit(page);
  await openFile(view, 'mine.jsonl', sample);
  const [download] = await Promise.all([page.waitForEvent('download'), view.getByRole('button', { name: 'Save corrected file' }).click()]);
  expect(download.suggestedFilename()).toBe('mine.corrected.jsonl');
  const saved = readRollouts(readFileSync(await download.path(), 'utf8'));
  const given = readRollouts(sample);
  expect(saved).toHaveLength(given.length);
  const { groups } = auditReport(given);
  const expected = new Map(groups.flatMap(({ rollouts }) => rollouts.map((rollout) => [rollout.rollout, rollout] as const)));
  saved.forEach((rollout, r) => {
    expect(rollout).toMatchObject({ ...given[r], steps: given[r]?.steps.map((step, s) => ({ ...step, ...pick(expected.get(rollout.rollout)?.steps[s]) })) });
  });
});

test('many groups: only those in view are drawn, and the keyboard leads to any', async ({ page }) => {
  const view = await openAudit(page);
  const lines = Array.from({ length: 6000 }, (_, i) =>
    JSON.stringify({
      group: `q${Math.floor(i / 2)}`,
      rollout: `${i}`,
      reward: i % 2,
      steps: [{ tokens: 1, tool: { name: 't', kind: 'text', arguments: { query: `${i % 7}` } } }],
    }),
  );
  await openFile(view, 'many.jsonl', lines.join('\n'));
  const grid = view.getByRole('grid', { name: 'Groups' });
  await expect(grid).toHaveAttribute('aria-rowcount', '3001');
  await grid.getByRole('button', { name: 'group', exact: true }).click();
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.getByRole('row', { name: 'q2999' })).toBeVisible();
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Enter');
  await expect(view.getByRole('heading', { name: 'q2989' })).toBeVisible();
  await expect(grid.getByRole('row', { name: 'q2989' })).toHaveAttribute('aria-selected', 'true');
  await view.getByLabel('Name of the group contains').fill('q12');
  await expect(grid).toHaveAttribute('aria-rowcount', '112');
});

for (const theme of ['light', 'dark'] as const)
  test(`the audit is accessible in the ${theme} theme (axe), and fits a narrow window`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openAudit(page);
    await view.getByRole('button', { name: 'Open the small sample file' }).click();
    await view.getByRole('row', { name: 'shop/desk-lamp' }).click();
    const group = view.getByRole('region', { name: 'Group shop/desk-lamp' });
    await group
      .getByRole('article', { name: 'Rollout shop/desk-lamp/3' })
      .getByRole('button', { name: /Step 2/ })
      .click();
    await group.getByText('clusters of successful calls').click();
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const run = (
        globalThis as unknown as { axe: { run(context: string, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe.run;
      const found = await run('.audit', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
    });
    expect(violations).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

function pick(step: { readonly advantage: number; readonly corrected: number; readonly reason: string } | undefined): object {
  return step ? { advantage: step.advantage, corrected: step.corrected, reason: step.reason } : {};
}
