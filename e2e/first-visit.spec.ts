import { gzipSync } from 'node:zlib';
import { bar, expect, openPlayed, test, updatesDone } from './story.ts';

test('a first visitor sees motion within moments, without a press', async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    setInterval(() => {
      const text = document.querySelector('.progress span')?.textContent;
      if (text && text !== seen.at(-1)) seen.push(text);
    }, 30);
  });
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'What is credit misassignment?' })).toBeVisible();
  await expect(page.getByText('A small search agent learns in this page.')).toBeVisible();
  await expect.poll(() => updatesDone(page), { timeout: 60_000 }).toBe(150);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  expect(seen.length).toBeGreaterThan(20); // it moved
  await expect(bar(page).getByText(/^Recorded: GRPO with TAPO credit transfer/)).toBeVisible();
});

test('numbers in the text follow the run', async ({ page }) => {
  await openPlayed(page);
  await expect(page.getByText(/went from 31 % to 92 % over 150 updates/)).toBeVisible();
});

test('the JavaScript before the first run is at most 350 kB, gzipped', async ({ page }) => {
  const sizes = new Map<string, number>();
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) sizes.set(response.url(), gzipSync(await response.body(), { level: 9 }).length);
  });
  await page.setViewportSize({ width: 1400, height: 900 });
  await openPlayed(page);
  await page.waitForTimeout(1000);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(sizes.size).toBeGreaterThan(5);
  console.log(`JavaScript before the first run, gzipped: ${total} bytes in ${sizes.size} files`);
  expect(total).toBeLessThanOrEqual(350_000);
});
