import { axeFindings, expect, openView, type StoryRecording, test } from './story.ts';

/** The recorded run with log-probs, entropies and ratios of every token, made up so that a reader can check them: −0.01·t, 0.1·t, 1 + 0.01·t. */
const withTokenFigures =
  (times = 1) =>
  ({ reports }: StoryRecording): void => {
    for (const group of reports.flatMap((report) => report.groups ?? [])) {
      for (const step of group.rollouts.flatMap((rollout) => rollout.steps)) {
        const words = step.words as readonly string[];
        step.logProbs = words.map((_, t) => -0.01 * t);
        step.entropies = words.map((_, t) => 0.1 * t);
        step.ratios = words.map((_, t) => 1 + 0.01 * t);
      }
      group.rollouts = Array.from({ length: times }, (_, i) =>
        group.rollouts.map((each) => (i === 0 ? each : { ...each, rollout: `${each.rollout}+${i}` })),
      ).flat();
    }
  };

test('a reader sees every turn: thought, call, the zoom on its parent image, results, answer, reward', async ({ page }) => {
  const view = await openView(page, 'Trajectories');
  const failing = view.locator('.rollout.failure').first();
  await expect(failing.getByRole('heading')).toContainText('✗');
  await expect(failing.locator('header')).toContainText(/R 0\.0.*A −/);
  await expect(failing.locator('.zoom-pair canvas')).not.toHaveCount(0);
  await expect(failing.locator('.zoom-pair .asked').first()).toBeVisible();
  await expect(failing.locator('.tokens').first()).toContainText('<think>');
  await expect(failing.locator('ul.result li').first()).toBeVisible();
  await expect(failing.locator('.step-head').last()).toContainText('answer:');
});

test('tokens are tinted by what one chooses, with a sign, a legend in numbers, and the value of each', async ({ page }) => {
  const view = await openView(page, 'Trajectories', withTokenFigures());
  const legend = view.getByRole('list', { name: /^Legend of/ });
  await expect(legend.getByRole('listitem')).toHaveCount(9);
  await expect(view.locator('.rollout.failure .token[class*="tintm"]')).not.toHaveCount(0);
  await expect(view.locator('.rollout.success .token[class*="tintm"]')).toHaveCount(0);
  const glyph = await view
    .locator('.rollout.failure .token.begins')
    .first()
    .evaluate((token) => getComputedStyle(token, '::before').content);
  expect(glyph).toContain('−');

  await view.getByLabel('tint').selectOption('difference');
  await expect(view.locator('.rollout.success .token[class*="tintp"]:not(.tintp0)')).toHaveCount(0);
  await view.getByLabel('tint').selectOption('entropy');
  await expect(legend.getByRole('listitem')).toHaveCount(5);
  const token = view.locator('.tokens').first().getByRole('option').nth(3);
  await token.hover();
  const readout = view.locator('.token-readout');
  await expect(readout).toContainText('rollout 1, step 1, token 4 of');
  await expect(readout.locator('.chosen')).toHaveText(/entropy\s*0\.30 nats/);
  await expect(readout).toContainText('−0.03 nats');
  await expect(readout).toContainText('1.030');

  await view.getByText('Top tokens, as a table').click();
  const first = view.getByRole('region', { name: 'Top tokens' }).getByRole('row').nth(1);
  const value = Number(await first.getByRole('cell').last().textContent());
  await first.getByRole('button').click();
  await expect(readout.locator('.chosen')).toContainText(value.toFixed(2));
  await expect(view.locator('.token:focus')).toHaveCount(1);
});

test('what an older recording lacks cannot be chosen, and is said', async ({ page }) => {
  const view = await openView(page, 'Trajectories', ({ reports }) => {
    for (const step of reports.flatMap(({ groups }) => groups ?? []).flatMap(({ rollouts }) => rollouts.flatMap(({ steps }) => steps)))
      Object.assign(step, { logProbs: null, entropies: null, ratios: null });
  });
  await expect(view.getByLabel('tint').getByRole('option', { name: 'entropy (not recorded)' })).toBeDisabled();
});

