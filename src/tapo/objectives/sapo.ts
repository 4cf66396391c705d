// SAPO's objective as token weights.
import { importanceRatio, type KlOptions, type ObjectiveResult, sumOverTokens, type TokenBatch } from './objective.ts';

/** Options of `sapoWeights`. */
export interface SapoOptions extends KlOptions {
  /** Temperature of the gate where A > 0. Default 1. */
  readonly tauPositive?: number;
  /** Temperature of the gate elsewhere. Default 1.05. */
  readonly tauNegative?: number;
}

/**
 * Soft Adaptive Policy Optimization (Gao et al. 2025, arXiv:2511.20347): a smooth gate in place of the clip.
 *
 *   loss = mean_i mean_t −(4/τ)·p·A      p = σ(τ·(r − 1)), τ = τ_pos where A > 0, else τ_neg
 *   w    = 4·p·(1 − p)·r·A               at r = 1 the gate is 1, so w = A
 *
 * 0 where |log r| > 20, as in the clipped objectives.
 */
export function sapoWeights(batch: TokenBatch, options: SapoOptions = {}): ObjectiveResult {
  const { tauPositive = 1, tauNegative = 1.05 } = options;
  return sumOverTokens('sapoWeights', batch, 'sequenceMeanTokenMean', options, (_, logRatio, advantage) => {
    const { ratio, clamped } = importanceRatio(logRatio);
    const tau = advantage > 0 ? tauPositive : tauNegative;
    const p = 1 / (1 + Math.exp(-tau * (ratio - 1)));
    return { loss: (-4 / tau) * p * advantage, weight: clamped ? 0 : 4 * p * (1 - p) * ratio * advantage, clipped: false };
  });
}
