import { expect, test } from './story.ts';

test('a reader finds a failing rollout whose call was right, and its witness', async ({ page }) => {
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  const panel = page.getByRole('region', { name: 'Rollouts of one prompt' });
  const corrected = panel.locator('.rollout.failure').getByRole('button', { name: /corrected/ });
  for (let back = 0; back < 12 && (await corrected.count()) === 0; back++) await panel.getByRole('button', { name: 'Earlier update' }).click();
  await corrected.first().click();

  const note = panel.locator('.credit-note');
  const text = (await note.locator('.formula').textContent()) ?? '';
  const numbers = /F = sim ([\d.]+) · sup ([\d.]+) · Adv ([\d.]+) = ([\d.]+)/.exec(text)?.slice(1).map(Number);
  expect(numbers, text).toHaveLength(4);
  const [similarity, support, advantage, transfer] = numbers as [number, number, number, number];
  expect(Math.abs(similarity * support * advantage - transfer)).toBeLessThan(0.03);

  const witness = note.getByRole('button', { name: /^rollout \d+, step \d+/ });
  const named = /rollout (\d+), step (\d+)/.exec((await witness.textContent()) ?? '')?.slice(1) as [string, string];
  const marked = panel.locator('.step.witness').getByRole('button');
  await expect(marked).toHaveAccessibleName(new RegExp(`^Rollout ${named[0]}, step ${named[1]}:`));
  await expect(panel.locator('.rollout.success .step.witness')).toHaveCount(1);
  await witness.click();
  await expect(note.getByRole('heading')).toContainText(`Rollout ${named[0]}, step ${named[1]}`);
  await expect(note).toContainText('A step of a successful rollout');
});

test('a reader moves θ, β and the clamp, and the same rollouts are credited anew at once', async ({ page }) => {
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  const panel = page.getByRole('region', { name: 'Rollouts of one prompt' });
  const corrected = panel.locator('.rollout.failure').getByRole('button', { name: /corrected/ });
  for (let back = 0; back < 12 && (await corrected.count()) === 0; back++) await panel.getByRole('button', { name: 'Earlier update' }).click();
  await corrected.first().click();
  await expect(panel.locator('.arc.witness')).toHaveCount(1);

  const what = panel.getByRole('group', { name: 'What if' });
  const counted = what.locator('.what-if-count');
  const recorded = (await counted.textContent()) ?? '';
  await what.getByLabel('clamp').uncheck();
  await what.getByLabel('β').fill('1.5');
  await expect(counted).toContainText('(the run: ');
  const [now, before] = [...((await counted.textContent()) ?? '').matchAll(/by \+([\d.]+)/g)].map(([, shift]) => Number(shift)) as [number, number];
  expect(now).toBeGreaterThan(before);
  await what.getByLabel('β').fill('0');
  await expect(counted).toContainText('by ±0.00 on average');
  await what.getByRole('button', { name: 'As the run' }).click();
  await expect(counted).toHaveText(recorded);
});

test('every untouched step says why', async ({ page }) => {
  await page.goto('./');
  await expect.poll(() => page.locator('.progress span').textContent(), { timeout: 60_000 }).toContain('(100 %)');
  const panel = page.getByRole('region', { name: 'Rollouts of one prompt' });
  const steps = panel.locator('.step-head');
  for (let i = 0; i < Math.min(8, await steps.count()); i++) {
    await steps.nth(i).click();
    await expect(panel.locator('.formula')).toHaveText(
      /F = sim|keeps its advantage|nobody is punished|No tool call|could not be carried out|No successful rollout|similarity [\d.]+ < θ|< α_min/,
    );
    await steps.nth(i).click();
  }
});

test('the picture shows real flags, and the boxes that were looked at', async ({ page }) => {
  await page.goto('./');
  const scene = page.locator('.scene-picture canvas');
  await expect(scene).toBeVisible({ timeout: 60_000 });
  const colours = () =>
    scene.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
      copy.drawImage(canvas as HTMLCanvasElement, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      const seen = new Set<string>();
      for (let i = 0; i < data.length; i += 4 * 97) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      return seen.size;
    });
  await expect.poll(colours).toBeGreaterThan(15);
});