test('by keyboard: arrow keys walk over tokens and turns, one stop of Tab, values are spoken', async ({ page }) => {
  const view = await openView(page, 'Trajectories');
  const focused = view.locator('.token:focus');
  await view.locator('.token[tabindex="0"]').focus();
  expect(await focused.getAttribute('data-token')).toBe('0/0/0');
  await page.keyboard.press('ArrowRight');
  expect(await focused.getAttribute('data-token')).toBe('0/0/1');
  await page.keyboard.press('ArrowDown');
  expect(await focused.getAttribute('data-token')).toBe('0/1/1');
  await page.keyboard.press('PageDown');
  expect(await focused.getAttribute('data-token')).toBe('1/0/0');
  await page.keyboard.press('End');
  await expect(view.getByRole('status').filter({ hasText: 'token' })).toHaveText(/<\/tool_call>.*advantage after [+−][\d.]+.*rollout 2, step 1/);
  await expect(view.locator('.token[tabindex="0"]')).toHaveCount(1);
});

test('a reader filters, sorts and searches', async ({ page }) => {
  const view = await openView(page, 'Trajectories');
  const cards = view.locator('.rollout');
  await expect(cards).toHaveCount(8);
  await view.getByLabel('outcome').selectOption('failure');
  const failures = await cards.count();
  expect(failures).toBeLessThan(8);
  await expect(view.getByText(`${failures} of 8 rollouts`)).toBeVisible();
  await view.getByLabel('reason').selectOption('transferred');
  await expect(view.getByText(/\d+ of 8 rollouts, \d+ matching steps?/)).toBeVisible();
  await expect(view.locator('.step:not(.faded) .adv.after')).not.toHaveCount(0);
  await expect(view.locator('.step.faded .adv.after')).toHaveCount(0);
  await view.getByLabel('reason').selectOption('');
  await view.getByLabel('outcome').selectOption('');
  await view.getByLabel('sort').selectOption('corrected');
  await expect(cards.first()).toHaveClass(/failure/);
  await view.getByLabel('tool').selectOption('text_search_tool');
  await view.getByLabel('search').fill('nothing of the kind');
  await expect(view.getByText('No rollout of this prompt is like that.')).toBeVisible();
  await view.getByLabel('search').fill('search_tool');
  await expect(view.locator('.token.found')).not.toHaveCount(0);
});

test('a link leads back to the same token', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const view = await openView(page, 'Trajectories');
  const token = 'rollout 3, step 2, token 3 of';
  await expect(async () => {
    await view.locator('[data-token="2/1/2"]').hover(); // pictures that come may move another one under the pointer
    await expect(view.locator('.token-readout')).toContainText(token, { timeout: 1000 });
  }).toPass();
  await view.getByRole('button', { name: 'Copy a link to this token' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('token=2');
  await page.goto('about:blank');
  await page.goto(link);
  const again = page.getByRole('region', { name: 'Trajectories', exact: true });
  await expect(again.locator('.token-readout')).toContainText(token, { timeout: 60_000 });
  await expect(again.locator('[data-token="2/1/2"]')).toHaveAttribute('aria-selected', 'true');
});

test('a group of more than five thousand tokens stays usable', async ({ page }) => {
  const view = await openView(page, 'Trajectories', (recording) => {
    recording.reports = recording.reports.filter(({ kind, update }) => kind !== 'updated' || update === 150);
    withTokenFigures(40)(recording);
  });
  await expect(view.locator('.rollout')).toHaveCount(320);
  expect(await view.locator('.token').count()).toBeLessThan(5000);
  const took = await view.getByLabel('tint').evaluate((select: HTMLSelectElement) => {
    const started = performance.now();
    select.value = 'ratio';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    return new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started))));
  });
  expect(took).toBeLessThan(1500);
  await view.locator('.rollout').last().scrollIntoViewIfNeeded();
  await expect(view.locator('.rollout').last().locator('.token').first()).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  test(`accessible in the ${theme} theme (axe), tinted every way`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openView(page, 'Trajectories', withTokenFigures());
    await view.locator('.tokens').first().getByRole('option').first().hover();
    await view.getByText('Top tokens, as a table').click();
    for (const quantity of ['after', 'difference', 'entropy']) {
      await view.getByLabel('tint').selectOption(quantity);
      expect(await axeFindings(view)).toEqual([]);
    }
  });

test('a narrow window: nothing reaches over the side', async ({ page }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  const view = await openView(page, 'Trajectories');
  await view.locator('.tokens').first().getByRole('option').first().click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
