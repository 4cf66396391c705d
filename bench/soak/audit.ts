// npm run soak -- audit [--lines N] — a large rollout file in the built page: time to the first summary and to a changed option, longest task
// of the page's thread, memory.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { openAudit } from '../../e2e/story.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../../scripts/browser.ts';
import { syntheticFile } from '../../src/audit/testing/syntheticFile.ts';
import { mainThreadTasks, TRACE_CATEGORIES } from '../mainThread.ts';

const PORT = Number(process.env.PORT ?? 4192);

export async function soakAudit(lines: number): Promise<void> {
  execFileSync('npx', ['vite', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts'], {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => server.stdout.once('data', resolve));
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-audit-'));
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGUMENTS] });
  try {
    for (const textBytes of [0, 1400]) await measure(browser, lines, textBytes, folder);
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

async function measure(browser: Browser, lines: number, textBytes: number, folder: string): Promise<void> {
  const file = path.join(folder, 'rollouts.jsonl');
  const blob = syntheticFile(lines, { textBytes });
  writeFileSync(file, Buffer.from(await blob.arrayBuffer()));
  const page = await browser.newPage({ baseURL: `http://localhost:${PORT}/`, viewport: { width: 1400, height: 1000 }, reducedMotion: 'reduce' });
  const view = await openAudit(page);
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click(); // the recorded run, if it plays
  await page.waitForTimeout(2000);
  const before = await residentOf(browser);

  const opening = await traced(browser, page, async () => {
    await view.getByLabel('Rollout file').setInputFiles(file);
    await view.locator('.audit-cards').waitFor({ timeout: 600_000 });
  });
  const after = await residentOf(browser);
  const scrolling = await traced(browser, page, async () => {
    await view.getByRole('grid', { name: 'Groups' }).focus();
    for (const key of ['End', 'Home', ...Array<string>(30).fill('PageDown'), 'Enter']) await page.keyboard.press(key);
  });
  const sliding = await traced(browser, page, async () => {
    await view.getByLabel(/^θ/).fill('0.5');
    await view.getByRole('status').filter({ hasText: 'anew' }).waitFor();
    await view.getByRole('status').filter({ hasText: 'on average' }).waitFor({ timeout: 600_000 });
  });
  const saving = await traced(browser, page, async () => {
    const save = view.getByRole('button', { name: 'Save corrected file' });
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 600_000 }), save.click()]);
    await download.path();
  });
  const end = await residentOf(browser);

  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const parts = { opening, scrolling, 'other θ': sliding, saving };
  console.log(
    `audit of ${lines} lines, ${(blob.size / 1e6).toFixed(0)} MB: summary after ${seconds(opening.wall)}, other θ after ${seconds(sliding.wall)}, corrected file after ${seconds(saving.wall)}`,
  );
  console.log(`  memory of the page’s process: ${before} MiB before, ${after} MiB with the file, ${end} MiB after saving it`);
  console.log(
    `  longest task of the page’s thread, ms of its own: ${Object.entries(parts)
      .map(([name, { task }]) => `${name} ${task}`)
      .join(', ')}`,
  );
  await page.close();
}

interface Traced {
  readonly wall: number;
  /** Longest task of the page's main thread, milliseconds that it ran: other work on the machine does not count. */
  readonly task: number;
}

async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<Traced> {
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  await page.waitForTimeout(1000); // what the work brings into view is drawn
  return { wall, task: Math.round(Math.max(0, ...mainThreadTasks(await browser.stopTracing()))) };
}

/** Resident memory of the largest renderer, MiB; what /proc says, so on Linux alone. */
async function residentOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: readonly { type: string; id: number }[] };
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  return Math.round(Math.max(0, ...sizes));
}
