// From logits to what training needs of them: chosen log-probs, entropies, and the gradient of Σ w · log π + c · Σ H.
import * as tf from '@tensorflow/tfjs-core';

/** Per row of logits [M, V]: log π of the chosen token, and the entropy. Both [M], nats. */
export interface ScoredRows {
  readonly logProbs: tf.Tensor1D;
  readonly entropies: tf.Tensor1D;
}

/**
 *   log π(c) = z_c − max z + log max p         since max p = 1 / Σ exp(z − max z)
 *   H        = log Σ exp z − Σ p · z
 */
export function scoreRows(
  logits: tf.Tensor2D,
  chosen: Int32Array,
): ScoredRows & { readonly p: tf.Tensor2D; readonly logSum: tf.Tensor2D; readonly oneHot: tf.Tensor2D } {
  const p = tf.softmax(logits) as tf.Tensor2D;
  const logSum = tf.sub(tf.max(logits, 1, true), tf.log(tf.max(p, 1, true))) as tf.Tensor2D; // [M, 1]
  const oneHot = tf.cast(tf.oneHot(tf.tensor1d(chosen, 'int32'), logits.shape[1]), 'float32') as tf.Tensor2D;
  const picked = tf.sum(tf.mul(logits, oneHot), 1, true);
  return {
    p,
    logSum,
    oneHot,
    logProbs: tf.reshape(tf.sub(picked, logSum), [-1]) as tf.Tensor1D,
    entropies: tf.reshape(tf.sub(logSum, tf.sum(tf.mul(p, logits), 1, true)), [-1]) as tf.Tensor1D,
  };
}

/**
 * The scalar loss −Σ w · log π(chosen) − c · Σ H, with  ∂/∂z = w · (p − 1_chosen) + c · p · (log p + H).
 * `weigh` sees the rows' scores and gives w [M]; scores are handed out so that they need not be computed again.
 */
export function tokenLoss(logits: tf.Tensor2D, chosen: Int32Array, entropyCoefficient: number, weigh: (scores: ScoredRows) => tf.Tensor1D): tf.Scalar {
  const apply = tf.customGrad((z_, save) => {
    const z = z_ as tf.Tensor2D;
    const { p, logSum, oneHot, logProbs, entropies } = scoreRows(z, chosen);
    const w = weigh({ logProbs, entropies });
    const loss = tf.neg(tf.add(tf.sum(tf.mul(w, logProbs)), tf.mul(tf.sum(entropies), entropyCoefficient)));
    (save as tf.GradSaveFunc)([z, p, logSum, oneHot, w, entropies]);
    return {
      value: loss,
      gradFunc: (dy, saved) => {
        const [z0, p0, logSum0, oneHot0, w0, entropies0] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor1D];
        const column = (x: tf.Tensor1D): tf.Tensor2D => tf.reshape(x, [-1, 1]);
        const dz = tf.mul(tf.sub(p0, oneHot0), column(w0));
        const logP = tf.sub(z0, logSum0);
        const withEntropy = entropyCoefficient === 0 ? dz : tf.add(dz, tf.mul(tf.mul(p0, tf.add(logP, column(entropies0))), entropyCoefficient));
        return tf.mul(withEntropy, dy);
      },
    };
  });
  return apply(logits) as tf.Scalar;
}
