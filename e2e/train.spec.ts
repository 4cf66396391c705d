import { bar, comeTo, expect, openCells, openForm, openPlayed, pointsOf, test, trainLive, updatesDone } from './story.ts';

test('live training on WebGPU (software adapter): charts move, and the page warns', async ({ page }) => {
  test.setTimeout(480_000); // an update takes SwiftShader ten seconds on an idle machine, many more on a busy one
  await page.goto('./');
  await trainLive(page, 'WebGPU', 'Tiny');
  await expect(page.getByRole('alert').filter({ hasText: 'is software' })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('webgpu was asked for')).toBeVisible();
  await expect.poll(() => updatesDone(page), { timeout: 360_000 }).toBeGreaterThanOrEqual(2);
  expect(await pointsOf(page, 'Accuracy')).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.locator('.progress span')).toContainText('stopped, everything kept', { timeout: 60_000 });
});

test('auto takes wasm where WebGPU is software, and says why', async ({ page }) => {
  await page.goto('./');
  await (await openForm(page)).getByRole('button', { name: 'Tiny setting' }).click();
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.getByText(/^wasm, since the WebGPU adapter \(.*\) is software/)).toBeVisible();
  await expect.poll(() => updatesDone(page)).toBeGreaterThanOrEqual(2);
});

test('pause halts after the update under way, a step makes exactly one, run goes on', async ({ page }) => {
  await page.goto('./');
  await trainLive(page, 'wasm', 'Tiny');
  await expect.poll(() => updatesDone(page)).toBeGreaterThanOrEqual(2);
  await bar(page).getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.progress span')).toContainText('paused');
  const at = await updatesDone(page);
  await page.waitForTimeout(1500);
  expect(await updatesDone(page)).toBe(at);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => updatesDone(page)).toBe(at + 1);
  await expect(page.locator('.progress span')).toContainText('paused');
  await bar(page).getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => updatesDone(page)).toBeGreaterThan(at + 2);
});

test('pause in the evaluation after an update halts when that update is told of', async ({ page }) => {
  await openCells(page, 'train({ updates: 3, prompts: 2, groupSize: 2, epochs: 1, evaluateEvery: 1, evaluationTasks: 96, probeEvery: 0 })');
  await (await openForm(page)).getByLabel('Backend').selectOption({ label: 'wasm' });
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  const progress = page.locator('.progress span');
  await expect(progress).toContainText(/update 0 of 3.*(collecting|updating)/, { timeout: 60_000 });
  await expect(progress).toContainText(/update 0 of 3.*evaluating/);
  await bar(page).getByRole('button', { name: 'Pause' }).click();
  await expect(progress).toContainText('paused', { timeout: 60_000 });
  expect(await updatesDone(page)).toBe(1);
});

test('stop keeps everything, and the run goes on where it was; its files can be saved', async ({ page }) => {
  await page.goto('./');
  await trainLive(page, 'wasm', 'Tiny');
  await expect.poll(() => updatesDone(page)).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.locator('.progress span')).toContainText('stopped, everything kept');
  const at = await updatesDone(page);
  const points = await pointsOf(page, 'Accuracy');
  await bar(page).getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('.progress span')).toContainText('finished', { timeout: 120_000 });
  expect(await pointsOf(page, 'Accuracy')).toBeGreaterThan(points);
  expect(await updatesDone(page)).toBe(20);
  expect(at).toBeLessThan(20);

  const saved: string[] = [];
  let updates: readonly number[] = [];
  page.on('download', async (download) => {
    saved.push(download.suggestedFilename());
    if (download.suggestedFilename() !== 'metrics.jsonl') return;
    const lines = (await (await download.createReadStream()).toArray()).join('').trim().split('\n');
    updates = lines.map((line) => (JSON.parse(line) as { update: number }).update);
  });
  await page.getByRole('button', { name: 'Save files' }).click();
  await expect.poll(() => saved.sort()).toEqual(['config.json', 'evaluations.jsonl', 'metrics.jsonl', 'policy.safetensors', 'probes.jsonl', 'rollouts.jsonl']);
  await expect.poll(() => updates).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test('the form edits the code, the views go stale, and the new run learns without corrections', async ({ page }) => {
  await openPlayed(page);
  const form = await openForm(page);
  await form.getByLabel('Credit').selectOption({ label: 'none: one advantage a rollout' });
  await expect(form.getByLabel('β strength')).toBeDisabled();
  await expect(page.getByText('This run was not made yet:').first()).toBeVisible();
  await form.getByLabel('Prompts an update').fill('2');
  await form.getByLabel('Group size G').fill('4');
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect.poll(() => updatesDone(page)).toBeGreaterThanOrEqual(1);
  await bar(page).getByRole('button', { name: 'Stop', exact: true }).click();
  const histogram = await comeTo(page, page.locator('figure.chart', { has: page.getByRole('heading', { name: 'Advantages of the steps' }) }));
  await expect(histogram.getByText('this run learns from the uncorrected advantages')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(form.getByLabel('Group size G')).toHaveValue('8');
});

test('the page answers while it trains: a press is heard within a moment', async ({ page }) => {
  await page.goto('./');
  await trainLive(page, 'wasm', 'Default');
  await expect.poll(() => updatesDone(page), { timeout: 90_000 }).toBeGreaterThanOrEqual(1);
  await page.getByLabel('Theme').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.locator('.progress span')).toContainText('stopped', { timeout: 15_000 });
});
