// Slow tools under the fused engine, in a real browser.
import { expect, it } from 'vitest';
import { loadAtlas } from '../env/atlas/atlas.ts';
import { REWARDS } from '../env/rewards.ts';
import { slowTools } from '../env/testing/slowTools.ts';
import { startBackend } from '../policy/backend.ts';
import { createPolicy } from '../policy/createPolicy.ts';
import { readPolicy } from '../policy/safetensors.ts';
import { WASM_FILES } from '../policy/wasmFiles.ts';
import { randomStream } from '../tapo/index.ts';
import { buildCodec } from './codec.ts';
import { drawJobs } from './collectBatch.ts';
import { trainConfig } from './config.ts';
import { collectRollouts } from './rollout.ts';

it('collectRollouts on WebGPU gives the same rollouts, bit for bit, whenever tools answer', async () => {
  await startBackend('webgpu', { wasmFiles: WASM_FILES });
  const file = async (name: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(`/benchmarks/atlas/${name}`)).arrayBuffer());
  const atlas = await loadAtlas(file);
  const state = readPolicy(await file('base.safetensors'));
  const policy = createPolicy(state.shape, { unwritable: buildCodec(atlas.vocabulary)().unwritable });
  policy.load(state);
  const jobs = drawJobs(trainConfig({ prompts: 2, groupSize: 4 }), atlas, 1, 0);
  const collect = async (tools = atlas.tools) => (await collectRollouts(policy, atlas, jobs, { reward: REWARDS.exact, tools })).rollouts;
  const atOnce = await collect();
  const random = randomStream(1);
  expect(await collect(slowTools(atlas.tools, () => random.below(150)))).toEqual(atOnce);
  policy.dispose();
});
