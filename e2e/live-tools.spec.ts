import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type PageWithLeave, servePageWith } from './leave.ts';
import { axeFindings, bar, openCells, updatesDone } from './story.ts';

/** A retriever in the shape of Search-R1's, and files of a MediaWiki beside it, at an address that the page may ask; whether it sends CORS headers is up to a story. */
let retriever: Server;
let address = '';
let cors = false;
let pictures: string[] = [];
let asked: { readonly key: string | undefined; readonly query: string }[] = [];
/** The page, served with leave to ask the retriever. */
let pages: PageWithLeave | undefined;

base.beforeAll(async () => {
  retriever = createServer((request, response) => {
    if (cors) response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', 'content-type, authorization, api-user-agent');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/api.php') {
      pictures.push(searchParams.get('aisha1') ?? '');
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"query":{"allimages":[{"name":"Costa_Rica.png"}]}}');
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [query = ''] = (JSON.parse(Buffer.concat(parts).toString()) as { queries: string[] }).queries;
      asked.push({ key: request.headers.authorization, query });
      const document = { id: '1', contents: '"France"\nThe capital of <b>France</b> is Paris.' };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ result: [[{ document, score: 1 }]] }));
    });
  });
  await new Promise<void>((resolve) => retriever.listen(0, '127.0.0.1', resolve));
  address = `http://localhost:${(retriever.address() as AddressInfo).port}`;
  pages = await servePageWith('--connect', address);
});

base.afterAll(async () => {
  await pages?.close();
  retriever.closeAllConnections();
  await new Promise((resolve) => retriever.close(resolve));
});

base.beforeEach(() => {
  asked = [];
  pictures = [];
  cors = true;
});

base.use({ baseURL: async ({ baseURL: _ }, use) => use(pages?.home) }); // asked for once before it is served, too

/** The section, unfolded, of a tiny run. */
async function openTools(page: Page): Promise<{ readonly tools: Locator; readonly row: Locator }> {
  await openCells(page, 'train({ prompts: 2, groupSize: 4, epochs: 1, updates: 1, evaluateEvery: 0, probeEvery: 0, seed: 3 })');
  await page.locator('.experiment-form > summary').click();
  await page.getByRole('form', { name: 'Experiment' }).getByLabel('Backend').selectOption({ label: 'wasm' });
  const tools = page.getByRole('form', { name: 'Tools' });
  await tools.locator('summary').click();
  return { tools, row: tools.getByRole('group', { name: 'text_search_tool' }) };
}

async function fillIn(row: Locator, url: string): Promise<void> {
  await row.getByLabel('Answered by').selectOption({ label: 'Search-R1' });
  await row.getByLabel('Address').fill(url);
  await row.getByLabel('Address').blur();
}

