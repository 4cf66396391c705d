// What runs in the browser: the same work by both engines on one adapter, one after the other.
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/policy/backend.ts';
import { createFusedPolicy } from '../../src/policy/fused/fusedPolicy.ts';
import type { GpuCounts } from '../../src/policy/fused/gpu.ts';
import { createReferencePolicy } from '../../src/policy/reference.ts';
import type { Policy } from '../../src/policy/types.ts';
import { BENCH_UNWRITABLE, BUDGET_WORKLOAD, benchWeights, rollOut, SOFTWARE_WORKLOAD, type Workload } from './workload.ts';

/** Milliseconds of each run, in pairs. */
export interface Pairs {
  readonly fused: readonly number[];
  readonly reference: readonly number[];
}

export interface EngineTimes {
  readonly adapter: string;
  readonly software: boolean;
  readonly workload: Workload;
  readonly rollout: Pairs;
  readonly update: Pairs;
  /** Of one run of the fused engine. */
  readonly counts: { readonly rollout: GpuCounts; readonly update: GpuCounts };
}

const OPTIONS = { learningRate: 1e-4 };

async function measure(pairs: number, lanes: number): Promise<EngineTimes> {
  const report = await startBackend('webgpu', { wasmFiles: {} });
  const { device } = tf.backend() as unknown as { readonly device: GPUDevice };
  const workload = report.software ? SOFTWARE_WORKLOAD : BUDGET_WORKLOAD;
  const shared = { unwritable: BENCH_UNWRITABLE, seed: 1 };
  const fused = createFusedPolicy(device, workload.shape, { ...shared, kernels: { decodeLanes: lanes } });
  const reference = createReferencePolicy(workload.shape, shared);
  const batch = await rollOut(fused, workload);
  const weights = benchWeights(batch);
  const update = (policy: Policy) => (): Promise<unknown> => policy.update(batch, weights, OPTIONS);
  const rollout = (policy: Policy) => (): Promise<unknown> => rollOut(policy, workload);
  const counted = async (work: () => Promise<unknown>): Promise<GpuCounts> => {
    const before = fused.counts();
    await work();
    const after = fused.counts();
    return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - before[name as keyof GpuCounts]])) as unknown as GpuCounts;
  };
  const counts = { update: await counted(update(fused)), rollout: await counted(rollout(fused)) };
  const result = {
    adapter: report.adapter ?? '',
    software: report.software,
    workload,
    update: await inTurn(update(fused), update(reference), pairs),
    rollout: await inTurn(rollout(fused), rollout(reference), pairs),
    counts,
  };
  fused.dispose();
  reference.dispose();
  return result;
}

/** Each once beforehand, then in turn. */
async function inTurn(fused: () => Promise<unknown>, reference: () => Promise<unknown>, pairs: number): Promise<Pairs> {
  await fused();
  await reference();
  const times = { fused: [] as number[], reference: [] as number[] };
  for (let i = 0; i < pairs; i++) {
    times.fused.push(await timed(fused));
    times.reference.push(await timed(reference));
    console.log(`pair ${i + 1} of ${pairs}`);
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

Object.assign(globalThis, { measure });
