// What every objective shares: the batch, the result, the checks and the walk over tokens. The losses themselves are one file each.
import { type Aggregation, aggregationFactors } from '../aggregate.ts';
import { type KlEstimator, klToken } from '../kl.ts';

/** Row-major arrays [B, T]; a mask of 1 marks the model's own tokens. */
export interface TokenBatch {
  /** [B, T]. */
  readonly shape: readonly [number, number];
  /** log π of the policy being trained, nats. */ readonly logProbs: ArrayLike<number>;
  /** log π of the policy that sampled, nats. */ readonly oldLogProbs: ArrayLike<number>;
  /** log π of the reference policy; needed only with a KL term. */ readonly refLogProbs?: ArrayLike<number> | undefined;
  /** Aᵢₜ, or Ãᵢₜ after credit transfer. */
  readonly advantages: ArrayLike<number>;
  /** 1 on the model's own tokens, 0 elsewhere. */
  readonly mask: ArrayLike<number>;
}

/** What every objective takes: a KL term and an aggregation. */
export interface KlOptions {
  /** β_KL: weight of the KL to the reference policy. Default 0. */
  readonly klCoefficient?: number;
  /** Default k3. */
  readonly klEstimator?: KlEstimator;
  /** Default: the one in the formula of the objective. */
  readonly aggregate?: Aggregation;
  /** Length that `constant` divides by, in tokens. Default T. */
  readonly maxLength?: number;
}

/** What a run reports of an update, to compare line by line with other trainers. */
export interface ObjectiveMetrics {
  /** Share of model tokens whose weight the clip set to zero. */ readonly clipFraction: number;
  /** Least and greatest ratio π/π_old over model tokens; 1 without any. */
  readonly ratioMin: number;
  readonly ratioMax: number;
  /** Mean of k3 between the sampling policy and the current one, over model tokens, nats. */
  readonly approxKl: number;
}

/** Loss, token weights and metrics of one batch. */
export interface ObjectiveResult {
  readonly loss: number;
  /** −∂loss/∂log π, aggregation included: [B · T]. */
  readonly weights: Float32Array<ArrayBuffer>;
  readonly metrics: ObjectiveMetrics;
}

/** One token's loss and its weight before aggregation, w = −∂loss/∂log π. */
export interface TokenLoss {
  readonly loss: number;
  readonly weight: number;
  readonly clipped: boolean;
}

/** Greatest |log r| that a ratio is computed from; beyond it the derivative is 0. */
export const MAX_LOG_RATIO = 20;

/** π/π_old from a log-ratio clamped to ±20, and whether the clamp acted. */
export function importanceRatio(logRatio: number): { readonly ratio: number; readonly clamped: boolean } {
  const bounded = Math.min(MAX_LOG_RATIO, Math.max(-MAX_LOG_RATIO, logRatio));
  return { ratio: Math.exp(bounded), clamped: bounded !== logRatio };
}

/** Sums a token loss over the batch under an aggregation, with the KL term, and collects the metrics. */
export function sumOverTokens(
  name: string,
  batch: TokenBatch,
  defaultAggregate: Aggregation,
  { klCoefficient = 0, klEstimator = 'k3', aggregate = defaultAggregate, maxLength = batch.shape[1] }: KlOptions,
  tokenLoss: (index: number, logRatio: number, advantage: number) => TokenLoss,
): ObjectiveResult {
  checkBatch(name, batch, klCoefficient);
  const { shape, logProbs, oldLogProbs, refLogProbs, advantages, mask } = batch;
  const factors = aggregationFactors(aggregate, mask, shape, maxLength);
  const weights = new Float32Array(factors.length);
  let loss = 0;
  let tokens = 0;
  let clipped = 0;
  let approxKl = 0;
  let ratioMin = Number.POSITIVE_INFINITY;
  let ratioMax = 0;
  for (let i = 0; i < factors.length; i++) {
    if (!mask[i]) continue;
    const logRatio = (logProbs[i] as number) - (oldLogProbs[i] as number);
    const token = tokenLoss(i, logRatio, advantages[i] as number);
    const kl = klCoefficient === 0 ? { value: 0, derivative: 0 } : klToken(klEstimator, logProbs[i] as number, (refLogProbs as ArrayLike<number>)[i] as number);
    loss += (factors[i] as number) * (token.loss + klCoefficient * kl.value);
    weights[i] = (factors[i] as number) * (token.weight - klCoefficient * kl.derivative);
    const { ratio } = importanceRatio(logRatio);
    tokens++;
    if (token.clipped) clipped++;
    approxKl += ratio - 1 - Math.log(ratio);
    ratioMin = Math.min(ratioMin, ratio);
    ratioMax = Math.max(ratioMax, ratio);
  }
  const metrics =
    tokens === 0
      ? { clipFraction: 0, ratioMin: 1, ratioMax: 1, approxKl: 0 }
      : { clipFraction: clipped / tokens, ratioMin, ratioMax, approxKl: approxKl / tokens };
  return { loss, weights, metrics };
}

function checkBatch(name: string, { shape: [B, T], ...arrays }: TokenBatch, klCoefficient: number): void {
  for (const field of ['logProbs', 'oldLogProbs', 'advantages', 'mask', ...(klCoefficient === 0 ? [] : ['refLogProbs' as const])] as const) {
    const length = arrays[field]?.length;
    if (length !== B * T) throw new RangeError(`${name}: ${field} must hold B·T = ${B}·${T} = ${B * T} numbers, got ${length ?? 'none'}`);
  }
}
