// Where tasks run: a page of an installed Chromium, or Node on Dawn. On the hardware adapter if there is one, else on the software one.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { createServer } from 'vite';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../scripts/browser.ts';
import { isSoftware } from '../../src/policy/backend.ts';
import { softwareAdapter } from './dawn.ts';
import type { DawnMessage } from './dawnChild.ts';
import type { TaskName, TaskResult } from './tasks.ts';

export const PLACES = ['chromium', 'dawn'] as const;
export type Place = (typeof PLACES)[number];

const HARDWARE_ARGUMENTS = [...CHROMIUM_ARGUMENTS.filter((each) => !each.startsWith('--use-webgpu-adapter')), '--enable-features=Vulkan'];
/** `performance.memory` to the byte, and `gc()`. */
const MEMORY_ARGUMENTS = ['--enable-precise-memory-info', '--js-flags=--expose-gc'];

/** Runs one task in a fresh page or process. */
export async function runTask<N extends TaskName>(on: Place, name: N, log: (line: string) => void): Promise<TaskResult<N>> {
  return (on === 'dawn' ? runOnDawn(name, log) : runInChromium(name, log)) as Promise<TaskResult<N>>;
}

async function runInChromium(name: TaskName, log: (line: string) => void): Promise<unknown> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const optimizeDeps = { entries: ['bench/engine/page.html'] };
  const server = await createServer({ root, configFile: false, logLevel: 'error', optimizeDeps, server: { port: 0, hmr: false, watch: null } }); // a file that is edited must not reload the page
  await server.listen();
  const url = new URL('bench/engine/page.html', server.resolvedUrls?.local[0]).href;
  const browser = (await launchWithHardware(url)) ?? (await launch(CHROMIUM_ARGUMENTS));
  try {
    const page = await browser.newPage();
    page.on('console', (message) => message.type() === 'info' && log(message.text()));
    await page.goto(url);
    await page.waitForFunction(() => 'runTask' in globalThis, null, { timeout: 120_000 });
    return await page.evaluate((task) => (globalThis as unknown as { runTask(task: string): Promise<unknown> }).runTask(task), name);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** A Chromium whose WebGPU runs on a chip; null where it does not. */
async function launchWithHardware(url: string): Promise<Browser | null> {
  const browser = await launch(HARDWARE_ARGUMENTS);
  const page = await browser.newPage();
  await page.goto(url);
  const adapter = await page.evaluate(async () => {
    const found = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!found) return null;
    const { vendor, architecture, description, isFallbackAdapter } = found.info;
    return { vendor, architecture, description, isFallbackAdapter } as GPUAdapterInfo;
  });
  await page.close();
  if (adapter && !isSoftware(adapter)) return browser;
  await browser.close();
  return null;
}

function launch(args: readonly string[]): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({ args: [...args, ...MEMORY_ARGUMENTS], ...(executablePath ? { executablePath } : {}) });
}

async function runOnDawn(name: TaskName, log: (line: string) => void): Promise<unknown> {
  const onHardware = await runChild(name, {}, log);
  if (onHardware !== NO_ADAPTER) return onHardware;
  const environment = softwareAdapter();
  const onSoftware = environment ? await runChild(name, environment, log) : NO_ADAPTER;
  if (onSoftware === NO_ADAPTER)
    throw new Error('bench: expected an adapter for Dawn, got none; install a Vulkan driver, or Chromium for its software adapter');
  return onSoftware;
}

const NO_ADAPTER = Symbol('no adapter');

function runChild(name: TaskName, environment: Readonly<Record<string, string>>, log: (line: string) => void): Promise<unknown> {
  const child: ChildProcess = fork(fileURLToPath(new URL('dawnChild.ts', import.meta.url)), [name], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message: DawnMessage) => {
      if ('log' in message) log(message.log);
      else resolve('noAdapter' in message ? NO_ADAPTER : message.result);
    });
    child.on('exit', (code) => reject(new Error(`bench: ${name} on Dawn ended with ${code}; what it says stands above`))); // after a result this says nothing
  });
}
