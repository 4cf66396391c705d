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
    for (const kernels of [{ decodeLanes: 1 }, { decodeRows: 1 }, { decodeRows: 3 }, { decodeLanes: 64, decodeRows: 2 }, { workPerDispatch: 1 }, FOR_CHIPS]) {
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

  it('runs in smaller parts where the GPU has no room, with the same numbers, and says so where not even one sequence fits', async () => {
    await start();
    const plenty = fused(1);
    const batch = batchOf(await converse(plenty, 8, keyOf));
    const weights = Float32Array.from(batch.mask, (own, i) => (own ? Math.cos(i) : 0));
    const before = plenty.counts().dispatches;
    const expected = await plenty.update(batch, weights, { learningRate: 1e-3 });
    const dispatches = plenty.counts().dispatches - before;
    const { parameters } = await plenty.save();
    plenty.dispose();
    const small = createFusedPolicy(withRoomFor(device(), 10_000), TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed: 1 });
    const found = await small.update(batch, weights, { learningRate: 1e-3 });
    expect(small.counts().dispatches).toBeGreaterThan(2 * dispatches);
    expect(largestDifference(found.scores.logProbs, expected.scores.logProbs)).toBeLessThan(1e-5);
    expect(found.gradNorm).toBeCloseTo(expected.gradNorm, 4);
    expect(largestDifference((await small.save()).parameters, parameters)).toBeLessThan(1e-5);
    small.dispose();
    const none = createFusedPolicy(withRoomFor(device(), 400), TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed: 1 });
    await expect(none.logProbs(batch)).rejects.toThrow(/the GPU has no room for \d+ MiB of activations; use a smaller model/);
    none.dispose();
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

/** The device, as if it had no room for logits of more than so many bytes. */
function withRoomFor(device: GPUDevice, bytes: number): GPUDevice {
  const scopes: { filter: GPUErrorFilter; full: boolean }[] = [];
  const own: Partial<GPUDevice> = {
    pushErrorScope: (filter) => {
      scopes.push({ filter, full: false });
      return device.pushErrorScope(filter);
    },
    popErrorScope: async () => {
      const scope = scopes.pop();
      const error = await device.popErrorScope();
      return scope?.full ? new GPUOutOfMemoryError('no room') : error;
    },
    createBuffer: (descriptor) => {
      const scope = scopes.findLast(({ filter }) => filter === 'out-of-memory');
      if (scope && descriptor.label === 'logits' && descriptor.size > bytes) scope.full = true;
      return device.createBuffer(descriptor);
    },
  };
  return new Proxy(device, {
    get: (target, name) => {
      const value = Reflect.get(name in own ? own : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
