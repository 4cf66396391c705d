import { readFileSync } from 'node:fs';
import { expect, openCells, openPlayed, RECORDED_RUN, test } from './story.ts';

test('a cell is edited, the copy is named and saved, the author’s version stays, undo brings everything back', async ({ page }) => {
  await openPlayed(page);
  const first = page.locator('.cell').first();
  await first.hover();
  await first.getByRole('button', { name: 'Edit cell 1' }).click();
  await page.getByRole('textbox', { name: 'Source of cell 1' }).fill('**Mine now.**');
  await page.keyboard.press('Escape');
  await expect(first.locator('strong').first()).toHaveText('Mine now.');
  await expect(page.getByText(/^Your copy “What is credit misassignment\?.*”, 1 edit/)).toBeVisible();

  await page.reload();
  await expect(page.getByText('A small search agent learns in this page.')).toBeVisible(); // a link opens the author's version
  await page.locator('summary', { hasText: 'Notebooks' }).click();
  await page.getByRole('button', { name: /^What is credit misassignment\?/ }).click();
  await expect(first.locator('strong').first()).toHaveText('Mine now.');

  await first.hover();
  await first.getByRole('button', { name: 'Delete cell 1' }).click();
  await expect(page.getByText('Mine now.')).toBeHidden();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(first.locator('strong').first()).toHaveText('Mine now.');
  await page.getByRole('button', { name: 'Open the author’s version' }).click();
  await expect(page.getByText('A small search agent learns in this page.')).toBeVisible();
});

test('code cells are reactive, and a wrong one says what is wrong and where', async ({ page }) => {
  await openCells(page, 'const a = 20', 'a + 22', 'b + 1', 'while (true) {}');
  await expect(page.locator('#cell-2 .value')).toHaveText('42');
  await expect(page.locator('#cell-3')).toContainText(/b is not defined|no cell defines/);
  await expect(page.locator('#cell-4')).toContainText(/took longer|deadline|1 s/);
  await page.locator('#cell-1').hover();
  await page.getByRole('button', { name: 'Edit cell 1' }).click();
  await page.getByRole('textbox', { name: 'Source of cell 1' }).fill('const a = 1');
  await expect(page.locator('#cell-2 .value')).toHaveText('23');
});

test('a run’s numbers are at hand in code, as a table and as a chart', async ({ page }) => {
  await openCells(
    page,
    RECORDED_RUN,
    'run.evaluations',
    '({ chart: "line", title: "Mine", data: run.metrics, x: "update", y: ["accuracy"] })',
    'tapo.groupAdvantages([1, 0])',
  );
  await expect(page.locator('#cell-2 table')).toContainText('sampled');
  await expect(page.locator('#cell-3 figure').getByRole('heading', { name: 'Mine' })).toBeVisible();
  await expect(page.locator('#cell-4 .value')).toContainText('0.707');
});

test('cells by keyboard, as in Jupyter: add, make text, move through, delete, undo', async ({ page }) => {
  await openCells(page, '1', '2');
  await expect(page.locator('#cell-2 .value')).toHaveText('2');
  await page.locator('body').press('j');
  await expect(page.locator('#cell-1')).toHaveClass(/selected/);
  await page.keyboard.press('b');
  const editor = page.getByRole('textbox', { name: 'Source of cell 2' });
  await expect(editor).toBeFocused();
  await page.keyboard.type('40 + 2');
  await page.keyboard.press('Escape');
  await expect(page.locator('.cell').nth(1).locator('.value')).toHaveText('42');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(page.locator('.cell')).toHaveCount(2);
  await page.keyboard.press('z');
  await expect(page.locator('.cell')).toHaveCount(3);
});

test('the notebook is saved as a file that says the same, and as a Jupyter notebook, with its outputs in a zip', async ({ page }) => {
  await openPlayed(page, 'what-the-threshold-does');
  const save = async (name: RegExp): Promise<Buffer> => {
    await page.locator('summary', { hasText: 'Save, share' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return Buffer.concat(await (await (await download).createReadStream()).toArray());
  };
  const shipped = readFileSync(new URL('../public/notebooks/what-the-threshold-does.html', import.meta.url));
  expect((await save(/^Notebook \(\.html\)/)).equals(shipped)).toBe(true);
  const jupyter = JSON.parse((await save(/^Jupyter/)).toString('utf8')) as { nbformat: number; cells: { cell_type: string }[] };
  expect(jupyter.nbformat).toBe(4);
  expect(jupyter.cells.some(({ cell_type: type }) => type === 'markdown')).toBe(true);
  const zip = await save(/^Outputs/);
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  for (const name of ['manifest.json', 'run-1/metrics.parquet', 'run-1/rollouts.jsonl', 'run-1/config.json']) expect(zip.includes(name)).toBe(true);
});

test('a lesson’s link hides, locks and pre-sets controls, and says what it does not understand', async ({ page }) => {
  await page.goto('./#v=1&nb=what-is-misassignment&set=updates:20&hide=seed&lock=updates,cells&nonsense=1');
  await expect(page.getByText('nonsense: no such parameter')).toBeVisible();
  const fold = page.locator('.experiment-form');
  await fold.locator(':scope > summary').click();
  const form = page.getByRole('form', { name: 'Experiment' });
  await expect(form.getByLabel('Updates')).toHaveValue('20');
  await expect(form.getByLabel('Updates')).toBeDisabled();
  await expect(form.getByLabel('Seed')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Edit cell 1' })).toHaveCount(0);
});

test('a hostile notebook does nothing: no script, no picture, no request', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('./');
  await expect(page.locator('.cell').first()).toBeVisible();
  const file = `<!doctype html>
<notebook theme="air">
  <title>Hostile</title>
  <script id="1" type="text/markdown">
    <img src="https://example.org/beacon.png" onerror="document.title='owned'"> ![x](https://example.org/y.png) [run](javascript:document.title='owned') <b onclick="1">bold</b> <iframe src="https://example.org/"></iframe>
  </script>
  <script id="2" type="module">
    const out = [typeof fetch, typeof document, typeof indexedDB, typeof WebSocket, typeof importScripts]; out
  </script>
</notebook>
`;
  await page.locator('summary', { hasText: 'Notebooks' }).click();
  await page.getByLabel('Open a notebook file…').setInputFiles({ name: 'hostile.html', mimeType: 'text/html', buffer: Buffer.from(file) });
  await expect(page.getByRole('heading', { name: 'Hostile' })).toBeVisible();
  await expect(page.locator('#cell-2 .value')).toContainText('"undefined", "undefined", "undefined", "undefined", "undefined"');
  await expect(page.locator('#cell-1 img, #cell-1 iframe, #cell-1 a[href^="javascript"]')).toHaveCount(0);
  expect(await page.title()).toBe('TAPO Notebook');
  expect(requests.filter((url) => url.includes('example.org'))).toEqual([]);
});
