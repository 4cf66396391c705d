import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from './backend.ts';
import { createReferencePolicy } from './reference.ts';
import { batchOf, conformanceSuite, converse, largestDifference, ownValues, TEST_SHAPE, TEST_UNWRITABLE } from './testing/conformance.ts';
import { WASM_FILES } from './wasmFiles.ts';

const make = (seed: number) => createReferencePolicy(TEST_SHAPE, { unwritable: TEST_UNWRITABLE, seed });
const start = (backend: 'webgpu' | 'wasm') => startBackend(backend, { wasmFiles: WASM_FILES });

conformanceSuite('ReferencePolicy on WebGPU', () => start('webgpu'), make, 1e-3, 1e-5);
conformanceSuite('ReferencePolicy on wasm in a browser', () => start('wasm'), make, 2e-5);

describe('WebGPU against wasm', () => {
  it('gives the same softmax for even and odd widths', async () => {
    await start('webgpu');
    for (const width of [1, 2, 3, 15, 16, 17, 63, 64, 65, 129]) {
      const x = Float32Array.from({ length: 3 * width }, (_, i) => 4 * Math.sin(1 + i));
      const softmax = (await tf.softmax(tf.tensor2d(x, [3, width])).data()) as Float32Array;
      for (let r = 0; r < 3; r++) {
        const row = x.subarray(r * width, (r + 1) * width);
        const top = Math.max(...row);
        const total = row.reduce((sum, v) => sum + Math.exp(v - top), 0);
        row.forEach((v, c) => {
          expect(softmax[r * width + c], `width ${width}, row ${r}, column ${c}`).toBeCloseTo(Math.exp(v - top) / total, 4);
        });
      }
    }
  });

  it('gives the same log-probs, entropies and first step of the optimizer', async () => {
    await start('wasm');
    const twin = make(1);
    const batch = batchOf(await converse(twin, 4, (row, turn) => 5 * row + turn));
    const w = Float32Array.from(batch.mask, (m, i) => (m ? Math.cos(i) : 0));
    const known = {
      scores: await twin.logProbs(batch),
      update: await twin.update(batch, w, { learningRate: 1e-3, entropyCoefficient: 0.1 }),
      state: await twin.save(),
    };
    twin.dispose();

    await start('webgpu');
    const policy = make(1);
    const scores = await policy.logProbs(batch);
    expect(largestDifference(ownValues(batch, scores.logProbs), ownValues(batch, known.scores.logProbs))).toBeLessThan(1e-3);
    expect(largestDifference(ownValues(batch, scores.entropies), ownValues(batch, known.scores.entropies))).toBeLessThan(1e-3);
    const { gradNorm } = await policy.update(batch, w, { learningRate: 1e-3, entropyCoefficient: 0.1 });
    expect(Math.abs(gradNorm / known.update.gradNorm - 1)).toBeLessThan(1e-3);
    const { optimizer } = await policy.save();
    expect(largestDifference(optimizer?.first ?? [], known.state.optimizer?.first ?? [])).toBeLessThan(1e-3);
    policy.dispose();
  });
});
