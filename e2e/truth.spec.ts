import { expect, openView, test } from './story.ts';

test('a reader holds the rules against recorded true values and follows a number to its calls', async ({ page }) => {
  const panel = await openView(page, 'True values of tool calls');
  await expect(panel.getByRole('row', { name: /^delta-belief/ })).toBeVisible();
  await panel.getByRole('button', { name: 'tapo', exact: true }).click();
  const numbers = panel.locator('.sign-table button:enabled');
  const first = numbers.first();
  const shown = Number(await first.textContent());
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  const rows = panel.locator('.call-list tbody tr');
  await expect(rows).toHaveCount(Math.min(shown, 60));
});

test('a reader re-rolls calls with the policy of this page, and stops it', async ({ page }) => {
  const panel = await openView(page, 'True values of tool calls');
  const start = panel.getByRole('button', { name: 'Re-roll with the policy of this page' });
  await panel.getByLabel('calls (in whole prompts)').fill('2000');
  await start.click();
  await panel.getByRole('button', { name: 'Stop re-rolling' }).click({ timeout: 60_000 });
  await expect(start).toBeEnabled({ timeout: 60_000 });
  await expect(panel.getByRole('button', { name: /^this page/ })).toHaveCount(0);

  await panel.getByLabel('calls (in whole prompts)').fill('6');
  await panel.getByLabel('continuations from each state').fill('4');
  await start.click();
  await expect(panel.getByRole('button', { name: 'this page: base policy' })).toHaveAttribute('aria-pressed', 'true', { timeout: 120_000 });
  await expect(panel).toContainText('4 continuations from each state');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
