// Attention of new positions to a cached prefix and to each other, for rows whose prefixes differ in length.
import * as tf from '@tensorflow/tfjs-core';
import { causalMask, joinHeads, MASKED, splitHeads, turned } from './kernels/layers.ts';
import { pairedMatMul } from './kernels/pairedMatMul.ts';
import { gatherRows } from './kernels/rows.ts';

/** Keys and values of R rows' prefixes in one layer, padded to the longest, S. */
export interface Prefix {
  /** [R · H, d/H, S] */ readonly keysTurned: tf.Tensor3D;
  /** [R · H, S, d/H] */ readonly values: tf.Tensor3D;
}

/** Prefixes of one layer from the pool. `places` [R · S], −1 where a row has ended.   keys, values [pool, d] */
export function preparePrefix(keys: tf.Tensor2D, values: tf.Tensor2D, places: Int32Array, R: number, heads: number): Prefix {
  const S = places.length / R;
  const [k, v] = [keys, values].map((pool) => splitHeads(gatherRows(pool, places), R, S, heads)) as [tf.Tensor3D, tf.Tensor3D];
  return { keysTurned: turned(k), values: v };
}

/** Columns that a softmax on wasm adds up side by side. */
const LANES = 4;

/**
 * The length that prefixes and texts are padded to, from that of the longest. With whole lanes the padding changes no other lane, so
 * that a row's numbers do not depend on how long its neighbours are.
 */
export function paddedLength(longest: number): number {
  return LANES * Math.ceil(longest / LANES);
}

/** 0 where `places` holds a token, far below any score elsewhere: [R, 1, S]. */
export function prefixMask(places: Int32Array, R: number): tf.Tensor3D {
  return tf.tensor3d(
    Float32Array.from(places, (place) => (place < 0 ? MASKED : 0)),
    [R, 1, places.length / R],
  );
}

/**
 * q, k, v [R · n, d] of n new positions a row; `prefix` and `mask` null where all rows are empty. New positions see the whole prefix of
 * their row and each other causally. Result [R · n, d].
 */
export function cachedAttention(
  [q, k, v]: readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D],
  prefix: Prefix | null,
  mask: tf.Tensor3D | null,
  R: number,
  heads: number,
): tf.Tensor2D {
  const n = q.shape[0] / R;
  const [qh, kh, vh] = [q, k, v].map((x) => splitHeads(x, R, n, heads)) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  const scaled = tf.mul(qh, 1 / Math.sqrt(q.shape[1] / heads)) as tf.Tensor3D;
  const own = tf.add(pairedMatMul(scaled, turned(kh)), causalMask(n)) as tf.Tensor3D; // [R·H, n, n]
  if (!prefix || !mask) return joinHeads(pairedMatMul(tf.softmax(own) as tf.Tensor3D, vh), R, n, heads);
  return joinHeads(attendBoth(scaled, prefix, mask, own, vh, R), R, n, heads);
}

/** softmax over prefix and own scores together.   scaled [R · H, n, d/H] · own [R · H, n, m] · ownValues [R · H, m, d/H] */
export function attendBoth(scaled: tf.Tensor3D, prefix: Prefix, mask: tf.Tensor3D, own: tf.Tensor3D, ownValues: tf.Tensor3D, R: number): tf.Tensor3D {
  const [RH, n] = scaled.shape;
  const S = prefix.keysTurned.shape[2];
  const raw = pairedMatMul(scaled, prefix.keysTurned); // [R·H, n, S]
  const masked = tf.reshape(tf.add(tf.reshape(raw, [R, (RH / R) * n, S]), mask), [RH, n, S]);
  const p = tf.softmax(tf.concat([masked, own], 2)) as tf.Tensor3D;
  const [toPrefix, toOwn] = tf.split(p, [S, own.shape[2]], 2) as [tf.Tensor3D, tf.Tensor3D];
  return tf.add(pairedMatMul(toPrefix, prefix.values), pairedMatMul(toOwn, ownValues));
}
