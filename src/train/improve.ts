// From advantages to a better policy: several passes over the batch in mini-batches, each one optimizer step.

import { MAX_TOOL_TURNS } from '../env/episode.ts';
import type { Policy, SequenceBatch, UpdateMetrics } from '../policy/types.ts';
import {
  dapoWeights,
  drGrpoWeights,
  grpoWeights,
  gspoWeights,
  type ObjectiveMetrics,
  type ObjectiveResult,
  randomStream,
  sapoWeights,
  type TokenBatch,
} from '../tapo/index.ts';
import { breathe } from './breathe.ts';
import { PATCH_LENGTH } from './codec.ts';
import type { Algorithm, TrainConfig } from './config.ts';
import { mean } from './metrics.ts';
import type { CollectedRollout } from './rollout.ts';
import { TURN_TOKENS } from './rollout.ts';
import { batchTranscripts } from './transcript.ts';

export interface Improvement extends ObjectiveMetrics {
  readonly gradNorm: number;
  /** Steps that were left out since a gradient was not finite. */
  readonly skipped: number;
  /** log π of each rollout's own tokens as its last pass found them, nats; null where a rollout had no pass. */
  readonly logProbs: readonly (Float32Array | null)[];
}

export const OBJECTIVES: Readonly<Record<Algorithm, (batch: TokenBatch, options: object) => ObjectiveResult>> = {
  grpo: grpoWeights,
  'dr-grpo': drGrpoWeights,
  dapo: dapoWeights,
  gspo: gspoWeights,
  sapo: sapoWeights,
};

/** The most that a rollout can hold of the model's own tokens: the length that the aggregation `constant` divides by, unless set. */
export const MAX_MODEL_TOKENS = TURN_TOKENS * (MAX_TOOL_TURNS + 1);

/**
 * Trains the policy on one batch of rollouts. `tokenAdvantages` holds one advantage for each token that the model wrote, rollout by
 * rollout; `reference` gives log π_ref for the KL term, if the run has one.
 */
export async function improvePolicy(
  policy: Policy,
  rollouts: readonly CollectedRollout[],
  tokenAdvantages: readonly Float64Array[],
  config: TrainConfig,
  update: number,
  reference: Policy | null = null,
): Promise<Improvement> {
  const results: UpdateMetrics[] = [];
  const objectives: ObjectiveMetrics[] = [];
  const lastLogProbs: (Float32Array | null)[] = rollouts.map(() => null);
  for (let epoch = 0; epoch < config.epochs; epoch++) {
    const order = randomStream(config.seed, update, epoch, SHUFFLE).shuffle(rollouts.map((_, i) => i));
    for (const members of chunks(order, config.miniBatches)) {
      const { rows, share } = withSignal(members, rollouts, tokenAdvantages, config);
      if (rows.length === 0) continue;
      await breathe();
      const batch = batchTranscripts(
        rows.map((i) => (rollouts[i] as CollectedRollout).transcript),
        PATCH_LENGTH,
      );
      const advantages = spread(
        batch,
        rows.map((i) => tokenAdvantages[i] as Float64Array),
      );
      const oldLogProbs = spread(
        batch,
        rows.map((i) => (rollouts[i] as CollectedRollout).logProbs),
      );
      const refLogProbs = reference && config.klCoefficient > 0 ? (await reference.logProbs(batch)).logProbs : undefined;
      let measured: ObjectiveMetrics | null = null; // of the last call, which knows all log-probs
      const weigh = (logProbs: Float32Array): Float32Array => {
        const { weights, metrics } = OBJECTIVES[config.algorithm](
          { shape: batch.shape, logProbs, oldLogProbs, refLogProbs, advantages, mask: batch.mask },
          objectiveOptions(config),
        );
        measured = metrics;
        return weights.map((w) => w * share);
      };
      const { learningRate, weightDecay, clipNorm, entropyCoefficient } = config;
      const result = await policy.update(batch, weigh, { learningRate, weightDecay, clipNorm, entropyCoefficient });
      results.push(result);
      gather(batch, result.scores.logProbs).forEach((values, b) => {
        lastLogProbs[rows[b] as number] = values;
      });
      if (measured) objectives.push(measured);
    }
  }
  return {
    clipFraction: mean(objectives.map((o) => o.clipFraction)),
    approxKl: mean(objectives.map((o) => o.approxKl)),
    ratioMin: Math.min(1, ...objectives.map((o) => o.ratioMin)),
    ratioMax: Math.max(1, ...objectives.map((o) => o.ratioMax)),
    gradNorm: mean(results.filter((r) => r.finite).map((r) => r.gradNorm)),
    skipped: results.filter((r) => !r.finite).length,
    logProbs: lastLogProbs,
  };
}

const SHUFFLE = 0x5f1e;

/**
 * Rollouts that pull the policy anywhere: with neither KL nor entropy term, those whose advantages are all 0 do not, and need no pass.
 * `share` is what the aggregation's mean over all members leaves to them.
 */
function withSignal(
  members: readonly number[],
  rollouts: readonly CollectedRollout[],
  tokenAdvantages: readonly Float64Array[],
  config: TrainConfig,
): { readonly rows: readonly number[]; readonly share: number } {
  if (config.klCoefficient > 0 || config.entropyCoefficient !== 0) return { rows: members, share: 1 };
  const rows = members.filter((i) => (tokenAdvantages[i] as Float64Array).some((a) => a !== 0));
  const perToken = (config.aggregate ?? (config.algorithm === 'dapo' ? 'tokenMean' : null)) === 'tokenMean';
  const size = (list: readonly number[]): number =>
    perToken ? list.reduce((total, i) => total + (rollouts[i] as CollectedRollout).logProbs.length, 0) : list.length;
  return { rows, share: size(rows) / size(members) };
}

/** Options of the objective; null means its own default, but for the dual clip, which null turns off. */
export function objectiveOptions(config: TrainConfig): object {
  const { clipLow, clipHigh, dualClip, tauPositive, tauNegative, klCoefficient, klEstimator, aggregate, maxLength } = config;
  const own = { clipLow, clipHigh, aggregate, maxLength: maxLength ?? MAX_MODEL_TOKENS };
  return { ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)), dualClip, tauPositive, tauNegative, klCoefficient, klEstimator };
}

/** Values of the model's tokens, row by row, laid out as the batch has them; 0 elsewhere. [B · T] */
function spread({ shape: [, T], mask }: SequenceBatch, rows: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(mask.length);
  rows.forEach((values, b) => {
    let next = 0;
    for (let i = b * T; i < (b + 1) * T; i++) if (mask[i]) out[i] = values[next++] as number;
  });
  return out;
}

/** The way back: values of the model's tokens, row by row. */
function gather({ shape: [, T], mask }: SequenceBatch, values: Float32Array): Float32Array[] {
  return Array.from({ length: mask.length / T }, (_, b) => values.subarray(b * T, (b + 1) * T).filter((_, t) => mask[b * T + t]));
}

/** Cuts a list into `count` parts as even as they can be, none empty. */
function chunks(items: readonly number[], count: number): number[][] {
  const parts = Math.min(count, items.length);
  return Array.from({ length: parts }, (_, k) => items.slice(Math.floor((k * items.length) / parts), Math.floor(((k + 1) * items.length) / parts)));
}
