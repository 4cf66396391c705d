// Whether a long run of the fused engine takes more and more: GPU buffers, tensors, heap, over 1,000 updates with rollouts between them.
import { tensorCount } from '../../src/policy/tensors.ts';
import { createFused } from './contenders.ts';
import { gpuMemory } from './gpuLedger.ts';
import type { Surroundings } from './tasks.ts';
import { benchWeights, policyWriter, rollOut, SOFTWARE_WORKLOAD, type Workload } from './workload.ts';

export interface MemoryReading {
  readonly update: number;
  readonly buffers: number;
  readonly bufferBytes: number;
  readonly tensors: number;
  readonly heapBytes: number;
}

export interface MemoryRun {
  readonly workload: Workload;
  readonly readings: readonly MemoryReading[];
}

const UPDATES = 1000;
const EVERY = 100;
/** Updates on one batch, then rollouts anew. */
const UPDATES_A_BATCH = 10;
/** Rollouts of the batches, in turn: sizes differ, as in training. */
const ROLLOUTS = [3, 5, 4, 6, 2];

const SMALL: Workload = { ...SOFTWARE_WORKLOAD, shape: { vocabulary: 67, width: 24, layers: 2, heads: 3, hidden: 40, context: 96, patch: 12 } };

export async function watchMemory({ heap, log }: Surroundings): Promise<MemoryRun> {
  const policy = createFused(SMALL);
  const readings: MemoryReading[] = [];
  for (let done = 0; done < UPDATES; done += UPDATES_A_BATCH) {
    const workload = { ...SMALL, rollouts: ROLLOUTS[(done / UPDATES_A_BATCH) % ROLLOUTS.length] as number };
    const { batch } = await rollOut(policyWriter(policy, workload), workload);
    for (let i = 0; i < UPDATES_A_BATCH; i++) await policy.update(batch, benchWeights(batch), { learningRate: 1e-4 });
    if ((done + UPDATES_A_BATCH) % EVERY > 0) continue;
    const heapBytes = await heap();
    const { buffers, bytes: bufferBytes } = gpuMemory();
    readings.push({ update: done + UPDATES_A_BATCH, buffers, bufferBytes, tensors: tensorCount(), heapBytes });
    log(`update ${done + UPDATES_A_BATCH} of ${UPDATES}`);
  }
  policy.dispose();
  return { workload: SMALL, readings };
}
