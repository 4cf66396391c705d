// The forward pass of the policy: a decoder-only transformer over text, coordinate and image-patch tokens.
import * as tf from '@tensorflow/tfjs-core';
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad.js';
import { causalAttention, linear, rmsNorm, squaredRelu } from './kernels/layers.ts';
import { gatherRows, moveRows } from './kernels/rows.ts';
import type { PackedRows } from './packedRows.ts';
import type { PolicyShape } from './types.ts';

tf.registerGradient(addGradConfig); // the only stock gradient on the tape: every layer brings its own

/** Parameters by name, as in parameters.ts. */
export type Weights = Readonly<Record<string, tf.Tensor>>;

/** One layer's attention, given its queries, keys and values [N, d]. */
export type Attend = (layer: number, q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D) => tf.Tensor2D;

/** What positions are made from, one entry a position, N in all. −1: none. */
export interface PositionInputs {
  readonly tokens: Int32Array;
  readonly patchRows: Int32Array;
  /** [patches, shape.patch]; null without patches. */
  readonly patches: tf.Tensor2D | null;
}

/** Content of each position: token embedding, plus the projected patch where there is one. [N, d] */
export function embedContent(weights: Weights, { tokens, patchRows, patches }: PositionInputs): tf.Tensor2D {
  const embedded = gatherRows(weights.embedding as tf.Tensor2D, tokens);
  if (!patches) return embedded;
  return tf.add(embedded, gatherRows(linear(patches, weights.patch as tf.Tensor2D), patchRows));
}

/**
 * x = content + previous content · W_previous + position. A position so knows its left neighbour before the first layer, which is what
 * copying a name out of a document needs.   content, previous [N, d]
 */
export function embedInputs(weights: Weights, content: tf.Tensor2D, previous: tf.Tensor2D, positions: Int32Array): tf.Tensor2D {
  const shifted = linear(previous, weights.previous as tf.Tensor2D);
  return tf.add(tf.add(content, shifted), gatherRows(weights.position as tf.Tensor2D, positions));
}

/** All layers and the final norm: [N, d] → [N, d]. */
export function runLayers(shape: PolicyShape, weights: Weights, x: tf.Tensor2D, attend: Attend): tf.Tensor2D {
  const weight = (name: string): tf.Tensor2D => weights[name] as tf.Tensor2D;
  let h = x;
  for (let n = 0; n < shape.layers; n++) {
    const at = `layers.${n}`;
    const a = rmsNorm(h, weights[`${at}.attention.gain`] as tf.Tensor1D);
    const [q, k, v] = ['query', 'key', 'value'].map((name) => linear(a, weight(`${at}.attention.${name}`))) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    h = tf.add(h, linear(attend(n, q, k, v), weight(`${at}.attention.output`)));
    const m = rmsNorm(h, weights[`${at}.mlp.gain`] as tf.Tensor1D);
    h = tf.add(h, linear(squaredRelu(linear(m, weight(`${at}.mlp.up`))), weight(`${at}.mlp.down`)));
  }
  return rmsNorm(h, weights.gain as tf.Tensor1D);
}

/** The pass over whole sequences that training uses: hidden states [N, d] of the packed tokens of a batch [B, T]. */
export function runSequences(
  shape: PolicyShape,
  weights: Weights,
  packed: PackedRows,
  patches: tf.Tensor2D | null,
  [B, T]: readonly [number, number],
): tf.Tensor2D {
  const content = embedContent(weights, { tokens: packed.tokens, patchRows: packed.patchRows, patches });
  const x = embedInputs(weights, content, moveRows(content, packed.left, packed.right), packed.positions);
  const padded = (rows: tf.Tensor2D): tf.Tensor2D => moveRows(rows, packed.rows, packed.places);
  return runLayers(shape, weights, x, (_, q, k, v) => {
    const y = causalAttention(padded(q), padded(k), padded(v), [B, T], shape.heads);
    return moveRows(y, packed.places, packed.rows);
  });
}
