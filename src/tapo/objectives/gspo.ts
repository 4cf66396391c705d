// GSPO's objective, token form, as token weights.
import { type KlOptions, MAX_LOG_RATIO, type ObjectiveResult, sumOverTokens, type TokenBatch } from './objective.ts';

/** Options of `gspoWeights`. */
export interface GspoOptions extends KlOptions {
  /** ε_low of the sequence ratio. Default 3e-4. */
  readonly clipLow?: number;
  /** ε_high of the sequence ratio. Default 4e-4. */
  readonly clipHigh?: number;
}

/** Greatest mean log-ratio of a sequence; beyond it s = e¹⁰ and the weight is 0, as in verl. */
const MAX_SEQUENCE_LOG_RATIO = 10;

/**
 * Group Sequence Policy Optimization, token form (Zheng et al. 2025, arXiv:2507.18071).
 *
 *   sᵢ = exp(mean_t log rᵢₜ), detached        loss = mean_i mean_t −min(sᵢₜ·Aᵢₜ, clip(sᵢₜ, 1 − ε_low, 1 + ε_high)·Aᵢₜ)
 *   w  = sᵢ·Aᵢₜ where not clipped, else 0
 *
 * The token form, since TAPO's advantages differ by token. Each token's log r is clamped to ±20 before the mean; such a token keeps
 * its weight. The weights are the surrogate's derivative at fixed s, not the loss's where A varies within a sequence. No dual clip.
 */
export function gspoWeights(batch: TokenBatch, options: GspoOptions = {}): ObjectiveResult {
  const { clipLow = 3e-4, clipHigh = 4e-4 } = options;
  const sequences = sequenceLogRatios(batch); // [B]
  return sumOverTokens('gspoWeights', batch, 'sequenceMeanTokenMean', options, (index, _, advantage) => {
    const mean = sequences[Math.floor(index / batch.shape[1])] as number;
    const s = Math.exp(Math.min(MAX_SEQUENCE_LOG_RATIO, mean));
    if (advantage > 0 && s > 1 + clipHigh) return { loss: -(1 + clipHigh) * advantage, weight: 0, clipped: true };
    if (advantage < 0 && s < 1 - clipLow) return { loss: -(1 - clipLow) * advantage, weight: 0, clipped: true };
    return { loss: -s * advantage, weight: mean > MAX_SEQUENCE_LOG_RATIO ? 0 : s * advantage, clipped: false };
  });
}

function sequenceLogRatios({ shape: [B, T], logProbs, oldLogProbs, mask }: TokenBatch): Float64Array {
  return Float64Array.from({ length: B }, (_, i) => {
    let total = 0;
    let tokens = 0;
    for (let t = i * T; t < (i + 1) * T; t++) {
      if (!mask[t]) continue;
      total += Math.min(MAX_LOG_RATIO, Math.max(-MAX_LOG_RATIO, (logProbs[t] as number) - (oldLogProbs[t] as number)));
      tokens++;
    }
    return tokens === 0 ? 0 : total / tokens;
  });
}
