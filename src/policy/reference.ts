// ReferencePolicy: the policy in plain tfjs operations, on any backend. The twin that every other engine is checked against.
import * as tf from '@tensorflow/tfjs-core';
import { linearTransposed } from './kernels/layers.ts';
import { gatherRows } from './kernels/rows.ts';
import { type ScoredRows, scoreRows, tokenLoss } from './kernels/tokenLoss.ts';
import { NEVER } from './likeliestTokens.ts';
import { type BatchPart, microBatches } from './microBatches.ts';
import { type AdamState, createAdam } from './optimizer.ts';
import { type PackedRows, packRows } from './packedRows.ts';
import { initialParameters, type Parameter, parameterTable } from './parameters.ts';
import { startReferenceSession } from './referenceSession.ts';
import { checkedBatch, checkState, emptyScores } from './sequenceBatch.ts';
import { disposeAll, takeData, tidied } from './tensors.ts';
import { runSequences, type Weights } from './transformer.ts';
import type { Policy, PolicyShape, PolicyState, SequenceBatch, TokenScores, TokenWeights, UpdateMetrics, UpdateOptions } from './types.ts';

export interface ReferenceOptions {
  /** Tokens that may stand in a text but are never written: padding, patches. Their probability is 0. */
  readonly unwritable: readonly number[];
  /** Seed of fresh parameters. Default 0. */
  readonly seed?: number;
}

/** A policy on the current tfjs backend, with fresh parameters. */
export function createReferencePolicy(shape: PolicyShape, { unwritable, seed = 0 }: ReferenceOptions): Policy {
  const table = parameterTable(shape);
  const bias = tf.keep(unwritableBias(shape, unwritable));
  const optimizer = createAdam(table);
  let weights = unpack(table, initialParameters(shape, seed));

  /** Logits [M, V] of the model's tokens of a batch, from the hidden states just before them. */
  const logitsOf = (current: Weights, batch: SequenceBatch, rows: ModelRows): tf.Tensor2D => {
    const given = batch.patches.length > 0 ? batch.patches : new Float32Array(shape.patch); // without a patch its parameters still have a gradient, 0
    const patches = tf.tensor2d(given, [given.length / shape.patch, shape.patch]);
    const hidden = runSequences(shape, current, rows.packed, patches, batch.shape);
    return tf.add(linearTransposed(gatherRows(hidden, rows.before), current.embedding as tf.Tensor2D), bias);
  };

  const scores = async (batch: SequenceBatch, microBatch?: number): Promise<TokenScores> => {
    const result = emptyScores(batch);
    for (const part of microBatches(batch, microBatch)) {
      const rows = modelRows(part.batch);
      if (rows.chosen.length === 0) continue;
      const { logProbs, entropies } = tidied(() => {
        const scored = scoreRows(logitsOf(weights, part.batch, rows), rows.chosen);
        return { logProbs: scored.logProbs, entropies: scored.entropies };
      });
      part.scatter(await takeData(logProbs), rows.at, result.logProbs);
      part.scatter(await takeData(entropies), rows.at, result.entropies);
    }
    return result;
  };

  /** Gradient of the loss of one part; `weigh` gives its tokens' weights [M] once their scores are known. */
  const gradientsOf = ({ batch }: BatchPart, rows: ModelRows, entropyCoefficient: number, weigh: (scores: ScoredRows) => Float32Array): tf.Tensor[] => {
    const loss = (...parameters: tf.Tensor[]): tf.Scalar => {
      const current = Object.fromEntries(table.map(({ name }, i) => [name, parameters[i] as tf.Tensor]));
      return tokenLoss(logitsOf(current, batch, rows), rows.chosen, entropyCoefficient, (scored) => tf.tensor1d(weigh(scored)));
    };
    return tidied(() => tf.valueAndGrads(loss)(table.map(({ name }) => weights[name] as tf.Tensor)).grads);
  };

  return {
    shape,
    startSession: () => startReferenceSession(shape, () => ({ shape, weights, bias })),
    logProbs: (batch) => scores(checkedBatch(shape, batch)),

    async update(batch: SequenceBatch, tokenWeights: TokenWeights, options: UpdateOptions): Promise<UpdateMetrics> {
      checkedBatch(shape, batch);
      const { entropyCoefficient = 0, microBatch } = options;
      const weightsFrom = (logProbs: Float32Array): Float32Array => (typeof tokenWeights === 'function' ? tokenWeights(logProbs) : tokenWeights);
      // A backend on the CPU hands out numbers at once, in the middle of a pass; a GPU does not, so there the scores come from a pass before.
      const readsAtOnce = tf.getBackend() !== 'webgpu';
      const found = readsAtOnce ? emptyScores(batch) : await scores(batch, microBatch);
      const known = readsAtOnce ? null : weightsFrom(found.logProbs);
      let total: tf.Tensor[] | null = null;
      for (const part of microBatches(batch, microBatch)) {
        const rows = modelRows(part.batch);
        if (rows.chosen.length === 0) continue;
        const gradients = gradientsOf(part, rows, entropyCoefficient, ({ logProbs, entropies }) => {
          if (known) return part.gather(known, rows.at);
          part.scatter(logProbs.dataSync<'float32'>(), rows.at, found.logProbs);
          part.scatter(entropies.dataSync<'float32'>(), rows.at, found.entropies);
          return part.gather(weightsFrom(found.logProbs), rows.at);
        });
        total = total ? addedUp(total, gradients) : gradients;
      }
      if (!total) return { gradNorm: 0, finite: true, scores: found };
      const step = await optimizer.step(weights, total, options);
      disposeAll(total);
      if (step.weights) {
        disposeAll(weights);
        weights = step.weights;
      }
      return { gradNorm: step.gradNorm, finite: step.weights !== null, scores: found };
    },

    async save(): Promise<PolicyState> {
      const state: AdamState | null = await optimizer.save();
      return { shape, parameters: await pack(table, weights), ...(state ? { optimizer: state } : {}) };
    },

    load(state: PolicyState): void {
      checkState(shape, state);
      disposeAll(weights);
      weights = unpack(table, state.parameters);
      optimizer.load(state.optimizer ?? null);
    },

    dispose(): void {
      disposeAll(weights);
      bias.dispose();
      optimizer.dispose();
    },
  };
}

