// The fused engine and the reference side by side: many updates on the same rollouts, and training from the same start with the same seeds.

import { loadAtlas } from '../../src/env/atlas/atlas.ts';
import { type BackendReport, startBackend } from '../../src/policy/backend.ts';
import { createPolicy } from '../../src/policy/createPolicy.ts';
import { createReferencePolicy } from '../../src/policy/reference.ts';
import { readPolicy } from '../../src/policy/safetensors.ts';
import type { Policy, PolicyState, UpdateOptions } from '../../src/policy/types.ts';
import { buildCodec } from '../../src/train/codec.ts';
import { type TrainSpec, trainConfig } from '../../src/train/config.ts';
import { train } from '../../src/train/loop.ts';
import { createFused } from './contenders.ts';
import type { Surroundings } from './tasks.ts';
import { BENCH_UNWRITABLE, benchWeights, policyWriter, rollOut, SOFTWARE_WORKLOAD } from './workload.ts';

/** Greatest deviations of the fused engine from the reference at one update. */
export interface Deviation {
  readonly update: number;
  /** Of the policy before the update, nats. */ readonly logProbs: number;
  /** As a share of the norm. */ readonly gradNorm: number;
  /** After the update. */ readonly parameters: number;
}

export interface Curve {
  readonly engine: string;
  /** Of each update, from 1 on. */
  readonly rewards: readonly number[];
  readonly gradNorms: readonly number[];
}

export interface Equality {
  readonly adapter: string;
  readonly options: UpdateOptions;
  readonly deviations: readonly Deviation[];
  readonly spec: TrainSpec;
  readonly curves: readonly Curve[];
}

const UPDATES = 50;
const OPTIONS: UpdateOptions = { learningRate: 1e-3, weightDecay: 0.01, entropyCoefficient: 0.01 };
const SPEC: TrainSpec = { prompts: 8, groupSize: 4, updates: 40, learningRate: 1e-4, epochs: 1, miniBatches: 1, evaluateEvery: 0, probeEvery: 0, seed: 1 };

/** The reference on wasm, where it is quickest without a GPU; the fused engine on WebGPU. */
export async function compareEngines(surroundings: Surroundings): Promise<Equality> {
  const { adapter } = await onWebGpu();
  return { adapter: adapter ?? '', options: OPTIONS, deviations: await sameRollouts(surroundings), spec: SPEC, curves: await freelyTrained(surroundings) };
}

const onWebGpu = (): Promise<BackendReport> => startBackend('webgpu', { wasmFiles: {} });

async function sameRollouts({ wasmFiles, log }: Surroundings): Promise<Deviation[]> {
  const fused = createFused(SOFTWARE_WORKLOAD); // keeps its device when tfjs goes on to wasm
  await startBackend('wasm', { wasmFiles });
  const reference = createReferencePolicy(SOFTWARE_WORKLOAD.shape, { unwritable: BENCH_UNWRITABLE, seed: 1 });
  fused.load(await reference.save());
  const { batch } = await rollOut(policyWriter(reference, SOFTWARE_WORKLOAD), SOFTWARE_WORKLOAD);
  const weights = benchWeights(batch);
  const deviations: Deviation[] = [];
  for (let update = 1; update <= UPDATES; update++) {
    const [own, other] = [await fused.update(batch, weights, OPTIONS), await reference.update(batch, weights, OPTIONS)];
    deviations.push({
      update,
      logProbs: greatest(own.scores.logProbs, other.scores.logProbs),
      gradNorm: Math.abs(own.gradNorm / other.gradNorm - 1),
      parameters: greatest((await fused.save()).parameters, (await reference.save()).parameters),
    });
    if (update % 10 === 0) log(`update ${update} of ${UPDATES} on the same rollouts`);
  }
  fused.dispose();
  reference.dispose();
  return deviations;
}

async function freelyTrained({ wasmFiles, readAtlas, log }: Surroundings): Promise<Curve[]> {
  const benchmark = await loadAtlas(readAtlas);
  const start: PolicyState = readPolicy(await readAtlas('base.safetensors'));
  const { unwritable } = buildCodec(benchmark.vocabulary)();
  const curveOf = async (engine: string, policy: Policy): Promise<Curve> => {
    policy.load({ shape: start.shape, parameters: start.parameters });
    const rewards: number[] = [];
    const gradNorms: number[] = [];
    for await (const event of train(trainConfig(SPEC), { benchmark, policy })) {
      if (event.kind !== 'updated') continue;
      rewards.push(event.metrics['reward/mean'] as number);
      gradNorms.push(event.metrics['policy/grad_norm'] as number);
      if (event.update % 5 === 0) log(`${engine}: update ${event.update}, reward ${rewards.at(-1)?.toFixed(3)}`);
    }
    policy.dispose();
    return { engine, rewards, gradNorms };
  };
  await startBackend('wasm', { wasmFiles });
  const reference = await curveOf('ReferencePolicy', createReferencePolicy(start.shape, { unwritable }));
  await onWebGpu();
  return [reference, await curveOf('FusedPolicy', createPolicy(start.shape, { unwritable }))];
}

function greatest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
}
