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
