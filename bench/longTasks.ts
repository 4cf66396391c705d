// How long the page's main thread is held at a time while charts are drawn: tasks over 50 ms are what a hand feels as a stutter.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Browser, chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from '../scripts/browser.ts';
import { EMPTY_LINK, writeLink } from '../src/notebook/document/link.ts';
import { newCell } from '../src/notebook/document/notebookDocument.ts';
import { serializeNotebook } from '../src/notebook/document/notebookFile.ts';
import type { MetricRecord } from '../src/train/metrics.ts';
import type { Recording } from '../src/train/recording.ts';
import type { RunReport } from '../src/train/report.ts';
import { atMost } from './budgets.ts';
import { mainThreadTasks, TRACE_CATEGORIES } from './mainThread.ts';
import type { Bench } from './table.ts';

const UPDATES = 300;
/** Tall enough for all eight charts at once. */
const VIEWPORT = { width: 1500, height: 2600 };

interface Measured {
  readonly scene: string;
  /** Seconds watched. */
  readonly seconds: number;
  /** Milliseconds of every task over 50 ms, by the page's own PerformanceObserver: time on the clock, other programs' included. */
  readonly longTasks: readonly number[];
  /** Processor milliseconds of the longest tasks of the main thread, from 20 on, by the browser's trace: what a busy machine cannot stretch. */
  readonly processor: readonly number[];
  /** Processor milliseconds of the main thread a second. */
  readonly busy: number;
}

export const longTasks: Bench = {
  about: `tasks of the page's main thread while all charts are drawn, ${UPDATES} updates, production build`,
  async run(progress) {
    progress('building the page');
    await run('npx', ['vite', 'build', '--logLevel', 'error']);
    const port = await freePort();
    const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts'], {
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(server.stdout, 'data');
    const executablePath = findChromium();
    const browser = await chromium.launch({ args: [...CHROMIUM_ARGUMENTS], ...(executablePath ? { executablePath } : {}) });
    try {
      const scenes: Measured[] = [];
      for (const scene of [loading, playing, hovering, training]) {
        scenes.push(await scene(browser, `http://localhost:${port}/`));
        const { scene: name, longTasks: tasks } = scenes[scenes.length - 1] as Measured;
        progress(`${name}: ${tasks.length} long tasks`);
      }
      const [longest = 0] = scenes.at(-1)?.processor ?? [];
      const budgets = [{ what: 'longest task of the main thread while training, by processor', measured: longest, bound: atMost(50), unit: 'ms' }];
      return { tables: [taskTable(scenes)], budgets, data: { updates: UPDATES, viewport: VIEWPORT, scenes } };
    } finally {
      await browser.close();
      server.kill();
    }
  },
};

/** A notebook of the recorded run with all of its charts, in a link. */
const ALL_CHARTS = writeLink({
  ...EMPTY_LINK,
  inline: serializeNotebook({
    title: 'All charts',
    theme: 'air',
    readOnly: false,
    cells: [newCell(1, 'js', `const run = train({ algorithm: "grpo", credit: { rule: "tapo" }, seed: 1, updates: 150 })`), newCell(2, 'js', 'run.charts()')],
  }),
});

/** From the address to the charts' first picture. */
async function loading(browser: Browser, url: string): Promise<Measured> {
  const page = await openPage(browser, url);
  const measured = await watch(page, 'the page loads', async () => {
    await page.goto(url + ALL_CHARTS);
    await page.locator('path.recharts-line-curve').nth(8).waitFor();
  });
  await page.close();
  return measured;
}

/** The recorded run plays, 15 updates a second. */
async function playing(browser: Browser, url: string): Promise<Measured> {
  const page = await openPage(browser, url);
  await page.goto(url + ALL_CHARTS);
  await page.locator('path.recharts-line-curve').nth(8).waitFor();
  await page.waitForTimeout(1000);
  const measured = await watch(page, 'a recorded run plays, 15 updates/s', () => finished(page));
  await page.close();
  return measured;
}

