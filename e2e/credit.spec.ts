import type { Locator } from '@playwright/test';
import { axeFindings, comeTo, expect, openCells, openView, RECORDED_RUN, test } from './story.ts';

/** The numbers under the symbols of the formula. */
async function termsOf(view: Locator): Promise<Readonly<Record<string, number>>> {
  const terms = await view
    .locator('.formula-line .term')
    .evaluateAll((buttons) =>
      buttons.map((button) => [button.getAttribute('data-term') ?? '', button.querySelector('.term-value')?.textContent ?? ''] as const),
    );
  return Object.fromEntries(terms.map(([term, text]) => [term, Number(text.replace('−', '-').replace(/[+±=]\s*/g, ''))]));
}

test('a first-time reader lands on a failing rollout whose zoom was right, and reads why its penalty shrank', async ({ page }) => {
  await openCells(page, RECORDED_RUN, 'run.credit()');
  const view = await comeTo(page, page.getByRole('region', { name: 'Credit', exact: true }));
  await expect(view.getByText('worked example')).toBeVisible();
  const story = view.locator('.story');
  await expect(story).toHaveText(
    /^Rollout \d+ failed, but its zoom (nearly )?shows the same region as rollout \d+’s, which succeeded \(overlap [\d.]+\)\. \d+ of \d+ success/,
  );
  await expect(story).toContainText(/is taken off/);
  await expect(view.locator('.formula .katex').first()).toBeVisible();

  const terms = await termsOf(view);
  const { advantage, beta, similarity, support, clusterAdvantage, corrected } = terms as Record<string, number>;
  const raised = (advantage ?? 0) + (beta ?? 0) * (similarity ?? 0) * (support ?? 0) * (clusterAdvantage ?? 0);
  expect(Math.abs(Math.min(0, raised) - (corrected ?? Number.NaN))).toBeLessThan(0.03);

  await expect(view.locator('.rollout.success .step.witness')).toHaveCount(1);
  // the recording is playing: what belongs together is read at once
  const named = () =>
    view.evaluate((element) => [
      /rollout (\d+)’s/.exec(element.querySelector('.story')?.textContent ?? '')?.[1],
      /^Rollout (\d+), step/.exec(element.querySelector('.step.witness button')?.textContent ?? '')?.[1],
    ]);
  const [told, shown] = await named();
  expect(told).toBeDefined();
  expect(shown).toBe(told);
  await expect(view.locator('.rollout.failure .step.selected')).toHaveCount(1);
  await expect(view.locator('.arc.witness')).toHaveCount(1);
  const witness = view.getByRole('button', { name: /^rollout \d+, step \d+/ });
  const rollout = await witness.evaluate((button) => {
    (button as HTMLButtonElement).click();
    return /^rollout (\d+)/.exec(button.textContent ?? '')?.[1];
  });
  await expect(story).toHaveText(new RegExp(`^Rollout ${rollout} succeeded: each of its steps keeps`));
  await expect(story).toContainText(/\d+ failing steps? had part of the penalty taken off thanks to this zoom/);
});

