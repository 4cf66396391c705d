// Picking rows of a matrix by index, with −1 for a row of zeros, and the gradient: adding rows up where they came from.
import * as tf from '@tensorflow/tfjs-core';
import { hasPlainMemory, memoryOf, unwrittenTensor } from './wasmMemory.ts';

/** Row indices; −1 stands for a row of zeros. */
export type RowIndex = Int32Array;

/**
 * y[i] = x[index[i]], or zeros where index[i] is −1.   x [R, d] · y [index.length, d]
 *
 * Its gradient adds dy[i] to row index[i]. On wasm and cpu both run over the raw memory; elsewhere as gather and a product with
 * one-hot rows, since tfjs's own gradient of gather adds with contended atomics on WebGPU, in no fixed order.
 */
export function gatherRows(x: tf.Tensor2D, index: RowIndex): tf.Tensor2D {
  const rows = x.shape[0];
  const pick = tf.customGrad((input) => ({
    value: pickRows(input as tf.Tensor2D, index),
    gradFunc: (dy) => addRows(dy as tf.Tensor2D, index, rows),
  }));
  return pick(x) as tf.Tensor2D;
}

/**
 * As gatherRows where no row is picked twice: then its gradient is the way back, and nothing is added up. `inverse[r]` is the i with
 * index[i] = r, or −1.   x [inverse.length, d] · y [index.length, d]
 */
export function moveRows(x: tf.Tensor2D, index: RowIndex, inverse: RowIndex): tf.Tensor2D {
  const move = tf.customGrad((input) => ({
    value: pickRows(input as tf.Tensor2D, index),
    gradFunc: (dy) => pickRows(dy as tf.Tensor2D, inverse),
  }));
  return move(x) as tf.Tensor2D;
}

function pickRows(x: tf.Tensor2D, index: RowIndex): tf.Tensor2D {
  const d = x.shape[1];
  if (!hasPlainMemory())
    return tf.tidy(() => {
      const withZeros = tf.concat([tf.zeros([1, d]), x]) as tf.Tensor2D;
      return tf.gather(withZeros, shifted(index)) as tf.Tensor2D;
    });
  return fillRows(x, index.length, (from, to) => {
    for (let i = 0, next = 0; i < index.length; i = next) {
      const row = index[i] as number;
      const step = row < 0 ? 0 : 1; // rows that follow one another go in one copy
      do next++;
      while (next < index.length && index[next] === row + step * (next - i));
      if (row < 0) to.fill(0, i * d, next * d);
      else to.set(from.subarray(row * d, (row + next - i) * d), i * d);
    }
  });
}

function addRows(dy: tf.Tensor2D, index: RowIndex, rows: number): tf.Tensor2D {
  const d = dy.shape[1];
  if (!hasPlainMemory())
    return tf.tidy(() => {
      const oneHot = tf.oneHot(shifted(index), rows + 1) as tf.Tensor2D; // row 0 takes what belongs nowhere
      return tf.slice(tf.matMul(tf.cast(oneHot, 'float32'), dy, true, false) as tf.Tensor2D, [1, 0]);
    });
  return fillRows(dy, rows, (from, to) => {
    to.fill(0);
    for (let i = 0; i < index.length; i++) {
      const row = index[i] as number;
      if (row < 0) continue;
      const [a, b] = [row * d, i * d];
      for (let k = 0; k < d; k++) to[a + k] = (to[a + k] as number) + (from[b + k] as number);
    }
  });
}

/** Indices counted from 1, so that −1 becomes 0. */
function shifted(index: RowIndex): tf.Tensor1D {
  return tf.tensor1d(
    index.map((i) => i + 1),
    'int32',
  );
}

/** A new [rows, d] matrix, written by `fill` from the memory of `source`. */
function fillRows(source: tf.Tensor2D, rows: number, fill: (from: Float32Array, to: Float32Array) => void): tf.Tensor2D {
  const out = unwrittenTensor([rows, source.shape[1]]);
  fill(memoryOf(source), memoryOf(out));
  return out as tf.Tensor2D;
}