/** Sums of two lists of tensors, which are both given back. */
function addedUp(a: tf.Tensor[], b: tf.Tensor[]): tf.Tensor[] {
  const sums = tidied(() => a.map((x, i) => tf.add(x, b[i] as tf.Tensor)));
  disposeAll(a, b);
  return sums;
}

/** A batch packed, and where the model's tokens stand in it and which they are. All but `packed` [M]. */
interface ModelRows {
  readonly packed: PackedRows;
  /** Index of the token in [B · T]. */ readonly at: Int32Array;
  /** Packed row of the token that predicts it. */ readonly before: Int32Array;
  readonly chosen: Int32Array;
}

function modelRows(batch: SequenceBatch): ModelRows {
  const { mask, tokens } = batch;
  const [B, T] = batch.shape;
  const packed = packRows(batch, tf.getBackend() === 'webgpu' ? B * T : 0); // it keeps buffers of every size that ever occurs: few sizes may
  const at = Int32Array.from(mask.keys()).filter((i) => mask[i] === 1 && i % T > 0);
  return { packed, at, before: at.map((i) => (packed.rows[i] as number) - 1), chosen: at.map((i) => tokens[i] as number) };
}

function unwritableBias({ vocabulary }: PolicyShape, unwritable: readonly number[]): tf.Tensor1D {
  const bias = new Float32Array(vocabulary);
  for (const token of unwritable) bias[token] = NEVER;
  return tf.tensor1d(bias);
}

function unpack(table: readonly Parameter[], flat: Float32Array): Weights {
  const expected = table.reduce((total, { size }) => total + size, 0);
  if (flat.length !== expected) throw new RangeError(`policy: expected ${expected} parameters, got ${flat.length}`);
  return Object.fromEntries(table.map(({ name, shape, offset, size }) => [name, tf.keep(tf.tensor(flat.slice(offset, offset + size), shape as number[]))]));
}

async function pack(table: readonly Parameter[], weights: Weights): Promise<Float32Array> {
  const flat = new Float32Array(table.reduce((total, { size }) => total + size, 0));
  for (const { name, offset } of table) flat.set((await (weights[name] as tf.Tensor).data()) as Float32Array, offset);
  return flat;
}
