// Dr. GRPO's objective as token weights.
import { type ClipOptions, clippedToken } from './clippedSurrogate.ts';
import { type ObjectiveResult, sumOverTokens, type TokenBatch } from './objective.ts';

/**
 * Dr. GRPO (Liu et al. 2025, arXiv:2503.20783): GRPO's surrogate summed over tokens and divided by a constant, so that long
 * answers are not favoured.
 *
 *   loss = 1 / (B · L_max) · Σ_i Σ_t −min(rᵢₜ·Aᵢₜ, clip(rᵢₜ, 1 − ε, 1 + ε)·Aᵢₜ)      L_max = `maxLength`, default T
 *
 * Its advantages, Aᵢ = Rᵢ − mean R, are `drGrpoAdvantages`.
 */
export function drGrpoWeights(batch: TokenBatch, options: ClipOptions = {}): ObjectiveResult {
  const { clipLow = 0.2, clipHigh = 0.2, dualClip = 3 } = options;
  return sumOverTokens('drGrpoWeights', batch, 'constant', options, (_, logRatio, advantage) => clippedToken(logRatio, advantage, clipLow, clipHigh, dualClip));
}
