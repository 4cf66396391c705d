import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from '@playwright/test';
import { buildPage, servePage } from './pages/servePage.ts';
import { expect, openCells, RECORDED_RUN, test } from './story.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.beforeAll(() => buildPage('charts'));

const card = (page: Page, title: string | RegExp): Locator => page.locator('figure.chart', { has: page.getByRole('heading', { name: title, exact: true }) });
const plot = (page: Page, title: string): Locator => card(page, title).getByRole('slider', { name: new RegExp(`^${title}, by`) });

async function openRecorded(page: Page): Promise<void> {
  await openCells(page, RECORDED_RUN, 'run.charts()');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  await expect(card(page, 'Entropy of the policy').locator('.legend-place')).toHaveText('update 150');
}

/** Two settings with three seeds each, and charts from descriptions; of one setting where told so. */
async function openSettings(page: Page, settings = 2): Promise<void> {
  await servePage(page);
  await page.goto(`story/charts.html?settings=${settings}`);
  await expect(card(page, 'Accuracy').locator('.legend')).toContainText('N = 3');
}

async function csvOf(page: Page, title: string): Promise<string[][]> {
  const text = (await saved(page, title, 'CSV')).toString('utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

async function saved(page: Page, title: string, kind: 'CSV' | 'SVG' | 'PNG'): Promise<Buffer> {
  await card(page, title).getByRole('button', { name: 'save' }).click();
  const download = page.waitForEvent('download');
  await card(page, title).getByRole('button', { name: kind }).click();
  return Buffer.concat(await (await (await download).createReadStream()).toArray());
}

test('the crosshair stands at one update on every chart, with its values', async ({ page }) => {
  await openRecorded(page);
  await plot(page, 'Accuracy').hover({ position: { x: 200, y: 80 } });
  const place = await card(page, 'Accuracy').locator('.legend-place').textContent();
  expect(place).toMatch(/^update \d+$/);
  for (const title of ['Misassignment at τ = 0.7', 'Entropy of the policy', "Where an update's time goes"]) {
    await expect(card(page, title).locator('.crosshair line')).toBeAttached();
    await expect(card(page, title).locator('.legend-place')).toHaveText(place ?? '');
  }
  await expect(card(page, 'Advantages of the steps').locator('figcaption')).toContainText(`U${place?.slice(1)}:`);
  const [dot, y] = await card(page, 'Entropy of the policy').evaluate((figure) => {
    const circle = figure.querySelector('.crosshair circle') as SVGCircleElement;
    const x = Number(circle.getAttribute('cx'));
    const points = (figure.querySelector('path.recharts-line-curve')?.getAttribute('d') ?? '').split(/[ML]/).slice(1);
    const at = points.map((point) => point.split(',').map(Number)).find(([px]) => Math.abs((px as number) - x) < 0.1);
    return [Number(circle.getAttribute('cy')), at?.[1]];
  });
  expect(Math.abs(dot - (y ?? Number.NaN))).toBeLessThan(0.1); // the dot lies on the line
  await page.mouse.move(5, 5);
  await expect(page.locator('.crosshair')).toHaveCount(0);
});

test('a click in a chart chooses the update, or the nearest that kept its rollouts, and says so', async ({ page }) => {
  await openRecorded(page);
  const box = await plot(page, 'Accuracy').boundingBox();
  if (!box) throw new Error('expected a plot');
  await page.mouse.click(box.x + 52 + ((box.width - 64) * 47) / 150, box.y + 60);
  await expect(page.getByText('The rollouts of update 47 were not kept: update 50, the nearest that has them, is selected.')).toBeVisible();
  await expect(page.locator('.selected-x')).toHaveCount(6);
});

test('the threshold changes the rates, from its slider and from a click in Figure 2', async ({ page }) => {
  await openRecorded(page);
  const recorded = (await (await page.request.get('benchmarks/atlas/recorded/grpo-tapo.json')).json()) as {
    reports: { kind: string; metrics?: Record<string, number> }[];
  };
  const last = recorded.reports.filter((report) => report.kind === 'updated').at(-1)?.metrics ?? {};
  const rateAt = (tau: string): string => `${(100 * (last[`credit/action_rate@${tau}`] ?? 0)).toFixed(0)} %`;
  await page.getByRole('slider', { name: 'Threshold τ', exact: true }).fill('0.5');
  await expect(page.getByRole('heading', { name: 'Misassignment at τ = 0.5' })).toBeVisible();
  await expect(card(page, 'Misassignment at τ = 0.5').locator('figcaption')).toContainText(`of the tool calls in failing rollouts, ${rateAt('0.5')}`);
  await plot(page, 'Misassignment by threshold τ').scrollIntoViewIfNeeded();
  const box = await plot(page, 'Misassignment by threshold τ').boundingBox();
  if (!box) throw new Error('expected a plot');
  await page.mouse.click(box.x + box.width - 12, box.y + 60);
  await expect(card(page, 'Misassignment at τ = 1.0').locator('figcaption')).toContainText(`of the tool calls in failing rollouts, ${rateAt('1.0')}`);
});

test('drawn path, table and CSV hold the same numbers', async ({ page }) => {
  await openRecorded(page);
  await page.getByLabel('Smoothing').fill('0.8');
  const title = 'Entropy of the policy';
  const entropy = card(page, title);
  await entropy.getByRole('button', { name: 'table' }).click();
  await expect(entropy.getByRole('columnheader')).toHaveText(['update', 'nats a token (smoothed 0.8)', 'nats a token (raw)']);
  const table = (
    await entropy.getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
  ).reverse();
  const [head, ...csv] = await csvOf(page, title);
  expect(head).toEqual(['update', 'nats a token (smoothed 0.8)', 'nats a token (raw)']);
  expect(csv).toHaveLength(150);
  expect(table).toEqual(csv.map(([update, ...values]) => [update, ...values.map((value) => String(Number(Number(value).toPrecision(3))))]));
  // the path's pixels, read back through the axis: the texts of its ends stand 0.35 of 11 px below their lines
  await entropy.getByRole('button', { name: 'table' }).click();
  const { path, raw, ticks } = await entropy.evaluate((figure) => {
    const pointsOf = (selector: string): number[][] =>
      (figure.querySelector(selector)?.getAttribute('d') ?? '')
        .split(/[ML]/)
        .slice(1)
        .map((point) => point.split(',').map(Number));
    const texts = [...figure.querySelectorAll('.recharts-yAxis-tick-labels text')];
    return {
      path: pointsOf('path.recharts-line-curve'),
      raw: pointsOf('path.raw-line'),
      ticks: texts.map((text) => [Number(text.getAttribute('y')) - 3.85, Number(text.textContent)] as const),
    };
  });
  const [low, high] = [ticks[0], ticks.at(-1)] as [readonly [number, number], readonly [number, number]];
  const valueAt = (y: number): number => low[1] + ((y - low[0]) * (high[1] - low[1])) / (high[0] - low[0]);
  const pixel = Math.abs((high[1] - low[1]) / (high[0] - low[0]));
  for (const [points, column] of [
    [path, 1],
    [raw, 2],
  ] as const) {
    expect(points).toHaveLength(150);
    points.forEach(([, y], i) => {
      expect(Math.abs(valueAt(y as number) - Number(csv[i]?.[column]))).toBeLessThan(0.1 * pixel);
    });
  }
});

test('SVG and PNG are the figure as it is seen: colours written out, twice the size', async ({ page }) => {
  await openSettings(page);
  const svg = (await saved(page, 'Accuracy', 'SVG')).toString('utf8');
  expect(svg).not.toContain('var(');
  for (const words of ['<title>Accuracy</title>', 'credit tapo (N = 3)', 'validation, greedy', '#1f6fb4', 'recharts-line-curve']) expect(svg).toContain(words);
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const png = await saved(page, 'Accuracy', 'PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
});

test('hiding one group of runs leaves the other’s mean as it was', async ({ page }) => {
  await openSettings(page);
  const title = 'Entropy of the policy';
  const before = await csvOf(page, title);
  const curve = card(page, title).locator('path.recharts-line-curve[stroke="var(--series-2)"]');
  const values = before.map((row) => row.slice(5));
  await card(page, title).getByRole('button', { name: 'credit tapo' }).click();
  await expect(card(page, title).locator('path.recharts-line-curve')).toHaveCount(1);
  await expect(card(page, 'Accuracy').getByRole('button', { name: 'credit tapo' })).toHaveAttribute('aria-pressed', 'false');
  const after = await csvOf(page, title);
  expect(after.map((row) => row.slice(1))).toEqual(values);
  await expect(curve).toHaveCount(1);
  await card(page, title).getByRole('button', { name: 'credit tapo' }).click();
  await expect(card(page, title).locator('path.recharts-line-curve')).toHaveCount(2);
  expect(await csvOf(page, title)).toEqual(before);
});

test('by keyboard alone: the crosshair moves, speaks, and chooses', async ({ page }) => {
  await openSettings(page, 1);
  await page.getByLabel('Smoothing').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Tab'); // table, full screen, save, plot
  const accuracy = plot(page, 'Accuracy');
  await expect(accuracy).toBeFocused();
  await expect(accuracy).toHaveAttribute('aria-valuenow', '150');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(accuracy).toHaveAttribute('aria-valuenow', '148');
  await expect(accuracy).toHaveAttribute(
    'aria-valuetext',
    /^update 148: training rollouts \(smoothed 0\.6\) [\d.]+ ± [\d.]+ %, validation, sampled [\d.]+ ± [\d.]+ % \(update 125\)/,
  );
  await expect(card(page, 'Response length').locator('.legend-place')).toHaveText('update 148');
  await page.keyboard.press('Home');
  await expect(accuracy).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('selection')).toHaveText('{"update":140,"group":0,"step":null}');
  await expect(page.locator('p[role=status]')).toHaveText('Update 140 is selected.');
  await page.keyboard.press('Escape');
  await expect(page.locator('.crosshair')).toHaveCount(0);
});

test('one figure fills the screen, in large type, and goes back', async ({ page }) => {
  await openSettings(page);
  const height = async (): Promise<number> => (await plot(page, 'Accuracy').boundingBox())?.height ?? 0;
  const small = await height();
  await card(page, 'Accuracy').getByRole('button', { name: 'full screen' }).click();
  await expect.poll(height).toBeGreaterThan(2 * small);
  await expect.poll(() => card(page, 'Accuracy').locator('.recharts-xAxis-tick-labels text').first().getAttribute('font-size')).toBe('20');
  await card(page, 'Accuracy').getByRole('button', { name: 'full screen' }).click();
  await expect.poll(height).toBe(small);
});

test('charts that code described: lines, bars, and words for what cannot be drawn', async ({ page }) => {
  await openSettings(page);
  await card(page, 'Loss').scrollIntoViewIfNeeded();
  await expect(card(page, 'Loss').locator('figcaption')).toContainText('6 values that are no numbers are left out.');
  await expect(card(page, 'Loss').locator('path.recharts-line-curve')).toHaveCount(2);
  await expect(card(page, 'Calls by tool').locator('.recharts-bar-rectangle')).toHaveCount(6);
  await expect(card(page, 'A wrong name').getByRole('alert')).toHaveText('No record has a column “reward”; the data has “step”, “loss”, “gain”.');
  await plot(page, 'Calls by tool').focus();
  await page.keyboard.press('Home');
  await expect(plot(page, 'Calls by tool')).toHaveAttribute('aria-valuetext', 'zoom: before 12, after 30');
});

for (const theme of ['light', 'dark'] as const)
  test(`charts of several runs are accessible in the ${theme} theme (axe), and fit a narrow window`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openSettings(page);
    await card(page, 'Accuracy').getByRole('button', { name: 'table' }).click();
    await card(page, 'Entropy of the policy').getByRole('button', { name: 'save' }).click();
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { run } = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
      const { violations: found } = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    });
    expect(violations).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
