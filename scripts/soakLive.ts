// Training over a retriever that answers after 50 to 2,000 ms and fails one time in ten, held against the sandbox that lacks the same answers.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { benchmarkFolder, loadBenchmark, makePolicy, readPolicyFile, startNodeBackend } from '../cli/machine.ts';
import { createLiveClient, openTools, parseToolConfig } from '../src/env/live/index.ts';
import { lackingAnswers, startRetriever } from '../src/env/live/testing/retriever.ts';
import { buildTextIndex, type SearchDocument } from '../src/env/textIndex.ts';
import type { Tool } from '../src/env/types.ts';
import { trainConfig } from '../src/train/config.ts';
import { train } from '../src/train/loop.ts';

const FAULTS = { transient: 0.08, lasting: 0.02, seed: 1 };

/** Fails unless both runs end in the same parameters and drop the same number of rollouts. */
export async function soakLive(updates: number): Promise<void> {
  const benchmark = await loadBenchmark('atlas');
  await startNodeBackend('wasm');
  const state = await readPolicyFile(undefined, benchmark);
  const documents = JSON.parse(await readFile(path.join(benchmarkFolder('atlas'), 'documents.json'), 'utf8')) as SearchDocument[];
  const retriever = await startRetriever({ texts: buildTextIndex(documents), delays: [50, 2000], ...FAULTS });
  const config = parseToolConfig(`text_search_tool=search-r1:${retriever.url}`);
  const { tools } = await openTools(benchmark.tools, [config], { client: createLiveClient() });

  const run = async (used: readonly Tool[]) => {
    const policy = makePolicy(benchmark, state.shape, { shape: state.shape, parameters: state.parameters });
    const started = performance.now();
    let dropped = 0;
    let rollouts = 0;
    for await (const event of train(trainConfig({ updates, evaluateEvery: 0, probeEvery: 0 }), { benchmark, policy, tools: used })) {
      if (event.kind !== 'updated') continue;
      dropped += Number(event.metrics['tool/infrastructure_errors'] ?? 0);
      rollouts += event.rollouts.length;
    }
    const { parameters } = await policy.save();
    policy.dispose();
    return { parameters: Buffer.from(parameters.buffer), dropped, rollouts, seconds: (performance.now() - started) / 1000 };
  };
  const live = await run(tools);
  await retriever.stop();
  const sandbox = await run(lackingAnswers(benchmark.tools, FAULTS));
  const equal = live.parameters.equals(sandbox.parameters) && live.dropped === sandbox.dropped;
  const { requests, failed } = retriever.counts();
  console.log(
    `live: ${updates} updates, ${requests} requests, ${failed} failed; ${live.rollouts} rollouts trained on, ${live.dropped} dropped (sandbox without the same answers: ` +
      `${sandbox.dropped}); ${live.seconds.toFixed(0)} s (${sandbox.seconds.toFixed(0)} s): parameters ${equal ? 'equal' : 'NOT equal'}`,
  );
  if (!equal) process.exitCode = 1;
}
