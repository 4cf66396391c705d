// Floating-point operations that the model's products take, two to a multiply-add. Norms, softmax and AdamW are not counted.
import { rolloutLength, type Workload, writtenTokens } from './workload.ts';

/**
 * One pass over a rollout of T tokens, p of them patches, m of them its own:
 *
 *   T · (2d² + L · (8d² + 4dF)) + L · 2d · T(T + 1) + 2 · p · P · d + m · 2Vd
 *
 * previous-token mixing, each layer's six products, scores and sums of causal attention, patch projection, logits of own tokens.
 */
function passFlops({ shape, turns, patches, written }: Workload, T: number): number {
  const { width: d, layers: L, hidden: F, vocabulary: V, patch: P } = shape;
  return T * (2 * d * d + L * (8 * d * d + 4 * d * F)) + L * 2 * d * T * (T + 1) + 2 * patches * P * d + turns * written * 2 * V * d;
}

/** Forward and backward, which takes twice the forward pass, over all rollouts. */
export function updateFlops(workload: Workload): number {
  return 3 * workload.rollouts * passFlops(workload, rolloutLength(workload));
}

/** Reading every token but the last once, and logits for each that is written, over all rollouts. */
export function rolloutFlops(workload: Workload): number {
  return workload.rollouts * passFlops(workload, rolloutLength(workload) - 1);
}

export function tokensPerSecond(workload: Workload, milliseconds: number): number {
  return (1000 * writtenTokens(workload)) / milliseconds;
}
