import { bar, comeTo, expect, openCells, openForm, test, updatesDone } from './story.ts';

const RUN = 'const run = train({ benchmark: "almanac", preset: "hard", prompts: 2, groupSize: 4, updates: 2, evaluateEvery: 0, probeEvery: 0 })';

test('a run on the almanac fetches Python when it first computes, and its programs can be read', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const python = (): string[] => fetched.filter((url) => url.includes('pyodide'));
  await openCells(page, RUN, 'run.trajectories()');
  const form = await openForm(page);
  await expect(form.getByLabel('Benchmark')).toHaveValue('almanac');
  await expect(form.getByLabel('Scenes').getByRole('option')).toHaveText(['easy', 'hard']);
  await form.getByLabel('Backend').selectOption({ label: 'wasm' });
  expect(python()).toEqual([]);
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect.poll(() => updatesDone(page), { timeout: 120_000 }).toBe(2);
  expect(python().length).toBeGreaterThan(2);
  for (const url of python()) expect(new URL(url).origin).toBe(new URL(page.url()).origin);
  const view = await comeTo(page, page.getByRole('region', { name: 'Trajectories', exact: true }));
  await expect(view.getByText(/^python: print/).first()).toBeVisible();
  await expect(view.getByText(/^r1 = \d/).first()).toBeVisible();
  await expect(view.getByText(/ is v\d+ = \d/).first()).toBeVisible();
  await expect(view.getByText('What the policy sees at first.')).toHaveCount(0); // there is no picture
});

test('the form changes the benchmark, and its presets with it', async ({ page }) => {
  await openCells(page, 'const run = train({ seed: 3, updates: 4 })', 'run.charts()');
  const form = await openForm(page);
  await expect(form.getByLabel('Scenes')).toHaveValue('grid');
  await form.getByLabel('Benchmark').selectOption('almanac');
  await expect(form.getByLabel('Scenes')).toHaveValue('easy');
  await expect(page.getByText('benchmark: "almanac"').first()).toBeVisible();
});

const RECIPE =
  'const run = train({ benchmark: "almanac", preset: "hard", algorithm: "dapo", credit: { rule: "none" }, reward: "tool-augmented", dualClip: 10, prompts: 16, groupSize: 4, epochs: 1, miniBatches: 4, dynamicSampling: 9, overlong: { maxTokens: 88, buffer: 32 }, learningRate: 0.0001, weightDecay: 0.1, seed: 1, updates: 10, evaluateEvery: 5, probeEvery: 0 })';

test('what was recorded of the almanac comes from its own folder; without a credit rule there is one advantage, and no arrow', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await openCells(page, RECIPE, 'run.trajectories()', 'runs.truth()');
  await expect(bar(page)).toContainText('Recorded: Tool-Augmented PO on almanac/hard, 10 updates, seed 1', { timeout: 60_000 });
  const view = await comeTo(page, page.getByRole('region', { name: 'Trajectories', exact: true }));
  await expect(view.getByLabel('tint').getByRole('option')).toHaveText([/^advantage$/, /^log-probability/, /^entropy/, /^ratio/]);
  await expect(view.locator('.step-head .adv').first()).toBeVisible();
  await expect(view.locator('.adv.after')).toHaveCount(0);
  await expect(view.getByLabel('reason')).toHaveCount(0);
  const truth = await comeTo(page, page.getByRole('region', { name: 'True values of tool calls' }));
  await expect(truth.getByRole('button', { name: 'Re-roll with the policy of this page' })).toBeVisible();
  await expect(truth.getByText('Recorded with')).toHaveCount(0); // those that ship are of the atlas
  expect(fetched.filter((url) => url.includes('atlas/recorded'))).toEqual([]);
});
