import { bar, expect, openCells, openForm, savedConfig, test, updatesDone } from './story.ts';

const TOOL = `const find = train.tool({
  name: "text_search_tool",
  call: ({ query }) => [{ title: query, text: "nothing is known of " + query }],
  similarity: (a, b) => (a.arguments.query.length === b.arguments.query.length ? 1 : 0.25),
});`;
const REWARD = 'const brief = train.reward(({ correct, tokens, calls }) => (correct ? 1 : 0) - tokens / 1000 - calls.length / 100);';
const TINY = 'updates: 2, prompts: 2, groupSize: 4, epochs: 1, evaluateEvery: 0, probeEvery: 0';

test('a cell’s own tool and reward train a run, go along with it, and its credit uses the tool’s own similarity', async ({ page }) => {
  await openCells(page, TOOL, REWARD, `const run = train({ tools: [find], reward: brief, ${TINY} })`, 'run.credit()', SHOWN);
  await expect(page.getByText('tool text_search_tool, for train({ tools: [find] })')).toBeVisible();
  const form = await openForm(page);
  const tools = page.getByRole('form', { name: 'Tools' });
  await expect(tools.locator('summary')).toHaveText('Tools find');
  await tools.locator('summary').click();
  await expect(tools.getByText('Tools of cells go along with this run')).toBeVisible();
  await form.getByLabel('Backend').selectOption({ label: 'wasm' });
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.locator('.progress span')).toContainText('finished', { timeout: 120_000 });
  expect(await updatesDone(page)).toBe(2);
  await expect(page.getByText('calls of the run’s own tools failed')).toBeHidden();
  // what the run tells of itself: its rewards, what its tool answered, and similarities that only its own measure gives
  await expect(page.locator('pre.value', { hasText: 'rewards are the reward of the cell' })).toBeVisible();
  await expect(page.locator('pre.value', { hasText: 'its tool answered' })).toBeVisible();
  await expect(page.locator('pre.value', { hasText: 'similarities are 0, 0.25 and 1 alone' })).toBeVisible();

  expect(await savedConfig(page)).toMatchObject({
    tools: [{ name: 'find', source: TOOL }],
    reward: { name: 'brief', source: REWARD },
  });
});

/** A cell that looks at the run's rollouts. */
const SHOWN = `const told = run.groups.flatMap(({ groups }) => groups).flatMap(({ rollouts }) => rollouts);
const steps = told.flatMap(({ steps }) => steps);
const searches = steps.filter(({ action }) => action.tool === "text_search_tool");
if (told.length > 0) {
  const tokens = (rollout) => rollout.steps.reduce((sum, { words }) => sum + words.length, 0);
  const calls = (rollout) => rollout.steps.filter(({ action }) => action.kind === "call").length;
  const expected = (rollout) => brief({ correct: rollout.correct, tokens: tokens(rollout), calls: { length: calls(rollout) } });
  if (told.every((rollout) => Math.abs(rollout.reward - expected(rollout)) < 1e-9)) display("rewards are the reward of the cell");
  if (searches.some(({ observation }) => observation?.results?.[0]?.text.startsWith("nothing is known of"))) display("its tool answered");
  const values = searches.flatMap(({ witnessSimilarity }) => witnessSimilarity ?? []);
  if (values.every((value) => [0, 0.25, 1].includes(value))) display("similarities are 0, 0.25 and 1 alone");
}`;

test('the form lists the rewards that cells declare after the presets, and writes the chosen one into the code', async ({ page }) => {
  await openCells(page, REWARD, 'const twice = train.reward(({ correct }) => (correct ? 2 : 0));', 'train({ seed: 3 })');
  await openForm(page);
  const all = page.getByRole('form', { name: 'All options' });
  await all.locator('summary').click();
  const reward = all.getByLabel('Reward', { exact: true });
  const own = ['brief, of a cell', 'twice, of a cell'];
  await expect(reward.locator('option').last()).toHaveText('twice, of a cell');
  expect((await reward.locator('option').allTextContents()).slice(-2)).toEqual(own);
  expect((await reward.locator('option').allTextContents())[0]).toContain('exact');
  for (const [label, code] of [
    ['twice, of a cell', 'train({ seed: 3, reward: twice })'],
    ['brief, of a cell', 'train({ seed: 3, reward: brief })'],
    ['MMSearch-R1', 'train({ seed: 3, reward: "mmsearch-r1" })'],
  ] as const) {
    await reward.selectOption({ label });
    await expect(page.getByText(code)).toBeVisible();
    await expect(reward.locator('option:checked')).toHaveText(label);
  }
});

test('a tool that throws costs its rollouts and says where; a reward that throws stops the run and loses nothing', async ({ page }) => {
  const tool = 'const find = train.tool({\n  name: "text_search_tool",\n  call: ({ query }) => query.length.nothing.there,\n});';
  await openCells(page, tool, REWARD, `train({ tools: [find], reward: brief, ${TINY} })`);
  await (await openForm(page)).getByLabel('Backend').selectOption({ label: 'wasm' });
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.locator('.progress span')).toContainText('finished', { timeout: 120_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'calls of the run’s own tools failed; rollouts that met this are' })).toContainText(
    'find, line 3 (call: ({ query }) => query.length.nothing.there,): TypeError',
  );

  const bad = 'const brief = train.reward(({ correct, tokens }) =>\n  tokens > 40 ? correct.not.there : 1);';
  await openCells(page, bad, `train({ reward: brief, ${TINY} })`);
  await page.reload();
  await (await openForm(page)).getByLabel('Backend').selectOption({ label: 'wasm' });
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'brief, line 2 (tokens > 40 ? correct.not.there : 1);): TypeError' })).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.locator('.progress span')).toContainText('stopped, everything kept');
});
