import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../backend.ts';
import { pairedMatMul } from './pairedMatMul.ts';
import { gatherRows, moveRows } from './rows.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const wasmFiles = Object.fromEntries(
  ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'].map((name) => [name, path.join(folder, name)]),
);
const numbers = (n: number, seed: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(seed + 1.7 * i));

describe.each(['wasm', 'cpu'] as const)('kernels on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, { wasmFiles });
  });

  it.each([1, 2, 7, 63, 64, 65])('pairedMatMul is the product of each pair, %i rows', (M) => {
    const [n, K, N] = [3, 33, 17];
    const a = numbers(n * M * K, 1);
    const b = numbers(n * K * N, 2);
    const tensors = tf.memory().numTensors;
    for (let again = 0; again < 2; again++) {
      // twice with other numbers in the same shapes: nothing of the first may stay behind
      const out = tf.tidy(() => pairedMatMul(tf.tensor3d(a, [n, M, K]), tf.tensor3d(b, [n, K, N])));
      const values = out.dataSync();
      out.dispose();
      for (const [i, r, c] of [
        [0, 0, 0],
        [1, M - 1, N - 1],
        [2, M >> 1, 5],
      ] as const) {
        let expected = 0;
        for (let k = 0; k < K; k++) expected += (a[(i * M + r) * K + k] as number) * (b[(i * K + k) * N + c] as number);
        expect(values[(i * M + r) * N + c]).toBeCloseTo(expected, 4);
      }
      b.reverse();
    }
    expect(tf.memory().numTensors).toBe(tensors);
    expect(() => pairedMatMul(tf.zeros([2, 3, 4]), tf.zeros([2, 5, 3]))).toThrow('shapes [2,3,4] and [2,5,3] do not fit');
  });

  it.each([1, 7, 64])('pairedMatMul gives the same numbers, bit for bit, when K is padded with zeros, %i rows', (M) => {
    const [n, N] = [3, 17];
    const product = (K: number): Float32Array => {
      const a = Float32Array.from({ length: n * M * K }, (_, i) => (i % K < 60 ? Math.sin(Math.floor(i / K) + 2 * (i % K)) : 0));
      const b = Float32Array.from({ length: n * K * N }, (_, i) => (Math.floor(i / N) % K < 60 ? Math.cos((i % N) + 2 * (Math.floor(i / N) % K)) : 0));
      return pairedMatMul(tf.tensor3d(a, [n, M, K]), tf.tensor3d(b, [n, K, N])).dataSync() as Float32Array;
    };
    const values = [60, 64, 72, 600].map((K) => tf.tidy(() => product(K)));
    for (const other of values) expect(other).toEqual(values[0]);
  });

  it('gatherRows picks rows, zeros for −1; its gradient adds up where they came from', () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const index = Int32Array.of(2, -1, 0, 2);
    expect([...gatherRows(x, index).dataSync()]).toEqual([5, 6, 0, 0, 1, 2, 5, 6]);
    const dy = tf.tensor2d([1, 10, 2, 20, 4, 40, 8, 80], [4, 2]);
    const gradient = tf.grad((input) => gatherRows(input as tf.Tensor2D, index))(x, dy);
    expect([...gradient.dataSync()]).toEqual([4, 40, 0, 0, 9, 90]);
  });

  it('moveRows picks rows, zeros for −1; its gradient brings them back', () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
    const index = Int32Array.of(-1, 0, -1, -1, 2, 3, 1); // runs of both kinds, and single rows
    const inverse = Int32Array.of(1, 6, 4, 5);
    expect([...moveRows(x, index, inverse).dataSync()]).toEqual([0, 0, 1, 2, 0, 0, 0, 0, 5, 6, 7, 8, 3, 4]);
    const dy = tf.tensor2d([9, 9, 1, 10, 9, 9, 9, 9, 2, 20, 3, 30, 4, 40], [7, 2]);
    const gradient = tf.grad((input) => moveRows(input as tf.Tensor2D, index, inverse))(x, dy);
    expect([...gradient.dataSync()]).toEqual([1, 10, 4, 40, 2, 20, 3, 30]);
  });

  it('a clone outlives its original', () => {
    const { numTensors, numDataBuffers } = tf.memory();
    const x = tf.tensor1d([1, 2, 3]);
    const clone = tf.clone(x);
    x.dispose();
    const other = tf.tensor1d([7, 8, 9]); // would take the memory, had it been freed
    expect([...clone.dataSync()]).toEqual([1, 2, 3]);
    tf.dispose([clone, other]);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });
});
