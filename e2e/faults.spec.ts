import { readFileSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { bar, openForm } from './story.ts';

// No clean console here: a fault is provoked, and the browser says so.
base('a damaged file of the benchmark gets a clear error, and the recorded run stays', async ({ page }) => {
  const documents = readFileSync(new URL('../public/benchmarks/atlas/documents.json', import.meta.url));
  await page.route('**/benchmarks/atlas/documents.json', (route) => route.fulfill({ body: documents.subarray(0, 20_000) }));
  await page.goto('./');
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.getByRole('alert')).toContainText(/atlas\/documents\.json is damaged: expected \d+ bytes .* run npm run build:atlas/);
  await bar(page).getByRole('button', { name: 'Play recorded run' }).click();
  await expect(page.locator('.progress span')).toContainText('update');
  await expect(page.getByRole('alert')).toBeHidden();
});

base('a missing base policy gets a clear error', async ({ page }) => {
  await page.route('**/base.safetensors', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto('./');
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.getByRole('alert')).toContainText('base.safetensors: expected a file, the server said 404');
});

base('a corrupt base policy gets a clear error', async ({ page }) => {
  await page.route('**/base.safetensors', (route) => route.fulfill({ body: 'this is no policy' }));
  await page.goto('./');
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.getByRole('alert')).toContainText('policy file:');
});

base('without its recorded run the page still trains', async ({ page }) => {
  await page.route('**/recorded/*.json', (route) => route.fulfill({ status: 500, body: '' }));
  await page.goto('./');
  await (await openForm(page)).getByRole('button', { name: 'Tiny setting' }).click();
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.locator('.progress span')).toContainText(/update [1-9]/);
});