// No clean console here: the browser says which answers it kept back.
base('a retriever is tested with one call, a run trains over it, and its cassette is saved and taken back', async ({ page }) => {
  const { tools, row } = await openTools(page);
  await fillIn(row, 'localhost');
  await expect(row.getByRole('alert')).toHaveText('expected an http or https address, got "text_search_tool=search-r1:localhost"');
  await row.getByLabel('Address').fill(address);
  await row.getByLabel('Key, if it wants one').fill('canary-key');

  cors = false;
  await row.getByRole('button', { name: 'Test with one call' }).click();
  await expect(row.getByRole('status')).toContainText('it sends no CORS header for this page', { timeout: 60_000 });
  cors = true;
  await row.getByRole('button', { name: 'Test with one call' }).click();
  await expect(row.getByRole('status')).toContainText('France The capital of b France /b is Paris.', { timeout: 60_000 });
  expect(asked).toEqual([{ key: 'Bearer canary-key', query: 'capital France' }]);
  expect(await axeFindings(tools)).toEqual([]);

  await expect(tools.locator('summary')).toContainText(`text_search_tool=search-r1:${address}`);
  await tools.getByLabel('Cassette', { exact: true }).selectOption({ label: 'Record what tools answer' });
  asked = [];
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect.poll(() => updatesDone(page), { timeout: 60_000 }).toBe(1);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ key }) => key === 'Bearer canary-key')).toBe(true);
  const saved = page.waitForEvent('download');
  await tools.getByRole('button', { name: 'Save the cassette' }).click();
  const cassette = readFileSync(await (await saved).path(), 'utf8');
  expect(cassette).toContain('"tool":"text_search_tool"');

  const files = new Map<string, string>();
  page.on('download', async (download) => files.set(download.suggestedFilename(), readFileSync(await download.path(), 'utf8')));
  await bar(page).getByRole('button', { name: 'Save files' }).click();
  await expect.poll(() => files.size).toBe(6);
  expect((JSON.parse(files.get('config.json') as string) as { config: object }).config).toMatchObject({ tools: [`text_search_tool=search-r1:${address}`] });
  const kept = await page.evaluate(async () => {
    const texts: string[] = [location.href, document.body.innerText, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    return texts.join();
  });
  expect([cassette, kept, ...files.values()].filter((text) => text.includes('canary'))).toEqual([]);

  await tools.getByLabel('Cassette', { exact: true }).selectOption({ label: 'Play a cassette' });
  await tools.getByLabel('Cassette file').setInputFiles({ name: 'cassette.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(cassette) });
  await expect(tools.getByText('cassette.jsonl answers the next run')).toBeVisible();
  await bar(page).getByRole('button', { name: 'Reset' }).click();
  await expect(page.locator('.progress span')).toContainText('ready');
  asked = [];
  await bar(page).getByRole('button', { name: '▶ Run' }).click();
  await expect.poll(() => updatesDone(page), { timeout: 60_000 }).toBe(1);
  expect(asked).toEqual([]);

  await tools.getByLabel('Cassette file').setInputFiles({ name: 'empty.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from('') });
  await expect(tools.getByText('empty.jsonl answers the next run')).toBeVisible();
  await bar(page).getByRole('button', { name: 'Reset' }).click();
  await bar(page).getByRole('button', { name: '▶ Run' }).click();
  await expect(bar(page).getByRole('alert')).toContainText('cassette: call 0 is not in it', { timeout: 60_000 });
});

base('an image search is answered by a wiki, which is asked with the pictures that the policy sees', async ({ page }) => {
  const { tools } = await openTools(page);
  const row = tools.getByRole('group', { name: 'image_search_tool' });
  await row.getByLabel('Answered by').selectOption({ label: 'MediaWiki' });
  await row.getByLabel('Address').fill(address);
  await row.getByRole('button', { name: 'Test with one call' }).click();
  await expect(row.getByRole('status')).toContainText('Found for a grey square:Costa Rica', { timeout: 60_000 });
  await expect(tools.locator('summary')).toContainText(`image_search_tool=mediawiki:${address}`);
  const [grey] = pictures;
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect.poll(() => updatesDone(page), { timeout: 60_000 }).toBe(1);
  expect(pictures.length).toBeGreaterThan(1);
  expect(pictures.every((sha1) => /^[0-9a-f]{40}$/.test(sha1))).toBe(true);
  expect(pictures.slice(1)).not.toContain(grey);
  await expect(bar(page).getByRole('alert')).toHaveCount(0);
});

base('calls that fail drop their rollouts, and the page says how many and why', async ({ page }) => {
  const { row } = await openTools(page);
  await fillIn(row, address);
  cors = false;
  await bar(page).getByRole('button', { name: 'Train live' }).click();
  await expect(bar(page).getByRole('alert')).toContainText(
    /\d+ calls of the run’s own tools failed; .* localhost:\d+: (the browser gave no answer|it failed several times)/,
    { timeout: 60_000 },
  );
  await expect.poll(() => updatesDone(page), { timeout: 60_000 }).toBe(1);
});
