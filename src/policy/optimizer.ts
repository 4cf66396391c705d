// AdamW with clipping by the global norm, over all parameters of the table.
import * as tf from '@tensorflow/tfjs-core';
import { BETA1, BETA2, EPSILON } from './adam.ts';
import { hasPlainMemory, memoryOf, unwrittenTensor } from './kernels/wasmMemory.ts';
import type { Parameter } from './parameters.ts';
import { disposeAll, tidied } from './tensors.ts';
import type { Weights } from './transformer.ts';
import type { UpdateOptions } from './types.ts';

export interface AdamState {
  readonly step: number;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export interface Adam {
  /** New weights after one step down the gradients; null, and nothing changed, if a gradient is not finite. */
  step(weights: Weights, gradients: readonly tf.Tensor[], options: UpdateOptions): Promise<{ readonly weights: Weights | null; readonly gradNorm: number }>;
  save(): Promise<AdamState | null>;
  load(state: AdamState | null): void;
  dispose(): void;
}

/**
 * Loshchilov & Hutter 2019 (arXiv:1711.05101), bias-corrected:
 *
 *   m ← β₁m + (1 − β₁)g      v ← β₂v + (1 − β₂)g²      θ ← θ − η·(m̂ / (√v̂ + ε) + λθ)      β₁ 0.9, β₂ 0.98, ε 1e-8
 *
 * The gradient is first scaled to at most `clipNorm`. λ acts on matrices, not on gains. Moments and gradients of all
 * parameters are one flat tensor each.
 */
export function createAdam(table: readonly Parameter[]): Adam {
  let step = 0;
  let moments: Moments | null = null;
  const total = table.reduce((sum, { size }) => sum + size, 0);
  const smallest = Math.min(...table.map(({ size }) => size)); // a gain: every other size is a multiple of it
  const start = (state: AdamState | null): Moments => ({
    first: tf.keep(state ? tf.tensor1d(state.first) : tf.zeros([total])),
    second: tf.keep(state ? tf.tensor1d(state.second) : tf.zeros([total])),
  });

  return {
    async step(weights, gradients, { learningRate, weightDecay = 0, clipNorm = 1 }) {
      const gradient = tidied(() => flattened(gradients));
      const normTensor = tidied(() => tf.sqrt(tf.sum(tf.sum(tf.reshape(tf.square(gradient), [-1, smallest]), 1)))); // row by row: in one go float32 loses five digits
      const gradNorm = (await normTensor.data())[0] as number;
      normTensor.dispose();
      if (!Number.isFinite(gradNorm)) {
        gradient.dispose();
        return { weights: null, gradNorm };
      }
      const before = moments ?? start(null);
      step++;
      const scale = Math.min(1, clipNorm / (gradNorm + 1e-6));
      const stepSize = learningRate / (1 - BETA1 ** step);
      const secondScale = 1 / (1 - BETA2 ** step);
      const factors = { scale, stepSize, secondScale, kept: 1 - learningRate * weightDecay };
      const next = tidied(() => (hasPlainMemory() ? steppedInMemory : stepped)(table, weights, gradient, before, factors));
      disposeAll(gradient, next.moments === before ? null : before);
      moments = next.moments;
      return { gradNorm, weights: next.weights };
    },

    async save() {
      if (!moments) return null;
      const [first, second] = await Promise.all([moments.first.data<'float32'>(), moments.second.data<'float32'>()]);
      return { step, first, second };
    },

    load(state) {
      disposeAll(moments);
      step = state?.step ?? 0;
      moments = state ? start(state) : null;
    },

    dispose() {
      disposeAll(moments);
      moments = null;
    },
  };
}

/** η / (1 − β₁ᵗ) is the step's size, 1 / (1 − β₂ᵗ) the second scale, 1 − ηλ what decay keeps of a parameter. */
interface Factors {
  readonly scale: number;
  readonly stepSize: number;
  readonly secondScale: number;
  readonly kept: number;
}

interface Stepped {
  readonly weights: Weights;
  readonly moments: Moments;
}

/** The step in tfjs operations. */
function stepped(
  table: readonly Parameter[],
  weights: Weights,
  gradient: tf.Tensor1D,
  before: Moments,
  { scale, stepSize, secondScale, kept }: Factors,
): Stepped {
  const g = tf.mul(gradient, scale);
  const first = tf.add(tf.mul(before.first, BETA1), tf.mul(g, 1 - BETA1)) as tf.Tensor1D;
  const second = tf.add(tf.mul(before.second, BETA2), tf.mul(tf.square(g), 1 - BETA2)) as tf.Tensor1D;
  const change = tf.div(tf.mul(first, stepSize), tf.add(tf.sqrt(tf.mul(second, secondScale)), EPSILON)) as tf.Tensor1D;
  const moved = table.map(({ name, shape, offset, size, decayed }) => {
    const theta = weights[name] as tf.Tensor;
    return [name, tf.sub(decayed ? tf.mul(theta, kept) : theta, tf.reshape(tf.slice(change, [offset], [size]), shape as number[]))];
  });
  return { moments: { first, second }, weights: Object.fromEntries(moved) };
}

/** The same in one pass over the memory of wasm, with the moments changed in place. */
function steppedInMemory(table: readonly Parameter[], weights: Weights, gradient: tf.Tensor1D, moments: Moments, factors: Factors): Stepped {
  const { scale, stepSize, secondScale } = factors;
  const moved = Object.fromEntries(table.map(({ name, shape }) => [name, unwrittenTensor(shape)]));
  const [g, first, second] = [memoryOf(gradient), memoryOf(moments.first), memoryOf(moments.second)];
  for (const { name, offset, size, decayed } of table) {
    const [theta, out] = [memoryOf(weights[name] as tf.Tensor), memoryOf(moved[name] as tf.Tensor)];
    const kept = decayed ? factors.kept : 1;
    for (let i = 0, at = offset; i < size; i++, at++) {
      const gAt = scale * (g[at] as number);
      const m = BETA1 * (first[at] as number) + (1 - BETA1) * gAt;
      const v = BETA2 * (second[at] as number) + (1 - BETA2) * gAt * gAt;
      first[at] = m;
      second[at] = v;
      out[i] = kept * (theta[i] as number) - (stepSize * m) / (Math.sqrt(secondScale * v) + EPSILON);
    }
  }
  return { weights: moved, moments };
}

interface Moments {
  readonly first: tf.Tensor1D;
  readonly second: tf.Tensor1D;
}

function flattened(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat(tensors.map((x) => tf.reshape(x, [-1]))) as tf.Tensor1D;
}
