// The clipped surrogate that GRPO, Dr. GRPO and DAPO share (PPO's, with dual clip); they differ in bounds and aggregation.
import { importanceRatio, type KlOptions, type TokenLoss } from './objective.ts';

/** Options of the clipped objectives: GRPO, Dr. GRPO, DAPO. */
export interface ClipOptions extends KlOptions {
  /** ε_low: least ratio is 1 − ε_low. Default 0.2. */
  readonly clipLow?: number;
  /** ε_high: greatest ratio is 1 + ε_high. Default 0.2 (DAPO 0.28). */
  readonly clipHigh?: number;
  /** c: with A < 0 the loss never exceeds −c·A (Ye et al. 2020, arXiv:1912.09729); null turns it off. Default 3. */
  readonly dualClip?: number | null;
}

/**
 *   loss = −min(r·A, clip(r, 1 − ε_low, 1 + ε_high)·A), at most −c·A where A < 0
 *   w    = A·r where neither clip acts, else 0; 0 also where |log r| > 20
 */
export function clippedToken(logRatio: number, advantage: number, low: number, high: number, dualClip: number | null): TokenLoss {
  const { ratio, clamped } = importanceRatio(logRatio);
  if (advantage < 0 && dualClip !== null && ratio > dualClip) return { loss: -dualClip * advantage, weight: 0, clipped: true };
  if (advantage > 0 && ratio > 1 + high) return { loss: -(1 + high) * advantage, weight: 0, clipped: true };
  if (advantage < 0 && ratio < 1 - low) return { loss: -(1 - low) * advantage, weight: 0, clipped: true };
  return { loss: -ratio * advantage, weight: clamped ? 0 : ratio * advantage, clipped: false };
}
