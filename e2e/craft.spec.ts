import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, updatesDone } from './story.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const theme of ['light', 'dark'] as const)
  test(`accessible in the ${theme} theme (axe)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto('./');
    await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
    await expect(page.locator('.scene-picture canvas').first()).toBeVisible();
    await page.locator('.all-options summary').click();
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const run = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run;
      return (await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
  });

test('everything by keyboard: start, pause, step, stop, keys', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Tiny setting' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('s');
  await expect(page.locator('.progress span')).toContainText('paused', { timeout: 60_000 });
  expect(await updatesDone(page)).toBe(1);
  await page.keyboard.press('Space');
  await expect.poll(() => updatesDone(page)).toBeGreaterThan(2);
  await page.keyboard.press('x');
  await expect(page.locator('.progress span')).toContainText('stopped');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Resume' }).focus();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeFocused();
});

test('a narrow window: nothing reaches over the side', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  await expect(page.locator('.scene-picture canvas').first()).toBeVisible();
  await page.locator('.all-options summary').click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('the theme follows the system, and a choice is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByLabel('Theme').selectOption('light');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('scripts come from the page’s own origin only', async ({ page }) => {
  const response = await page.goto('./');
  const policy = response?.headers()['content-security-policy'] ?? '';
  for (const part of [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "object-src 'none'",
    "frame-src 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(policy).toContain(part);
  const refused = await page.evaluate(() => {
    try {
      new Worker('https://example.org/worker.js');
      return 'started';
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toMatch(/scripts come from http:\/\/localhost|TypeError/);
});
