// The layers of the transformer with hand-written gradients in product-friendly shapes: no transpose flags, no sums over rows.
// On wasm a product with a flag costs ten times what these forms do. Without one, its right operand is packed first, number by number:
// so the right operand is the narrower, and the wider one is transposed.
import * as tf from '@tensorflow/tfjs-core';
import { pairedMatMul } from './pairedMatMul.ts';

/** Keeps the mean square away from 0 in a norm. */
export const NORM_EPSILON = 1e-6;

/** y = x · w.   x [N, a] · w [a, b] · y [N, b] */
export function linear(x: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor2D {
  const apply = tf.customGrad((x_, w_, save) => {
    (save as tf.GradSaveFunc)([x_ as tf.Tensor, w_ as tf.Tensor]);
    return {
      value: tf.matMul(x_ as tf.Tensor2D, w_ as tf.Tensor2D),
      gradFunc: (dy, saved) => {
        const [input, weight] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [tf.matMul(dy as tf.Tensor2D, tf.transpose(weight)), transposedProduct(input, dy as tf.Tensor2D)];
      },
    };
  });
  return apply(x, w) as tf.Tensor2D;
}

/** y = x · wᵀ.   x [N, a] · w [b, a] · y [N, b] */
export function linearTransposed(x: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor2D {
  const apply = tf.customGrad((x_, w_, save) => {
    (save as tf.GradSaveFunc)([x_ as tf.Tensor, w_ as tf.Tensor]);
    return {
      value: tf.matMul(x_ as tf.Tensor2D, tf.transpose(w_ as tf.Tensor2D)),
      gradFunc: (dy, saved) => {
        const [input, weight] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [tf.matMul(dy as tf.Tensor2D, weight), transposedProduct(dy as tf.Tensor2D, input)];
      },
    };
  });
  return apply(x, w) as tf.Tensor2D;
}

/** aᵀ · b, with the narrower of the two on the right.   a [N, p] · b [N, q] · [p, q] */
function transposedProduct(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (a.shape[1] >= b.shape[1]) return tf.matMul(tf.transpose(a) as tf.Tensor2D, b);
  return tf.transpose(tf.matMul(tf.transpose(b) as tf.Tensor2D, a)) as tf.Tensor2D;
}

/** y = g · x / √(mean x² + ε), row by row (RMSNorm, arXiv:1910.07467).   x [N, d] · g [d] */
export function rmsNorm(x: tf.Tensor2D, gain: tf.Tensor1D): tf.Tensor2D {
  const apply = tf.customGrad((x_, g_, save) => {
    const [input, g] = [x_ as tf.Tensor2D, g_ as tf.Tensor1D];
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(input), 1, true), NORM_EPSILON)); // [N, 1]
    const unit = tf.mul(input, inverse); // [N, d]
    (save as tf.GradSaveFunc)([unit, inverse, g]);
    return {
      value: tf.mul(unit, g),
      gradFunc: (dy, saved) => {
        const [unit_, inverse_, gain_] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
        const dUnit = tf.mul(dy, gain_);
        const dx = tf.mul(inverse_, tf.sub(dUnit, tf.mul(unit_, tf.mean(tf.mul(dUnit, unit_), 1, true))));
        return [dx, sumRows(tf.mul(dy, unit_) as tf.Tensor2D)];
      },
    };
  });
  return apply(x, gain) as tf.Tensor2D;
}

/** Sum over rows.   x [N, d] · [d] */
function sumRows(x: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.transpose(x), 1) as tf.Tensor1D;
}

/** y = max(0, x)² (Primer, arXiv:2109.08668): two cheap operations, where GELU is the dearest of the whole layer on wasm. */
export function squaredRelu(x: tf.Tensor2D): tf.Tensor2D {
  const apply = tf.customGrad((x_, save) => {
    const positive = tf.relu(x_ as tf.Tensor2D);
    (save as tf.GradSaveFunc)([positive]);
    return { value: tf.square(positive), gradFunc: (dy, saved) => tf.mul(dy, tf.add(saved[0] as tf.Tensor, saved[0] as tf.Tensor)) };
  });
  return apply(x) as tf.Tensor2D;
}

/**
 * Causal attention of whole sequences, head by head.   q, k, v [B · T, d] · y [B · T, d]
 *
 *   y = softmax(q · kᵀ / √(d/H) + mask) · v
 *
 * Scaling acts on q and dq, which are narrow, not on the scores. In the backward pass dv = pᵀ · dy and dk = dsᵀ · q.
 */
export function causalAttention(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, [B, T]: readonly [number, number], heads: number): tf.Tensor2D {
  const scale = 1 / Math.sqrt(q.shape[1] / heads);
  const split = (x: tf.Tensor): tf.Tensor3D => splitHeads(x as tf.Tensor2D, B, T, heads);
  const apply = tf.customGrad((q_, k_, v_, save) => {
    const [qh, kh, vh] = [split(tf.mul(q_ as tf.Tensor2D, scale)), split(k_ as tf.Tensor2D), split(v_ as tf.Tensor2D)];
    const p = tf.softmax(tf.add(pairedMatMul(qh, turned(kh)), causalMask(T))) as tf.Tensor3D; // [B·H, T, T]
    (save as tf.GradSaveFunc)([qh, kh, vh, p]);
    return {
      value: joinHeads(pairedMatMul(p, vh), B, T, heads),
      gradFunc: (dy, saved) => {
        const [q3, k3, v3, p3] = saved as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
        const dy3 = split(dy);
        const dv = pairedMatMul(turned(p3), dy3);
        const weighted = tf.mul(pairedMatMul(dy3, turned(v3)), p3);
        const ds = tf.sub(weighted, tf.mul(p3, tf.sum(weighted, 2, true))) as tf.Tensor3D;
        const dq = tf.mul(pairedMatMul(ds, k3), scale) as tf.Tensor3D;
        const dk = pairedMatMul(turned(ds), q3);
        return [dq, dk, dv].map((x) => joinHeads(x, B, T, heads));
      },
    };
  });
  return apply(q, k, v) as tf.Tensor2D;
}

/** [B · T, d] → [B · H, T, d/H] */
export function splitHeads(x: tf.Tensor2D, B: number, T: number, heads: number): tf.Tensor3D {
  const size = x.shape[1] / heads;
  return tf.reshape(tf.transpose(tf.reshape(x, [B, T, heads, size]), [0, 2, 1, 3]), [B * heads, T, size]) as tf.Tensor3D;
}

/** [B · H, T, d/H] → [B · T, d] */
export function joinHeads(x: tf.Tensor3D, B: number, T: number, heads: number): tf.Tensor2D {
  const size = x.shape[2];
  return tf.reshape(tf.transpose(tf.reshape(x, [B, heads, T, size]), [0, 2, 1, 3]), [B * T, heads * size]) as tf.Tensor2D;
}

/** [n, a, b] → [n, b, a] */
export function turned(x: tf.Tensor3D): tf.Tensor3D {
  return tf.transpose(x, [0, 2, 1]) as tf.Tensor3D;
}

/** Far below any score, and finite: softmax of a row of −∞ is NaN. */
export const MASKED = -1e9;

/** [1, T, T]: 0 at and before the diagonal, far below any score after it. */
export function causalMask(T: number): tf.Tensor3D {
  const mask = new Float32Array(T * T);
  for (let t = 0; t < T; t++) mask.fill(MASKED, t * T + t + 1, (t + 1) * T);
  return tf.tensor3d(mask, [1, T, T]);
}
