import { axeFindings, expect, openView, type StoryRecording, test } from './story.ts';

/** Two probe questions at updates 0, 10 … 50, made of the groups that the recording tells of, so that the story knows what is shown. */
function withProbes(recording: StoryRecording): void {
  recording.reports = recording.reports.filter(({ kind }) => kind !== 'probed'); // its own
  const told = recording.reports.flatMap(({ groups }) => groups ?? []).filter(({ rollouts }) => rollouts.length === 8);
  const ask = (index: number, question: string) => {
    const group = told[index] as (typeof told)[number] & { task: object };
    return { ...group, task: { ...group.task, question } };
  };
  const probes = Array.from({ length: 6 }, (_, i) => ({
    kind: 'probed',
    update: 10 * i,
    groups: [ask(2 * i, 'The first probe?'), ask(2 * i + 1, 'The second probe?')],
  }));
  recording.reports = recording.reports.flatMap((report) => [...probes.filter(({ update }) => report.kind === 'updated' && update === report.update), report]);
  recording.reports.splice(1, 0, probes[0] as (typeof recording.reports)[number]);
}

test('one question through training: a slider over the updates moves charts and rollouts', async ({ page }) => {
  const view = await openView(page, 'One question', withProbes);
  await expect(view.getByRole('button', { name: 'The first probe?' })).toHaveAttribute('aria-pressed', 'true');
  const slider = view.getByRole('slider', { name: 'update' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 50');
  for (const title of ['Success', 'Mean reward', 'Failing calls corrected', 'Calls a rollout']) {
    const chart = view.locator('figure', { has: page.getByRole('heading', { name: title }) });
    expect(await chart.locator('circle').count()).toBeGreaterThan(4);
  }
  const right = async (): Promise<number> => (await view.locator('.rollout h4', { hasText: '✓' }).count()) / 8;
  const told = async (): Promise<string> => (await view.locator('.small-chart figcaption b').first().textContent()) ?? '';
  expect(await told()).toBe(`${Math.round(100 * (await right()))} %`);
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 0');
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 10');
  await expect(view.locator('.time-slider output')).toHaveText(/^10: \d of 8 rollouts right$/);
  expect(await told()).toBe(`${Math.round(100 * (await right()))} %`);
  await view.getByRole('button', { name: 'The second probe?' }).click();
  await expect(view.locator('.prompt .question')).toHaveText('The second probe?');
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 10');
  await view.getByRole('button', { name: 'table', exact: true }).click();
  await expect(view.getByRole('region', { name: 'The question by update, as a table' }).getByRole('row')).toHaveCount(7);
});

test('play goes through the updates and stops at the last', async ({ page }) => {
  const view = await openView(page, 'One question', withProbes);
  const slider = view.getByRole('slider', { name: 'update' });
  await view.getByRole('button', { name: 'Play' }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', /update (10|20)/);
  await expect(view.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 50', { timeout: 20_000 });
  await expect(view.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('where less motion is asked for, a press makes one step', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const view = await openView(page, 'One question', withProbes);
  const slider = view.getByRole('slider', { name: 'update' });
  await view.getByRole('button', { name: 'Next update' }).click();
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 0');
  await page.waitForTimeout(1500);
  await expect(slider).toHaveAttribute('aria-valuetext', 'update 0');
});

test('a run without probes says that its questions change', async ({ page }) => {
  const view = await openView(page, 'One question', (recording) => {
    recording.reports = recording.reports.filter(({ kind }) => kind !== 'probed');
  });
  await expect(view.getByText('This run has no probe questions')).toBeVisible();
  await expect(view.locator('.small-chart')).toHaveCount(4);
});

for (const theme of ['light', 'dark'] as const)
  test(`accessible in the ${theme} theme (axe)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openView(page, 'One question', withProbes);
    expect(await axeFindings(view)).toEqual([]);
    await view.getByRole('button', { name: 'table', exact: true }).click();
    expect(await axeFindings(view)).toEqual([]);
  });

test('a narrow window: nothing reaches over the side', async ({ page }) => {
  await page.setViewportSize({ width: 380, height: 800 });
  await openView(page, 'One question', withProbes);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
