import { readFileSync } from 'node:fs';
import { comeTo, expect, openPlayed, test } from './story.ts';

const index = JSON.parse(readFileSync(new URL('../public/notebooks/index.json', import.meta.url), 'utf8')) as { name: string; title: string }[];

for (const { name, title } of index)
  test(`“${title}”: every cell comes to something, with a tour and a question to predict`, async ({ page }) => {
    await page.goto(`./#v=1&nb=${name}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    const predict = await comeTo(page, page.getByRole('group', { name: 'Predict first' }));
    await predict.getByRole('button').first().click();
    await expect(predict.getByText(/^(As you said\.|You said)/)).toBeVisible();
    await expect(predict).not.toContainText(/NaN|undefined/);
    const tour = await comeTo(page, page.getByRole('complementary', { name: /^Tour: / }));
    const next = tour.getByRole('button', { name: /^Next/ });
    await expect(async () => {
      await tour.getByRole('button', { name: 'Start the tour' }).click(); // may move away under the pointer while the view above is drawn
      await expect(next).toBeVisible({ timeout: 2000 });
    }).toPass();
    const said = await tour.locator('p').textContent();
    await next.focus();
    await page.keyboard.press('ArrowRight');
    await expect(tour.locator('p')).not.toHaveText(said ?? '');
    await page.waitForTimeout(1000); // whatever it leads to has come
    await expect(tour).toBeInViewport({ ratio: 1 });
    await expect(page.locator('.cell .note.bad')).toHaveCount(0);
    for (const text of await page.locator('.prose').allTextContents()) expect(text).not.toMatch(/NaN|undefined|\$\{/);
  });

test('the library lists every notebook, and leads to it', async ({ page }) => {
  await openPlayed(page);
  await page.locator('summary', { hasText: 'Notebooks' }).click();
  for (const { title } of index) await expect(page.getByRole('navigation', { name: 'Notebooks' }).getByRole('link', { name: title })).toBeVisible();
  await page.getByRole('link', { name: 'When TAPO is wrong' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'When TAPO is wrong' })).toBeVisible();
});

test('a first-time reader finds the failing rollout whose zoom was right, and why its penalty shrank', async ({ page }) => {
  await openPlayed(page);
  const credit = await comeTo(page, page.getByRole('region', { name: 'Credit', exact: true }));
  await expect(credit).toContainText('Rollout 6 failed, but its zoom nearly shows the same region as rollout');
  await expect(credit).toContainText('So 0.56 of its penalty of −0.94 is taken off; −0.38 is left.');
  await expect(page.locator('.prose .formula-tex:not(.display) .katex').filter({ hasText: 'C∗' })).toHaveCount(1); // formulas within a line
});
