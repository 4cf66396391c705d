// The largest model that is promised: whether the fused engine's numbers are those of the reference there, and what it does where memory ends.
import { startBackend } from '../../src/policy/backend.ts';
import { createReferencePolicy } from '../../src/policy/reference.ts';
import { batchOf, converse, largestDifference, ownValues } from '../../src/policy/testing/conformance.ts';
import type { PolicyShape } from '../../src/policy/types.ts';
import { createFused, UPDATE_OPTIONS } from './contenders.ts';
import type { Adapter, Surroundings } from './tasks.ts';
import { BENCH_UNWRITABLE, BUDGET_WORKLOAD, benchWeights } from './workload.ts';

export interface LargeRun extends Adapter {
  readonly shape: PolicyShape;
  readonly parameters: number;
  readonly tokens: number;
  /** Of log-probs, nats: writing with a cache against the whole sequence; wasm reference against that. */
  readonly cacheDifference: number;
  readonly referenceDifference: number;
  readonly gradNorms: { readonly whole: number; readonly microBatches: number; readonly reference: number };
  /** Of parameters after one update, in one part against one sequence at a time. */
  readonly partsDifference: number;
  readonly seconds: { readonly rollout: number; readonly update: number };
  /** What is said where more is asked for than the device can hold. */
  readonly refusal: string;
}

const LARGE: PolicyShape = { ...BUDGET_WORKLOAD.shape, width: 512, layers: 8, heads: 8, hidden: 2048, context: 512 };
const SEQUENCES = 2;

export async function tryLarge({ wasmFiles, log }: Surroundings): Promise<LargeRun> {
  const { adapter, software } = await startBackend('webgpu', { wasmFiles: {} });
  const policy = createFused({ shape: LARGE });
  const before = await policy.save();
  const start = performance.now();
  const histories = await converse(policy, SEQUENCES, (row, turn) => 31 * row + turn);
  const written = performance.now();
  log('rollouts');
  const batch = batchOf(histories);
  const weights = benchWeights(batch);
  const whole = await policy.update(batch, weights, UPDATE_OPTIONS);
  const updated = performance.now();
  log('update in one part');
  const after = (await policy.save()).parameters;
  policy.load(before);
  const inParts = await policy.update(batch, weights, { ...UPDATE_OPTIONS, microBatch: 1 });
  const partsDifference = largestDifference((await policy.save()).parameters, after);
  log('update in parts');
  const refusal = await refusalOf(policy.startSession());
  log(`1000 whole contexts at once: ${refusal || 'taken'}`);
  policy.dispose();

  await startBackend('wasm', { wasmFiles });
  const reference = createReferencePolicy(LARGE, { unwritable: BENCH_UNWRITABLE });
  reference.load(before);
  const expected = await reference.update(batch, weights, UPDATE_OPTIONS);
  reference.dispose();
  const own = ownValues(batch, whole.scores.logProbs);
  return {
    adapter: adapter ?? '',
    software,
    shape: LARGE,
    parameters: before.parameters.length,
    tokens: batch.lengths.reduce((sum, length) => sum + length, 0),
    cacheDifference: largestDifference(
      own,
      histories.flatMap(({ logProbs }) => logProbs),
    ),
    referenceDifference: largestDifference(own, ownValues(batch, expected.scores.logProbs)),
    gradNorms: { whole: whole.gradNorm, microBatches: inParts.gradNorm, reference: expected.gradNorm },
    partsDifference,
    seconds: { rollout: (written - start) / 1000, update: (updated - written) / 1000 },
    refusal,
  };
}

/** Reads whole contexts until the session says that no more fit. */
async function refusalOf(session: ReturnType<ReturnType<typeof createFused>['startSession']>): Promise<string> {
  const rows = Array.from({ length: 1000 }, () => session.open());
  const text = { tokens: Array<number>(LARGE.context).fill(BENCH_UNWRITABLE.length), patchAt: [], patches: new Float32Array(0) };
  try {
    await session.append(
      rows,
      rows.map(() => text),
    );
    return '';
  } catch (error) {
    return (error as Error).message;
  } finally {
    session.dispose();
  }
}
