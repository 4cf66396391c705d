import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { answering, ended, freePort } from '../scripts/servers.ts';
import { loadAtlas } from '../src/env/atlas/atlas.ts';
import { chatTask } from '../src/env/live/index.ts';
import { type ChatBody, fakeChat } from '../src/env/live/testing/fakeChat.ts';
import { readRollouts } from '../src/tapo/index.ts';
import { type PageWithLeave, servePageWith } from './leave.ts';
import { axeFindings, comeTo, openAudit } from './story.ts';

const QUESTIONS = 3;
const KEY = 'canary-key';
/** An MCP server that nobody here wrote. */
const EVERYTHING = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');

/** A model that answers right every other time, to those who have the key; and the page, with leave to ask it. */
let model: Server;
let address = '';
let answerOf: (body: ChatBody) => object;
let asked: ChatBody[] = [];
/** Answers are held back until it is settled. */
let gate: Promise<void>;
let pages: PageWithLeave | undefined;
let truths: ReadonlyMap<string, string>;

base.beforeAll(async () => {
  const atlas = await loadAtlas(async (file) => readFileSync(new URL(`../public/benchmarks/atlas/${file}`, import.meta.url)));
  const tasks = Array.from({ length: QUESTIONS }, (_, i) => chatTask(atlas, { preset: 'grid', split: 'validation', tasks: QUESTIONS, groupSize: 4 }, i));
  truths = new Map(tasks.map(({ question, answer }) => [question, answer]));
  expect(truths.size).toBe(QUESTIONS);
  model = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Access-Control-Allow-Headers', 'content-type, authorization');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      if (request.headers.authorization !== `Bearer ${KEY}`) return void response.writeHead(401).end();
      const body = JSON.parse(Buffer.concat(parts).toString()) as ChatBody;
      asked.push(body);
      await gate;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answerOf(body)));
    });
  });
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  address = `http://localhost:${(model.address() as AddressInfo).port}`;
  pages = await servePageWith('--connect', address);
});

base.afterAll(async () => {
  await pages?.close();
  model.closeAllConnections();
  await new Promise((resolve) => model.close(resolve));
});

base.beforeEach(() => {
  asked = [];
  gate = Promise.resolve();
  answerOf = fakeChat((question) => truths.get(question) ?? '');
});

base.use({ baseURL: async ({ baseURL: _ }, use) => use(pages?.home) }); // asked for once before it is served, too

/** `home`: of the page, if it is another one than most stories have. */
async function openChat(page: Page, home?: string): Promise<{ readonly audit: Locator; readonly form: Locator }> {
  if (home) await page.goto(`${home}#v=1&nb=audit-your-own-rollouts`);
  const audit = home ? await comeTo(page, page.getByRole('region', { name: 'Your own rollouts' })) : await openAudit(page);
  await audit.getByText('Play another’s model').click();
  return { audit, form: audit.getByRole('form', { name: 'Another’s model' }) };
}

async function fillIn(form: Locator, key: string): Promise<void> {
  await form.getByLabel('Address').fill(`${address}/v1`);
  await form.getByLabel('Model').fill('fake-model');
  await form.getByLabel('Key, if it wants one').fill(key);
  await form.getByLabel('Questions').fill(String(QUESTIONS));
  await form.getByLabel('Attempts at each').fill('4');
}

