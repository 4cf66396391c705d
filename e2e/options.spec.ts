import { bar, expect, openForm, openPlayed, savedConfig, test, updatesDone } from './story.ts';

test('every option is on the page: set by keyboard, refused with what was expected, and the run has it', async ({ page }) => {
  await openPlayed(page);
  const form = await openForm(page);
  await form.getByLabel('Backend').selectOption({ label: 'wasm' });
  await form.getByRole('button', { name: 'Tiny setting' }).click();
  const all = page.getByRole('form', { name: 'All options' });
  await expect(all.getByLabel('Dual clip')).toBeHidden();
  await all.locator('summary').focus();
  await page.keyboard.press('Enter');

  const dualClip = all.getByLabel('Dual clip');
  await dualClip.fill('0.5');
  await expect(all.getByRole('alert')).toHaveText('expected a number above 1, or off, got "0.5"');
  await dualClip.fill('');
  await expect(all.getByRole('alert')).toBeHidden();
  await expect(dualClip).toHaveAttribute('placeholder', 'no bound');
  await all.getByLabel('Advantages').selectOption({ label: 'GRPO, whitened over the batch' });
  await all.getByLabel('Clamp at zero').focus();
  await page.keyboard.press('Space');
  await all.getByLabel('Overlong L_max').fill('50');
  await expect(all.getByLabel('Overlong L_buf')).toHaveValue('10');
  await expect(all.locator('summary')).toContainText('Clamp at zero, Advantages, Dual clip, Overlong L_max, Overlong L_buf');

  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect.poll(() => updatesDone(page)).toBeGreaterThanOrEqual(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.locator('.progress span')).toContainText('stopped');
  expect(await savedConfig(page)).toMatchObject({
    dualClip: null,
    advantage: 'batch-normalised',
    credit: { clamp: false, support: true },
    overlong: { maxTokens: 50, buffer: 10 },
    prompts: 2,
  });

  await all.getByLabel('Temperature').fill('0.9');
  await expect(page.getByText('This run was not made yet:').first()).toBeVisible();
  await page.getByRole('button', { name: 'Default setting' }).click();
  await expect(all.locator('summary')).toContainText('all at their defaults');
});

test('a reader sees what is published and what is ours', async ({ page }) => {
  await openPlayed(page);
  await openForm(page);
  const all = page.getByRole('form', { name: 'All options' });
  await all.locator('summary').click();
  for (const meaning of [
    'drawn in the method figure',
    'reported by a digest',
    'published in the paper of the method',
    'read in the public code',
    'not published: our choice',
  ])
    await expect(all.locator('.tags')).toContainText(meaning);
  const ours = all.locator('.tags > .ours');
  const plain = await ours.evaluate((entry) => getComputedStyle(entry).backgroundColor);
  const clustering = all.getByLabel('Clustering');
  await expect(clustering).toHaveAccessibleDescription(
    /How successful calls are put into clusters\. Default: leader.* ours Clusters are in the method figure, not how/,
  );
  await clustering.focus();
  expect(await ours.evaluate((entry) => getComputedStyle(entry).backgroundColor)).not.toBe(plain); // its tag lights up in the list
  await expect(page.getByRole('form', { name: 'Experiment' }).locator('.evidence').first()).toHaveAttribute(
    'title',
    /published in the paper of the method that is named/,
  );
});
