// The fused engine under the suite that every engine passes, and side by side with the reference, in a real browser.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../backend.ts';
import { createPolicy } from '../createPolicy.ts';
import { createReferencePolicy } from '../reference.ts';
import { batchOf, conformanceSuite, converse, largestDifference, ownValues, TEST_SHAPE, TEST_UNWRITABLE } from '../testing/conformance.ts';
import { WASM_FILES } from '../wasmFiles.ts';
import { createFusedPolicy, type FusedPolicy } from './fusedPolicy.ts';
import { HARDWARE_KERNELS, type KernelChoice, SOFTWARE_KERNELS } from './kernelChoice.ts';

const start = () => startBackend('webgpu', { wasmFiles: WASM_FILES });
const device = (): GPUDevice => (tf.backend() as unknown as { readonly device: GPUDevice }).device;
const fused = (seed: number, kernels: Partial<KernelChoice> = {}): FusedPolicy =>
  createFusedPolicy(device(), TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed, kernels });
const FOR_CHIPS: KernelChoice = { ...HARDWARE_KERNELS, subgroups: true };

conformanceSuite('FusedPolicy with the kernels of software adapters', start, (seed) => fused(seed, SOFTWARE_KERNELS), 1e-3);
conformanceSuite('FusedPolicy with the kernels of chips', start, (seed) => fused(seed, FOR_CHIPS), 1e-3);

describe('FusedPolicy against ReferencePolicy', () => {
  const keyOf = (row: number, turn: number): number => 31 * row + turn;

  it('writes the same tokens for the same keys, with any number of threads a row and any length of a dispatch', async () => {
    await startBackend('wasm', { wasmFiles: WASM_FILES });
    const reference = createReferencePolicy(TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed: 1 });
    const expected = await converse(reference, 12, keyOf);
    reference.dispose();
    await start();
    for (const kernels of [{ decodeLanes: 1 }, { decodeLanes: 16 }, { decodeLanes: 64 }, { workPerDispatch: 1 }, FOR_CHIPS]) {
      const policy = fused(1, kernels);
      const found = await converse(policy, 12, keyOf);
      expect(found.map(({ tokens }) => tokens)).toEqual(expected.map(({ tokens }) => tokens));
      expect(
        largestDifference(
          found.flatMap(({ logProbs }) => logProbs),
          expected.flatMap(({ logProbs }) => logProbs),
        ),
      ).toBeLessThan(1e-3);
      policy.dispose();
    }
  });

  it('goes the same way over many updates', async () => {
    await startBackend('wasm', { wasmFiles: WASM_FILES });
    const reference = createReferencePolicy(TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed: 1 });
    const batch = batchOf(await converse(reference, 6, keyOf));
    const weights = Float32Array.from(batch.mask, (own, i) => (own ? Math.cos(i) : 0));
    const options = { learningRate: 1e-3, weightDecay: 0.01, entropyCoefficient: 0.01 };
    for (let step = 0; step < 50; step++) await reference.update(batch, weights, options);
    const [{ parameters }, { logProbs }] = [await reference.save(), await reference.logProbs(batch)];
    reference.dispose();
    await start();
    for (const kernels of [SOFTWARE_KERNELS, FOR_CHIPS]) {
      const policy = fused(1, kernels);
      for (let step = 0; step < 50; step++) await policy.update(batch, weights, options);
      expect(largestDifference((await policy.save()).parameters, parameters)).toBeLessThan(1e-3);
      expect(largestDifference(ownValues(batch, (await policy.logProbs(batch)).logProbs), ownValues(batch, logProbs))).toBeLessThan(5e-3);
      policy.dispose();
    }
  });

  it('takes at most 4 dispatches and 1 read-back a turn, and 80 dispatches an update', async () => {
    await start();
    const policy = fused(1);
    const session = policy.startSession();
    const row = session.open();
    await session.append([row], [{ tokens: [3, 4, 5], patchAt: [], patches: new Float32Array(0) }]);
    const before = policy.counts();
    await session.decodeTurn([row], { maxTokens: 12, stopTokens: [], keys: [1], temperature: 1 });
    const after = policy.counts();
    session.dispose();
    expect(after.dispatches - before.dispatches).toBeLessThanOrEqual(4);
    expect(after.readBacks - before.readBacks).toBe(1);
    const batch = batchOf(await converse(policy, 3, keyOf));
    const atUpdate = policy.counts().dispatches;
    await policy.update(batch, (logProbs) => logProbs.map(() => 1), { learningRate: 1e-3 });
    expect(policy.counts().dispatches - atUpdate).toBeLessThanOrEqual(80);
    policy.dispose();
  });

  it('tells of a device that was lost, and of a shape that its kernels do not fit', async () => {
    await start();
    expect(() => createFusedPolicy(device(), { ...TEST_SHAPE, hidden: 42 }, { unwritable: [] })).toThrow('expected hidden to be a multiple of 4, got 42');
    createPolicy({ ...TEST_SHAPE, hidden: 42 }, { unwritable: [] }).dispose(); // the reference takes it
    const adapter = (await navigator.gpu.requestAdapter()) as GPUAdapter;
    const own = await adapter.requestDevice();
    const policy = createFusedPolicy(own, TEST_SHAPE, { unwritable: TEST_UNWRITABLE });
    own.destroy();
    await own.lost;
    await expect(policy.save()).rejects.toThrow(/GPU/);
  });
});
