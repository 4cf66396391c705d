import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { bar, expect, openForm, openPlayed, test, updatesDone } from './story.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const NOTEBOOKS = [
  'what-is-misassignment',
  'grpo-against-tapo',
  'what-the-threshold-does',
  'beta-support-and-clamp',
  'gspo-and-sapo',
  'when-tapo-is-wrong',
  'audit-your-own-rollouts',
];

/** Scrolls through the whole page, so that every cell is drawn. */
async function drawAll(page: Page): Promise<void> {
  for (let end = false; !end; await page.waitForTimeout(250))
    end = await page.evaluate(() => {
      scrollBy({ top: innerHeight * 0.8, behavior: 'instant' });
      return scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    });
  await page.waitForTimeout(1500);
}

for (const theme of ['light', 'dark'] as const)
  for (const notebook of NOTEBOOKS)
    test(`${notebook} is accessible in the ${theme} theme (axe)`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(`./#v=1&nb=${notebook}`);
      await expect(page.locator('.cell').first()).toBeVisible();
      await drawAll(page);
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
  await openPlayed(page);
  const form = await openForm(page);
  await form.getByRole('button', { name: 'Tiny setting' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement).blur());
  await expect(page.locator('.progress span')).toContainText('not run yet');
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
  await bar(page).getByRole('button', { name: 'Resume' }).focus();
  await expect(bar(page).getByRole('button', { name: 'Resume' })).toBeFocused();
});

for (const notebook of NOTEBOOKS)
  test(`${notebook} in a narrow window: nothing reaches over the side`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`./#v=1&nb=${notebook}`);
    await expect(page.locator('.cell').first()).toBeVisible();
    await drawAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

test('room mode makes the type large, and a figure fills the screen', async ({ page }) => {
  await openPlayed(page);
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
  const before = await size();
  await page.getByRole('button', { name: 'Room' }).click();
  expect(await size()).toBeGreaterThan(before);
  const accuracy = page.locator('figure.chart', { has: page.getByRole('heading', { name: 'Accuracy' }) });
  await accuracy.getByRole('button', { name: 'full screen' }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className ?? '')).toContain('chart');
});

test('terms explain themselves, and the glossary lists them', async ({ page }) => {
  await openPlayed(page);
  const term = page.locator('dfn.glossary-term', { hasText: 'rollout' }).first();
  await expect(term).toHaveAccessibleName(/^rollout: One attempt at a prompt/);
  await page.getByRole('button', { name: 'Glossary' }).click();
  await expect(page.getByRole('dialog', { name: 'Glossary' }).getByText('A negative advantage')).toBeVisible();
});

test('a link can ask for a theme and for room mode, until the reader chooses', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./#v=1&nb=audit-your-own-rollouts&theme=dark&room=1');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-room', 'on');
  await page.getByLabel('Theme').selectOption('light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.goto('./');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
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
