// The policy as one would first write it in tfjs: stock operations, their own gradients (tf.matMul's use transpose flags), tf.train.adam.
// A yardstick for updateTime.ts. Rows are picked as ReferencePolicy picks them, since tfjs-wasm has no gradient for gather.
import * as tf from '@tensorflow/tfjs-core';
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad.js';
import { logSoftmaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/LogSoftmax_grad.js';
import { meanGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Mean_grad.js';
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad.js';
import { negGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Neg_grad.js';
import { reluGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Relu_grad.js';
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad.js';
import { rsqrtGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Rsqrt_grad.js';
import { softmaxGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Softmax_grad.js';
import { squareGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Square_grad.js';
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad.js';
import { transposeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Transpose_grad.js';
import { BETA1, BETA2, EPSILON } from '../src/policy/adam.ts';
import { causalMask, NORM_EPSILON } from '../src/policy/kernels/layers.ts';
import { gatherRows } from '../src/policy/kernels/rows.ts';
import { NEVER } from '../src/policy/likeliestTokens.ts';
import { initialParameters, parameterTable } from '../src/policy/parameters.ts';
import type { PolicyShape, SequenceBatch, UpdateOptions } from '../src/policy/types.ts';

// transformer.ts has registered that of addition
for (const gradient of [
  batchMatMulGradConfig,
  logSoftmaxGradConfig,
  meanGradConfig,
  multiplyGradConfig,
  negGradConfig,
  reluGradConfig,
  reshapeGradConfig,
  rsqrtGradConfig,
  softmaxGradConfig,
  squareGradConfig,
  sumGradConfig,
  transposeGradConfig,
])
  tf.registerGradient(gradient);

export interface StockPolicy {
  /** One AdamW step up the gradient of Σ w · log π; gives the gradient's norm. */
  update(batch: SequenceBatch, weights: Float32Array, options: Required<Pick<UpdateOptions, 'weightDecay' | 'clipNorm'>>): number;
  dispose(): void;
}

/** Fresh parameters from the seed, as ReferencePolicy has them. The learning rate is fixed, as tf.train.adam wants it. */
export function createStockPolicy(shape: PolicyShape, unwritable: readonly number[], seed: number, learningRate: number): StockPolicy {
  const table = parameterTable(shape);
  const flat = initialParameters(shape, seed);
  const variables = Object.fromEntries(
    table.map(({ name, shape: sizes, offset, size }) => [name, tf.variable(tf.tensor(flat.slice(offset, offset + size), sizes as number[]))]),
  );
  const weight = (name: string): tf.Tensor2D => variables[name] as unknown as tf.Tensor2D;
  const bias = tf.keep(tf.tensor1d(Array.from({ length: shape.vocabulary }, (_, token) => (unwritable.includes(token) ? NEVER : 0))));
  const optimizer = tf.train.adam(learningRate, BETA1, BETA2, EPSILON);

  const loss = (batch: SequenceBatch, weights: Float32Array): tf.Scalar => {
    const chosenAt = Int32Array.from(batch.mask.keys()).filter((i) => batch.mask[i] === 1);
    const before = chosenAt.map((i) => i - 1);
    const hidden = gatherRows(hiddenStates(shape, weight, batch), before);
    const logProbs = tf.logSoftmax(tf.add(tf.matMul(hidden, weight('embedding'), false, true), bias));
    const chosen = tf.tensor1d(
      chosenAt.map((i) => batch.tokens[i] as number),
      'int32',
    );
    const picked = tf.sum(tf.mul(logProbs, tf.cast(tf.oneHot(chosen, shape.vocabulary), 'float32')), 1);
    return tf.neg(tf.sum(tf.mul(picked, tf.tensor1d(Float32Array.from(chosenAt, (i) => weights[i] as number)))));
  };

  return {
    update: (batch, weights, { weightDecay, clipNorm }) =>
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => loss(batch, weights));
        const norm = tf.sqrt(Object.values(grads).reduce<tf.Tensor>((sum, g) => tf.add(sum, tf.sum(tf.square(g))), tf.scalar(0)));
        const gradNorm = norm.dataSync()[0] as number;
        const scale = Math.min(1, clipNorm / (gradNorm + 1e-6));
        for (const { name, decayed } of table) {
          const variable = variables[name] as tf.Variable;
          if (decayed) variable.assign(tf.mul(variable, 1 - learningRate * weightDecay));
        }
        optimizer.applyGradients(Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, tf.mul(g, scale)])));
        return gradNorm;
      }),
    dispose() {
      tf.dispose([...Object.values(variables), bias]);
      optimizer.dispose();
    },
  };
}

/** [B · T, d] */
function hiddenStates({ heads, layers, patch, width }: PolicyShape, weight: (name: string) => tf.Tensor2D, batch: SequenceBatch): tf.Tensor2D {
  const [B, T] = batch.shape;
  const positions = Int32Array.from({ length: B * T }, (_, i) => i % T);
  const left = positions.map((t, i) => (t === 0 ? -1 : i - 1));
  const patches = tf.matMul(tf.tensor2d(batch.patches, [batch.patches.length / patch, patch]), weight('patch')) as tf.Tensor2D;
  const content = tf.add(gatherRows(weight('embedding'), batch.tokens), gatherRows(patches, batch.patchRows)) as tf.Tensor2D;
  const previous = tf.matMul(gatherRows(content, left), weight('previous'));
  let x = tf.add(tf.add(content, previous), gatherRows(weight('position'), positions)) as tf.Tensor2D;
  const split = (y: tf.Tensor): tf.Tensor4D => tf.transpose(tf.reshape(y, [B, T, heads, width / heads]), [0, 2, 1, 3]) as tf.Tensor4D;
  for (let n = 0; n < layers; n++) {
    const part = (name: string): tf.Tensor2D => weight(`layers.${n}.${name}`);
    const a = norm(x, part('attention.gain'));
    const [q, k, v] = ['query', 'key', 'value'].map((name) => split(tf.matMul(a, part(`attention.${name}`)))) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width / heads));
    const attended = tf.matMul(tf.softmax(tf.add(scores, causalMask(T))), v);
    const joined = tf.reshape(tf.transpose(attended, [0, 2, 1, 3]), [B * T, width]) as tf.Tensor2D;
    x = tf.add(x, tf.matMul(joined, part('attention.output')));
    const active = tf.square(tf.relu(tf.matMul(norm(x, part('mlp.gain')), part('mlp.up')) as tf.Tensor2D));
    x = tf.add(x, tf.matMul(active, part('mlp.down')));
  }
  return norm(x, weight('gain'));
}

function norm(x: tf.Tensor2D, gain: tf.Tensor): tf.Tensor2D {
  return tf.mul(tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), 1, true), NORM_EPSILON))), gain);
}