// No clean console here: the browser tells of answers with an error's status.
base('a model of somebody else plays three questions, and its rollouts are credited', async ({ page }) => {
  const { audit, form } = await openChat(page);
  await form.getByRole('button', { name: 'Play 64 rollouts' }).click();
  await expect(form.getByRole('alert')).toHaveText([
    'expected an http or https address, such as http://localhost:11434/v1',
    'expected the model’s name, as the endpoint calls it',
  ]);
  await fillIn(form, 'wrong');
  await expect(form.getByRole('alert')).toHaveCount(0);
  await form.getByRole('button', { name: 'Test with one call' }).click();
  await expect(form.getByText('it wants a key, or the key is wrong (401)')).toBeVisible({ timeout: 60_000 });
  await form.getByRole('button', { name: 'Play 12 rollouts' }).click();
  await expect(form.getByText('Every rollout was dropped.')).toContainText('it wants a key, or the key is wrong (401); enter the key for this host');

  await form.getByLabel('Key, if it wants one').fill(KEY);
  await form.getByRole('button', { name: 'Test with one call' }).click();
  await expect(form.getByText(`It answers. Asked “${[...truths.keys()][0]}”, it called image_zoom_in_tool`)).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(JSON.stringify(asked[0])).toContain('data:image/png;base64,iVBORw0KGgo');
  expect(await axeFindings(form)).toEqual([]);

  answerOf = fakeChat((question) => truths.get(question) ?? '');
  await form.getByRole('button', { name: 'Play 12 rollouts' }).click();
  const played = form.getByRole('region', { name: 'What was played' });
  await expect(played).toContainText(`fake-model at ${new URL(address).host} on atlas/grid, validation: 6 of 12 rollouts right (50.0 %), 0 dropped`);
  await expect(audit.getByText('Read as a rollout file')).toContainText('12 rollouts in 3 groups');
  await expect(audit.getByRole('status').filter({ hasText: 'corrected' })).toContainText('12 steps corrected');
  const failing = audit.getByRole('article').filter({ hasText: 'nowhere' }).first();
  await failing.getByRole('button', { name: /Step 1: image_zoom_in_tool/ }).click();
  await expect(failing.getByText(/^F = sim 1\.00 · sup 1\.00/)).toBeVisible();
  expect(await axeFindings(form)).toEqual([]);

  const [download] = await Promise.all([page.waitForEvent('download'), played.getByRole('button', { name: 'Save the rollouts' }).click()]);
  const file = readFileSync(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toBe('chat-rollouts.jsonl');
  expect(readRollouts(file).map(({ correct }) => correct)).toHaveLength(12);
  await expect(played.locator('code')).toHaveText(
    `npx tapo chat ${address}/v1 --model fake-model --benchmark atlas --preset grid --split validation --tasks 3 --group-size 4 --temperature 1`,
  );
  const kept = await page.evaluate(() => [location.href, document.body.innerText, JSON.stringify({ ...localStorage, ...sessionStorage })].join());
  expect(file + kept).not.toContain('canary');
});

base('the model gets all tools of an MCP server, and what they answered is in the file', async ({ page }) => {
  const port = await freePort();
  const server = spawn(process.execPath, [EVERYTHING, 'streamableHttp'], { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
  const url = `http://localhost:${port}/mcp`;
  await answering(url, server);
  const own = await servePageWith('--connect', address, '--connect', new URL(url).origin);
  try {
    const { audit, form } = await openChat(page, own.home);
    await fillIn(form, KEY);
    await form.getByText('Who answers its tools').click();
    await form.getByLabel('MCP servers').fill(url);
    const beside = form.getByRole('group', { name: 'Beside them' });
    await beside.getByRole('button', { name: 'Test with one call' }).click();
    await expect(beside.getByRole('status')).toContainText(/It answers\. Its tools: .*echo/);
    answerOf = ({ messages }) => {
      const echo = { id: '1', type: 'function', function: { name: 'echo', arguments: '{"message":"a canary"}' } };
      return { choices: [{ message: messages.length === 2 ? { content: null, tool_calls: [echo] } : { content: '<answer>no</answer>' } }] };
    };
    await form.getByRole('button', { name: 'Play 12 rollouts' }).click();
    await expect(form.getByRole('region', { name: 'What was played' })).toContainText('0 dropped');
    await audit
      .getByRole('button', { name: /Step 1: echo/ })
      .first()
      .click();
    await expect(audit.getByText('Echo: a canary')).toBeVisible();
  } finally {
    await Promise.all([own.close(), ended(server)]);
  }
});

base('a play goes on while another notebook is open, and gives what was played by then when it is stopped', async ({ page }) => {
  const { audit, form } = await openChat(page);
  await fillIn(form, KEY);
  let open = (): void => {};
  let turns = 0;
  const answer = answerOf;
  answerOf = (body) => {
    if (++turns === 21)
      gate = new Promise((resolve) => {
        open = resolve;
      });
    return answer(body);
  };
  await form.getByRole('button', { name: 'Play 12 rollouts' }).click();
  await expect(form.getByText(/^[1-9]\d* of 12 rollouts played, \d+ right, 0 dropped/)).toBeVisible({ timeout: 60_000 });
  await page.evaluate(() => {
    location.hash = '#v=1&nb=tools-of-your-own';
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Tools of your own' })).toBeVisible();
  await page.evaluate(() => {
    location.hash = '#v=1&nb=audit-your-own-rollouts';
  });
  await comeTo(page, audit);
  await audit.getByText('Play another’s model').click();
  await form.getByRole('button', { name: 'Stop' }).click();
  await expect(form.getByRole('region', { name: 'What was played' })).toContainText(/stopped, so that \d+ of 12 were not played/);
  open();
  await expect(audit.getByText('Read as a rollout file')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  base(`the form fits a narrow window in the ${theme} theme, and is accessible (axe)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    const { form } = await openChat(page);
    await form.getByText('Who answers its tools').click();
    await form.getByLabel('MCP servers').fill('no-address');
    await form.getByRole('button', { name: 'Play 64 rollouts' }).click();
    await expect(form.getByRole('alert')).toHaveCount(3);
    expect(await axeFindings(form)).toEqual([]);
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
