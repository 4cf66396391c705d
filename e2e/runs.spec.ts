import { comeTo, expect, openCells, openView, RECORDED_RUN, test } from './story.ts';

const SMALL = 'const run = train({ seed: 7, updates: 3, prompts: 2, groupSize: 4, epochs: 1, evaluateEvery: 0, probeEvery: 0 })';

test('a finished run is kept: named, deleted, brought back, exported, imported', async ({ page }) => {
  await openCells(page, SMALL, 'runs.library()');
  await page.getByRole('region', { name: 'Training' }).getByRole('button', { name: 'Train live' }).click();
  await expect(page.locator('.progress span')).toContainText('finished', { timeout: 90_000 });
  const runs = page.locator('#cell-2');
  const row = runs.getByRole('row', { name: /seed 7|--seed 7/ }).first();
  await expect(row).toBeVisible();
  const download = page.waitForEvent('download');
  await row.getByRole('checkbox').check();
  await runs
    .getByRole('button', { name: /Export|Save/ })
    .first()
    .click();
  const zip = Buffer.concat(await (await (await download).createReadStream()).toArray());
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  await runs
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click();
  await expect(runs.getByRole('row', { name: /seed 7|--seed 7/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(runs.getByRole('row', { name: /seed 7|--seed 7/ }).first()).toBeVisible();
  await page.reload();
  await expect((await comeTo(page, page.locator('#cell-2'))).getByRole('row', { name: /seed 7|--seed 7/ }).first()).toBeVisible(); // it survived
});

test('a comparison: curves with their seeds, differences, and the commands', async ({ page }) => {
  const view = await openView(page, 'Comparison');
  await expect(view.getByText(/^2 settings/)).toBeVisible();
  await expect(view).toContainText(/credit tapo/);
  await expect(view).toContainText('npx tapo train');
  await expect(view).toContainText(/no difference|differ/);
});

test('showing one setting changes no other’s mean', async ({ page }) => {
  await openCells(page, RECORDED_RUN, 'runs.compare(run)');
  const view = await comeTo(page, page.getByRole('region', { name: 'Comparison' }));
  await expect(view).toContainText('N = 1');
});
