import type { Locator, Page } from '@playwright/test';
import { axeFindings, comeTo, expect, openCells, openForm, test } from './story.ts';

const RUN = 'const run = train({ benchmark: "almanac", preset: "hard", prompts: 2, groupSize: 4, updates: 1, evaluateEvery: 0, probeEvery: 0 })';

/** Try it of a run on the almanac, with its first question asked. */
async function openAlmanac(page: Page): Promise<Locator> {
  await openCells(page, RUN, 'run.tryIt()');
  const view = await comeTo(page, page.getByRole('region', { name: 'Try it', exact: true }));
  await expect(view.getByRole('button', { name: 'Token', exact: true })).toBeEnabled({ timeout: 60_000 });
  return view;
}

test('a reader writes a question about elements, searches, computes in Python and answers; the policy may do it too', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const view = await openAlmanac(page);
  await expect(view.getByLabel('Benchmark')).toHaveValue('almanac');
  await expect(view.getByLabel('Difficulty')).toHaveValue('hard');
  await expect(view.locator('canvas')).toHaveCount(0); // there is no picture

  await view.getByLabel('Or write one').fill('Who is Iron?');
  await view.getByRole('button', { name: 'Ask it' }).click();
  await expect(view.getByRole('alert')).toContainText('expected a question such as');
  await view.getByLabel('Or write one').fill('what is the ratio of the mass of gold to the mass of iron');
  await page.keyboard.press('Enter');
  await expect(view.locator('.question')).toHaveText('What is the ratio of the mass of Gold to the mass of Iron?');

  const play = async (move: string, label: string, text: string): Promise<void> => {
    await view.getByRole('button', { name: 'Play this turn myself' }).click();
    await view.getByLabel('You', { exact: true }).selectOption({ label: move });
    await view.getByLabel(label, { exact: true }).fill(text);
    await view.getByRole('button', { name: 'Play it' }).click();
  };
  await play('search by text', 'Query', 'mass Gold');
  await expect(view.getByRole('article', { name: 'Turn 1' })).toContainText(/The mass of Gold is v1 = 19\d\./);
  await play('search by text', 'Query', 'mass Iron');
  await expect(view.getByRole('region', { name: 'Numbers found so far' })).toContainText(/v1 = 19\d\./);
  const [, iron] = /The mass of Iron is (v\d+)/.exec((await view.getByRole('article', { name: 'Turn 2' }).textContent()) ?? '') ?? [];
  const python = (): string[] => fetched.filter((url) => url.includes('pyodide'));
  expect(python()).toEqual([]);
  await play('run a program', 'Program', `print(v1 / ${iron})`);
  await expect(view.getByRole('article', { name: 'Turn 3' })).toContainText(/r1 = 3\.5/, { timeout: 60_000 });
  expect(new Set(python().map((url) => new URL(url).origin))).toEqual(new Set([new URL(page.url()).origin]));
  await play('answer', 'Answer', 'r1');
  await expect(view.locator('.tryit-end')).toContainText(/Right: the answer is 3\.5/);

  await view.getByRole('button', { name: 'Next question' }).click();
  await view.getByLabel('Question', { exact: true }).selectOption('0');
  await view.getByRole('button', { name: 'Finish' }).click();
  await expect(view.getByRole('article', { name: 'Turn 3' })).toContainText('python: print ( sum ( x > v1 for x in v3 ) )');
  await expect(view.locator('.tryit-end')).toContainText(/Wrong: it answered \d+, the answer is 23/);
});

test('a run trained on the almanac in this page is played in its own world; another benchmark is one choice away', async ({ page }) => {
  const view = await openAlmanac(page);
  await view.getByLabel('Policy', { exact: true }).selectOption({ label: 'this page’s live run' });
  await expect(view.getByRole('alert')).toContainText('there is no live run on almanac in this page yet');
  const form = await openForm(page);
  await form.getByLabel('Backend').selectOption({ label: 'wasm' });
  await page.getByRole('button', { name: 'Train live' }).first().click();
  await expect(page.locator('.progress span')).toContainText('update 1', { timeout: 120_000 });
  await view.getByLabel('Policy', { exact: true }).selectOption({ label: 'this page’s live run' });
  await expect(view.getByText('update 1, algorithm grpo, credit tapo')).toBeVisible({ timeout: 60_000 });
  await expect(view.getByRole('alert')).toHaveCount(0);
  await view.getByRole('button', { name: 'Token', exact: true }).click();
  await expect(view.locator('.tryit-token')).toHaveCount(1);

  await view.getByLabel('Benchmark').selectOption('atlas');
  await expect(view.getByLabel('Scene', { exact: true })).toHaveValue('grid', { timeout: 60_000 });
  await expect(view.getByRole('img', { name: /^The scene of the question/ })).toBeVisible({ timeout: 60_000 });
  await expect(view.getByLabel('Or write one')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const)
  test(`accessible on the almanac in the ${theme} theme (axe), and in a narrow window`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openAlmanac(page);
    await view.getByRole('button', { name: 'Turn', exact: true }).click();
    await expect(view.getByRole('article', { name: 'Turn 1', exact: true })).toContainText('= ');
    await view.getByRole('button', { name: 'Play this turn myself' }).click();
    await view.getByLabel('You', { exact: true }).selectOption({ label: 'run a program' });
    expect(await axeFindings(view)).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
