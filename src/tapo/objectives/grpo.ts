// GRPO's objective as token weights.
import { type ClipOptions, clippedToken } from './clippedSurrogate.ts';
import { type ObjectiveResult, sumOverTokens, type TokenBatch } from './objective.ts';

/**
 * Group Relative Policy Optimization (Shao et al. 2024, arXiv:2402.03300).
 *
 *   loss = mean_i mean_t −min(rᵢₜ·Aᵢₜ, clip(rᵢₜ, 1 − ε, 1 + ε)·Aᵢₜ)
 *
 * | paper | code                   | shape  | meaning                     |
 * | ----- | ---------------------- | ------ | --------------------------- |
 * | rᵢₜ   | logProbs − oldLogProbs | [B, T] | ratio π/π_old               |
 * | Aᵢₜ   | `advantages`           | [B, T] | per token, so credit may differ within a sequence |
 * | ε     | `clipLow`, `clipHigh`  | –      | 0.2                         |
 *
 * Differs from the paper: dual clip c = 3 as in verl's `vanilla` policy loss; KL off by default.
 */
export function grpoWeights(batch: TokenBatch, options: ClipOptions = {}): ObjectiveResult {
  const { clipLow = 0.2, clipHigh = 0.2, dualClip = 3 } = options;
  return sumOverTokens('grpoWeights', batch, 'sequenceMeanTokenMean', options, (_, logRatio, advantage) =>
    clippedToken(logRatio, advantage, clipLow, clipHigh, dualClip),
  );
}
