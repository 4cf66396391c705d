// Training over retrievers that are slow and fail, each held against a sandbox that lacks the same answers.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { benchmarkFolder, loadBenchmark, makePolicy, readPolicyFile, startNodeBackend } from '../../cli/machine.ts';
import { createLiveClient, openTools, parseToolConfig } from '../../src/env/live/index.ts';
import { lackingAnswers, startRetriever } from '../../src/env/live/testing/retriever.ts';
import { buildTextIndex, type SearchDocument } from '../../src/env/textIndex.ts';
import type { Tool } from '../../src/env/types.ts';
import { trainConfig } from '../../src/train/config.ts';
import { train } from '../../src/train/loop.ts';
import { markdownTable } from '../table.ts';

const SOUND = { transient: 0, lasting: 0, seed: 1 };
const FAILING = { transient: 0.08, lasting: 0.02, seed: 1 };

/** Delays in milliseconds. */
const ENDPOINTS = [
  { about: 'at once', delays: [0, 0], faults: SOUND },
  { about: 'after 100 ms', delays: [100, 100], faults: SOUND },
  { about: 'after 50 to 2,000 ms', delays: [50, 2000], faults: SOUND },
  { about: 'after 50 to 2,000 ms, 10 % failing', delays: [50, 2000], faults: FAILING },
] as const;

/** Fails unless, for every endpoint, both runs end in the same parameters and drop the same number of rollouts. */
export async function soakLive(updates: number): Promise<void> {
  const benchmark = await loadBenchmark('atlas');
  await startNodeBackend('wasm');
  const state = await readPolicyFile(undefined, benchmark);
  const texts = buildTextIndex(JSON.parse(await readFile(path.join(benchmarkFolder('atlas'), 'documents.json'), 'utf8')) as SearchDocument[]);

  const run = async (tools: readonly Tool[]) => {
    const policy = makePolicy(benchmark, state.shape, { shape: state.shape, parameters: state.parameters });
    let [dropped, rollouts, seconds] = [0, 0, 0];
    for await (const event of train(trainConfig({ updates, evaluateEvery: 0, probeEvery: 0 }), { benchmark, policy, tools })) {
      if (event.kind !== 'updated') continue;
      dropped += Number(event.metrics['tool/infrastructure_errors'] ?? 0);
      rollouts += event.rollouts.length;
      seconds += Number(event.metrics['time/rollout']);
    }
    const { parameters } = await policy.save();
    policy.dispose();
    return { parameters: Buffer.from(parameters.buffer), dropped, rollouts, seconds };
  };
  const rows: string[][] = [];
  const faults = new Map<string, number>();
  for (const endpoint of ENDPOINTS) {
    const sandbox = await run(lackingAnswers(benchmark.tools, endpoint.faults));
    const retriever = await startRetriever({ texts, delays: endpoint.delays, ...endpoint.faults });
    const { tools } = await openTools(benchmark.tools, [parseToolConfig(`text_search_tool=search-r1:${retriever.url}`)], { client: createLiveClient() });
    const live = await run(tools);
    await retriever.stop();
    const { requests, failures } = retriever.counts();
    for (const [name, count] of Object.entries(failures)) faults.set(name, (faults.get(name) ?? 0) + count);
    const equal = live.parameters.equals(sandbox.parameters) && live.dropped === sandbox.dropped;
    if (!equal) process.exitCode = 1;
    const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
    const numbers = [requests, failed, live.rollouts, live.dropped, sandbox.dropped].map(String);
    rows.push([endpoint.about, ...numbers, equal ? 'equal' : 'NOT equal', (sandbox.seconds / live.seconds).toFixed(2)]);
    console.log(`live: ${rows.at(-1)?.join(' · ')}`);
  }
  const columns = [
    'it answers',
    'requests',
    'failed',
    'rollouts trained on',
    'dropped',
    'dropped by the sandbox',
    'parameters',
    'rollout speed, of the sandbox’s',
  ];
  console.log(`\n${markdownTable({ title: '', columns, rows })}\n\nFailed: ${[...faults].map(([name, count]) => `${name} ${count}`).join(', ')}.`);
}
