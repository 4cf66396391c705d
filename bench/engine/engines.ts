// The fused engine against the reference on one adapter, in Chromium: rollouts and one update of the budgets' setting.
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../scripts/browser.ts';
import { spreadOf } from '../spread.ts';
import { type Bench, shown, type Table } from '../table.ts';
import type { EngineTimes, Pairs } from './page.ts';
import { type Workload, writtenTokens } from './workload.ts';

const PAIRS = 7;

export const engines: Bench = {
  about: 'FusedPolicy against ReferencePolicy on one WebGPU adapter in Chromium: rollouts, and one update on them',
  async run(progress) {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const server = await createServer({ root, configFile: false, logLevel: 'error', server: { port: 0 } });
    await server.listen();
    const executablePath = findChromium();
    const browser = await chromium.launch({ args: [...CHROMIUM_ARGUMENTS], ...(executablePath ? { executablePath } : {}) });
    try {
      const page = await browser.newPage();
      page.on('console', (message) => progress(message.text()));
      await page.goto(new URL('bench/engine/page.html', server.resolvedUrls?.local[0]).href);
      await page.waitForFunction(() => 'measure' in globalThis);
      const times = await page.evaluate(
        ([pairs, lanes]) => (globalThis as unknown as { measure(pairs: number, lanes: number): Promise<EngineTimes> }).measure(pairs, lanes),
        [PAIRS, 16] as const,
      );
      return { tables: [timeTable(times), countTable(times)], data: times };
    } finally {
      await browser.close();
      await server.close();
    }
  },
};

function timeTable({ adapter, software, workload, rollout, update }: EngineTimes): Table {
  const row = (what: string, { fused, reference }: Pairs, budget: number): readonly string[] => {
    const [own, other] = [spreadOf(fused), spreadOf(reference)];
    const ratio = spreadOf(fused.map((ms, i) => (reference[i] as number) / ms));
    const range = (spread: typeof ratio): string => `${shown(spread.median)} [${shown(spread.lower)}, ${shown(spread.upper)}]`;
    return [what, range(own), range(other), range(ratio), `≥ ${budget}`];
  };
  return {
    title: `${adapter}, ${sizeOf(workload)}: median of ${PAIRS} pairs [quartiles]`,
    columns: ['work', 'FusedPolicy, ms', 'ReferencePolicy, ms', 'times as fast', 'budget'],
    rows: [row(`${writtenTokens(workload)} tokens in rollouts`, rollout, software ? 10 : 20), row('one update', update, 10)],
  };
}

const sizeOf = ({ rollouts, turns, shape }: Workload): string => `${rollouts} rollouts of ${turns} turns, width ${shape.width}, ${shape.layers} layers`;

function countTable({ counts, workload: { turns } }: EngineTimes): Table {
  return {
    title: 'FusedPolicy, counted',
    columns: ['', 'dispatches', 'read-backs', 'bytes written', 'bytes read'],
    rows: [
      ['one update', counts.update.dispatches, counts.update.readBacks, counts.update.bytesWritten, counts.update.bytesRead],
      [
        `${turns} turns with what is read between them`,
        counts.rollout.dispatches,
        counts.rollout.readBacks,
        counts.rollout.bytesWritten,
        counts.rollout.bytesRead,
      ],
    ],
  };
}
