import { test as base, expect } from '@playwright/test';

base.use({ serviceWorkers: 'allow' });

// No clean console here: the browser says that it is offline.
base('after the first visit the page works without a network: it opens, shows and trains', async ({ page, context }) => {
  await page.goto('./');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open((await caches.keys())[0] ?? '')).keys()).length), { timeout: 60_000 })
    .toBeGreaterThan(30);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'What is credit misassignment?' })).toBeVisible();
  await page.locator('.experiment-form > summary').click();
  await page.getByRole('button', { name: 'Tiny setting' }).click();
  await page.getByRole('region', { name: 'Training' }).getByRole('button', { name: 'Train live' }).click();
  await expect(page.locator('.progress span')).toContainText(/update [1-9]/, { timeout: 120_000 });
  await page.goto('./#v=1&nb=when-tapo-is-wrong');
  await expect(page.getByRole('heading', { name: 'When TAPO is wrong' })).toBeVisible();
});
