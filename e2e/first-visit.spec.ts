import { expect, pointsOf, test, updatesDone } from './story.ts';

test('a first visitor sees motion within a second, without a press', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'TAPO Notebook' })).toBeVisible();
  await expect(page.getByText('takes the unfair part of the penalty off')).toBeVisible();
  await expect.poll(() => updatesDone(page)).toBeGreaterThan(2);
  const early = await updatesDone(page);
  await expect.poll(() => updatesDone(page)).toBeGreaterThan(early);
  await expect(page.getByText(/^Recorded: GRPO with TAPO credit transfer/)).toBeVisible();
});

test('the recorded run fills every chart, each with a sentence and a table', async ({ page }) => {
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  for (const title of ['Accuracy', 'Misassignment at τ = 0.7', 'Entropy of the policy', 'Tool calls a rollout', "Where an update's time goes"])
    expect(await pointsOf(page, title)).toBeGreaterThan(30);
  const accuracy = page.locator('figure', { has: page.getByRole('heading', { name: 'Accuracy' }) });
  await expect(accuracy.locator('figcaption')).toHaveText(/sampled validation went from \d+ % to \d+ %/);
  await accuracy.getByRole('button', { name: 'table' }).click();
  await expect(accuracy.getByRole('columnheader')).toHaveText([
    'update',
    'training rollouts (smoothed 0.6)',
    'training rollouts (raw)',
    'validation, sampled',
    'validation, greedy',
  ]);
  expect(await accuracy.getByRole('row').count()).toBeGreaterThan(30);
  const histogram = page.locator('figure', { has: page.getByRole('heading', { name: 'Advantages of the steps' }) });
  expect(await histogram.locator('.recharts-bar-rectangle').count()).toBeGreaterThan(5);
});

test('exported numbers are drawn numbers: the table says what the line shows', async ({ page }) => {
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  const recorded = (await (await page.request.get('benchmarks/atlas/recorded/grpo-tapo.json')).json()) as {
    reports: { kind: string; update: number; metrics?: Record<string, number> }[];
  };
  const last = recorded.reports.filter((report) => report.kind === 'updated').at(-1);
  const entropy = page.locator('figure', { has: page.getByRole('heading', { name: 'Entropy of the policy' }) });
  await entropy.getByRole('button', { name: 'table' }).click();
  await expect(entropy.getByRole('row').nth(1).getByRole('cell')).toHaveText([
    String(last?.update),
    /^[\d.]+$/,
    String(Number((last?.metrics?.['policy/entropy'] ?? 0).toPrecision(3))),
  ]);
});
