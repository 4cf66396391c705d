// DAPO's objective as token weights.
import { type ClipOptions, clippedToken } from './clippedSurrogate.ts';
import { type ObjectiveResult, sumOverTokens, type TokenBatch } from './objective.ts';

/**
 * DAPO (Yu et al. 2025, arXiv:2503.14476): clip-higher and a mean over all tokens of the batch.
 *
 *   loss = 1 / Σ M · Σ_i Σ_t −Mᵢₜ·min(rᵢₜ·Aᵢₜ, clip(rᵢₜ, 1 − ε_low, 1 + ε_high)·Aᵢₜ)      ε_low 0.2, ε_high 0.28
 *
 * Dynamic sampling and the overlong penalty are in ../sampling.ts.
 */
export function dapoWeights(batch: TokenBatch, options: ClipOptions = {}): ObjectiveResult {
  const { clipLow = 0.2, clipHigh = 0.28, dualClip = 3 } = options;
  return sumOverTokens('dapoWeights', batch, 'tokenMean', options, (_, logRatio, advantage) => clippedToken(logRatio, advantage, clipLow, clipHigh, dualClip));
}
