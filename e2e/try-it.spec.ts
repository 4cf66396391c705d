import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bar, expect, openTryIt, test } from './story.ts';

const BASE = 'public/benchmarks/atlas/base.safetensors';

test('a reader watches a policy write, puts another token in its place, and goes back', async ({ page }) => {
  const view = await openTryIt(page);
  const alternatives = view.getByRole('region', { name: /^Best alternatives/ });
  await expect(alternatives.getByRole('button')).toHaveCount(5);
  const first = await alternatives.locator('.tryit-word').first().textContent();
  await view.getByRole('button', { name: 'Token', exact: true }).click();
  const tokens = view.locator('.tryit-token');
  await expect(tokens).toHaveCount(1);
  await expect(tokens.first()).toHaveText(first ?? '');
  await view.getByRole('button', { name: 'yes' }).click();
  await view.getByRole('button', { name: 'Finish' }).click();
  await expect(view.locator('.tryit-end')).toContainText(/Right: the answer is|Wrong: /);
  await expect(view.locator('.tryit-end')).toContainText(/As you expected|You expected it to be right/);
  await expect(view.getByRole('status').first()).toContainText(/^Turn \d: answer: .*(Right|Wrong)/); // every turn is spoken
  const before = await tokens.allTextContents();

  await tokens.nth(1).click();
  await expect(alternatives).toHaveAccessibleName('Best alternatives: turn 1, token 2');
  const other = alternatives.getByRole('button', { name: /put it here and go on/ }).first();
  const word = await other.locator('.tryit-word').textContent();
  await other.click();
  await expect(tokens).toHaveCount(2);
  await expect(tokens.nth(1)).toContainText(word ?? '');
  await expect(tokens.nth(1)).toHaveAccessibleName(/written by you/);
  await view.getByRole('button', { name: 'Finish' }).click();
  await expect(view.locator('.tryit-end')).toBeVisible();

  const attempts = view.getByRole('navigation', { name: 'Attempts at this question' });
  await expect(attempts.getByRole('button')).toHaveCount(2);
  await attempts.getByRole('button').first().click();
  expect(await tokens.allTextContents()).toEqual(before);
});