test('a reader moves θ, β, the clamp and the similarity: rates, histogram, arcs and counts move at once', async ({ page }) => {
  const view = await openView(page, 'Credit');
  const counts = view.locator('.counts');
  const bars = () => view.locator('.bars .after').evaluateAll((rects) => rects.map((rect) => rect.getAttribute('height')).join(' '));
  const [countsBefore, barsBefore, arcsBefore] = [await counts.textContent(), await bars(), await view.locator('.arc').count()];
  expect(arcsBefore).toBeGreaterThan(0);

  await view.getByLabel('β').fill('0');
  await expect(counts).toContainText(/by ±0\.00 on average \(the run: \d+, by \+[\d.]+\)/);
  expect(await bars()).not.toBe(barsBefore);
  await view.getByLabel('clamp').uncheck();
  await view.getByLabel('β').fill('1.5');
  await expect(view.locator('.story')).toContainText(/turns into a reward of \+|is taken off/);
  await view.getByRole('button', { name: 'Back to the run’s' }).click();
  await expect(counts).toHaveText(countsBefore ?? '');
  expect(await bars()).toBe(barsBefore);

  await view.getByLabel('α_min').fill('1');
  await expect(view.locator('.what-if .option-slider').nth(1).locator('output')).toHaveText('1.00');
  await view.getByLabel('θ', { exact: true }).fill('0.3');
  await expect(counts).toContainText('misassigned at τ = θ = 0.30');
  const clusters = await view.locator('.cluster').count();
  await view.getByLabel('θ', { exact: true }).fill('1');
  await expect(counts).toContainText('misassigned at τ = θ = 1.00');
  expect(await view.locator('.cluster').count()).toBeGreaterThanOrEqual(clusters);
  await view.getByLabel('queries alike by').selectOption({ label: 'equal words' });
  await view.getByRole('button', { name: 'Back to the run’s' }).click();
  await expect(counts).toHaveText(countsBefore ?? '');
  await view.getByLabel('successes').fill('8');
  await expect(counts).toContainText(/0 of \d+/);
  await expect(view.locator('.story')).toContainText('and the rule asks for 8');

  await view.getByRole('button', { name: 'tables' }).click();
  await expect(view.getByRole('columnheader', { name: 'advantage' })).toBeVisible();
  await expect(view.getByRole('row')).not.toHaveCount(0);
});

test('a term lights the steps that it comes from, and a press keeps it', async ({ page }) => {
  const view = await openView(page, 'Credit');
  const lit = view.locator('.step.lit');
  const term = (name: string) => view.locator(`.formula-line [data-term="${name}"]`);
  await expect(lit).toHaveCount(0);
  await term('similarity').hover();
  await expect(lit).toHaveCount(2);
  await expect(view.locator('.step.selected.lit')).toHaveCount(1);
  await expect(view.locator('.step.witness.lit')).toHaveCount(1);
  await expect(view.locator('.term-note')).toContainText(/^similarity ours How alike this call and rollout/);

  await term('support').hover();
  const [k] =
    /(\d+) of \d+ success/
      .exec((await view.locator('.story').textContent()) ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  await expect(view.locator('.rollout.success[data-light="member"]')).toHaveCount(k ?? -1);
  await term('advantage').hover();
  await expect(view.locator('.rollout[data-light]')).toHaveCount(8);
  await term('beta').hover();
  await expect(view.locator('.option-slider[data-lit]')).toContainText('β');

  await term('clusterAdvantage').click();
  await view.locator('h3').first().hover();
  await expect(lit).toHaveCount(k ?? -1);
  await term('clusterAdvantage').click();
  await page.mouse.move(0, 0);
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement).blur());
  await expect(lit).toHaveCount(0);

  const number = view.locator('.story-number').first();
  await number.hover();
  await expect(lit).toHaveCount(2);
});

test('pointing at a step fills the formula with its numbers; every untouched step says why', async ({ page }) => {
  const view = await openView(page, 'Credit');
  const steps = view.locator('.step-head');
  for (let i = 0; i < Math.min(40, await steps.count()); i++) {
    await steps.nth(i).hover();
    const name = (await steps.nth(i).textContent()) ?? '';
    const [, rollout, step] = /^Rollout (\d+), step (\d+)/.exec(name) ?? [];
    await expect(view.locator('.explanation h3')).toHaveText(new RegExp(`^Rollout ${rollout}, step ${step}:`));
    await expect(view.locator('.story')).toHaveText(
      /is taken off|keeps \+|nobody is punished|only tool calls are corrected|could not be carried out|made any|< θ 0\.70|< α_min 0\.20/,
    );
    if (/untouched/.test(name)) expect(name).toMatch(/[\d.]+ < (θ|α) [\d.]+|no call|no witness|failed call/);
  }
});

