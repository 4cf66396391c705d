// AdamW with clipping by the global norm, over all parameters of the table.
import * as tf from '@tensorflow/tfjs-core';
import { BETA1, BETA2, EPSILON } from './adam.ts';
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
 * The gradient is first scaled to at most `clipNorm`. λ acts on matrices, not on gains.
 */
export function createAdam(table: readonly Parameter[]): Adam {
  let step = 0;
  let moments: { first: tf.Tensor; second: tf.Tensor }[] | null = null;
  const start = (state: AdamState | null): { first: tf.Tensor; second: tf.Tensor }[] =>
    table.map(({ shape, offset, size }) => {
      const make = (flat: Float32Array | undefined): tf.Tensor =>
        tf.keep(flat ? tf.tensor(flat.slice(offset, offset + size), shape as number[]) : tf.zeros(shape as number[]));
      return { first: make(state?.first), second: make(state?.second) };
    });

  return {
    async step(weights, gradients, { learningRate, weightDecay = 0, clipNorm = 1 }) {
      // no tf.addN: on WebGPU it binds more buffers than an adapter need have, and gives garbage
      const normTensor = tf.tidy(() => tf.sqrt(gradients.map((g) => tf.sum(tf.square(g))).reduce((total, part) => tf.add(total, part))));
      const gradNorm = (await normTensor.data())[0] as number;
      normTensor.dispose();
      if (!Number.isFinite(gradNorm)) return { weights: null, gradNorm };
      const before = moments ?? start(null);
      step++;
      const scale = Math.min(1, clipNorm / (gradNorm + 1e-6));
      const stepSize = learningRate / (1 - BETA1 ** step);
      const secondScale = 1 / (1 - BETA2 ** step);
      const next = tidied(() =>
        table.map(({ name, decayed }, i) => {
          const g = tf.mul(gradients[i] as tf.Tensor, scale);
          const { first, second } = before[i] as { first: tf.Tensor; second: tf.Tensor };
          const m = tf.add(tf.mul(first, BETA1), tf.mul(g, 1 - BETA1));
          const v = tf.add(tf.mul(second, BETA2), tf.mul(tf.square(g), 1 - BETA2));
          const change = tf.div(tf.mul(m, stepSize), tf.add(tf.sqrt(tf.mul(v, secondScale)), EPSILON));
          const theta = weights[name] as tf.Tensor;
          const kept = decayed && weightDecay > 0 ? tf.mul(theta, 1 - learningRate * weightDecay) : theta;
          return { first: m, second: v, theta: tf.sub(kept, change) };
        }),
      );
      disposeAll(before);
      moments = next.map(({ first, second }) => ({ first, second }));
      return { gradNorm, weights: Object.fromEntries(table.map(({ name }, i) => [name, (next[i] as { theta: tf.Tensor }).theta])) };
    },

    async save() {
      if (!moments) return null;
      const total = table.reduce((sum, { size }) => sum + size, 0);
      const [first, second] = [new Float32Array(total), new Float32Array(total)];
      for (const [i, { offset }] of table.entries()) {
        first.set((await (moments[i] as { first: tf.Tensor }).first.data()) as Float32Array, offset);
        second.set((await (moments[i] as { second: tf.Tensor }).second.data()) as Float32Array, offset);
      }
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
