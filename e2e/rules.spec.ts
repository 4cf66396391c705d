import { axeFindings, comeTo, expect, openCells, openView, RECORDED_RUN, test } from './story.ts';

const number = (text: string | null | undefined): number => Number((text ?? '').replace('−', '-').replace(/[+±]/, ''));

test('the same rollouts under two rules: how many steps differ, by how much, the largest difference first', async ({ page }) => {
  const view = await openView(page, 'Two rules');
  await expect(
    view.getByText(
      /^Of \d+ steps in \d+ prompts?, \d+ differ, by \+[\d.]+ on average; the sign flips for 0\. Failing steps that are rewarded: \d+ under .+, \d+ under .+\.$/,
    ),
  ).toBeVisible();
  const rows = view.locator('.rule-list tbody tr');
  const cells = await rows.first().getByRole('cell').allTextContents();
  const [, none, tapo, difference] = cells;
  expect(Math.abs(number(tapo) - number(none) - number(difference))).toBeLessThan(0.02);
  const differences = (await view.locator('.rule-list tbody tr .difference').allTextContents()).map(number);
  expect(differences.every((value, i) => i === 0 || Math.abs(value) <= Math.abs(differences[i - 1] as number) + 1e-9)).toBe(true);
  await expect(view.locator('.rule-list .difference').first()).toHaveClass(/tintp4/);
  await expect(view.locator('.rule-list .difference').first()).toHaveText(/^\+/);
});

test('any two rules: GiGPO, TAPO without support or clamp; what needs more than rollouts says so', async ({ page }) => {
  const view = await openView(page, 'Two rules');
  const sentence = view.locator('.rule-summary p');
  await expect(view.getByRole('button', { name: 'Later update' })).toBeEnabled(); // the cell begins early in the run
  const before = await sentence.textContent();
  await view.getByLabel('second rule').selectOption('gigpo');
  await expect(sentence).not.toHaveText(before ?? '');
  const gigpo = await view.locator('.rule-list tbody tr').first().getByRole('cell').allTextContents();
  await view.getByRole('button', { name: 'Swap the rules' }).click();
  await expect(view.getByLabel('first rule')).toHaveValue('gigpo');
  const swapped = await view.locator('.rule-list tbody tr').first().getByRole('cell').allTextContents();
  expect(number(swapped[3])).toBeCloseTo(-number(gigpo[3]), 9);
  await view.getByLabel('first rule').selectOption('tapo');
  await view.getByLabel('second rule').selectOption('tapo');
  await expect(sentence).toContainText('0 differ');
  await view.getByLabel('second rule').selectOption('tapo, no support');
  await view.getByLabel('second rule').selectOption('tapo, no clamp');
  await expect(view.getByLabel('second rule').getByRole('option', { name: 'ΔBelief (not known here)' })).toBeDisabled();
  await expect(view.getByLabel('second rule').getByRole('option', { name: 'true value Δ (not known here)' })).toBeDisabled();
});

test('on calls whose true value is known, a rule is held against the truth', async ({ page }) => {
  const view = await openView(page, 'Two rules');
  await view.getByLabel('on', { exact: true }).selectOption({ index: 1 });
  await view.getByLabel('first rule').selectOption('truth');
  await expect(view.locator('.rule-summary p')).toHaveText(
    /^Of \d+ calls, \d+ have a true value whose sign is known: \d+ of them have the opposite sign under the rule\./,
  );
  const [first] = await view.locator('.rule-list tbody tr').first().getByRole('cell').filter({ hasText: /^[+−]/ }).allTextContents();
  expect(first).toBeDefined();
  await expect(view.locator('.rule-list .difference').first()).toContainText('the opposite sign');
  await view.getByLabel('first rule').selectOption('delta-belief');
  await expect(view.locator('.rule-summary p')).toHaveText(/differ, by [+−±]/);
});

test('rollout by rollout, the histogram as a table, and a step leads to the other views', async ({ page }) => {
  await openCells(page, RECORDED_RUN, 'run.rules("none", "tapo")', 'run.credit()');
  const view = await comeTo(page, page.getByRole('region', { name: 'Two rules', exact: true }));
  await view.getByRole('button', { name: /^All \d+ steps$/ }).click();
  await view.getByRole('button', { name: 'Prompt, rollout, step 1, 7, 1' }).click();
  await expect(view.locator('tr.chosen')).toHaveCount(1);
  const shown = await comeTo(page, page.getByRole('region', { name: 'Credit', exact: true }));
  await expect(shown.locator('.explanation h3')).toHaveText(/^Rollout 7, step 1:/);
  await view.getByRole('button', { name: 'rollout by rollout' }).click();
  await expect(view.getByRole('article')).toHaveCount(16);
  await view.getByRole('button', { name: 'table', exact: true }).click();
  await expect(view.getByRole('columnheader', { name: 'TAPO' })).toBeVisible();
  const told = await view.getByRole('region', { name: 'Steps by advantage, as a table' }).getByRole('row').allTextContents();
  expect(told.length).toBeGreaterThan(2);
});

for (const theme of ['light', 'dark'] as const)
  test(`accessible in the ${theme} theme (axe), in both layouts`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openView(page, 'Two rules');
    expect(await axeFindings(view)).toEqual([]);
    await view.getByRole('button', { name: 'rollout by rollout' }).click();
    expect(await axeFindings(view)).toEqual([]);
  });

test('a narrow window: nothing reaches over the side', async ({ page }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  await openView(page, 'Two rules');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