/** All of the run is drawn; the pointer crosses a chart, sixty steps a second. */
async function hovering(browser: Browser, url: string): Promise<Measured> {
  const page = await openPage(browser, url);
  await page.goto(url + ALL_CHARTS);
  await finished(page);
  const box = await page.locator('.plot').first().boundingBox();
  if (!box) throw new Error('bench page: expected a chart that can be seen, got none');
  const measured = await watch(page, 'the pointer crosses a chart', async () => {
    for (let i = 0; i < 240; i++) {
      await page.mouse.move(box.x + 60 + ((box.width - 80) * (i % 120)) / 120, box.y + box.height / 2);
      await page.waitForTimeout(16);
    }
  });
  await page.close();
  return measured;
}

/** The worker trains the tiny setting on wasm: events come as fast as it makes them. */
async function training(browser: Browser, url: string): Promise<Measured> {
  const page = await openPage(browser, url);
  await page.goto(url + ALL_CHARTS);
  await page.getByText('Change the experiment').click();
  const form = page.getByRole('form', { name: 'Experiment' });
  await form.getByRole('button', { name: 'Tiny setting' }).click();
  await form.getByLabel('Updates', { exact: true }).fill(String(UPDATES));
  await form.getByLabel('Backend').selectOption({ label: 'wasm' });
  await page.getByRole('region', { name: 'Training', exact: true }).getByRole('button', { name: 'Train live' }).click();
  await page
    .locator('.progress span')
    .filter({ hasText: /update [1-9].*running/ })
    .waitFor({ timeout: 120_000 });
  const measured = await watch(page, 'a live run trains on wasm', () => page.waitForTimeout(30_000));
  await page.close();
  return measured;
}

/** A page that gets a recorded run of so many updates: the one that ships, then once more. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.route('**/recorded/grpo-tapo.json', async (route) => {
    const recording = (await (await page.request.get(`${url}benchmarks/atlas/recorded/grpo-tapo.json`)).json()) as Recording;
    await route.fulfill({ json: lengthened(recording) });
  });
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
  });
  return page;
}

function lengthened({ reports, ...about }: Recording): Recording {
  const last = Math.max(...reports.map((report) => ('update' in report ? report.update : 0)));
  const again = Array.from({ length: Math.ceil(UPDATES / last) }, (_, round) => reports.map((report) => moved(report, round * last)));
  return { ...about, reports: again.flatMap((each, round) => each.filter((report) => (report.kind === 'begun' ? round === 0 : report.update <= UPDATES))) };
}

function moved(report: RunReport, by: number): RunReport {
  if (report.kind === 'begun') return { ...report, config: { ...report.config, updates: UPDATES } };
  const update = report.update + by;
  return report.kind === 'updated' ? { ...report, update, metrics: { ...report.metrics, update } as MetricRecord } : { ...report, update };
}

async function finished(page: Page): Promise<void> {
  await page.locator('.progress span').filter({ hasText: '(100 %)' }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1000);
}

async function watch(page: Page, scene: string, act: () => Promise<unknown>): Promise<Measured> {
  const tasksOf = (): Promise<number[]> => page.evaluate(() => (globalThis as unknown as { longTasks?: number[] }).longTasks ?? []);
  const before = (await tasksOf()).length;
  const browser = page.context().browser() as Browser;
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  const start = performance.now();
  await act();
  const seconds = (performance.now() - start) / 1000;
  const tasks = mainThreadTasks(await browser.stopTracing());
  return {
    scene,
    seconds,
    longTasks: (await tasksOf()).slice(before),
    processor: tasks.filter((time) => time >= 20).sort((a, b) => b - a),
    busy: tasks.reduce((sum, time) => sum + time, 0) / seconds,
  };
}

function taskTable(scenes: readonly Measured[]) {
  return {
    title: `main thread, all charts in sight, ${VIEWPORT.width} × ${VIEWPORT.height} px`,
    columns: ['scene', 'seconds', 'tasks > 50 ms', 'longest, ms', '> 50 ms by processor', 'longest by processor, ms', 'busy, ms/s'],
    rows: scenes.map(({ scene, seconds, longTasks: tasks, processor, busy }) => [
      scene,
      seconds.toFixed(1),
      String(tasks.length),
      String(Math.round(Math.max(0, ...tasks))),
      String(processor.filter((time) => time > 50).length),
      String(Math.round(processor[0] ?? 0)),
      String(Math.round(busy)),
    ]),
  };
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`bench page: ${command} ${args.join(' ')} ended with ${code}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