test('a reader plays a turn: a box drawn on the picture, a query with completion, an answer', async ({ page }) => {
  const view = await openTryIt(page);
  await view.getByRole('button', { name: 'Play this turn myself' }).click();
  const pad = view.getByRole('region', { name: /^The box to zoom to/ });
  const { x, y, width, height } = (await pad.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(x + 0.37 * width, y + 0.02 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.65 * width, y + 0.3 * height, { steps: 4 });
  await page.mouse.up();
  await expect(view.getByLabel('left')).toHaveValue('333');
  await expect(view.getByLabel('bottom')).toHaveValue('333');
  await pad.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(view.getByLabel('top')).toHaveValue('83');
  await expect(view.getByLabel('right')).toHaveValue('750');
  await view.getByRole('button', { name: 'Play it' }).click();
  await expect(view.getByRole('article', { name: 'Turn 1' })).toContainText('zoom 333 83 750 417');
  await expect(view.getByRole('img', { name: 'Image 1: the crop' })).toBeVisible();

  await view.getByRole('button', { name: 'Play this turn myself' }).click();
  await view.getByLabel('You', { exact: true }).selectOption({ label: 'search by text' });
  await view.getByLabel('Query').fill('capital of Atlantis');
  await view.getByRole('button', { name: 'Play it' }).click();
  await expect(view.getByRole('alert')).toContainText('no word “Atlantis”');
  await view.getByLabel('Query').fill('capital Fra');
  await expect(view.locator('datalist option[value="capital France"]').first()).toBeAttached();
  await view.getByLabel('Query').fill('capital France');
  await view.getByRole('button', { name: 'Play it' }).click();
  await expect(view.getByRole('article', { name: 'Turn 2' })).toContainText('The capital of France is Paris.');

  await view.getByRole('button', { name: 'Play this turn myself' }).click();
  await view.getByLabel('You', { exact: true }).selectOption({ label: 'answer' });
  await view.getByLabel('Answer').fill('Paris');
  await view.getByRole('button', { name: 'Play it' }).click();
  await expect(view.locator('.tryit-end')).toContainText(/Right|it answered Paris/);
});

test('a reader re-rolls from here, and adds to it', async ({ page }) => {
  const view = await openTryIt(page);
  const mark = view.getByRole('note', { name: 'Re-rolled from here' });
  await view.getByRole('button', { name: 'Re-roll ×16 from here' }).click();
  await expect(mark).toContainText(/\d+ of 16 right: \d+ %, 95 % interval \d+–\d+ %/);
  await view.getByRole('button', { name: 'Finish' }).click();
  await expect(view.locator('.tryit-end')).toBeVisible();
  await view.getByRole('button', { name: 'Re-roll ×16 from before turn 1' }).click();
  await expect(mark.first()).toContainText('of 32 right'); // the same place: the question
});

test('a reader loads a policy and holds it against the base, and stops it; a file that is none is refused', async ({ page }) => {
  const view = await openTryIt(page);
  const file = view.getByLabel('Load file…');
  await file.setInputFiles('package.json');
  await expect(view.getByRole('alert')).toContainText('policy file:');
  await file.setInputFiles({ name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer: readFileSync(BASE) });
  await expect(view.getByLabel('Policy', { exact: true })).toHaveValue('mine.safetensors');
  await expect(view.getByRole('alert')).toHaveCount(0);
  const hold = view.getByRole('region', { name: 'Hold against another policy' });
  await hold.getByLabel('questions').selectOption('192');
  await hold.getByRole('button', { name: 'Hold against base' }).click();
  await hold.getByRole('button', { name: 'Stop' }).click();
  await expect(hold.getByRole('button', { name: 'Hold against base' })).toBeEnabled();
  await expect(view.getByRole('alert')).toHaveCount(0);
  await expect(hold.getByRole('status')).toBeEmpty();
  await hold.getByLabel('questions').selectOption('24');
  await hold.getByRole('button', { name: 'Hold against base' }).click();
  // the same policy under another name: the same questions, the same keys, the same answers
  await expect(hold.getByRole('status')).toContainText('0 only mine.safetensors gets right, 0 only base', { timeout: 90_000 });
  await expect(hold.getByRole('status')).toContainText('On the same 24 validation questions of grid, sampled with the same keys');
});

test('everything by keyboard, inside the view alone', async ({ page }) => {
  const view = await openTryIt(page);
  const tokens = view.locator('.tryit-token');
  await view.getByRole('region', { name: 'Transcript' }).focus();
  await page.keyboard.press('Space');
  await expect(tokens).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(view.getByRole('article', { name: 'Turn 1', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tokens.nth(1)).toBeFocused();
  const word = await tokens.nth(1).textContent();
  const alternatives = view.getByRole('region', { name: /^Best alternatives/ }).locator('.tryit-word');
  const words = await alternatives.allTextContents();
  await page.keyboard.press(String(words.findIndex((each) => each !== word) + 1));
  await expect(tokens).toHaveCount(2);
  await expect(view.getByRole('region', { name: 'Transcript' })).toBeFocused();
  await page.keyboard.press('w');
  await expect.poll(() => tokens.count()).toBeGreaterThan(3);
  await page.keyboard.press('w');
  await expect(view.getByRole('button', { name: '▶ Watch' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(view.getByLabel('Question', { exact: true })).toHaveValue('1');
  await expect(bar(page)).not.toContainText('running'); // the page's own space did nothing
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const theme of ['light', 'dark'] as const)
  test(`accessible in the ${theme} theme (axe), and in a narrow window`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openTryIt(page);
    await view.getByRole('button', { name: 'Re-roll ×16 from here' }).click();
    await expect(view.getByRole('note', { name: 'Re-rolled from here' })).toBeVisible();
    await view.getByRole('button', { name: 'Finish' }).click();
    await view.locator('.tryit-token').nth(1).click();
    await view
      .getByRole('button', { name: /put it here and go on/ })
      .first()
      .click();
    await view.getByRole('button', { name: 'Play this turn myself' }).click();
    await view.getByText('Keys', { exact: true }).click();
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { run } = (
        globalThis as unknown as { axe: { run(at: string, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe;
      return (await run('.tryit', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