test('a cluster lights its members and whom it helped', async ({ page }) => {
  const view = await openView(page, 'Credit');
  const list = view.getByRole('region', { name: 'Clusters of successful calls' });
  const cluster = list.getByRole('button').first();
  const text = (await cluster.textContent()) ?? '';
  const [, calls, , , corrected] = /(\d+) calls? · sup (\d+) of (\d+) · Adv [+−][\d.]+ · corrected (\d+) step/.exec(text) ?? [];
  await cluster.click();
  await expect(view.locator('.step.lit')).toHaveCount(Number(calls) + Number(corrected));
  await expect(view.locator('.arc.witness')).toHaveCount(Number(corrected));
});

test('the whole view by keyboard alone', async ({ page }) => {
  const view = await openView(page, 'Credit');
  await view.getByLabel('θ', { exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(view.locator('.option-slider').first().locator('output')).toHaveText('0.71');
  await page.keyboard.press('ArrowLeft');
  await expect(view.getByRole('button', { name: 'Back to the run’s' })).toBeDisabled();
  for (let i = 0; i < 60 && (await view.locator('.step-head:focus').count()) === 0; i++) await page.keyboard.press('Tab');
  const focused = view.locator('.step-head:focus');
  const first = (await focused.textContent()) ?? '';
  await page.keyboard.press('ArrowDown');
  expect(await focused.textContent()).not.toBe(first);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  const [, rollout] = /^Rollout (\d+)/.exec((await focused.textContent()) ?? '') ?? [];
  await expect(view.locator('.explanation h3')).toHaveText(new RegExp(`^Rollout ${rollout}, step`));
  await page.keyboard.press('Enter');
  await expect(view.locator('.step.selected .step-head')).toHaveAttribute('aria-pressed', 'true');
  await expect(view.locator('.step.selected .step-head')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(view.locator('.step-head:focus')).toHaveCount(0); // one stop for all the steps
});

test('options, formula and rollouts share a screen of 1280 × 800, and nothing jumps while one points', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openCells(page, RECORDED_RUN, 'run.credit({ update: 10, group: 1, step: [5, 0] })'); // nothing above it that is still being drawn
  const view = await comeTo(page, page.getByRole('region', { name: 'Credit', exact: true }));
  await expect(page.locator('.progress span')).toContainText('(100 %)', { timeout: 60_000 });
  await view.locator('.chooser').evaluate((chooser) => window.scrollTo(0, chooser.getBoundingClientRect().top + window.scrollY - 100));
  for (const part of ['.what-if', '.bars', '.story', '.formula', '.credit-cards']) await expect(view.locator(part)).toBeInViewport({ ratio: 0.95 });
  const top = () => view.locator('.credit-cards').evaluate((cards) => cards.getBoundingClientRect().top);
  const before = await top();
  const steps = view.locator('.step-head');
  for (let i = 0; i < (await steps.count()); i += 3) {
    await steps.nth(i).hover();
    expect(Math.abs((await top()) - before)).toBeLessThan(1);
  }
  await page.mouse.wheel(0, 100);
  await expect(view.locator('.what-if')).toBeInViewport({ ratio: 0.95 });
});

test('the picture shows real flags, and the boxes that were looked at', async ({ page }) => {
  const view = await openView(page, 'Credit');
  const colours = () =>
    view
      .locator('.scene-picture canvas')
      .first()
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
        copy.drawImage(canvas as HTMLCanvasElement, 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        const seen = new Set<string>();
        for (let i = 0; i < data.length; i += 4 * 97) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
        return seen.size;
      });
  await expect.poll(colours).toBeGreaterThan(15);
  await expect(view.locator('.box.selected.failing')).toHaveCount(1);
  await expect(view.locator('.box.witness.succeeding')).toHaveCount(1);
});

for (const theme of ['light', 'dark'] as const)
  test(`accessible in the ${theme} theme (axe), also while a term is kept`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const view = await openView(page, 'Credit');
    await expect(view.locator('.formula .katex').first()).toBeVisible();
    expect(await axeFindings(view)).toEqual([]);
    await view.locator('.formula-line [data-term="support"]').click();
    await view.getByLabel('θ', { exact: true }).fill('0.9');
    expect(await axeFindings(view)).toEqual([]);
  });
